// The SQL that ends what is kept of slots: work that is over goes after thirteen months, and with it the slots that it was booked in.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

/** So long a replay can count the work that others had booked: last year's sale with the weeks around it. */
const KEPT_DAYS = 400

/** Bookings that have ended, of slots so old; with each that was done its slot has that much less. At most `limit`; answers how many. */
export async function purgeBookings(tx: Tx, limit: number): Promise<number> {
  const before = later(tx.now, -KEPT_DAYS * DAY_MS)
  // locked as by all who change what is booked, and only where something goes
  const places = await tx.sql<{ location_id: string }[]>`
    with old as materialized (
      select b.location_id
        from capacity.pace p cross join lateral (
          select o.location_id from capacity.booking o
           where o.tenant_id = ${tx.tenant} and o.location_id = p.location_id and o.starts_at < ${before} and o.ended_at is not null
           limit ${limit}::int) b
       where p.tenant_id = ${tx.tenant} limit ${limit}::int)
    select p.location_id from capacity.pace p
     where p.tenant_id = ${tx.tenant} and p.location_id in (select location_id from old)
     order by p.location_id for update of p`
  if (places.length === 0) return 0
  const [row] = await tx.sql<{ gone: number }[]>`
    with old as materialized (
      select b.fulfilment_id, b.location_id, b.starts_at
        from unnest(${places.map((place) => place.location_id)}::text[]) as p (location_id) cross join lateral (
          select o.fulfilment_id, o.location_id, o.starts_at from capacity.booking o
           where o.tenant_id = ${tx.tenant} and o.location_id = p.location_id and o.starts_at < ${before} and o.ended_at is not null
           order by o.starts_at limit ${limit}::int) b
       limit ${limit}::int),
    gone as (
      delete from capacity.booking b using old
       where b.tenant_id = ${tx.tenant} and b.fulfilment_id = old.fulfilment_id and b.starts_at = old.starts_at
      returning b.location_id, b.starts_at, b.lines, b.seconds, b.ended_by),
    lessened as (
      update capacity.slot s
         set orders = s.orders - g.orders, lines = s.lines - g.lines, seconds = s.seconds - g.seconds,
             done_orders = s.done_orders - g.orders, done_lines = s.done_lines - g.lines, done_seconds = s.done_seconds - g.seconds
        from (select location_id, starts_at, count(*)::int as orders, sum(lines)::int as lines, sum(seconds)::int as seconds
                from gone where ended_by = 'packed' group by location_id, starts_at) g
       where s.tenant_id = ${tx.tenant} and s.location_id = g.location_id and s.starts_at = g.starts_at)
    select count(*)::int as gone from gone`
  return row?.gone ?? 0
}

/** Slots so old in which nothing is booked any more, at most `limit`; answers how many. */
export async function purgeSlots(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    with old as materialized (
      select e.location_id, e.starts_at
        from capacity.pace p cross join lateral (
          select s.location_id, s.starts_at from capacity.slot s
           where s.tenant_id = ${tx.tenant} and s.location_id = p.location_id and s.starts_at < ${later(tx.now, -KEPT_DAYS * DAY_MS)}
             and not exists (select from capacity.booking b where b.tenant_id = ${tx.tenant} and b.location_id = s.location_id and b.starts_at = s.starts_at)
           order by s.starts_at limit ${limit}::int) e
       where p.tenant_id = ${tx.tenant} limit ${limit}::int)
    delete from capacity.slot s using old where s.tenant_id = ${tx.tenant} and s.location_id = old.location_id and s.starts_at = old.starts_at`
  return gone.count
}
