// One location on the axis of load: its slots as bars, how it stands in words, and what is late.
import { Button } from 'antd'
import type { LocationLoad } from '../../../src/contracts/capacity.ts'
import { State } from '../parts/states.tsx'
import { TimeLeft } from '../parts/values.tsx'
import { type Text, useText } from '../text.ts'
import { type Bar, barsOf, type Fullness, fullnessOf, isFull, marksOf, nextRoom, totalsOf } from './load-figures.ts'

interface LoadRowProps {
  readonly load: LocationLoad
  readonly at: string
  readonly hours: number
  readonly onEdit: ((location_id: string) => void) | null
}

export function LoadRow({ load, at, hours, onEdit }: LoadRowProps) {
  const text = useText()
  const { t, either } = text
  const fullness = fullnessOf(load)
  const name = either(load.name, load.name_zh)
  return (
    <li className="load-row">
      <div className="load-head">
        <strong className="clip">{name}</strong>
        <span className="row wrap">
          <State kind="fullness" state={fullness} />
          {/* A location whose slots take nothing at all is full without any work. */}
          {(fullness !== 'full' || load.fill_percent > 0) && (
            <span className="quiet small">
              {t('capacity.filled', { percent: text.format.percent(load.fill_percent / 100) })}
            </span>
          )}
        </span>
      </div>
      <div>
        <Strip bars={barsOf(load.slots, Date.parse(at), hours)} load={load} />
        <Axis at={at} hours={hours} />
      </div>
      <div className="load-words">
        <p>{standing(text, load, fullness)}</p>
        <p className="quiet small">{booked(text, load)}</p>
        {load.overdue_orders > 0 && (
          <p className="load-overdue small">{t('capacity.overdue', { count: load.overdue_orders })}</p>
        )}
        <p className="quiet small">{pace(text, load)}</p>
        <p className="row wrap small">
          {load.state === 'open' && <NextCutOff at={load.next_cut_off} />}
          {onEdit !== null && (
            <Button
              type="link"
              size="small"
              className="load-edit"
              aria-label={t('capacity.edit_of', { name })}
              onClick={() => onEdit(load.location_id)}
            >
              {t('capacity.edit')}
            </Button>
          )}
        </p>
      </div>
    </li>
  )
}

function NextCutOff({ at }: { at: string }) {
  const { t, format } = useText()
  return (
    <span className="row wrap">
      {t('capacity.next_cut_off', { at: format.time(at) })} <TimeLeft until={at} />
    </span>
  )
}

/** How the location stands, in one sentence that a person can act on. */
function standing({ t, format }: Text, load: LocationLoad, fullness: Fullness): string {
  if (fullness === 'closed') return t('capacity.is_closed')
  if (fullness === 'resting')
    return load.opens_at === null
      ? t('capacity.never_opens')
      : t('capacity.opens', { at: format.moment(load.opens_at) })
  const room = nextRoom(load.slots)
  if (room === null) return t('capacity.no_room')
  if (load.slots[0] === room)
    return load.working ? t('capacity.room_now') : t('capacity.opens', { at: format.moment(room.starts_at) })
  return t('capacity.room_from', { at: format.moment(room.starts_at) })
}

function booked({ t, format, sentences }: Text, load: LocationLoad): string {
  const { orders, done_orders, max_orders } = totalsOf(load.slots)
  return sentences(
    max_orders === null
      ? t('capacity.booked', { orders: format.number(orders) })
      : t('capacity.booked_of', { orders: format.number(orders), most: format.number(max_orders) }),
    done_orders > 0 && t('capacity.done', { done: format.number(done_orders) }),
  )
}

function pace({ t, format, sentences }: Text, load: LocationLoad): string {
  const { minutes_per_order, minutes_per_line, pace_percent } = load
  if (minutes_per_order === null || minutes_per_line === null) return ''
  const figures = { order: format.number(minutes_per_order, 1), line: format.number(minutes_per_line, 1) }
  return sentences(
    t('capacity.pace', figures),
    pace_percent === null
      ? t('capacity.pace_given')
      : t('capacity.pace_learned', { percent: format.percent(pace_percent / 100) }),
  )
}

function Strip({ bars, load }: { bars: readonly Bar[]; load: LocationLoad }) {
  const { t, format, either } = useText()
  const full = load.slots.filter(isFull).length
  const label = t('capacity.strip', {
    name: either(load.name, load.name_zh),
    slots: format.number(load.slots.length),
    full: format.number(full),
  })
  return (
    <div className="load-strip" role="img" aria-label={label}>
      {bars.map((bar) => (
        <span
          key={bar.slot.starts_at}
          className={isFull(bar.slot) ? 'load-slot full' : 'load-slot'}
          style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
          title={t('capacity.slot_title', {
            from: format.moment(bar.slot.starts_at),
            until: format.time(bar.slot.ends_at),
            orders: format.number(bar.slot.orders),
            most: bar.slot.max_orders === null ? '–' : format.number(bar.slot.max_orders),
            done: format.number(bar.slot.done_orders),
          })}
        >
          <span className="load-booked" style={{ height: `${bar.booked}%` }} />
          <span className="load-done" style={{ height: `${bar.done}%` }} />
        </span>
      ))}
    </div>
  )
}

/** Marks of time under a strip: every third hour of a day, days of a week. */
function Axis({ at, hours }: { at: string; hours: number }) {
  const { format } = useText()
  const from = Date.parse(at)
  const isDay = hours <= 24
  return (
    <div className="load-axis" aria-hidden="true">
      {marksOf(from, hours, format.time(at)).map(({ at_ms, left }) => (
        <span key={at_ms} style={{ left: `${left}%`, transform: `translateX(-${left}%)` }}>
          {isDay ? format.time(at_ms) : format.monthDay(at_ms)}
        </span>
      ))}
    </div>
  )
}
