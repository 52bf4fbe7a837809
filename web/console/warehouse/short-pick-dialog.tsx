// Two taps for what is not there: how many of which line, and why; the rest goes on, the missing units are placed elsewhere.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, InputNumber, Modal, Segmented } from 'antd'
import { useState } from 'react'
import type { FulfilmentView } from '../../../src/contracts/views-warehouse.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'

const REASONS = ['missing', 'damaged', 'wrong_item'] as const
type Reason = (typeof REASONS)[number]

export function ShortPickDialog({ task, onClose }: { task: FulfilmentView; onClose: () => void }) {
  const { t } = useText()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const [reason, setReason] = useState<Reason>('missing')
  const only = task.lines.length === 1 ? task.lines[0] : undefined
  const [short, setShort] = useState<Readonly<Record<number, number>>>(
    only === undefined ? {} : { [only.fulfilment_line_no]: only.quantity - only.picked },
  )
  const lines = Object.entries(short)
    .filter(([, quantity]) => quantity > 0)
    .map(([line, quantity]) => ({ fulfilment_line_no: Number(line), quantity }))
  const send = useMutation({
    mutationFn: () =>
      ask('POST /fulfilments/:id/short-picks', { params: { id: task.fulfilment_id }, body: { lines, reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['warehouse'] })
      void message.success(t('warehouse.short_done'))
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  return (
    <Modal open title={t('warehouse.short_title')} onCancel={onClose} footer={null} width={480}>
      <div className="stack">
        <p className="quiet">{t('warehouse.short_text')}</p>
        <Segmented
          block
          value={reason}
          onChange={setReason}
          options={REASONS.map((one) => ({ value: one, label: t(`warehouse.${one}`) }))}
        />
        <ul className="cancel-lines">
          {task.lines.map((line) => (
            <li key={line.fulfilment_line_no} className="row between">
              <span className="grow">
                <span className="mono">{line.sku}</span>
                <span className="small quiet task-title">{line.title}</span>
              </span>
              <InputNumber
                aria-label={t('warehouse.short_quantity', { sku: line.sku })}
                min={0}
                max={line.quantity - line.picked}
                precision={0}
                value={short[line.fulfilment_line_no] ?? 0}
                onChange={(quantity) => setShort({ ...short, [line.fulfilment_line_no]: quantity ?? 0 })}
              />
            </li>
          ))}
        </ul>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button
            type="primary"
            danger
            disabled={lines.length === 0}
            loading={send.isPending}
            onClick={() => send.mutate()}
          >
            {t('warehouse.short_go')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
