// The SQL that finds orders by the numbers that people read out.
import type { Tx } from '../../platform/db.ts'

/** The orders of these numbers, as `readHumanNumber` gives them. */
export async function ordersByNumber(tx: Tx, numbers: readonly string[]): Promise<{ order_id: string; number: string }[]> {
  return tx.sql<{ order_id: string; number: string }[]>`
    select order_id, number from orders.order where tenant_id = ${tx.tenant} and number = any (${[...numbers]}::text[]) order by number`
}
