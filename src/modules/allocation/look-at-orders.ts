// What looking at a set of orders stands on: what they ask for, the rules that take them, what is free. Read once; nothing is locked or written.
import type { Tx } from '../../platform/db.ts'
import { lockShifts } from '../capacity/index.ts'
import { rememberedSkus } from '../catalog/index.ts'
import type { OrderFacts } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { locateDemands } from './find-places.ts'
import type { FreeStock } from './free-stock.ts'
import { guideArms } from './guide-arms.ts'
import { freeStock, placesFor, roomFor } from './look-at-stock.ts'
import type { demandOf } from './make-demand.ts'
import type { Footing } from './mark-degraded.ts'
import { standNow } from './mend-rates.ts'
import { type Ground, groundKinds } from './prepare-ground.ts'
import { inTurn } from './rules.ts'
import { type Mark, marksOf } from './store.ts'
import type { Demand, Guided } from './types.ts'

export interface Sight {
  readonly ground: Ground
  /** In the order in which they would choose. */
  readonly guided: readonly Guided[]
  readonly free: FreeStock
  readonly footing: Footing
  marksOfOrder(order_id: string): readonly Mark[]
}

type SkuOf = Parameters<typeof demandOf>[3]

/** Looks at orders as the step would that decides them; `ask` says what of an order is looked at, on the ground that `change` makes of today's. */
export async function lookAtOrders(
  tx: Tx,
  orders: readonly OrderFacts[],
  ask: (ground: Ground, order: OrderFacts, marks: readonly Mark[], skuOf: SkuOf) => Demand,
  change: (present: Ground) => Ground = (present) => present,
): Promise<Sight & { readonly present: Ground }> {
  const { marks: found, heads } = await marksOf(
    tx,
    orders.map((order) => order.order_id),
    groundKinds,
  )
  const currency = await currencyOf(tx)
  const { facts, ground: present, rates } = await standNow(tx, currency, heads)
  const ground = change(present)
  const skus = await rememberedSkus(
    tx,
    facts,
    orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const marks = Map.groupBy(found, (mark) => mark.order_id)
  const marksOfOrder = (order_id: string) => marks.get(order_id) ?? []
  const demands = orders.map((order) => ask(ground, order, marksOfOrder(order.order_id), (sku) => skus.get(sku)))
  const places = await locateDemands(tx, facts, demands)
  const rules = await guideArms(tx, facts, places.demands)
  const guided = inTurn(ground, rules.guided, tx.now)
  const slots = await lockShifts(
    tx,
    placesFor(ground, guided).map((site) => site.location),
    ground.promotion,
    { look: true, need: roomFor(guided) },
  )
  const free = await freeStock(tx, ground, guided, slots)
  return { present, ground, guided, free, footing: { currency, rates, places, rules }, marksOfOrder }
}
