// Notes of colleagues on this order, newest last, and a field for the next one.
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import { ask } from '../../shared/api.ts'
import { useMay } from '../frame/session.tsx'
import { sentence } from '../parts/conditions.tsx'
import { Card } from '../parts/page.tsx'
import { Ago } from '../parts/values.tsx'
import { useText } from '../text.ts'
import { useOrderChanged } from './order-data.ts'

export function NotesCard({ order }: { order: OrderDetail }) {
  const { t } = useText()
  const may = useMay()
  const { message } = App.useApp()
  const changed = useOrderChanged(order.order_id)
  const [text, setText] = useState('')
  const add = useMutation({
    mutationFn: () => ask('POST /orders/:id/notes', { params: { id: order.order_id }, body: { text: text.trim() } }),
    onSuccess: async () => {
      setText('')
      await changed()
    },
    onError: (error) => void message.error(sentence(error, t('problem.unknown'))),
  })
  return (
    <Card id="notes" title={t('order.notes')}>
      <div className="stack">
        {order.notes.length === 0 && <p className="quiet">{t('order.no_notes')}</p>}
        {order.notes.map((note) => (
          <div key={note.note_id} className="note">
            <p>{note.text}</p>
            <p className="small quiet">
              {note.by} · <Ago at={note.at} />
            </p>
          </div>
        ))}
        {may('orders.edit') && (
          <form
            className="stack"
            onSubmit={(event) => {
              event.preventDefault()
              if (text.trim() !== '') add.mutate()
            }}
          >
            <Input.TextArea
              aria-label={t('order.note_new')}
              placeholder={t('order.note_new')}
              autoSize={{ minRows: 1, maxRows: 6 }}
              maxLength={2000}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            {text.trim() !== '' && (
              <Button htmlType="submit" loading={add.isPending}>
                {t('order.note_add')}
              </Button>
            )}
          </form>
        )}
      </div>
    </Card>
  )
}
