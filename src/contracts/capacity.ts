// The load of locations as people see it: slots with what is booked and done, pace, and when the carrier is next.
import { type Static, Type } from 'typebox'
import { Instant, orNull } from './views-shared.ts'

const Used = Type.Integer({ minimum: 0 })
const Limit = orNull(Type.Integer({ minimum: 0 }))

export const LoadSlot = Type.Object({
  starts_at: Instant,
  ends_at: Instant,
  orders: Used,
  lines: Used,
  minutes: Used,
  /** Of the orders, those that are packed. */
  done_orders: Used,
  /** null: no limit of this kind. */
  max_orders: Limit,
  max_lines: Limit,
  max_minutes: Limit,
})

export const LocationLoad = Type.Object({
  location_id: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  time_zone: Type.String(),
  state: Type.Enum(['open', 'closed']),
  /** Now within its hours. */
  working: Type.Boolean(),
  /** When it works next; null where it does not within two months. */
  opens_at: orNull(Instant),
  next_cut_off: Instant,
  /** Whether it has limits; without them there are no slots. */
  limited: Type.Boolean(),
  /** Work ahead, overdue work included, in per cent of what a day gets done: the 24 hours from now, or from when it works next; the fullest of its limits. */
  fill_percent: Type.Integer({ minimum: 0 }),
  overdue_orders: Used,
  minutes_per_order: orNull(Type.Number()),
  minutes_per_line: orNull(Type.Number()),
  /** What was measured against the pace given, in per cent: 200 takes twice as long; null before enough was scanned. */
  pace_percent: orNull(Type.Integer()),
  /** The slots of the next days, in order. */
  slots: Type.Array(LoadSlot, { maxItems: 700 }),
})
export type LocationLoad = Static<typeof LocationLoad>

export const LoadQuery = Type.Object({ hours: Type.Optional(Type.Integer({ minimum: 1, maximum: 168 })) })
export const LoadView = Type.Object({ at: Instant, items: Type.Array(LocationLoad, { maxItems: 1000 }) })
export type LoadView = Static<typeof LoadView>
