// The SQL of decisions with last good values: those to price again, what came of them; and where areas are.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

export interface NewDegraded {
  readonly degradation_id: string
  readonly decision_id: string
  readonly order_id: string
}

export async function insertDegraded(tx: Tx, rows: readonly NewDegraded[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into allocation.degraded_decision (tenant_id, degradation_id, decision_id, order_id, decided_at)
    select ${tx.tenant}::uuid, degradation_id, decision_id, order_id, ${tx.now}
      from unnest(${rows.map((row) => row.degradation_id)}::uuid[], ${rows.map((row) => row.decision_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[])
        as new (degradation_id, decision_id, order_id)`
}

/** Orders with decisions to price again: nothing of what they were decided under is still failing. In order of their ids. */
export async function ordersToReconcile(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.sql<{ order_id: string }[]>`
    select d.order_id from allocation.degraded_decision d
     where d.tenant_id = ${tx.tenant} and d.result is null
     group by d.order_id
    having not exists (
      select from allocation.degraded_decision o join modes.v_degradation g on g.tenant_id = ${tx.tenant} and g.degradation_id = o.degradation_id
       where o.tenant_id = ${tx.tenant} and o.order_id = d.order_id and o.result is null and g.ended_at is null)
     order by d.order_id limit ${limit}::int`
  return rows.map((row) => row.order_id)
}

export interface Settled {
  readonly order_id: string
  readonly result: 'same' | 'kept' | 'moved' | 'gone'
  readonly cost_now: number | null
  readonly cost_best: number | null
}

/** Notes what came of orders, for every decision of theirs that waits; not for one under what fails anew meanwhile. */
export async function settleDegraded(tx: Tx, rows: readonly Settled[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    update allocation.degraded_decision d set result = w.result, cost_now = w.cost_now, cost_best = w.cost_best, settled_at = ${tx.now}
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.result)}::text[], ${rows.map((row) => row.cost_now)}::bigint[],
                  ${rows.map((row) => row.cost_best)}::bigint[]) as w (order_id, result, cost_now, cost_best)
     where d.tenant_id = ${tx.tenant} and d.order_id = w.order_id and d.result is null
       and exists (select from modes.v_degradation g where g.tenant_id = ${tx.tenant} and g.degradation_id = d.degradation_id and g.ended_at is not null)`
}

export interface KnownPlace {
  readonly channel: string
  readonly country: string
  readonly postcode: string
  readonly lat: number
  readonly lon: number
}

/** Where these areas are, by what their channels said. */
export async function knownPlaces(
  tx: Tx,
  areas: readonly Pick<KnownPlace, 'channel' | 'country' | 'postcode'>[],
): Promise<KnownPlace[]> {
  return tx.sql<KnownPlace[]>`
    select p.channel, p.country, p.postcode, p.lat::float8 as lat, p.lon::float8 as lon
      from (select distinct channel, country, postcode
              from unnest(${areas.map((area) => area.channel)}::text[], ${areas.map((area) => area.country)}::text[], ${areas.map((area) => area.postcode)}::text[])
                as a (channel, country, postcode)) a
      join allocation.known_place p on p.tenant_id = ${tx.tenant} and p.channel = a.channel and p.country = a.country and p.postcode = a.postcode
     order by p.channel, p.country, p.postcode`
}

/** Channels of which any place is known. */
export async function channelsKnown(tx: Tx): Promise<string[]> {
  const rows = await tx.sql<{ channel: string }[]>`
    select distinct channel from allocation.known_place where tenant_id = ${tx.tenant} order by channel limit 1000`
  return rows.map((row) => row.channel)
}

/** Learns from orders placed since then where areas are, rounded to about a kilometre; answers how many areas. */
export async function learnPlaces(tx: Tx, since: Date, limit: number): Promise<number> {
  const learned = await tx.sql`
    insert into allocation.known_place as p (tenant_id, channel, country, postcode, lat, lon, seen_at)
    select distinct on (channel, ship_country, ship_postcode) ${tx.tenant}::uuid, channel, ship_country, ship_postcode, round(ship_lat::numeric, 2), round(ship_lon::numeric, 2), ${tx.now}::timestamptz
      from (select channel, ship_country, ship_postcode, ship_lat, ship_lon, order_id from orders.v_destination
             where tenant_id = ${tx.tenant} and order_id >= ${uuidFloor(since)}::uuid and ship_lat is not null and ship_lon is not null and ship_postcode is not null
             order by order_id desc limit ${limit}::int) o
     order by channel, ship_country, ship_postcode, order_id desc
    on conflict (tenant_id, channel, country, postcode) do update set lat = excluded.lat, lon = excluded.lon, seen_at = excluded.seen_at
      where (p.lat, p.lon) is distinct from (excluded.lat, excluded.lon)`
  return learned.count
}
