// The SQL of an address that changes: the destination with the order, the one before it, the street with the person; and what orders were like in the past.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'
import type { PlacedOrder } from './types.ts'

/** Sets where a locked order goes, and keeps where it went; its revision rises by one. */
export async function putDestination(tx: Tx, order_id: string, ship: PlacedOrder['ship']): Promise<void> {
  await tx.sql`
    with former as (
      insert into orders.former_destination (tenant_id, order_id, revision, until, ship_country, ship_region, ship_city, ship_postcode, ship_lat, ship_lon)
      select tenant_id, order_id, revision, ${tx.now}::timestamptz, ship_country, ship_region, ship_city, ship_postcode, ship_lat, ship_lon
        from orders.order where tenant_id = ${tx.tenant} and order_id = ${order_id})
    update orders.order set revision = revision + 1, ship_country = ${ship.country}, ship_region = ${ship.region}, ship_city = ${ship.city},
           ship_postcode = ${ship.postcode}, ship_lat = ${ship.lat}, ship_lon = ${ship.lon}
     where tenant_id = ${tx.tenant} and order_id = ${order_id}`
}

/** Sets the street of a person who was not erased; answers whether there is one. */
export async function putStreet(
  tx: Tx,
  person_id: string,
  address_lines: readonly string[],
  district: string | null,
): Promise<boolean> {
  const changed = await tx.sql`
    update orders.person set address_lines = ${[...address_lines]}::text[], district = ${district}
     where tenant_id = ${tx.tenant} and person_id = ${person_id} and erased_at is null`
  return changed.count === 1
}

export interface FormerRow {
  readonly order_id: string
  /** Whether it went elsewhere then: to what follows. */
  readonly moved: boolean
  readonly country: string | null
  readonly region: string | null
  readonly city: string | null
  readonly postcode: string | null
  readonly lat: number | null
  readonly lon: number | null
  /** Its priority of then; null where it still has it. */
  readonly priority: number | null
  /** Its address was changed since then, or erased, and nothing tells the one of then. */
  readonly lost: boolean
}

/** What of these orders was other at these times than it is now, or is not known any more; `since` is the first of the times. */
export async function formerOf(
  tx: Tx,
  order_ids: readonly string[],
  at: readonly Date[],
  since: Date,
): Promise<FormerRow[]> {
  return tx.sql<FormerRow[]>`
    select a.order_id, f.ship_country is not null as moved, f.ship_country as country, f.ship_region as region, f.ship_city as city, f.ship_postcode as postcode,
           f.ship_lat as lat, f.ship_lon as lon, e.priority, coalesce(e.lost, false) or p.erased_at is not null as lost
      from unnest(${[...order_ids]}::uuid[], ${[...at]}::timestamptz[]) as a (order_id, at)
      join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id = a.order_id
      left join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
      left join lateral (
        select d.ship_country, d.ship_region, d.ship_city, d.ship_postcode, d.ship_lat, d.ship_lon from orders.former_destination d
         where d.tenant_id = ${tx.tenant} and d.order_id = a.order_id and d.until > a.at order by d.revision limit 1) f on true
      left join lateral (
        select (array_agg((v.data->>'from')::int order by v.version) filter (where v.type = 'order.prioritised'))[1] as priority,
               bool_or(v.type = 'order.address_changed' and v.data->'changed' <> '[]' and not exists (
                 select from orders.former_destination d where d.tenant_id = ${tx.tenant} and d.order_id = a.order_id and d.until = v.at)) as lost
          from outbox.event v
         where v.tenant_id = ${tx.tenant} and v.subject = a.order_id and v.event_id >= ${uuidFloor(since)}::uuid and v.at > a.at
           and v.type in ('order.prioritised', 'order.address_changed')) e on true
     where f.ship_country is not null or e.priority is not null or e.lost or p.erased_at is not null`
}
