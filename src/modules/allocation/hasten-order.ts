// Keeping a promise at risk: the work moves to the cheapest location, or takes the cheapest service, that still makes it; decided by a person, with the reason.
import type { Tx } from '../../platform/db.ts'
import { loadOrders, orderProblem } from '../orders/index.ts'
import { changeServices, lockOpenWork } from '../warehouse/index.ts'
import { checkWay, type SeenWay } from './check-way.ts'
import { placeByHand } from './decide-by-hand.ts'
import { allocationProblem } from './problems.ts'
import { type Quicker, quickerWays } from './quicker-ways.ts'
import { insertManualDecision, openWorkOf } from './store-hand.ts'

/** What would still keep the promise of an order's fulfilment, without doing it; null where there is no such order. */
export async function lookQuicker(tx: Tx, order_id: string, fulfilment_id: string): Promise<Quicker | null> {
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) return null
  return quickerWays(tx, order, fulfilment_id, await openWorkOf(tx, order_id), { lock: false })
}

export interface Haste {
  readonly fulfilment_id: string
  /** Elsewhere, or by another service from where it lies. */
  readonly by: 'place' | 'service'
  readonly reason: string
  /** What was shown before; nothing worse is done. null: nothing was. */
  readonly seen: SeenWay | null
}

/** Does it; answers when the goods arrive now. Throws order_unknown, promise_out_of_reach, way_changed. */
export async function hasten(tx: Tx, order_id: string, { fulfilment_id, by, reason, seen }: Haste): Promise<Date> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const work = await lockOpenWork(tx, [order_id])
  // a move locks slots and stock itself, once: two looks under locks would take them in two orders
  const { promised_at, [by]: way } = await quickerWays(tx, order, fulfilment_id, work, { lock: by === 'service' })
  if (way === null) throw allocationProblem('promise_out_of_reach', { fulfilment_id })
  const { location_id, carrier, service, ship_by, transit_days, arrives_at, cost } = way
  if (seen !== null) await checkWay(tx, { ...way, promised_at }, seen)
  const decision_id = tx.newId()
  const asked = { fulfilment_id, carrier, service, cost, arrives_at: arrives_at.toISOString() }
  if (by === 'place') {
    const wish = { kind: 'move' as const, version: order.version, fulfilment_id, location_id }
    const locations = await placeByHand(tx, order, work, wish, { decision_id, hurry: true })
    await insertManualDecision(tx, {
      ...{ decision_id, order_id, kind: 'move', reason },
      detail: JSON.stringify({ ...asked, location_id, locations }),
    })
    return arrives_at
  }
  await changeServices(tx, order_id, [{ fulfilment_id, by: { carrier, service, transit_days, leaves_at: ship_by } }])
  await insertManualDecision(tx, {
    ...{ decision_id, order_id, kind: 'service', reason },
    detail: JSON.stringify({ ...asked, locations: [location_id] }),
  })
  return arrives_at
}
