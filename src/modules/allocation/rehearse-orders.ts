// Rehearsing the newest real orders under two sets of rules on one ground: prices of today, and the stock of today with what these orders took.
import { setImmediate } from 'node:timers/promises'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { rememberedSkus } from '../catalog/index.ts'
import { loadOrders } from '../orders/index.ts'
import type { Rehearsed, VersionedRules } from '../policies/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { decidePlainly } from './decide-plainly.ts'
import type { FreeStock } from './free-stock.ts'
import { freeStock } from './look-at-stock.ts'
import { demandOf, type UnitsWanted } from './make-demand.ts'
import { type Ground, groundKinds, groundOf } from './prepare-ground.ts'
import { guide } from './read-rules.ts'
import { takeFrom } from './rules.ts'
import { outcomeOf } from './run-shadow.ts'
import { givenTo, newestDecided } from './store-rehearsal.ts'
import type { Decision, Demand, Guided } from './types.ts'

const everyUnit: UnitsWanted = (line) => line.ordered - line.units.cancelled
const ORDERS_AT_A_TIME = 25

/** The newest `limit` orders as both would decide them, in the order in which they were placed. Nothing is written. */
export async function rehearse(
  tx: Tx,
  live: VersionedRules,
  draft: VersionedRules,
  limit: number,
): Promise<readonly Rehearsed[]> {
  const ids = [...new Set((await newestDecided(tx, limit)).map((row) => row.order_id))]
  const orders = await loadOrders(tx, ids, { lock: false })
  const facts = await currentFacts(tx, groundKinds)
  const ground = groundOf(facts, await currencyOf(tx))
  const skus = await rememberedSkus(
    tx,
    facts,
    orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const demands = orders
    .map((order) => demandOf(ground, order, [], (sku) => skus.get(sku), everyUnit))
    .filter((demand) => demand.lines.length > 0)
    .sort((a, b) => a.placed_at.getTime() - b.placed_at.getTime() || (a.order_id < b.order_id ? -1 : 1))
  const [by_live, by_draft] = [await guide(live, demands, tx.now), await guide(draft, demands, tx.now)]
  const free = await freeStock(tx, ground, by_live)
  for (const row of await givenTo(tx, ids))
    free.add(row.location_id, row.sku, free.at(row.location_id, row.sku) + row.units)
  const before = await decideInTurn(ground, by_live, free.copy())
  const after = await decideInTurn(ground, by_draft, free.copy())
  const numbers = new Map(orders.map((order) => [order.order_id, order.number]))
  return demands.flatMap(({ order_id }: Demand): Rehearsed[] => {
    const [one, other] = [before.get(order_id), after.get(order_id)]
    if (one === undefined || other === undefined) return []
    return [{ order_id, number: numbers.get(order_id) ?? '', live: outcomeOf(one), draft: outcomeOf(other) }]
  })
}

// Some at a time: requests that wait are served in between.
async function decideInTurn(
  ground: Ground,
  guided: readonly Guided[],
  free: FreeStock,
): Promise<ReadonlyMap<string, Decision>> {
  const decisions = new Map<string, Decision>()
  for (const [index, one] of guided.entries()) {
    if (index % ORDERS_AT_A_TIME === 0) await setImmediate()
    const decision = decidePlainly(ground, one, free, one.demand.placed_at)
    takeFrom(free, decision)
    decisions.set(one.demand.order_id, decision)
  }
  return decisions
}
