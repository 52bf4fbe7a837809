// The SQL of a replay: which orders in which order, the stock and the booked work of then, and what each stretch of it comes to.
import { HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'
import type { ComparisonRecord } from './store.ts'

/**
 * Lists the orders of a comparison in the order and the batches of deciding, at most `limit`; those that were confirmed or decided. A batch are those
 * that were decided at one instant, at most `batch` of them. Answers how many, and the first and the last instant.
 */
export async function fillQueue(
  tx: Tx,
  { comparison_id, from_at, to_at, import_id, channel, clock }: ComparisonRecord,
  { limit, batch }: { limit: number; batch: number },
): Promise<{ orders: number; opens_at: Date | null; closes_at: Date | null }> {
  const [row] = await tx.sql<{ orders: number; opens_at: Date | null; closes_at: Date | null }[]>`
    with picked as (
      select p.order_id, case when ${clock}::text = 'placed' then p.placed_at else coalesce(d.at, p.placed_at) end as at, coalesce(d.decision_id, p.order_id) as turn
        from orders.v_placed p
        left join lateral (select k.at, k.decision_id from allocation.v_kept_decision k
                            where k.tenant_id = ${tx.tenant} and k.order_id = p.order_id and k.cause = 'first' order by k.decision_id limit 1) d on true
       where p.tenant_id = ${tx.tenant} and (${from_at}::timestamptz is null or p.placed_at >= ${from_at}::timestamptz)
         and (${to_at}::timestamptz is null or p.placed_at < ${to_at}::timestamptz) and (${channel}::text is null or p.channel = ${channel}::text)
         and (${import_id}::uuid is null or p.order_id in (
               select i.order_id from intake.v_imported i where i.tenant_id = ${tx.tenant} and i.import_id = ${import_id}::uuid))
         and (d.decision_id is not null or p.commercial in ('confirmed', 'closed'))
       order by 2, 3 limit ${limit}::int),
    placed as (
      select order_id, at, row_number() over (order by at, turn)::int as rank, (row_number() over (partition by at order by turn) - 1) / ${batch}::int as part from picked),
    queued as (
      insert into lab.queue (tenant_id, comparison_id, rank, batch, order_id, at)
      select ${tx.tenant}::uuid, ${comparison_id}::uuid, rank, dense_rank() over (order by at, part), order_id, at from placed returning at)
    select count(*)::int as orders, min(at) as opens_at, max(at) as closes_at from queued`
  return row ?? { orders: 0, opens_at: null, closes_at: null }
}

/** Locks a comparison that waits; false where it does not wait any more. */
export async function lockWaiting(tx: Tx, comparison_id: string): Promise<boolean> {
  const waiting = await tx.sql`
    select from lab.comparison where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and state = 'waiting' for update`
  return waiting.count === 1
}

/** Sets a comparison going that was locked while it waited. */
export async function startComparison(
  tx: Tx,
  comparison_id: string,
  row: { orders: number; opens_at: Date; closes_at: Date; result: object },
): Promise<void> {
  await tx.sql`
    update lab.comparison
       set state = 'running', started_at = ${tx.now}, orders = ${row.orders}::int, opens_at = ${row.opens_at}, closes_at = ${row.closes_at},
           result = ${JSON.stringify(row.result)}::text::jsonb
     where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id}`
}

export interface QueuedRow {
  readonly rank: number
  readonly batch: number
  readonly order_id: string
  readonly at: Date
}

/** The next orders after a rank; with `limit` 1 and the rank before it, one of them. */
export async function queuedAfter(tx: Tx, comparison_id: string, rank: number, limit: number): Promise<QueuedRow[]> {
  return tx.sql<QueuedRow[]>`
    select rank, batch, order_id, at from lab.queue
     where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and rank > ${rank}::int order by rank limit ${limit}::int`
}

/** The articles that the orders of a comparison want. */
export async function wantedSkus(tx: Tx, comparison_id: string): Promise<{ sku: string }[]> {
  return tx.sql<{ sku: string }[]>`
    select distinct l.sku from lab.queue q
      join orders.v_ordered_line l on l.tenant_id = ${tx.tenant} and l.order_id = q.order_id
     where q.tenant_id = ${tx.tenant} and q.comparison_id = ${comparison_id}`
}

export interface PlaceUnits {
  readonly location_id: string
  readonly sku: string
  readonly units: number
}

// Ids bear the time of their process, which may lie a little beside the time of the row: enough to pass over what is older.
const ID_SLACK_MS = HOUR_MS
const oldestId = (after: Date): string => uuidFloor(later(after, -ID_SLACK_MS))

/**
 * What was free of these articles right after `after`: what is free now, without what has changed since then, with what has been given since then and
 * without what has been given back since then.
 */
export async function freeAsOf(tx: Tx, skus: readonly string[], after: Date, limit: number): Promise<PlaceUnits[]> {
  return tx.sql<PlaceUnits[]>`
    select location_id, sku, sum(units)::int as units from (
      select location_id, sku, free as units from inventory.v_free where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[])
      union all
      select location_id, sku, -units from inventory.v_change
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and movement_id >= ${oldestId(after)}::uuid and at > ${after}
      union all
      select location_id, sku, units from inventory.v_given
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and allocation_id >= ${oldestId(after)}::uuid and at > ${after}
      union all
      select location_id, sku, -units from inventory.v_given_back
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and at > ${after}) moved
     group by location_id, sku having sum(units) <> 0 order by location_id, sku limit ${limit}::int`
}

export interface TurnUnits extends PlaceUnits {
  /** Before which of the instants it comes, counted from 0. */
  readonly turn: number
}

/** What changed after `after` up to the last of these instants: stock that came or went, what orders outside the comparison took or gave back. */
export async function changesBetween(
  tx: Tx,
  comparison_id: string,
  skus: readonly string[],
  after: Date,
  instants: readonly Date[],
): Promise<TurnUnits[]> {
  const until = instants.at(-1) ?? after
  return tx.sql<TurnUnits[]>`
    with held as (
      select demand_id, location_id, sku, -units as units, at from inventory.v_given
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and allocation_id >= ${oldestId(after)}::uuid and at > ${after} and at <= ${until}
      union all
      select demand_id, location_id, sku, units, at from inventory.v_given_back
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and at > ${after} and at <= ${until})
    select width_bucket(at - interval '1 microsecond', ${[...instants]}::timestamptz[]) as turn, location_id, sku, sum(units)::int as units from (
      select location_id, sku, units, at from inventory.v_change
       where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and movement_id >= ${oldestId(after)}::uuid and at > ${after} and at <= ${until}
      union all
      select h.location_id, h.sku, h.units, h.at from held h
       where not exists (select from lab.queue q where q.tenant_id = ${tx.tenant} and q.comparison_id = ${comparison_id} and q.order_id = h.demand_id)) moved
     group by 1, 2, 3 order by 1, 2, 3`
}

export interface TurnWork {
  readonly turn: number
  readonly location_id: string
  readonly starts_at: Date
  readonly orders: number
  readonly lines: number
  readonly seconds: number
}

/** Work of orders outside the comparison that was booked after `after` up to the last of these instants, for slots that begin after `since`. */
export async function bookedBetween(
  tx: Tx,
  comparison_id: string,
  location_ids: readonly string[],
  { after, since }: { after: Date | null; since: Date },
  instants: readonly Date[],
): Promise<TurnWork[]> {
  const until = instants.at(-1) ?? since
  return tx.sql<TurnWork[]>`
    select width_bucket(b.booked_at - interval '1 microsecond', ${[...instants]}::timestamptz[]) as turn, b.location_id, b.starts_at,
           count(*)::int as orders, sum(b.lines)::int as lines, sum(b.seconds)::int as seconds
      from capacity.v_booking b
     where b.tenant_id = ${tx.tenant} and b.location_id = any (${[...location_ids]}::text[]) and b.starts_at > ${since}
       and (${after}::timestamptz is null or b.booked_at > ${after}::timestamptz) and b.booked_at <= ${until}
       and not exists (
         select from warehouse.v_fulfilment_order_of f join lab.queue q on q.tenant_id = ${tx.tenant} and q.comparison_id = ${comparison_id} and q.order_id = f.order_id
          where f.tenant_id = ${tx.tenant} and f.fulfilment_id = b.fulfilment_id)
     group by 1, 2, 3 order by 1, 2, 3`
}

/** The reasons that were kept when these orders were decided first. */
export async function keptOf(tx: Tx, order_ids: readonly string[]): Promise<{ order_id: string; detail: unknown }[]> {
  return tx.sql<{ order_id: string; detail: unknown }[]>`
    select distinct on (order_id) order_id, detail from allocation.v_kept_decision
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and cause = 'first' order by order_id, decision_id`
}

/** Moves a comparison on; false where somebody has ended it or another process has come further. */
export async function moveOn(
  tx: Tx,
  comparison_id: string,
  { from, to, result }: { from: number; to: number; result: object },
): Promise<boolean> {
  const moved = await tx.sql`
    update lab.comparison set done = ${to}::int, result = ${JSON.stringify(result)}::text::jsonb
     where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} and state = 'running' and done = ${from}::int`
  return moved.count === 1
}

export async function insertStretch(tx: Tx, comparison_id: string, done: number, taken: object): Promise<void> {
  await tx.sql`
    insert into lab.stretch (tenant_id, comparison_id, done, taken) values (${tx.tenant}, ${comparison_id}, ${done}::int, ${JSON.stringify(taken)}::text::jsonb)`
}

/** What the stretches so far have taken, in their order. */
export async function stretchesOf(tx: Tx, comparison_id: string): Promise<{ taken: unknown }[]> {
  return tx.sql<{ taken: unknown }[]>`
    select taken from lab.stretch where tenant_id = ${tx.tenant} and comparison_id = ${comparison_id} order by done`
}

export interface NewChanged {
  readonly order_id: string
  readonly at: Date
  readonly promised_at: Date | null
  readonly a: object
  readonly b: object
  readonly difference: number | null
  readonly what: readonly string[]
}

export async function insertChanged(tx: Tx, comparison_id: string, rows: readonly NewChanged[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into lab.changed (tenant_id, comparison_id, order_id, at, promised_at, a, b, difference, size, what)
    select ${tx.tenant}::uuid, ${comparison_id}::uuid, order_id, at, promised_at, a::jsonb, b::jsonb, difference, abs(coalesce(difference, 0)), string_to_array(what, ',')
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.promised_at)}::timestamptz[],
                  ${rows.map((row) => JSON.stringify(row.a))}::text[], ${rows.map((row) => JSON.stringify(row.b))}::text[],
                  ${rows.map((row) => row.difference)}::bigint[], ${rows.map((row) => row.what.join())}::text[])
        as new (order_id, at, promised_at, a, b, difference, what)`
}

export interface NewLoad {
  readonly location_id: string
  readonly at: Date
  readonly a_orders: number
  readonly a_units: number
  readonly b_orders: number
  readonly b_units: number
}

export async function addLoad(tx: Tx, comparison_id: string, rows: readonly NewLoad[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into lab.load as l (tenant_id, comparison_id, location_id, at, a_orders, a_units, b_orders, b_units)
    select ${tx.tenant}::uuid, ${comparison_id}::uuid, location_id, at, a_orders, a_units, b_orders, b_units
      from unnest(${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.at)}::timestamptz[], ${rows.map((row) => row.a_orders)}::int[],
                  ${rows.map((row) => row.a_units)}::int[], ${rows.map((row) => row.b_orders)}::int[], ${rows.map((row) => row.b_units)}::int[])
        as new (location_id, at, a_orders, a_units, b_orders, b_units)
    on conflict (tenant_id, comparison_id, location_id, at) do update
      set a_orders = l.a_orders + excluded.a_orders, a_units = l.a_units + excluded.a_units, b_orders = l.b_orders + excluded.b_orders, b_units = l.b_units + excluded.b_units`
}
