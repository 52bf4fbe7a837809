// The SQL that looks at a customer's other orders, found by search keys: phone and mail.
import type { Tx } from '../../platform/db.ts'

export interface CustomerKey {
  readonly order_id: string
  readonly kind: string
  readonly key: string
}

/** For each order that has a key, how many orders before it share one, counted up to `limit`. */
export async function countEarlier(
  tx: Tx,
  keys: readonly CustomerKey[],
  limit: number,
): Promise<{ order_id: string; earlier: number }[]> {
  return tx.sql<{ order_id: string; earlier: number }[]>`
    select k.order_id, count(distinct before.order_id)::int as earlier
      from unnest(${keys.map((row) => row.order_id)}::uuid[], ${keys.map((row) => row.kind)}::text[], ${keys.map((row) => row.key)}::text[]) as k (order_id, kind, key)
      left join lateral (
        select s.order_id from orders.search_key s
         where s.tenant_id = ${tx.tenant} and s.kind = k.kind and s.key = k.key and s.order_id < k.order_id limit ${limit}::int) before on true
     group by k.order_id`
}

export interface CustomerHistory {
  readonly order_id: string
  readonly orders: number
  readonly total: bigint
  readonly first_order_at: Date | null
  readonly returns: number
}

/** For each order, the other orders of its customer, at most `limit` by key: count, value in the same currency, the first one, those with goods that came back. */
export async function readHistory(tx: Tx, keys: readonly CustomerKey[], limit: number): Promise<CustomerHistory[]> {
  return tx.sql<CustomerHistory[]>`
    with other as (
      select distinct k.order_id, found.order_id as other_id
        from unnest(${keys.map((row) => row.order_id)}::uuid[], ${keys.map((row) => row.kind)}::text[], ${keys.map((row) => row.key)}::text[]) as k (order_id, kind, key)
        cross join lateral (
          select s.order_id from orders.search_key s
           where s.tenant_id = ${tx.tenant} and s.kind = k.kind and s.key = k.key and s.order_id <> k.order_id
           order by s.order_id desc limit ${limit}::int) found)
    select other.order_id, count(*)::int as orders, coalesce(sum(o.total) filter (where o.currency = mine.currency), 0)::bigint as total,
           min(o.placed_at) as first_order_at,
           count(*) filter (where exists (
             select from orders.order_line l where l.tenant_id = ${tx.tenant} and l.order_id = other.other_id
                and l.return_requested + l.returned + l.restocked + l.written_off > 0))::int as returns
      from other
      join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id = other.other_id
      join orders.order mine on mine.tenant_id = ${tx.tenant} and mine.order_id = other.order_id
     group by other.order_id`
}
