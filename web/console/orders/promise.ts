// What an order's fulfilment orders promise together: the first time to ship by, the last day to arrive, and how that stands.
import type { OrderDetail } from '../../../src/contracts/views-orders.ts'
import type { FulfilmentView } from '../../../src/contracts/views-warehouse.ts'

type Promised = NonNullable<OrderDetail['promise']>

export function promiseOf(
  fulfilments: readonly FulfilmentView[],
  reached: OrderDetail['axes']['fulfilment'],
  now: number,
): Promised | null {
  const living = fulfilments.filter((one) => one.state !== 'cancelled')
  if (living.length === 0) return null
  const waiting = living.filter((one) => one.state !== 'shipped' && one.state !== 'delivered' && one.state !== 'lost')
  const ship_by = first(waiting.map((one) => one.ship_by))
  const promised_at = last(living.map((one) => one.promised_at))
  return { ship_by, promised_at, risk: riskOf(living, ship_by, promised_at, reached, now) }
}

function riskOf(
  living: readonly FulfilmentView[],
  ship_by: string | null,
  promised_at: string | null,
  reached: string,
  now: number,
): Promised['risk'] {
  const is = (at: string | null) => at !== null && Date.parse(at) < now
  if (reached === 'delivered') {
    const arrived = last(living.flatMap((one) => one.parcels.map((parcel) => parcel.delivered_at)))
    if (arrived === null || promised_at === null) return 'none'
    return arrived <= promised_at ? 'kept' : 'missed'
  }
  if (is(promised_at)) return 'late'
  return is(ship_by) ? 'at_risk' : 'none'
}

function first(times: readonly (string | null)[]): string | null {
  return times.reduce((found, at) => (at !== null && (found === null || at < found) ? at : found), null)
}

function last(times: readonly (string | null)[]): string | null {
  return times.reduce((found, at) => (at !== null && (found === null || at > found) ? at : found), null)
}
