// Rehearsing the newest real orders under two sets of rules on one ground: prices of today, and the stock of today with what these orders took.
import { setImmediate } from 'node:timers/promises'
import type { Tx } from '../../platform/db.ts'
import { rememberedSkus } from '../catalog/index.ts'
import { loadOrders } from '../orders/index.ts'
import type { Rehearsal, Rehearsed, VersionedRules } from '../policies/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { decidePlainly } from './decide-plainly.ts'
import { locateDemands } from './find-places.ts'
import type { FreeStock } from './free-stock.ts'
import { guideOrders } from './guide-orders.ts'
import { freeStock } from './look-at-stock.ts'
import { demandOf, type UnitsWanted } from './make-demand.ts'
import { degradedKindsOf } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import type { Ground } from './prepare-ground.ts'
import { guide, guideEach } from './read-rules.ts'
import { takeFrom } from './rules.ts'
import { outcomeOf } from './run-shadow.ts'
import { givenTo, newestDecided } from './store-rehearsal.ts'
import type { Decision, Demand, Guided } from './types.ts'

const everyUnit: UnitsWanted = (line) => line.ordered - line.units.cancelled
const ORDERS_AT_A_TIME = 25

/** The newest `limit` orders as both would decide them, in the order in which they were placed; with last good values where those of now have failed. Nothing is written. */
export async function rehearse(tx: Tx, live: VersionedRules, draft: VersionedRules, limit: number): Promise<Rehearsal> {
  const ids = await newestDecided(tx, limit)
  const orders = await loadOrders(tx, ids, { lock: false })
  const { facts, ground, rates } = await standNow(tx, await currencyOf(tx))
  const skus = await rememberedSkus(
    tx,
    facts,
    orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const wanted = orders
    .map((order) => demandOf(ground, order, [], (sku) => skus.get(sku), everyUnit))
    .filter((demand) => demand.lines.length > 0)
    .sort((a, b) => a.placed_at.getTime() - b.placed_at.getTime() || (a.order_id < b.order_id ? -1 : 1))
  const places = await locateDemands(tx, facts, wanted)
  const { demands } = places
  const rules = await guideOrders(tx, live, demands)
  const by_draft = await guideDraft(draft, demands, tx.now)
  const free = await freeStock(tx, ground, rules.guided)
  for (const row of await givenTo(tx, ids))
    free.add(row.location_id, row.sku, free.at(row.location_id, row.sku) + row.units)
  const before = await decideInTurn(ground, rules.guided, free.copy())
  const after = await decideInTurn(ground, by_draft, free.copy())
  const numbers = new Map(orders.map((order) => [order.order_id, order.number]))
  const rows = demands.flatMap(({ order_id }: Demand): Rehearsed[] => {
    const [one, other] = [before.get(order_id), after.get(order_id)]
    if (one === undefined) return []
    const number = numbers.get(order_id) ?? ''
    return [{ order_id, number, live: outcomeOf(one), draft: other === undefined ? null : outcomeOf(other) }]
  })
  return {
    rows,
    cancelled: orders.length - wanted.length,
    degraded: degradedKindsOf({ currency: ground.currency, rates, places, rules }),
  }
}

// What the draft fails on is left out, and the others are not touched by it.
async function guideDraft(draft: VersionedRules, demands: readonly Demand[], at: Date): Promise<readonly Guided[]> {
  try {
    return await guide(draft, demands, at)
  } catch {
    const guided: Guided[] = []
    await guideEach(draft, demands, at, guided)
    return guided
  }
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
