// The river as data: which engine steps and which events belong to each step of the board, and when it counts as slow.
import type { BoardStepName } from '../../contracts/views-board.ts'

export interface RiverStep {
  readonly step: BoardStepName
  /** Steps of the engine whose backlog lies here. */
  readonly engine: readonly string[]
  /** Events that say that an order has passed. */
  readonly passed: readonly string[]
  /** What people, customers and carriers may take before it is slow. */
  readonly slow_after_seconds: number
}

/** What the machine may take for its own work. */
export const MACHINE_SLOW_SECONDS = 30

const HOUR = 3_600
const DAY = 24 * HOUR

export const river: readonly RiverStep[] = [
  {
    step: 'place',
    engine: ['orders.index-search'],
    passed: ['order.placed'],
    slow_after_seconds: MACHINE_SLOW_SECONDS,
  },
  {
    step: 'reserve',
    engine: ['orders.reserve', 'orders.serve-backorders', 'orders.break-lines'],
    passed: ['order.reserved', 'order.backordered'],
    slow_after_seconds: 7 * DAY,
  },
  {
    step: 'screen',
    engine: ['review.screen', 'review.apply', 'orders.resume'],
    passed: ['order.screened'],
    slow_after_seconds: 2 * HOUR,
  },
  {
    step: 'verify_payment',
    engine: ['orders.verify-payment', 'payment.authorise', 'payment.expire'],
    passed: ['order.confirmed'],
    slow_after_seconds: HOUR,
  },
  {
    step: 'allocate',
    engine: ['allocation.allocate', 'allocation.reallocate', 'allocation.retry'],
    passed: ['order.allocated'],
    slow_after_seconds: DAY,
  },
  { step: 'release', engine: ['warehouse.release'], passed: ['order.released'], slow_after_seconds: 4 * HOUR },
  { step: 'pick', engine: ['warehouse.cancel'], passed: ['order.picked'], slow_after_seconds: DAY },
  { step: 'pack', engine: ['shipping.label'], passed: ['order.packed'], slow_after_seconds: 4 * HOUR },
  {
    step: 'ship',
    engine: ['orders.capture', 'payment.capture', 'tracking.watch'],
    passed: ['order.shipped'],
    slow_after_seconds: DAY,
  },
  {
    step: 'deliver',
    engine: ['tracking.follow', 'orders.close'],
    passed: ['order.delivered'],
    slow_after_seconds: 10 * DAY,
  },
]

/** Timers that stand for a payment that is awaited. */
export const PAYMENT_TIMER = 'payment.deadline'

export const engineSteps: readonly string[] = [...new Set([...river.flatMap((step) => step.engine), PAYMENT_TIMER])]
export const riverEvents: readonly string[] = [...new Set(river.flatMap((step) => step.passed))]
