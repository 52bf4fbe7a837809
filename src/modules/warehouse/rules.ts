// What the warehouse decides without looking anything up: what may be released, what leaves a fulfilment that its order no longer wants.
import type { FulfilmentState } from './machine.ts'

export const unitBuckets = ['to_pick', 'picked', 'packed', 'shipped', 'short', 'cancelled'] as const
export type UnitBucket = (typeof unitBuckets)[number]

/** A line of a fulfilment order with its units and the state of its fulfilment order. */
export interface WorkLine {
  readonly fulfilment_id: string
  readonly state: FulfilmentState
  readonly location_id: string
  readonly carrier: string | null
  readonly service: string | null
  readonly promised_at: Date | null
  readonly order_id: string
  readonly line_no: number
  readonly fulfilment_line_no: number
  readonly sku: string
  readonly to_pick: number
  readonly picked: number
  readonly packed: number
}

/** Units of a fulfilment line that go from one bucket to another. */
export interface UnitMove {
  readonly fulfilment_id: string
  readonly order_id: string
  readonly line_no: number
  readonly from: UnitBucket
  readonly to: UnitBucket
  readonly quantity: number
}

export interface LinePlace {
  readonly fulfilment_id: string
  readonly order_id: string
}

/** The fulfilments all of whose orders may go on: merged shipments wait for the last of their orders. */
export function releasable(places: readonly LinePlace[], mayGo: (order_id: string) => boolean): string[] {
  const waiting = new Set(places.filter((place) => !mayGo(place.order_id)).map((place) => place.fulfilment_id))
  return [...new Set(places.map((place) => place.fulfilment_id))].filter((id) => !waiting.has(id)).sort()
}

/** What an order line still wants from the warehouse. */
export interface Wanted {
  readonly order_id: string
  readonly line_no: number
  readonly allocated: number
  readonly released: number
  readonly picked: number
  readonly packed: number
}

/** Takes out of fulfilments what their order lines no longer want: units beyond the order's own count of each bucket, the newest fulfilment first. */
export function takeOut(lines: readonly WorkLine[], wanted: readonly Wanted[]): UnitMove[] {
  const wants = new Map(wanted.map((want) => [`${want.order_id} ${want.line_no}`, want]))
  const byLine = Map.groupBy(lines, (line) => `${line.order_id} ${line.line_no}`)
  return [...byLine].flatMap(([key, mine]) => {
    const want = wants.get(key)
    if (want === undefined) return []
    const newest = mine.toSorted((a, b) => (a.fulfilment_id < b.fulfilment_id ? 1 : -1))
    const planned = newest.filter((line) => line.state === 'planned')
    const released = newest.filter((line) => line.state !== 'planned')
    return [
      ...excess(planned, 'to_pick', want.allocated),
      ...excess(released, 'to_pick', want.released),
      ...excess(newest, 'picked', want.picked),
      ...excess(newest, 'packed', want.packed),
    ]
  })
}

function excess(lines: readonly WorkLine[], bucket: 'to_pick' | 'picked' | 'packed', wanted: number): UnitMove[] {
  let over = lines.reduce((sum, line) => sum + line[bucket], 0) - wanted
  const moves: UnitMove[] = []
  for (const line of lines) {
    const quantity = Math.min(over, line[bucket])
    if (quantity <= 0) continue
    over -= quantity
    moves.push({
      fulfilment_id: line.fulfilment_id,
      order_id: line.order_id,
      line_no: line.line_no,
      from: bucket,
      to: 'cancelled',
      quantity,
    })
  }
  return moves
}

/** The state of a fulfilment order after its units moved: nothing living left is cancelled or shipped, everything packed is packed. */
export function stateAfter(
  state: FulfilmentState,
  units: Readonly<Record<'to_pick' | 'picked' | 'packed' | 'shipped', number>>,
): FulfilmentState {
  if (units.to_pick + units.picked + units.packed === 0) return units.shipped > 0 ? 'shipped' : 'cancelled'
  if (state === 'planned') return 'planned'
  if (units.to_pick + units.picked === 0) return 'packed'
  if (units.picked + units.packed + units.shipped === 0) return state === 'packed' ? 'picking' : state
  return 'picking'
}
