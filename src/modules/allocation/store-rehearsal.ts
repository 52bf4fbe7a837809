// The SQL of rehearsals and of the words that rules choose from.
import type { Tx } from '../../platform/db.ts'

const SKUS_AT_MOST = 5000

/** Categories and handling classes of the goods. */
export async function knownWords(tx: Tx): Promise<{ kind: string; word: string }[]> {
  return tx.sql<{ kind: string; word: string }[]>`
    with sample as (select category, handling_classes from catalog.v_sku_class where tenant_id = ${tx.tenant} order by sku limit ${SKUS_AT_MOST}::int)
    select 'category' as kind, category as word from sample where category <> ''
    union select 'handling_class', unnest(handling_classes) from sample
    order by kind, word limit 1000`
}

/** The orders that were decided last, newest first. */
export async function newestDecided(tx: Tx, limit: number): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from allocation.explanation
     where tenant_id = ${tx.tenant} and cause = 'first' order by decision_id desc limit ${limit}::int`
}

/** What these orders were given, by place: for a rehearsal it lies there again. */
export async function givenTo(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ location_id: string; sku: string; units: number }[]> {
  return tx.sql<{ location_id: string; sku: string; units: number }[]>`
    select location_id, sku, sum(quantity - short - cancelled)::int as units from warehouse.v_fulfilment_line
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and state <> 'cancelled'
     group by location_id, sku order by location_id, sku`
}
