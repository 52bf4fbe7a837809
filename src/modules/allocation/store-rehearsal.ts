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

const DESTINATIONS_AT_MOST = 2000
const PLACES_AT_MOST = 500

/** Regions and cities that the newest orders go to, those of most orders first. */
export async function newestPlaces(tx: Tx): Promise<{ kind: string; word: string }[]> {
  return tx.sql<{ kind: string; word: string }[]>`
    with newest as (select ship_region, ship_city from orders.v_destination
                     where tenant_id = ${tx.tenant} order by order_id desc limit ${DESTINATIONS_AT_MOST}::int),
         places as (select 'region' as kind, ship_region as word from newest union all select 'city', ship_city from newest)
    select kind, word from places where word <> '' group by kind, word order by count(*) desc, kind, word limit ${PLACES_AT_MOST}::int`
}

/** The orders that were decided last, newest first; one that was decided twice is one of them. */
export async function newestDecided(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.sql<{ order_id: string }[]>`
    select order_id from allocation.explanation
     where tenant_id = ${tx.tenant} and cause = 'first' order by decision_id desc limit ${2 * limit}::int`
  return [...new Set(rows.map((row) => row.order_id))].slice(0, limit)
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
