// The SQL that only reads orders: for steps that ask one thing, for lists and for the page of an order.
import type { Tx } from '../../platform/db.ts'

/** Which of these orders have passed screening, told by their history. */
export async function screenedOf(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.sql<{ subject: string }[]>`
    select distinct subject from outbox.event
     where tenant_id = ${tx.tenant} and subject = any (${[...ids]}::uuid[]) and type = 'order.screened'`
  return new Set(rows.map((row) => row.subject))
}
