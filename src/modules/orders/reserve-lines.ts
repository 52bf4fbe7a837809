// From orders to claims on stock and back: which lines want how much, and which moves the answer makes.
import type * as inventory from '../inventory/index.ts'
import type { Bucket } from './machine.ts'
import type { OrderFacts, UnitMove } from './types.ts'

/** Claims for all units of a bucket, in the order of the orders given: their order is their right. */
export function claimsOf(orders: readonly OrderFacts[], bucket: 'open' | 'backordered'): inventory.Claim[] {
  return orders.flatMap((order) =>
    order.lines
      .filter((line) => line.units[bucket] > 0)
      .map((line) => ({
        claim_id: `${order.order_id}:${line.line_no}`,
        demand_id: order.order_id,
        demand_line: line.line_no,
        network_id: order.network_id,
        sku: line.sku,
        quantity: line.units[bucket],
      })),
  )
}

export interface LineReservation {
  readonly move: UnitMove
  readonly sku: string
  /** What was free when the claim was refused. */
  readonly free?: number
}

/** The moves that grants make: granted units are reserved; refused ones of new orders are backordered, of backorders stay where they are. */
export function applyGrants(
  grants: inventory.Reserved,
  from: Extract<Bucket, 'open' | 'backordered'>,
): LineReservation[] {
  const move = (claim: inventory.Claim, to: Bucket): UnitMove => ({
    order_id: claim.demand_id,
    line_no: claim.demand_line,
    from,
    to,
    quantity: claim.quantity,
  })
  const granted = grants.granted.map((claim): LineReservation => ({ move: move(claim, 'reserved'), sku: claim.sku }))
  if (from === 'backordered') return granted
  return [
    ...granted,
    ...grants.refused.map(
      (claim): LineReservation => ({ move: move(claim, 'backordered'), sku: claim.sku, free: claim.free }),
    ),
  ]
}
