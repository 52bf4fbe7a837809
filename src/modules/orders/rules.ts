// What orders decide without looking anything up: what to reserve, what stands next, what a cancellation takes away.
import { shareOfUnits, sum } from '../../platform/money.ts'
import { type Bucket, terminalBuckets } from './machine.ts'
import type { LineFacts, OrderFacts, UnitMove } from './types.ts'

/** Cancellable buckets, those that cost least first; the goods of picked and packed units are in somebody's hands. */
export const cancellable: readonly Bucket[] = [
  'open',
  'backordered',
  'reserved',
  'allocated',
  'released',
  'picked',
  'packed',
]

/** The buckets whose units hold stock. */
export const holdsStock: readonly Bucket[] = ['reserved', 'allocated', 'released', 'picked', 'packed']

/** The buckets of units that have left the warehouse, wherever they are now. */
const hasLeft: readonly Bucket[] = [
  'shipped',
  'delivered',
  'return_requested',
  'returned',
  'restocked',
  'written_off',
  'lost',
]

export type Waiting =
  | 'orders.reserve'
  | 'review.screen'
  | 'orders.verify-payment'
  | 'allocation.allocate'
  | 'warehouse.release'
  | null

/** The step that an order waits for, by its state alone: where it goes on after a hold, a payment or new supply. */
export function nextStep(order: OrderFacts, screened: boolean): Waiting {
  const units = (bucket: Bucket) => order.lines.reduce((total, line) => total + line.units[bucket], 0)
  if (order.commercial === 'placed') {
    if (units('open') > 0) return 'orders.reserve'
    return screened ? 'orders.verify-payment' : 'review.screen'
  }
  if (order.commercial !== 'confirmed') return null
  if (units('allocated') > 0) return 'warehouse.release'
  return units('reserved') > 0 ? 'allocation.allocate' : null
}

/** Whether every unit has come to its end. */
export function isFinished(order: OrderFacts): boolean {
  return order.lines.every(
    (line) => terminalBuckets.reduce((total, bucket) => total + line.units[bucket], 0) === line.ordered,
  )
}

export interface CancelLine {
  readonly line_no: number
  readonly quantity: number
}

export interface CancelPart {
  readonly line: LineFacts
  readonly moves: readonly UnitMove[]
  readonly quantity: number
  /** Units whose stock is freed. */
  readonly freed: number
  /** Units that somebody must put back. */
  readonly put_back: number
  readonly worth: bigint
}

export interface CancelPlan {
  readonly parts: readonly CancelPart[]
  readonly whole: boolean
  /** What the customer no longer owes: the net of the units, with the charges where nothing of the order remains. */
  readonly worth: bigint
  /** Lines that were asked for more than can still be cancelled. */
  readonly refused: readonly { line_no: number; asked: number; possible: number; blocked_by: string }[]
}

/** What a cancellation takes away: the named units, or all that has not left the warehouse. */
export function planCancellation(order: OrderFacts, lines: readonly CancelLine[] | null): CancelPlan {
  const wanted = lines === null ? order.lines.map((line) => ({ ...line, quantity: possible(line) })) : sumByLine(lines)
  const parts: CancelPart[] = []
  const refused: CancelPlan['refused'][number][] = []
  for (const want of wanted) {
    const line = order.lines.find((candidate) => candidate.line_no === want.line_no)
    const can = line === undefined ? 0 : possible(line)
    if (line === undefined || want.quantity > can)
      refused.push({
        line_no: want.line_no,
        asked: want.quantity,
        possible: can,
        blocked_by: line === undefined ? 'line_unknown' : 'already_shipped',
      })
    else if (want.quantity > 0) parts.push(cancelPart(order, line, want.quantity))
  }
  const remaining =
    order.lines.reduce((total, line) => total + line.ordered - line.units.cancelled, 0) -
    parts.reduce((total, part) => total + part.quantity, 0)
  const whole = remaining === 0 && parts.length > 0
  const charges = whole ? order.total - sum(order.lines.map((line) => line.net)) : 0n
  return { parts, whole, worth: sum(parts.map((part) => part.worth)) + charges, refused }
}

function sumByLine(lines: readonly CancelLine[]): CancelLine[] {
  return [...Map.groupBy(lines, (line) => line.line_no)].map(([line_no, parts]) => ({
    line_no,
    quantity: parts.reduce((total, part) => total + part.quantity, 0),
  }))
}

function possible(line: LineFacts): number {
  return cancellable.reduce((total, bucket) => total + line.units[bucket], 0)
}

function cancelPart(order: OrderFacts, line: LineFacts, quantity: number): CancelPart {
  const moves: UnitMove[] = []
  let left = quantity
  for (const from of cancellable) {
    const taken = Math.min(left, line.units[from])
    if (taken > 0)
      moves.push({ order_id: order.order_id, line_no: line.line_no, from, to: 'cancelled', quantity: taken })
    left -= taken
  }
  const inBuckets = (those: readonly Bucket[]) =>
    moves.reduce((total, move) => total + (those.includes(move.from) ? move.quantity : 0), 0)
  const before = line.units.cancelled
  // Units are cancelled from the end of the line: what the remaining ones cost never depends on when the others went.
  const worth = shareOfUnits(line.net, line.ordered, line.ordered - before - quantity, line.ordered - before)
  return { line, moves, quantity, freed: inBuckets(holdsStock), put_back: inBuckets(['picked', 'packed']), worth }
}

/** What the units that have left so far are worth, with the charges from the first of them on: captured at each shipment. */
export function owedForShipped(order: OrderFacts): bigint {
  const left = order.lines.map((line) => {
    const units = hasLeft.reduce((total, bucket) => total + line.units[bucket], 0)
    return { units, worth: shareOfUnits(line.net, line.ordered, 0, units) }
  })
  const nothing = left.every(({ units }) => units === 0)
  return nothing ? 0n : sum(left.map(({ worth }) => worth)) + order.total - sum(order.lines.map((line) => line.net))
}

/** What is still owed after all cancellations so far: the net of the units that remain, with the charges unless nothing remains; a discount never makes it less than nothing. */
export function owedNow(order: OrderFacts): bigint {
  const remaining = order.lines.map((line) =>
    shareOfUnits(line.net, line.ordered, 0, line.ordered - line.units.cancelled),
  )
  if (order.lines.every((line) => line.units.cancelled === line.ordered)) return 0n
  const owed = sum(remaining) + order.total - sum(order.lines.map((line) => line.net))
  return owed > 0n ? owed : 0n
}
