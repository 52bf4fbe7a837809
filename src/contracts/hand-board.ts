// The board of open work: a column for each location with its load, cards of the orders that leave from there, and those that have no place.
import { type Static, Type } from 'typebox'
import { Key } from './catalog.ts'
import { Amount, Count, Id, Instant, orNull, PageQuery } from './views-shared.ts'

const Filters = {
  /** Order number or external id, by their beginning too, or a SKU: the orders that still hold some of it. */
  q: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** Only orders raised to at least this. */
  priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}

export const WorkBoardQuery = Type.Object({
  ...Filters,
  /** Locations by comma; where absent all, beyond sixty those whose work has to leave first. */
  locations: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, pattern: '^[^,\\s]+(,[^,\\s]+)*$' })),
})
export type WorkBoardQuery = Static<typeof WorkBoardQuery>

/** Without `location` those that wait for a place. */
export const WorkCardQuery = Type.Object({ ...Filters, ...PageQuery, location: Type.Optional(Key) })
export type WorkCardQuery = Static<typeof WorkCardQuery>

export const WorkCard = Type.Object({
  order_id: Id,
  number: Type.String(),
  version: Type.Integer(),
  /** null where it waits for a place. */
  fulfilment_id: orNull(Id),
  state: orNull(Type.Enum(['planned', 'released', 'picking', 'packed'])),
  /** Why it has no place. */
  reason: orNull(Type.String()),
  units: Type.Integer(),
  lines: Type.Integer(),
  priority: Type.Integer(),
  urgent: Type.Boolean(),
  promised_at: orNull(Instant),
  /** Hand-over to the carrier at the latest. */
  ship_by: orNull(Instant),
  arrives_at: orNull(Instant),
  /** Past its hand-over, or there only after the promise. */
  late: Type.Boolean(),
  /** Of the newest decision about the order, in the currency of the board. */
  cost: orNull(Amount),
  locked: orNull(Type.String()),
})
export type WorkCard = Static<typeof WorkCard>

const Cards = { cards: Type.Array(WorkCard, { maxItems: 100 }), next_cursor: orNull(Type.String()) }

export const WorkColumn = Type.Object({
  location_id: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  state: Type.Enum(['open', 'closed']),
  working: Type.Boolean(),
  next_cut_off: Instant,
  /** null where it has no limits. */
  fill_percent: orNull(Type.Integer({ minimum: 0 })),
  overdue_orders: Type.Integer({ minimum: 0 }),
  /** Fulfilment orders; with a filter those that it leaves. */
  count: Count,
  ...Cards,
})
export type WorkColumn = Static<typeof WorkColumn>

export const WorkBoard = Type.Object({
  at: Instant,
  currency: Type.String(),
  columns: Type.Array(WorkColumn, { maxItems: 60 }),
  /** Where a count of a column stops. */
  counted_to: Count,
  /** The filter fits more orders than are looked through: some may be missing. */
  cut: Type.Boolean(),
  /** Locations that are not among the columns. */
  left_out: Type.Integer({ minimum: 0 }),
  waiting: Type.Object({ count: Count, ...Cards }),
})
export type WorkBoard = Static<typeof WorkBoard>

export const WorkCards = Type.Object(Cards)
export type WorkCards = Static<typeof WorkCards>
