// Placing: what the channel sent becomes orders, each once; the first step of their way is a job in the same transaction.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import * as payment from '../payment/index.ts'
import {
  insertCharges,
  insertLines,
  insertOrders,
  insertPersons,
  knownOrders,
  type NewPerson,
} from './store-placing.ts'
import type { Accepted, Known, PlacedOrder } from './types.ts'

export interface Placing {
  readonly accepted: readonly Accepted[]
  /** Orders that were there before under the same (channel, external_id); nothing of them was changed. */
  readonly known: readonly Known[]
}

/**
 * Keeps the orders that are new and tells which were known. Sorted by (channel, external_id) so that two callers never wait for each
 * other in a circle. An order number that is taken (one in 3 × 10^13) leaves its order out of both answers: the caller draws another.
 */
export async function placeOrders(tx: Tx, orders: readonly PlacedOrder[]): Promise<Placing> {
  if (orders.length === 0) return { accepted: [], known: [] }
  const sorted = orders.toSorted((a, b) => compare(a.channel, b.channel) || compare(a.external_id, b.external_id))
  const persons: NewPerson[] = []
  const person_ids = sorted.map((order) => {
    if (order.person === null) return null
    const person = { ...order.person, person_id: tx.newId() }
    persons.push(person)
    return person.person_id
  })
  const accepted = await insertOrders(tx, sorted, person_ids)
  const ids = new Set(accepted.map((order) => order.order_id))
  const kept = sorted.filter((order) => ids.has(order.order_id))
  const rest = sorted.filter((order) => !ids.has(order.order_id))
  if (kept.length > 0) {
    const known = new Set(sorted.flatMap((order, index) => (ids.has(order.order_id) ? [person_ids[index]] : [])))
    await insertPersons(
      tx,
      persons.filter((person) => known.has(person.person_id)),
    )
    await insertLines(tx, kept)
    await insertCharges(tx, kept)
    await payment.openIntents(tx, kept.map(intentOf))
    await publish(
      tx,
      kept.map((order) => ({
        type: 'order.placed',
        subject: order.order_id,
        version: 1,
        data: {
          channel: order.channel,
          lines: order.lines.length,
          total: order.totals.total,
          currency: order.currency,
        },
      })),
    )
  }
  return { accepted, known: rest.length === 0 ? [] : await knownOrders(tx, rest) }
}

function intentOf(order: PlacedOrder) {
  return { ...order.payment, demand_id: order.order_id, currency: order.currency, amount: order.totals.total }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
