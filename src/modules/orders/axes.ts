// The four axes of an order as people see them: commercial, money, fulfilment, service; each derived, never one status.

import type { Axes } from '../../contracts/views-orders.ts'
import type { Balance } from '../payment/index.ts'
import type { Commercial } from './machine.ts'
import type { UnitSums } from './store-listing.ts'

/** The axes of one order from its sums. */
export function axesOf(
  order: { commercial: Commercial; total: bigint },
  units: UnitSums | undefined,
  balances: readonly Balance[],
  held: boolean,
): Axes {
  return {
    commercial: order.commercial,
    money: moneyState(order.total, balances),
    fulfilment: units === undefined ? 'open' : fulfilmentState(units),
    service: held ? 'held' : (units?.going_back ?? 0) > 0 ? 'return' : (units?.lost ?? 0) > 0 ? 'exception' : 'clear',
  }
}

/** How the money stands: what was taken back and captured first, then what is promised. */
export function moneyState(total: bigint, balances: readonly Balance[]): Axes['money'] {
  if (balances.length === 0) return total === 0n ? 'none' : 'unpaid'
  const sum = (pick: (balance: Balance) => bigint) => balances.reduce((all, balance) => all + pick(balance), 0n)
  const captured = sum((balance) => balance.captured)
  const refunded = sum((balance) => balance.refunded)
  const authorised = sum((balance) => balance.authorised)
  const voided = sum((balance) => balance.voided)
  const states = new Set(balances.map((balance) => balance.state))
  if (captured > 0n && refunded >= captured) return 'refunded'
  if (refunded > 0n) return 'partly_refunded'
  if (captured >= total && total > 0n) return 'captured'
  if (captured > 0n) return 'partly_captured'
  if (authorised > 0n) return voided >= authorised ? 'voided' : 'authorised'
  if (states.has('pending')) return 'pending'
  if (states.has('failed') || states.has('expired')) return 'failed'
  if (states.has('cancelled')) return 'voided'
  return balances.some((balance) => balance.method === 'cod') ? 'on_delivery' : 'unpaid'
}

/** How far the least advanced living unit is. */
export function fulfilmentState(units: UnitSums): Axes['fulfilment'] {
  const living = units.units - units.cancelled
  if (living === 0) return 'cancelled'
  if (units.came_back + units.going_back === living) return 'returned'
  if (units.backordered > 0) return units.backordered === living ? 'backordered' : 'partly_reserved'
  if (units.open > 0) return units.open === living ? 'open' : 'partly_reserved'
  const gone = units.shipped + units.delivered + units.came_back + units.going_back + units.lost
  if (units.reserved > 0) return gone > 0 ? 'partly_shipped' : 'reserved'
  if (gone > 0 && gone < living) return 'partly_shipped'
  if (units.allocated > 0) return 'allocated'
  if (units.released > 0) return units.picked + units.packed > 0 ? 'picking' : 'released'
  if (units.picked > 0) return 'picking'
  if (units.packed > 0) return 'packed'
  return units.shipped > 0 ? 'shipped' : 'delivered'
}
