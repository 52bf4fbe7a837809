// The person behind an order, read where a message or a label needs it and nowhere kept.
import type { Tx } from '../../platform/db.ts'
import { type PersonRow, personRows } from './store-persons.ts'

export type { PersonRow }

/** The persons of orders, by order id; orders without one are left out. */
export async function personsOf(tx: Tx, order_ids: readonly string[]): Promise<ReadonlyMap<string, PersonRow>> {
  const rows = await personRows(tx, order_ids)
  return new Map(rows.map((row) => [row.order_id, row]))
}

/** The person of one order, or null where it is anonymous or erased. */
export async function personOf(tx: Tx, order_id: string): Promise<PersonRow | null> {
  return (await personRows(tx, [order_id]))[0] ?? null
}
