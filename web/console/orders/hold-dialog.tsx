// Places a hold: why, until when, and which actions wait for it.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Checkbox, Form, Input, Modal, Select } from 'antd'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { sentence } from '../parts/conditions.tsx'
import { useText } from '../text.ts'
import { useOrderChanged } from './order-data.ts'

const KINDS = ['manual', 'address', 'customer_request', 'fraud_check'] as const
const BLOCKS = ['confirm', 'allocate', 'release', 'ship'] as const
const HOURS = [0, 2, 24, 72] as const

interface Fields {
  kind: (typeof KINDS)[number]
  note: string
  blocks: (typeof BLOCKS)[number][]
  hours: number
}

export function HoldDialog({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { t, label } = useText()
  const { message } = App.useApp()
  const changed = useOrderChanged(order.order_id)
  const place = useMutation({
    mutationFn: ({ hours, kind, note, blocks }: Fields) =>
      ask('POST /orders/:id/holds', {
        params: { id: order.order_id },
        body: {
          kind,
          note: note.trim(),
          blocks,
          expires_at: hours === 0 ? undefined : new Date(Date.now() + hours * 3_600_000).toISOString(),
        },
      }),
    onSuccess: async () => {
      await changed()
      onClose()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  const initial: Fields = { kind: 'manual', note: '', blocks: [...BLOCKS], hours: 0 }
  return (
    <Modal open title={t('hold_dialog.title', { number: order.number })} onCancel={onClose} footer={null} width={480}>
      <Form<Fields>
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={(fields) => place.mutate(fields)}
      >
        <Form.Item name="kind" label={t('hold_dialog.kind')}>
          <Select options={KINDS.map((kind) => ({ value: kind, label: label('hold', kind) }))} />
        </Form.Item>
        <Form.Item
          name="note"
          label={t('hold_dialog.note')}
          rules={[{ required: true, whitespace: true, message: t('hold_dialog.note_missing') }]}
        >
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Form.Item>
        <Form.Item
          name="blocks"
          label={t('hold_dialog.blocks')}
          rules={[{ required: true, message: t('hold_dialog.blocks_missing') }]}
        >
          <Checkbox.Group options={BLOCKS.map((block) => ({ value: block, label: t(`blocks.${block}`) }))} />
        </Form.Item>
        <Form.Item name="hours" label={t('hold_dialog.until')}>
          <Select
            options={HOURS.map((hours) => ({
              value: hours,
              label: hours === 0 ? t('hold_dialog.no_end') : t('hold_dialog.hours', { count: hours }),
            }))}
          />
        </Form.Item>
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.back')}</Button>
          <Button type="primary" htmlType="submit" loading={place.isPending}>
            {t('action.hold')}
          </Button>
        </div>
      </Form>
    </Modal>
  )
}
