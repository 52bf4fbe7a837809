// The SQL of slots, bookings and pace.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

export interface SlotLimits {
  readonly location_id: string
  readonly starts_at: Date
  readonly ends_at: Date
  readonly max_orders: number | null
  readonly max_lines: number | null
  readonly max_seconds: number | null
}

/** Makes slots, or gives those that are there their present limits. */
export async function putSlots(tx: Tx, slots: readonly SlotLimits[]): Promise<void> {
  if (slots.length === 0) return
  await tx.sql`
    insert into capacity.slot as s (tenant_id, location_id, starts_at, ends_at, max_orders, max_lines, max_seconds)
    select ${tx.tenant}::uuid, location_id, starts_at, ends_at, max_orders, max_lines, max_seconds
      from unnest(${slots.map((slot) => slot.location_id)}::text[], ${slots.map((slot) => slot.starts_at)}::timestamptz[], ${slots.map((slot) => slot.ends_at)}::timestamptz[],
                  ${slots.map((slot) => slot.max_orders)}::int[], ${slots.map((slot) => slot.max_lines)}::int[], ${slots.map((slot) => slot.max_seconds)}::int[])
        as new (location_id, starts_at, ends_at, max_orders, max_lines, max_seconds)
     order by location_id, starts_at
    on conflict (tenant_id, location_id, starts_at) do update
      set ends_at = excluded.ends_at, max_orders = excluded.max_orders, max_lines = excluded.max_lines, max_seconds = excluded.max_seconds`
}

/** Slots of a location from `from` on that its hours do not know any more: empty ones go, what is booked stays and nothing more is. */
export async function closeOtherSlots(tx: Tx, location_id: string, from: Date, starts: readonly Date[]): Promise<void> {
  await tx.sql`
    delete from capacity.slot s where s.tenant_id = ${tx.tenant} and s.location_id = ${location_id} and s.starts_at >= ${from}
       and s.orders = 0 and s.starts_at <> all (${[...starts]}::timestamptz[])
       and not exists (select from capacity.booking b where b.tenant_id = ${tx.tenant} and b.location_id = s.location_id and b.starts_at = s.starts_at)`
  await tx.sql`
    update capacity.slot set max_orders = 0
     where tenant_id = ${tx.tenant} and location_id = ${location_id} and starts_at >= ${from} and starts_at <> all (${[...starts]}::timestamptz[])`
}

export interface SlotRow extends SlotLimits {
  readonly orders: number
  readonly lines: number
  readonly seconds: number
  readonly done_orders: number
  readonly done_lines: number
  readonly done_seconds: number
  readonly factor: number | null
}

/** Locks, in key order, the slots of these locations that end after `since` and begin before `until`; with the pace that was measured. */
export async function lockSlots(tx: Tx, location_ids: readonly string[], since: Date, until: Date): Promise<SlotRow[]> {
  return tx.sql<SlotRow[]>`
    select s.location_id, s.starts_at, s.ends_at, s.max_orders, s.max_lines, s.max_seconds, s.orders, s.lines, s.seconds, s.done_orders, s.done_lines, s.done_seconds,
           (select p.factor::float8 from capacity.pace p where p.tenant_id = ${tx.tenant} and p.location_id = s.location_id) as factor
      from capacity.slot s
     where s.tenant_id = ${tx.tenant} and s.location_id = any (${[...location_ids]}::text[]) and s.ends_at > ${since} and s.starts_at < ${until}
     order by s.location_id, s.starts_at for update of s`
}

/** The same without a lock, for looking. */
export async function readSlots(tx: Tx, location_ids: readonly string[], since: Date, until: Date): Promise<SlotRow[]> {
  return tx.sql<SlotRow[]>`
    select s.location_id, s.starts_at, s.ends_at, s.max_orders, s.max_lines, s.max_seconds, s.orders, s.lines, s.seconds, s.done_orders, s.done_lines, s.done_seconds,
           p.factor::float8 as factor
      from capacity.slot s left join capacity.pace p on p.tenant_id = ${tx.tenant} and p.location_id = s.location_id
     where s.tenant_id = ${tx.tenant} and s.location_id = any (${[...location_ids]}::text[]) and s.ends_at > ${since} and s.starts_at < ${until}
     order by s.location_id, s.starts_at limit 20000`
}

export interface NewBooking {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly starts_at: Date
  readonly lines: number
  readonly seconds: number
}

/** Books work in slots that the caller has locked: one statement whatever their number. */
export async function insertBookings(tx: Tx, rows: readonly NewBooking[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    with made as (
      insert into capacity.booking (tenant_id, fulfilment_id, location_id, starts_at, lines, seconds, booked_at)
      select ${tx.tenant}::uuid, fulfilment_id, location_id, starts_at, lines, seconds, ${tx.now}
        from unnest(${rows.map((row) => row.fulfilment_id)}::uuid[], ${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.starts_at)}::timestamptz[],
                    ${rows.map((row) => row.lines)}::int[], ${rows.map((row) => row.seconds)}::int[]) as new (fulfilment_id, location_id, starts_at, lines, seconds)
      returning location_id, starts_at, lines, seconds)
    update capacity.slot s set orders = s.orders + w.orders, lines = s.lines + w.lines, seconds = s.seconds + w.seconds
      from (select location_id, starts_at, count(*)::int as orders, sum(lines)::int as lines, sum(seconds)::int as seconds from made group by location_id, starts_at) w
     where s.tenant_id = ${tx.tenant} and s.location_id = w.location_id and s.starts_at = w.starts_at`
}

/** The bookings of these fulfilments that have not ended. */
export async function bookedFor(tx: Tx, fulfilment_ids: readonly string[]): Promise<NewBooking[]> {
  return tx.sql<NewBooking[]>`
    select fulfilment_id, location_id, starts_at, lines, seconds from capacity.booking
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and ended_at is null order by fulfilment_id`
}

/** Locks, in key order, the slots of bookings of these fulfilments that have not ended. */
export async function lockBooked(tx: Tx, fulfilment_ids: readonly string[]): Promise<void> {
  await tx.sql`
    select from capacity.slot s
     where s.tenant_id = ${tx.tenant} and (s.location_id, s.starts_at) in (
       select b.location_id, b.starts_at from capacity.booking b
        where b.tenant_id = ${tx.tenant} and b.fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and b.ended_at is null)
     order by s.location_id, s.starts_at for update`
}

/** Ends bookings of fulfilments that are packed or cancelled now: what is cancelled leaves its slot, what is packed is done. Answers slots that have more room. */
export async function endBookings(tx: Tx, fulfilment_ids: readonly string[]): Promise<{ location_id: string }[]> {
  return tx.sql<{ location_id: string }[]>`
    with ended as (
      update capacity.booking b set ended_at = ${tx.now}, ended_by = case f.state when 'cancelled' then 'cancelled' else 'packed' end
        from warehouse.v_fulfilment_state f
       where b.tenant_id = ${tx.tenant} and b.fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and b.ended_at is null
         and f.tenant_id = ${tx.tenant} and f.fulfilment_id = b.fulfilment_id and f.state in ('packed', 'shipped', 'cancelled')
      returning b.location_id, b.starts_at, b.lines, b.seconds, b.ended_by),
    sums as (
      select location_id, starts_at, ended_by, count(*)::int as orders, sum(lines)::int as lines, sum(seconds)::int as seconds from ended group by location_id, starts_at, ended_by),
    totals as (
      select location_id, starts_at,
             coalesce(sum(orders) filter (where ended_by = 'cancelled'), 0)::int as off_orders, coalesce(sum(lines) filter (where ended_by = 'cancelled'), 0)::int as off_lines,
             coalesce(sum(seconds) filter (where ended_by = 'cancelled'), 0)::int as off_seconds, coalesce(sum(orders) filter (where ended_by = 'packed'), 0)::int as done_orders,
             coalesce(sum(lines) filter (where ended_by = 'packed'), 0)::int as done_lines, coalesce(sum(seconds) filter (where ended_by = 'packed'), 0)::int as done_seconds
        from sums group by location_id, starts_at),
    moved as (
      update capacity.slot s set orders = s.orders - t.off_orders, lines = s.lines - t.off_lines, seconds = s.seconds - t.off_seconds,
             done_orders = s.done_orders + t.done_orders, done_lines = s.done_lines + t.done_lines, done_seconds = s.done_seconds + t.done_seconds
        from totals t where s.tenant_id = ${tx.tenant} and s.location_id = t.location_id and s.starts_at = t.starts_at
      returning s.location_id, t.off_orders)
    select location_id from moved where off_orders > 0 order by location_id`
}

export interface Measured {
  readonly location_id: string
  readonly scans: number
  readonly lines: number
  readonly fulfilments: number
  readonly seconds: number
}

/** Work of the scans since then: the time between two scans of one person, where it is no break; by location. */
export async function measureScans(tx: Tx, since: Date, break_seconds: number): Promise<Measured[]> {
  return tx.sql<Measured[]>`
    with gaps as (
      select location_id, fulfilment_id, line_no, extract(epoch from at - lag(at) over (partition by location_id, actor order by at, scan_id))::float8 as gap
        from warehouse.v_pick_scan where tenant_id = ${tx.tenant} and scan_id >= ${uuidFloor(since)}::uuid)
    select location_id, count(*)::int as scans, count(distinct (fulfilment_id, line_no))::int as lines, count(distinct fulfilment_id)::int as fulfilments, sum(gap)::float8 as seconds
      from gaps where gap between 0 and ${break_seconds}::float8 group by location_id order by location_id limit 1000`
}

export interface NewPace {
  readonly location_id: string
  readonly factor: number
  readonly scans: number
}

export async function putPaces(tx: Tx, rows: readonly NewPace[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into capacity.pace (tenant_id, location_id, factor, scans, measured_at)
    select ${tx.tenant}::uuid, location_id, factor, scans, ${tx.now}
      from unnest(${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.factor)}::numeric[], ${rows.map((row) => row.scans)}::int[]) as new (location_id, factor, scans)
     order by location_id
    on conflict (tenant_id, location_id) do update set factor = excluded.factor, scans = excluded.scans, measured_at = excluded.measured_at`
}
