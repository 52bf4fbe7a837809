// The SQL of the board: counts that stop at a thousand, each by an index of its own; nothing here grows with the number of orders.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

const MOST = 1000

export interface Waiting {
  readonly backordered: number
  readonly backordered_first: string | null
  readonly held: number
  readonly held_since: Date | null
  readonly held_urgent: number
  readonly unplaced: number
  readonly unplaced_since: Date | null
  readonly under_way: number
  readonly under_way_since: Date | null
  readonly staged: number
  readonly staged_since: Date | null
  readonly unmatched: number
  readonly unmatched_since: Date | null
  readonly in_trouble: number
  readonly in_trouble_since: Date | null
  readonly returning: number
  readonly returning_since: Date | null
}

/** What waits for people, goods, carriers; `urgent` is what lapses before `soon`. */
export async function waitingNow(tx: Tx, soon: Date): Promise<Waiting[]> {
  return tx.sql<Waiting[]>`
    select b.backordered, b.backordered_first, h.held, h.held_since, h.held_urgent, u.unplaced, u.unplaced_since, w.under_way, w.under_way_since,
           s.staged, s.staged_since, m.unmatched, m.unmatched_since, t.in_trouble, t.in_trouble_since, r.returning, r.returning_since
      from (select count(distinct order_id)::int as backordered, min(order_id::text) as backordered_first
              from (select order_id from orders.v_open_line where tenant_id = ${tx.tenant} and backordered > 0 limit ${MOST}::int) c) b,
           (select count(*)::int as held, min(placed_at) as held_since, (count(*) filter (where expires_at < ${soon}))::int as held_urgent
              from (select placed_at, expires_at from orders.v_open_hold where tenant_id = ${tx.tenant} limit ${MOST}::int) c) h,
           (select count(*)::int as unplaced, min(opened_at) as unplaced_since
              from (select opened_at from allocation.v_open_exception where tenant_id = ${tx.tenant} limit ${MOST}::int) c) u,
           (select count(*)::int as under_way, min(handed_over_at) as under_way_since
              from (select handed_over_at from shipping.v_parcel_left where tenant_id = ${tx.tenant} and state = 'handed_over' order by handed_over_at limit ${MOST}::int) c) w,
           (select count(*)::int as staged, min(received_at) as staged_since
              from (select received_at from intake.v_staged_waiting where tenant_id = ${tx.tenant} limit ${MOST}::int) c) s,
           (select count(*)::int as unmatched, min(received_at) as unmatched_since
              from (select received_at from payment.v_unmatched where tenant_id = ${tx.tenant} order by received_at limit ${MOST}::int) c) m,
           (select count(*)::int as in_trouble, min(opened_at) as in_trouble_since
              from (select opened_at from tracking.v_open_exception where tenant_id = ${tx.tenant} limit ${MOST}::int) c) t,
           (select count(*)::int as returning, min(requested_at) as returning_since
              from (select requested_at from returns.v_open_return where tenant_id = ${tx.tenant} limit ${MOST}::int) c) r`
}

export interface PlaceLoad {
  readonly location_id: string
  readonly planned: number
  readonly released: number
  readonly picking: number
  readonly packed: number
  readonly late: number
  readonly planned_since: Date | null
  readonly released_since: Date | null
  readonly picking_since: Date | null
  readonly packed_since: Date | null
  readonly shipped_today: number
}

/** What lies in the queues of each location, and what left it since midnight. */
export async function placeLoads(tx: Tx, location_ids: readonly string[], midnight: Date): Promise<PlaceLoad[]> {
  return tx.sql<PlaceLoad[]>`
    select p.location_id, planned.n as planned, released.n as released, picking.n as picking, packed.n as packed, late.n as late,
           planned.since as planned_since, released.since as released_since, picking.since as picking_since, packed.since as packed_since, sent.n as shipped_today
      from unnest(${[...location_ids]}::text[]) as p (location_id)
     cross join lateral (select count(*)::int as n, min(planned_at) as since from (
             select planned_at from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.location_id = p.location_id and q.state = 'planned' order by q.ship_by limit ${MOST}::int) c) planned
     cross join lateral (select count(*)::int as n, min(released_at) as since from (
             select released_at from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.location_id = p.location_id and q.state = 'released' order by q.ship_by limit ${MOST}::int) c) released
     cross join lateral (select count(*)::int as n, min(released_at) as since from (
             select released_at from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.location_id = p.location_id and q.state = 'picking' order by q.ship_by limit ${MOST}::int) c) picking
     cross join lateral (select count(*)::int as n, min(released_at) as since from (
             select released_at from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.location_id = p.location_id and q.state = 'packed' order by q.ship_by limit ${MOST}::int) c) packed
     cross join lateral (select count(*)::int as n from (
             select from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.location_id = p.location_id
                and q.state in ('planned', 'released', 'picking', 'packed') and q.ship_by < ${tx.now} limit ${MOST}::int) c) late
     cross join lateral (select count(*)::int as n from (
             select from shipping.v_parcel_left l where l.tenant_id = ${tx.tenant} and l.location_id = p.location_id and l.handed_over_at >= ${midnight} limit ${MOST}::int) c) sent
     order by p.location_id`
}

/** The last midnight in the merchant's zone. */
export async function midnightOf(tx: Tx): Promise<{ midnight: Date }[]> {
  return tx.sql<{ midnight: Date }[]>`
    select date_trunc('day', ${tx.now}::timestamptz at time zone time_zone) at time zone time_zone as midnight from platform.tenant where tenant_id = ${tx.tenant}`
}

/** Orders received since then, to a thousand, by the time in their ids. */
export async function receivedSince(tx: Tx, since: Date): Promise<{ received: number }[]> {
  return tx.sql<{ received: number }[]>`
    select count(*)::int as received from (
      select from orders.v_order_number where tenant_id = ${tx.tenant} and order_id >= ${uuidFloor(since)}::uuid limit ${MOST}::int) c`
}

/** The numbers of those of these ids that are orders. */
export async function numbersOf(tx: Tx, ids: readonly string[]): Promise<{ order_id: string; number: string }[]> {
  return tx.sql<{ order_id: string; number: string }[]>`
    select order_id, number from orders.v_order_number where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[])`
}
