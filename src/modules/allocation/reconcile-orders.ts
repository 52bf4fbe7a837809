// What was decided with last good values is priced again once good ones are back: what costs more than now is listed, and moved where the policy allows and nobody has touched it.
import { policyDefaults } from '../../contracts/policy-defaults.ts'
import { HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { loadOrders } from '../orders/index.ts'
import { lockOpenWork, type WorkLine, withdraw } from '../warehouse/index.ts'
import { RECONCILE } from './mark-degraded.ts'
import { type HeldPlace, type Replanned, reprice } from './replan-orders.ts'
import { allocationJobs } from './retry-exceptions.ts'
import { learnPlaces, ordersToReconcile, type Settled, settleDegraded } from './store-degraded.ts'

const ORDERS_AT_A_TIME = 100

/** On degradation.ended, a hundred orders in a transaction until none is left; one runner per tenant. */
export const reconcileOrders = inside(RECONCILE, { batch: 50, serial: true }, async (tx, jobs) => {
  const ids = await ordersToReconcile(tx, ORDERS_AT_A_TIME)
  const [job] = jobs
  if (ids.length === 0 || job === undefined) return
  await reconcile(tx, ids)
  if (ids.length === ORDERS_AT_A_TIME) await schedule(tx, [{ step: RECONCILE, subject: job.subject }])
})

async function reconcile(tx: Tx, ids: readonly string[]): Promise<void> {
  const orders = await loadOrders(tx, ids, { lock: true })
  const lines = Map.groupBy(await lockOpenWork(tx, ids), (line) => line.order_id)
  const still = orders.filter(
    (order) => order.commercial === 'confirmed' && isUntouched(lines.get(order.order_id) ?? []),
  )
  const held = new Map(still.map(({ order_id }) => [order_id, (lines.get(order_id) ?? []).flatMap(heldOf)]))
  const { policy, orders: priced } = await reprice(tx, still, held)
  const results = new Map(priced.map((one) => [one.order_id, resultOf(one, policy)]))
  const moving = priced.filter((one) => results.get(one.order_id)?.result === 'moved')
  const targets = new Map(moving.map((one) => [one.order_id, one.targets.map((target) => target.location_id)]))
  await withdraw(
    tx,
    moving.flatMap((one) => lines.get(one.order_id) ?? []),
    {
      cause: 'reconcile',
      timers: allocationJobs([...targets.keys()], {
        cause: 'reconcile',
        home: (order_id) => targets.get(order_id) ?? [],
      }),
    },
  )
  await settleDegraded(
    tx,
    ids.map((order_id) => results.get(order_id) ?? { order_id, result: 'gone', cost_now: null, cost_best: null }),
  )
}

function isUntouched(lines: readonly WorkLine[]): boolean {
  return (
    lines.length > 0 &&
    lines.every((line) => (line.state === 'planned' || line.state === 'released') && line.picked + line.packed === 0)
  )
}

function heldOf({ location_id, line_no, sku, to_pick }: WorkLine): HeldPlace[] {
  return to_pick === 0 ? [] : [{ location_id, line_no, sku, quantity: to_pick }]
}

// Better is what costs less, sends as much and is there no later than it would be or was promised.
function resultOf(
  { order_id, before, after, unmet, promised_at }: Replanned,
  {
    reconcile: wish,
    reconcile_saving_minor = policyDefaults.reconcile_saving_minor,
  }: { readonly reconcile?: 'list' | 'move'; readonly reconcile_saving_minor?: number },
): Settled {
  const [cost_now, cost_best] = [before.cost, after.cost]
  const latest = Math.max(before.arrives_at?.getTime() ?? 0, promised_at?.getTime() ?? 0)
  const isLater = before.arrives_at !== null && (after.arrives_at?.getTime() ?? 0) > latest
  if (cost_now === null || cost_best === null || unmet > 0 || isLater || cost_best >= cost_now)
    return { order_id, result: 'same', cost_now, cost_best: cost_now }
  const moves = wish === 'move' && cost_now - cost_best >= reconcile_saving_minor
  return { order_id, result: moves ? 'moved' : 'kept', cost_now, cost_best }
}

const LEARN_HOURS = 1
const ORDERS_LEARNT = 5000

/** Learns where areas are from the orders of the last hour; for a chore. Never more to do than once. */
export async function learnAreas(tx: Tx): Promise<number> {
  await learnPlaces(tx, later(tx.now, -LEARN_HOURS * HOUR_MS), ORDERS_LEARNT)
  return 0
}
