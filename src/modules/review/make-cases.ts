// Orders as the review rules see them, for a batch: goods, buyers and what is known of them, read set by set.
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import { rememberedSkus } from '../catalog/index.ts'
import { earlierOrders, type OrderFacts, personsOf } from '../orders/index.ts'
import { caseOf, type ReviewCaseInput } from './rules.ts'

/** The case of each order, in their order. */
export async function casesOf(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  orders: readonly OrderFacts[],
): Promise<ReviewCaseInput[]> {
  const skus = await rememberedSkus(
    tx,
    facts,
    orders.flatMap((order) => order.lines.map((line) => line.sku)),
  )
  const persons = await personsOf(
    tx,
    orders.map((order) => order.order_id),
  )
  const earlier = await earlierOrders(tx, persons.values())
  return orders.map((order) =>
    caseOf({
      ...order,
      lines: order.lines.map((line) => {
        const sku = skus.get(line.sku)
        return { quantity: line.ordered, category: sku?.category ?? '', handling_classes: sku?.handling_classes ?? [] }
      }),
      address_lines: persons.get(order.order_id)?.address_lines ?? null,
      earlier_orders: earlier.get(order.order_id) ?? null,
    }),
  )
}
