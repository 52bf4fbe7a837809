// The SQL that finds orders by the numbers that people read out.
import type { Tx } from '../../platform/db.ts'

/** The orders of these numbers, as `readHumanNumber` gives them. */
export async function ordersByNumber(
  tx: Tx,
  numbers: readonly string[],
): Promise<{ order_id: string; number: string }[]> {
  return tx.sql<{ order_id: string; number: string }[]>`
    select order_id, number from orders.order where tenant_id = ${tx.tenant} and number = any (${[...numbers]}::text[]) order by number`
}

/** What orders were given off as a whole: the sum of their negative charges, as the customer pays them; orders without any are left out. */
export async function discountsOf(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ order_id: string; amount: bigint }[]> {
  return tx.sql<{ order_id: string; amount: bigint }[]>`
    select c.order_id, sum(c.amount + case when o.prices_include_tax then 0 else c.tax end)::bigint as amount
      from orders.charge c join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id = c.order_id
     where c.tenant_id = ${tx.tenant} and c.order_id = any (${[...order_ids]}::uuid[]) and c.amount < 0
     group by c.order_id order by c.order_id`
}
