// The story of the order: every event in a sentence, newest first, with who did it; the data on demand.
import { useState } from 'react'
import type { OrderEvent } from '../../../src/contracts/views-orders.ts'
import { isRecord } from '../../shared/api.ts'
import { useLocations, useStaffNames } from '../frame/places.ts'
import { Empty, LoadingRows, Trouble } from '../parts/conditions.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Card } from '../parts/page.tsx'
import { Ago } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'
import { summaryOf } from './event-summary.ts'
import { useOrderEvents } from './order-data.ts'

const ICONS: Readonly<Record<string, IconName>> = {
  placed: 'orders',
  reserved: 'stock',
  backordered: 'clock',
  screened: 'review',
  held: 'pause',
  resumed: 'check',
  confirmed: 'done',
  allocated: 'pin',
  released: 'inbox',
  units_cancelled: 'crossed',
  short_picked: 'exceptions',
  withdrawn: 'exceptions',
  address_changed: 'pin',
  locked: 'lock',
  unlocked: 'lock',
  prioritised: 'bolt',
  exception: 'exceptions',
  lost: 'stop',
  supplied: 'stock',
  restocked: 'back',
  hold_ended: 'check',
  backorder_waiting: 'clock',
  picked: 'half',
  packed: 'stock',
  shipped: 'truck',
  delivered: 'done',
  cancelled: 'crossed',
  rejected: 'crossed',
  closed: 'done',
  returned: 'back',
  return_requested: 'back',
  refunded: 'money',
  unpacked: 'back',
  return_refused: 'crossed',
  return_cancelled: 'crossed',
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
  const names = useStaffNames()
  const places = useLocations()
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
          <strong>{text.label('event', kind)}</strong> <span className="quiet">{summaryOf(text, event, places)}</span>
        </p>
        <p className="small quiet">
          <Ago at={event.at} /> · {actorName(text, event, names)}
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
function actorName({ t, label }: Text, event: OrderEvent, names: ReadonlyMap<string, string>): string {
  if (event.actor_name !== null) return event.actor_name
  const [kind = '', name = ''] = event.actor.split(':')
  if (kind === 'step') return t('actor.step', { step: label('machine_step', name) })
  return (kind === 'user' ? names.get(name) : undefined) ?? label('actor', kind)
}
