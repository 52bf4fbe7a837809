// The story of the order: every event in a sentence, newest first, with who did it; the data on demand.
import { useState } from 'react'
import type { OrderEvent } from '../../../src/contracts/views-orders.ts'
import { isRecord } from '../../shared/api.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Ago } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'
import { useOrderEvents } from './order-data.ts'

const ICONS: Readonly<Record<string, IconName>> = {
  placed: 'orders', reserved: 'stock', backordered: 'clock', screened: 'review', held: 'pause', resumed: 'check', confirmed: 'done', allocated: 'pin', released: 'inbox',
  picked: 'half', packed: 'stock', shipped: 'truck', delivered: 'done', cancelled: 'crossed', rejected: 'crossed', closed: 'done', returned: 'back', return_requested: 'back', refunded: 'money',
}

export function TimelineCard({ order_id }: { order_id: string }) {
  const { t } = useText()
  const { data, error, refetch } = useOrderEvents(order_id)
  const events = [...(data?.items ?? [])].reverse()
  return (
    <Card id="timeline" title={t('order.timeline')}>
      {error !== null && data === undefined && <Trouble error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingRows rows={4} />}
      {data !== undefined && events.length === 0 && <Empty icon="clock" title={t('order.no_events')} />}
      <ol className="timeline">
        {events.map((event) => (
          <Event key={event.event_id} event={event} />
        ))}
      </ol>
    </Card>
  )
}

function Event({ event }: { event: OrderEvent }) {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  const kind = event.type.replace(/^order\./, '')
  const has = isRecord(event.data) && Object.keys(event.data).length > 0
  return (
    <li className="event">
      <span className={`event-mark ${kind}`}>
        <Icon name={ICONS[kind] ?? 'circle'} size={14} />
      </span>
      <div className="grow">
        <p>
          <strong>{text.label('event', kind)}</strong> <span className="quiet">{summary(text, event)}</span>
        </p>
        <p className="small quiet">
          <Ago at={event.at} /> · {actor(text, event)}
          {has && (
            <button type="button" className="linkish" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? text.t('action.less') : text.t('order.event_data')}
            </button>
          )}
        </p>
        {isOpen && <pre className="event-data">{JSON.stringify(event.data, null, 2)}</pre>}
      </div>
    </li>
  )
}

/** Steps are the machine, users have names, keys are programs. */
function actor({ t, label }: Text, event: OrderEvent): string {
  if (event.actor_name !== null) return event.actor_name
  const [kind = '', name = ''] = event.actor.split(':')
  if (kind === 'step') return t('actor.step', { step: label('machine_step', name) })
  return label('actor', kind)
}

function summary({ t, format, label }: Text, event: OrderEvent): string {
  const data = event.data
  if (!isRecord(data)) return ''
  if (Array.isArray(data.lines)) {
    const of = (name: string) => sumOf(data.lines, name)
    const parts = (['reserved', 'backordered', 'quantity', 'cancelled', 'picked', 'packed', 'shipped'] as const).filter((name) => of(name) > 0)
    return parts.map((name) => (name === 'quantity' ? t('event.units', { count: of(name), number: format.number(of(name)) }) : `${t(`bucket.${name}`)} ${format.number(of(name))}`)).join(' · ')
  }
  if (typeof data.reason === 'string') return label('cancel_reason', data.reason)
  if (typeof data.kind === 'string') return label('hold', data.kind)
  return ''
}

function sumOf(lines: unknown, name: string): number {
  if (!Array.isArray(lines)) return 0
  let total = 0
  for (const line of lines) if (isRecord(line) && typeof line[name] === 'number') total += line[name]
  return total
}
