// The live board: how fast orders flow, how much waits at each step and how long, where, and what is mine to do.
import { type Static, Type } from 'typebox'
import { Count, Instant, orNull } from './views-shared.ts'

/** The river, in its order. */
export const boardSteps = [
  'place',
  'reserve',
  'screen',
  'verify_payment',
  'allocate',
  'release',
  'pick',
  'pack',
  'ship',
  'deliver',
] as const
export const BoardStepName = Type.Enum([...boardSteps])
export type BoardStepName = (typeof boardSteps)[number]

export const BoardStep = Type.Object({
  step: BoardStepName,
  /** What the machine has to do now; counts stop at 1000 = 999+. */
  backlog: Count,
  /** What waits for people, payment, goods or the carrier at this step, with the reason. */
  waiting: Count,
  waits_for: orNull(Type.Enum(['review', 'payment', 'stock', 'warehouse', 'carrier'])),
  /** The oldest of both; null when nothing is there. */
  oldest_at: orNull(Instant),
  /** Orders that passed this step in the last minute. */
  passed_last_minute: Type.Integer(),
  dead_letters: Count,
  /** ok: flows; slow: the oldest is older than its limit; stuck: ten times that, or dead letters. */
  state: Type.Enum(['ok', 'slow', 'stuck']),
  /** The limit of age in seconds after which it is slow. */
  slow_after_seconds: Type.Integer(),
})
export type BoardStep = Static<typeof BoardStep>

/** Orders that came in, became free for the warehouse and left it, in `seconds` from `at` on. */
export const RatePoint = Type.Object({
  at: Instant,
  seconds: Type.Integer(),
  placed: Type.Integer(),
  released: Type.Integer(),
  shipped: Type.Integer(),
})
export type RatePoint = Static<typeof RatePoint>

export const BoardLocation = Type.Object({
  location_id: Type.String(),
  name: Type.String(),
  name_zh: orNull(Type.String()),
  planned: Count,
  released: Count,
  picking: Count,
  packed: Count,
  shipped_today: Count,
  late: Count,
  oldest_released_at: orNull(Instant),
})
export type BoardLocation = Static<typeof BoardLocation>

/** Work that waits for a person; `urgent` is what is due within the hour. */
export const QueueItem = Type.Object({
  queue: Type.Enum([
    'review',
    'backorders',
    'payment_unmatched',
    'staged',
    'dead_letters',
    'parcel_exceptions',
    'returns',
    'allocation',
    'late',
  ]),
  count: Count,
  urgent: Count,
  oldest_at: orNull(Instant),
})
export type QueueItem = Static<typeof QueueItem>

export const Board = Type.Object({
  at: Instant,
  /** Orders per second over the last ten seconds, and the highest of the hour. */
  orders_per_second: Type.Number(),
  peak_per_second: Type.Number(),
  placed_today: Count,
  shipped_today: Count,
  rate: Type.Array(RatePoint, { maxItems: 120 }),
  steps: Type.Array(BoardStep, { maxItems: 10 }),
  locations: Type.Array(BoardLocation, { maxItems: 200 }),
  queue: Type.Array(QueueItem, { maxItems: 20 }),
})
export type Board = Static<typeof Board>
