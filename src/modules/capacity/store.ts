// The SQL of slots, bookings and pace.
import type { Tx } from '../../platform/db.ts'

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

/** Locks these locations, in key order, for those who book there or free room; a location that has never had limits has nothing to lock. */
export async function lockPlaces(tx: Tx, location_ids: readonly string[]): Promise<void> {
  await tx.sql`
    select from capacity.pace where tenant_id = ${tx.tenant} and location_id = any (${[...location_ids]}::text[]) order by location_id for update`
}

/** Gives each of these locations its row: as given until its pace is measured. */
export async function addPlaces(tx: Tx, location_ids: readonly string[]): Promise<void> {
  await tx.sql`
    insert into capacity.pace (tenant_id, location_id, factor, scans, measured_at)
    select ${tx.tenant}::uuid, location_id, 1, 0, ${tx.now} from unnest(${[...location_ids]}::text[]) as new (location_id) order by location_id
    on conflict do nothing`
}

/** A location as its slots are looked at: until when, how far its limits are raised, what of them is open to all, and its pace as given. */
export interface PlaceWish {
  readonly location_id: string
  /** Slots that begin later are not seen. */
  readonly until: Date
  readonly raise: number
  readonly open: number
  readonly per_order_seconds: number
  readonly per_line_seconds: number
}

export interface SlotWish {
  /** Undone work of slots that have begun since then is overdue. */
  readonly since: Date
  /** Limits of slots that begin before are raised. */
  readonly raised_until: Date
  /** What room is looked for at each location; null for all slots, full ones too. */
  readonly need: { readonly orders: number; readonly lines: number } | null
  /** The slots of these fulfilments are there in any case. */
  readonly leaving: readonly string[]
}

/** A location with slots, repeated for each of those that were asked for; the figures of the slot are null where none was. */
export interface PlaceRow {
  readonly location_id: string
  readonly factor: number | null
  readonly overdue: readonly number[]
  readonly ahead: readonly number[]
  readonly day: readonly (number | null)[]
  readonly starts_at: Date | null
  readonly ends_at: Date
  readonly max_orders: number | null
  readonly max_lines: number | null
  readonly max_seconds: number | null
  readonly orders: number
  readonly lines: number
  readonly seconds: number
}

/**
 * What is overdue, booked and open at each location that has slots, and of its coming slots those with room: all of the next day of work, and
 * after it as many as have together what `need` asks for. Limits are as a promotion raises them. The sums are of all slots, whatever is read.
 */
export async function readPlaces(tx: Tx, places: readonly PlaceWish[], wish: SlotWish): Promise<PlaceRow[]> {
  const { need, leaving } = wish
  return tx.sql<PlaceRow[]>`
    with place as materialized (
      select w.location_id, w.until, w.raise, w.open, case when p.scans > 0 then p.factor::float8 end as factor,
             ${need?.orders ?? null}::float8 as need_orders, ${need?.lines ?? null}::float8 as need_lines,
             (${need?.orders ?? null}::float8 * w.per_order + ${need?.lines ?? null}::float8 * w.per_line) * case when p.scans > 0 then p.factor::float8 else 1 end as need_seconds
        from unnest(${places.map((one) => one.location_id)}::text[], ${places.map((one) => one.until)}::timestamptz[], ${places.map((one) => one.raise)}::float8[], ${places.map((one) => one.open)}::float8[],
                    ${places.map((one) => one.per_order_seconds)}::float8[], ${places.map((one) => one.per_line_seconds)}::float8[])
             as w (location_id, until, raise, open, per_order, per_line)
        left join capacity.pace p on p.tenant_id = ${tx.tenant} and p.location_id = w.location_id),
    past as materialized (
      select s.location_id, sum(s.orders - s.done_orders)::float8 as orders, sum(s.lines - s.done_lines)::float8 as lines, sum(s.seconds - s.done_seconds)::float8 as seconds
        from place join capacity.slot s on s.tenant_id = ${tx.tenant} and s.location_id = place.location_id and s.starts_at > ${wish.since} and s.ends_at <= ${tx.now}
       group by s.location_id),
    coming as materialized (
      select s.location_id, s.starts_at, s.ends_at, s.orders, s.lines, s.seconds, most.orders as max_orders, most.lines as max_lines, most.seconds as max_seconds,
             greatest(0, floor(most.orders * share.open) - s.orders) as room_orders, greatest(0, floor(most.lines * share.open) - s.lines) as room_lines,
             greatest(0, floor(most.seconds * share.open) - s.seconds) as room_seconds,
             (most.orders is null or most.orders > s.orders) and (most.lines is null or most.lines > s.lines) and (most.seconds is null or most.seconds > s.seconds) as has_room,
             min(s.starts_at) filter (where most.orders is distinct from 0 and most.lines is distinct from 0 and most.seconds is distinct from 0)
               over (partition by s.location_id) as opens_at
        from place join capacity.slot s on s.tenant_id = ${tx.tenant} and s.location_id = place.location_id and s.ends_at > ${tx.now} and s.starts_at < place.until
       cross join lateral (select case when s.starts_at < ${wish.raised_until} then place.raise else 1 end as by) as raised
       cross join lateral (select floor(s.max_orders * raised.by)::int as orders, floor(s.max_lines * raised.by)::int as lines, floor(s.max_seconds * raised.by)::int as seconds) as most
       cross join lateral (select case when s.starts_at <= ${tx.now} then 1 else place.open end as open) as share),
    total as materialized (
      select location_id, greatest(min(opens_at), ${tx.now}) + interval '1 day' as day_ends, array[sum(orders), sum(lines), sum(seconds)]::float8[] as ahead,
             array[case when count(max_orders) > 0 then coalesce(sum(max_orders) filter (where starts_at < greatest(opens_at, ${tx.now}) + interval '1 day'), 0) end,
                   case when count(max_lines) > 0 then coalesce(sum(max_lines) filter (where starts_at < greatest(opens_at, ${tx.now}) + interval '1 day'), 0) end,
                   case when count(max_seconds) > 0 then coalesce(sum(max_seconds) filter (where starts_at < greatest(opens_at, ${tx.now}) + interval '1 day'), 0) end]::float8[] as day
        from coming group by location_id),
    before as (
      select coming.*, sum(room_orders) over w as orders_before, sum(room_lines) over w as lines_before, sum(room_seconds) over w as seconds_before
        from coming window w as (partition by location_id order by starts_at rows between unbounded preceding and 1 preceding))
    select total.location_id, place.factor, array[coalesce(past.orders, 0), coalesce(past.lines, 0), coalesce(past.seconds, 0)]::float8[] as overdue, total.ahead, total.day,
           slot.starts_at, slot.ends_at, slot.max_orders, slot.max_lines, slot.max_seconds, slot.orders, slot.lines, slot.seconds
      from total join place using (location_id) left join past using (location_id)
      left join before slot on slot.location_id = total.location_id and (
             place.need_orders is null
             or (slot.has_room and (slot.starts_at < total.day_ends
                                    or coalesce(slot.orders_before, 0) < place.need_orders + coalesce(past.orders, 0) and slot.max_orders is not null
                                    or coalesce(slot.lines_before, 0) < place.need_lines + coalesce(past.lines, 0) and slot.max_lines is not null
                                    or coalesce(slot.seconds_before, 0) < place.need_seconds + coalesce(past.seconds, 0) and slot.max_seconds is not null))
             or exists (select from capacity.booking b
                         where b.tenant_id = ${tx.tenant} and b.fulfilment_id = any (${[...leaving]}::uuid[]) and b.location_id = slot.location_id and b.starts_at = slot.starts_at))
     order by total.location_id, slot.starts_at`
}

export interface ShownSlot extends SlotLimits {
  readonly orders: number
  readonly lines: number
  readonly seconds: number
  readonly done_orders: number
}

/** The slots of these locations that have not ended and begin before `until`, at most so many of each. */
export async function readSlots(
  tx: Tx,
  location_ids: readonly string[],
  until: Date,
  at_most: number,
): Promise<ShownSlot[]> {
  return tx.sql<ShownSlot[]>`
    select s.location_id, s.starts_at, s.ends_at, s.max_orders, s.max_lines, s.max_seconds, s.orders, s.lines, s.seconds, s.done_orders
      from unnest(${[...location_ids]}::text[]) as place (location_id)
     cross join lateral (select * from capacity.slot s
                          where s.tenant_id = ${tx.tenant} and s.location_id = place.location_id and s.ends_at > ${tx.now} and s.starts_at < ${until}
                          order by s.starts_at limit ${at_most}::int) s
     order by s.location_id, s.starts_at`
}

export interface NewBooking {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly starts_at: Date
  readonly lines: number
  readonly seconds: number
}

/** Books work at locations that the caller has locked: one statement whatever their number. */
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
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and ended_at is null order by fulfilment_id, starts_at`
}

/** Locks, in key order, the locations where these fulfilments have bookings that have not ended. */
export async function lockBooked(tx: Tx, fulfilment_ids: readonly string[]): Promise<void> {
  await tx.sql`
    select from capacity.pace
     where tenant_id = ${tx.tenant} and location_id in (
       select b.location_id from capacity.booking b where b.tenant_id = ${tx.tenant} and b.fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and b.ended_at is null)
     order by location_id for update`
}

/**
 * Makes bookings agree with their fulfilments: what is cancelled leaves its slots, what is packed is done, and of lines that have left the last
 * slots are freed. The caller has locked the locations. Answers those that have room again in slots that have not ended.
 */
export async function settleBookings(tx: Tx, fulfilment_ids: readonly string[]): Promise<string[]> {
  const rows = await tx.sql<{ location_id: string }[]>`
    with booked as (
      select b.*, f.state, f.lines::numeric / sum(b.lines) over whole as part, sum(b.seconds) over whole as all_seconds, f.lines as living,
             coalesce(sum(b.lines) over earlier, 0) as lines_before, coalesce(sum(b.seconds) over earlier, 0) as seconds_before
        from capacity.booking b join warehouse.v_fulfilment_state f on f.tenant_id = ${tx.tenant} and f.fulfilment_id = b.fulfilment_id
       where b.tenant_id = ${tx.tenant} and b.fulfilment_id = any (${[...fulfilment_ids]}::uuid[]) and b.ended_at is null
      window whole as (partition by b.fulfilment_id), earlier as (partition by b.fulfilment_id order by b.starts_at rows between unbounded preceding and 1 preceding)),
    kept as (
      select fulfilment_id, location_id, starts_at, state, lines, seconds, least(lines, greatest(0, living - lines_before))::int as kept_lines,
             least(seconds, greatest(0, floor(all_seconds * least(part, 1)) - seconds_before))::int as kept_seconds
        from booked),
    settled as (
      select fulfilment_id, location_id, starts_at, k.gone, k.packed, case when k.gone then 0 else kept_lines end as kept_lines, case when k.gone then 0 else kept_seconds end as kept_seconds,
             lines - case when k.gone then 0 else kept_lines end as off_lines, seconds - case when k.gone then 0 else kept_seconds end as off_seconds
        from kept cross join lateral (
          select state = 'cancelled' or kept_lines + kept_seconds = 0 as gone, state in ('packed', 'shipped') and kept_lines + kept_seconds > 0 as packed) k
       where k.gone or k.packed or kept_lines < lines or kept_seconds < seconds),
    written as (
      update capacity.booking b
         set lines = case when s.gone then b.lines else s.kept_lines end, seconds = case when s.gone then b.seconds else s.kept_seconds end,
             ended_at = case when s.gone or s.packed then ${tx.now}::timestamptz end, ended_by = case when s.gone then 'cancelled' when s.packed then 'packed' end
        from settled s where b.tenant_id = ${tx.tenant} and b.fulfilment_id = s.fulfilment_id and b.starts_at = s.starts_at),
    totals as (
      select location_id, starts_at, count(*) filter (where gone)::int as off_orders, sum(off_lines)::int as off_lines, sum(off_seconds)::int as off_seconds,
             count(*) filter (where packed)::int as done_orders, coalesce(sum(kept_lines) filter (where packed), 0)::int as done_lines,
             coalesce(sum(kept_seconds) filter (where packed), 0)::int as done_seconds
        from settled group by location_id, starts_at),
    freed as (
      update capacity.slot s
         set orders = s.orders - t.off_orders, lines = s.lines - t.off_lines, seconds = s.seconds - t.off_seconds,
             done_orders = s.done_orders + t.done_orders, done_lines = s.done_lines + t.done_lines, done_seconds = s.done_seconds + t.done_seconds
        from totals t where s.tenant_id = ${tx.tenant} and s.location_id = t.location_id and s.starts_at = t.starts_at
      returning s.location_id, s.ends_at > ${tx.now} and t.off_orders + t.off_lines + t.off_seconds > 0 as has_room)
    select distinct location_id from freed where has_room order by location_id`
  return rows.map((row) => row.location_id)
}
