// Cancels all or parts of an order: what is chosen is previewed by the server, stock and money, before anything is done.
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import type { CancelOrder } from '../../../src/contracts/views-cancellation.ts'
import type { OrderDetail, OrderLineView } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'
import { CancelEffect } from './cancel-effect.tsx'
import { useOrderChanged } from './order-data.ts'
import '../styles/cancel.css'

const REASONS = ['customer_request', 'out_of_stock', 'fraud', 'address', 'duplicate', 'price_error', 'other'] as const
type Reason = (typeof REASONS)[number]
const GONE = [
  'shipped',
  'delivered',
  'return_requested',
  'returned',
  'restocked',
  'written_off',
  'lost',
  'cancelled',
] as const

/** Units that have neither left nor been cancelled. */
function stoppable(line: OrderLineView): number {
  return line.ordered - GONE.reduce((sum, bucket) => sum + line.buckets[bucket], 0)
}

export function CancelDialog({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { t, label } = useText()
  const [isPart, setPart] = useState(false)
  const [chosen, setChosen] = useState<Readonly<Record<number, number>>>({})
  const [reason, setReason] = useState<Reason>('customer_request')
  const [note, setNote] = useState('')
  const lines = Object.entries(chosen)
    .filter(([, quantity]) => quantity > 0)
    .map(([line_no, quantity]) => ({ line_no: Number(line_no), quantity }))
  const isEmpty = isPart && lines.length === 0
  const body: CancelOrder = {
    reason,
    note: note.trim() === '' ? undefined : note.trim(),
    lines: isPart ? lines : undefined,
  }
  const { effect, cancel } = useCancellation(order, body, isEmpty, onClose)
  return (
    <Modal open title={t('cancel.title', { number: order.number })} onCancel={onClose} width={640} footer={null}>
      <div className="stack cancel">
        <Segmented
          block
          value={isPart ? 'part' : 'whole'}
          onChange={(value) => setPart(value === 'part')}
          options={[
            { value: 'whole', label: t('cancel.whole') },
            { value: 'part', label: t('cancel.part') },
          ]}
        />
        {isPart && <LineChoice lines={order.lines} chosen={chosen} onChoose={setChosen} />}
        <div className="cancel-why">
          <Select
            aria-label={t('cancel.reason')}
            value={reason}
            onChange={setReason}
            options={REASONS.map((one) => ({ value: one, label: label('cancel_reason', one) }))}
          />
          <Input
            aria-label={t('cancel.note')}
            placeholder={t('cancel.note')}
            value={note}
            maxLength={500}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <CancelEffect
          preview={isEmpty ? undefined : effect.data}
          error={isEmpty ? null : effect.error}
          isEmpty={isEmpty}
        />
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button
            danger
            type="primary"
            disabled={isEmpty || effect.data === undefined || effect.error !== null}
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            {isPart ? t('cancel.go_part') : t('cancel.go')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** What the body would do, asked of the server at each change of it, and the doing. */
function useCancellation(order: OrderDetail, body: CancelOrder, isEmpty: boolean, onClose: () => void) {
  const { t } = useText()
  const { message } = App.useApp()
  const changed = useOrderChanged(order.order_id)
  const params = { id: order.order_id }
  const effect = useQuery({
    queryKey: ['order', order.order_id, 'cancellation', order.version, body.lines ?? 'whole'],
    queryFn: () => ask('POST /orders/:id/cancellation/preview', { params, body: { ...body, note: undefined } }),
    enabled: !isEmpty,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const cancel = useMutation({
    mutationFn: () => ask('POST /orders/:id/cancellation', { params, body }),
    onSuccess: async () => {
      await changed()
      void message.success(t('cancel.done', { number: order.number }))
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  return { effect, cancel }
}

interface LineChoiceProps {
  readonly lines: readonly OrderLineView[]
  readonly chosen: Readonly<Record<number, number>>
  readonly onChoose: (chosen: Readonly<Record<number, number>>) => void
}

function LineChoice({ lines, chosen, onChoose }: LineChoiceProps) {
  const { t } = useText()
  return (
    <ul className="cancel-lines">
      {lines.map((line) => {
        const most = stoppable(line)
        return (
          <li key={line.line_no} className="row between">
            <span className="grow">
              <span className="clip cancel-title">{line.title ?? line.sku}</span>
              <span className="small quiet">{most === 0 ? t('cancel.gone') : t('cancel.up_to', { count: most })}</span>
            </span>
            <InputNumber
              aria-label={t('cancel.quantity', { what: line.title ?? line.sku })}
              min={0}
              max={most}
              precision={0}
              disabled={most === 0}
              value={chosen[line.line_no] ?? 0}
              onChange={(quantity) => onChoose({ ...chosen, [line.line_no]: quantity ?? 0 })}
            />
          </li>
        )
      })}
    </ul>
  )
}
