// A person steers what is decided later: an order leaves from one location only, from any again, or before others.
import type { HandPreview } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import type { ProblemItem } from '../../platform/problem.ts'
import { isBlocked, type OrderFacts, recordEvents, setPriority, unitsIn } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { ALLOCATE } from './follow-failures.ts'
import { hindrance } from './hand-texts.ts'
import { standNow } from './mend-rates.ts'
import { isStopped } from './prepare-ground.ts'
import { allocationProblem } from './problems.ts'
import { deleteLock, lockedTo, openWorkOf, putLock } from './store-hand.ts'

type Steering = Pick<HandPreview, 'kind' | 'location_id' | 'priority'>

/** Locks, unlocks or raises an order that its caller has locked; answers what is kept of it. What waits is decided anew. */
export async function steer(
  tx: Tx,
  order: OrderFacts,
  wish: Steering,
  decision_id: string,
): Promise<Record<string, unknown>> {
  const hindrances = await steeringHindrances(tx, order, wish)
  if (hindrances.length > 0) throw allocationProblem('decision_refused', {}, hindrances)
  const { order_id } = order
  const { location_id = '', priority = 0 } = wish
  const [before] = await lockedTo(tx, [order_id])
  if (wish.kind === 'priority') await setPriority(tx, order, priority)
  else if (wish.kind === 'lock') {
    await putLock(tx, order_id, location_id, decision_id)
    await recordEvents(tx, [{ order_id, type: 'order.locked', data: { location: location_id } }])
  } else {
    await deleteLock(tx, order_id)
    await recordEvents(tx, [{ order_id, type: 'order.unlocked', data: { location: before?.location_id ?? '' } }])
  }
  if (order.commercial === 'confirmed' && unitsIn(order, 'reserved') > 0 && isBlocked(order, 'allocate').length === 0)
    await schedule(tx, [{ step: ALLOCATE, subject: order_id, payload: { cause: 'manual' } }])
  if (wish.kind === 'priority') return { locations: [], priority, before: order.priority }
  return { locations: [wish.kind === 'lock' ? location_id : (before?.location_id ?? '')] }
}

/** What stands in the way of it. */
export async function steeringHindrances(
  tx: Tx,
  order: OrderFacts,
  { kind, location_id = '', priority = 0 }: Steering,
): Promise<ProblemItem[]> {
  if (order.commercial !== 'placed' && order.commercial !== 'confirmed')
    return [hindrance('order_state', '', { state: order.commercial })]
  if (kind === 'priority') return priority === order.priority ? [hindrance('same_priority', '/priority')] : []
  const [lock] = await lockedTo(tx, [order.order_id])
  if (kind === 'unlock') return lock === undefined ? [hindrance('not_locked', '')] : []
  if (lock?.location_id === location_id) return [hindrance('already_locked', '/location_id', { location_id })]
  const elsewhere = (await openWorkOf(tx, order.order_id)).filter((line) => line.location_id !== location_id)
  return [
    ...(await placeHindrances(tx, order, location_id)),
    ...[...new Set(elsewhere.map((line) => line.location_id))].map((lies_at) =>
      hindrance('work_elsewhere', '/location_id', { location_id: lies_at }),
    ),
  ]
}

async function placeHindrances(tx: Tx, { network_id }: OrderFacts, location_id: string): Promise<ProblemItem[]> {
  const { ground } = await standNow(tx, await currencyOf(tx))
  const site = ground.networks.get(network_id)?.sites.find((one) => one.location.location_id === location_id)
  const at = (code: 'location_unknown' | 'closed' | 'disrupted') => [hindrance(code, '/location_id', { location_id })]
  if (site === undefined) return at('location_unknown')
  if (site.location.state !== 'open') return at('closed')
  return isStopped(site, tx.now) ? at('disrupted') : []
}
