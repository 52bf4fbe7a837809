// The SQL of the customer's page: tries, the times of an order's steps, what lies where.
import type { Tx } from '../../platform/db.ts'

/** Counts a try under each key, in key order, before it is known whether it is right: many at once cannot pass together. */
export async function countTries(
  tx: Tx,
  keys: readonly string[],
  window_start_after: Date,
): Promise<{ key: string; tries: number }[]> {
  return tx.sql<{ key: string; tries: number }[]>`
    insert into tracking.attempt as a (tenant_id, key, window_start, tries)
    select ${tx.tenant}::uuid, key, ${tx.now}, 1 from unnest(${[...keys].sort()}::text[]) as k (key) order by key
    on conflict (tenant_id, key) do update
       set tries = case when a.window_start > ${window_start_after} then a.tries + 1 else 1 end,
           window_start = case when a.window_start > ${window_start_after} then a.window_start else ${tx.now} end
    returning key, tries`
}

/** Gives back a try that was right. */
export async function forgiveTries(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx.sql`
    update tracking.attempt set tries = tries - 1
     where tenant_id = ${tx.tenant} and key in (select key from tracking.attempt where tenant_id = ${tx.tenant} and key = any (${[...keys]}::text[]) and tries > 0 order by key for update)`
}

/** Removes tries of windows that are long over, at most `limit`; those that somebody else has in hand are left. */
export async function purgeTries(tx: Tx, before: Date, limit: number): Promise<void> {
  await tx.sql`
    delete from tracking.attempt where tenant_id = ${tx.tenant} and key in (
      select key from tracking.attempt where tenant_id = ${tx.tenant} and window_start <= ${before} order by window_start limit ${limit}::int for update skip locked)`
}

/** When an order first had these events. */
export async function eventTimes(tx: Tx, order_id: string): Promise<{ type: string; at: Date }[]> {
  return tx.sql<{ type: string; at: Date }[]>`
    select type, min(at) as at from outbox.event
     where tenant_id = ${tx.tenant} and subject = ${order_id}
       and type in ('order.confirmed', 'order.packed', 'order.shipped', 'order.delivered', 'order.cancelled', 'order.rejected', 'order.backordered')
     group by type order by type`
}

/** When the parts of an order that are not in a parcel yet are promised. */
export async function promisesOf(tx: Tx, order_id: string): Promise<{ promised_at: Date | null }[]> {
  return tx.sql<{ promised_at: Date | null }[]>`
    select distinct promised_at from warehouse.v_fulfilment_line
     where tenant_id = ${tx.tenant} and order_id = ${order_id} and state <> 'cancelled' order by promised_at limit 100`
}

/** How the merchant shows itself to customers. */
export async function shopSettings(tx: Tx): Promise<{ settings: unknown }[]> {
  return tx.sql<{ settings: unknown }[]>`select settings from platform.tenant where tenant_id = ${tx.tenant}`
}
