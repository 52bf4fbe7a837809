// The SQL of lists: one criterion drives, newest first, bounded; what a page shows is read for its ids only.
import type { Tx } from '../../platform/db.ts'
import type { Commercial } from './machine.ts'

export interface Found {
  readonly order_id: string
  readonly kind: string
}

export interface FoundByKey extends Found {
  /** The key itself was typed, not its beginning. */
  readonly exact: boolean
  /** Keys of this range that were looked at. */
  readonly scanned: number
}

/** Orders before an id by search keys: of each range of keys from low to high the newest, out of at most `scan` keys. */
export async function findByKeys(
  tx: Tx,
  ranges: readonly { kind: string; low: string; high: string }[],
  before: string,
  limit: number,
  scan: number,
): Promise<FoundByKey[]> {
  return tx.sql<FoundByKey[]>`
    select found.order_id, k.kind, k.low = k.high as exact, found.scanned
      from unnest(${ranges.map((range) => range.kind)}::text[], ${ranges.map((range) => range.low)}::text[], ${ranges.map((range) => range.high)}::text[]) as k (kind, low, high)
      cross join lateral (
        select r.order_id, (count(*) over ())::int as scanned from (
          select s.order_id from orders.search_key s
           where s.tenant_id = ${tx.tenant} and s.kind = k.kind and s.key >= k.low and s.key <= k.high and s.order_id < ${before}
           order by s.key desc, s.order_id desc limit ${scan}::int) r
         order by r.order_id desc limit ${limit}::int) found`
}

export async function findBySku(tx: Tx, sku: string, before: string, limit: number): Promise<Found[]> {
  return tx.sql<Found[]>`
    select order_id, 'sku' as kind from orders.order_line where tenant_id = ${tx.tenant} and sku = ${sku} and order_id < ${before} order by order_id desc limit ${limit}::int`
}

/** The newest orders with a line of this SKU before an id. */
export async function newestOfSku(tx: Tx, sku: string, before: string, limit: number): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select distinct order_id from orders.order_line
     where tenant_id = ${tx.tenant} and sku = ${sku} and order_id < ${before} order by order_id desc limit ${limit}::int`
}

/** The newest orders in these states before an id. */
export async function newestInStates(
  tx: Tx,
  states: readonly Commercial[],
  before: string,
  limit: number,
): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select found.order_id from unnest(${[...states]}::text[]) as s (state)
     cross join lateral (
       select o.order_id from orders.order o
        where o.tenant_id = ${tx.tenant} and o.commercial = s.state and o.order_id < ${before} order by o.order_id desc limit ${limit}::int) found
     order by found.order_id desc limit ${limit}::int`
}

export async function newestHeld(
  tx: Tx,
  kind: string | null,
  before: string,
  limit: number,
): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select distinct order_id from orders.hold
     where tenant_id = ${tx.tenant} and ended_at is null and (${kind}::text is null or kind = ${kind}) and order_id < ${before}
     order by order_id desc limit ${limit}::int`
}

export async function newestBackordered(tx: Tx, before: string, limit: number): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select distinct order_id from orders.order_line
     where tenant_id = ${tx.tenant} and backordered > 0 and order_id < ${before}
     order by order_id desc limit ${limit}::int`
}

export interface ListedRow {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly commercial: Commercial
  readonly priority: number
  readonly currency: string
  readonly total: bigint
  readonly placed_at: Date
  readonly ship_city: string | null
  readonly ship_region: string | null
  readonly ship_country: string
  readonly customer_name: string | null
}

/** What a list shows of these orders, those left out that the filters exclude. */
export async function listedRows(
  tx: Tx,
  ids: readonly string[],
  filter: { channel: string | null; commercial: string | null; from: Date | null; to: Date | null },
): Promise<ListedRow[]> {
  return tx.sql<ListedRow[]>`
    select o.order_id, o.number, o.channel, o.external_id, o.commercial, o.priority, o.currency, o.total, o.placed_at, o.ship_city, o.ship_region, o.ship_country,
           p.name as customer_name
      from orders.order o left join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     where o.tenant_id = ${tx.tenant} and o.order_id = any (${[...ids]}::uuid[])
       and (${filter.channel}::text is null or o.channel = ${filter.channel}) and (${filter.commercial}::text is null or o.commercial = ${filter.commercial})
       and (${filter.from}::timestamptz is null or o.placed_at >= ${filter.from}) and (${filter.to}::timestamptz is null or o.placed_at < ${filter.to})
     order by o.order_id desc`
}

export interface UnitSums {
  readonly order_id: string
  readonly line_count: number
  readonly first_title: string | null
  readonly units: number
  readonly open: number
  readonly backordered: number
  readonly reserved: number
  readonly allocated: number
  readonly released: number
  readonly picked: number
  readonly packed: number
  readonly shipped: number
  readonly delivered: number
  readonly going_back: number
  readonly came_back: number
  readonly lost: number
  readonly cancelled: number
}

export async function unitSums(tx: Tx, ids: readonly string[]): Promise<UnitSums[]> {
  return tx.sql<UnitSums[]>`
    select order_id, count(*)::int as line_count, min(coalesce(title, sku)) filter (where line_no = 1) as first_title, sum(ordered)::int as units, sum(open)::int as open,
           sum(backordered)::int as backordered, sum(reserved)::int as reserved, sum(allocated)::int as allocated, sum(released)::int as released,
           sum(picked)::int as picked, sum(packed)::int as packed, sum(shipped)::int as shipped, sum(delivered)::int as delivered,
           sum(return_requested)::int as going_back, sum(returned + restocked + written_off)::int as came_back, sum(lost)::int as lost, sum(cancelled)::int as cancelled
      from orders.order_line where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[]) group by order_id`
}

export interface SavedViewRow {
  readonly view_id: string
  readonly owner: string
  readonly name: string
  readonly query: unknown
  readonly shared: boolean
}

export async function savedViews(tx: Tx): Promise<SavedViewRow[]> {
  return tx.sql<SavedViewRow[]>`
    select view_id, owner, name, query, shared from orders.saved_view
     where tenant_id = ${tx.tenant} and (owner = ${tx.actor} or shared) order by view_id limit 50`
}

export async function insertSavedView(
  tx: Tx,
  view: { view_id: string; name: string; query: string; shared: boolean },
): Promise<void> {
  await tx.sql`
    insert into orders.saved_view (tenant_id, view_id, owner, name, query, shared)
    values (${tx.tenant}, ${view.view_id}, ${tx.actor}, ${view.name}, ${view.query}::text::jsonb, ${view.shared})`
}

export async function deleteSavedView(tx: Tx, view_id: string): Promise<number> {
  const gone =
    await tx.sql`delete from orders.saved_view where tenant_id = ${tx.tenant} and view_id = ${view_id} and owner = ${tx.actor}`
  return gone.count
}

/** Orders by commercial state, held and backordered, each counted to a thousand in its index. */
export async function countStates(tx: Tx): Promise<{ state: string; count: number }[]> {
  return tx.sql<{ state: string; count: number }[]>`
    select s.state, c.count from unnest(array['draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected']) as s (state)
     cross join lateral (select count(*)::int as count from (
       select from orders.order o where o.tenant_id = ${tx.tenant} and o.commercial = s.state limit 1000) few) c
    union all
    select 'held', count(*)::int from (select distinct order_id from orders.hold where tenant_id = ${tx.tenant} and ended_at is null limit 1000) held
    union all
    select 'backordered', count(*)::int from (select distinct order_id from orders.order_line where tenant_id = ${tx.tenant} and backordered > 0 limit 1000) waiting`
}
