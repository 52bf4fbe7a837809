// The SQL of the board: each column reads the first of its location's queue in an index, whatever lies behind; counts stop early.
import type { Tx } from '../../platform/db.ts'

export interface CardRow {
  readonly location_id: string
  readonly fulfilment_id: string
  readonly state: 'planned' | 'released' | 'picking' | 'packed'
  readonly ship_by: Date
}

export interface CardPlace {
  readonly ship_by: Date
  readonly fulfilment_id: string
}

/** The earliest open fulfilments of each location after a place. */
export async function firstCards(
  tx: Tx,
  location_ids: readonly string[],
  after: CardPlace | null,
  limit: number,
): Promise<CardRow[]> {
  return tx.sql<CardRow[]>`
    select c.location_id, c.fulfilment_id, c.state, c.ship_by from unnest(${[...location_ids]}::text[]) as p (location_id)
     cross join lateral (
       select q.location_id, q.fulfilment_id, q.state, q.ship_by from unnest(array['planned', 'released', 'picking', 'packed']) as s (state)
        cross join lateral (
          select w.location_id, w.fulfilment_id, w.state, w.ship_by from warehouse.v_queue w
           where w.tenant_id = ${tx.tenant} and w.location_id = p.location_id and w.state = s.state
             and (${after?.ship_by ?? null}::timestamptz is null or (w.ship_by, w.fulfilment_id) > (${after?.ship_by ?? null}::timestamptz, ${after?.fulfilment_id ?? null}::uuid))
           order by w.ship_by, w.fulfilment_id limit ${limit}::int) q
        order by q.ship_by, q.fulfilment_id limit ${limit}::int) c
     order by c.location_id, c.ship_by, c.fulfilment_id`
}

/** The same of these orders only. */
export async function firstCardsOf(
  tx: Tx,
  order_ids: readonly string[],
  location_ids: readonly string[],
  after: CardPlace | null,
  limit: number,
): Promise<CardRow[]> {
  return tx.sql<CardRow[]>`
    with found as (
      select distinct location_id, fulfilment_id, state, ship_by from warehouse.v_open_place
       where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and location_id = any (${[...location_ids]}::text[])),
    ranked as (
      select location_id, fulfilment_id, state, ship_by, row_number() over (partition by location_id order by ship_by, fulfilment_id) as place from found
       where ${after?.ship_by ?? null}::timestamptz is null or (ship_by, fulfilment_id) > (${after?.ship_by ?? null}::timestamptz, ${after?.fulfilment_id ?? null}::uuid))
    select location_id, fulfilment_id, state, ship_by from ranked where place <= ${limit}::int order by location_id, ship_by, fulfilment_id`
}

/** When the first open fulfilment of each location has to leave, those without any left out: a row of the index for each state. */
export async function firstDue(
  tx: Tx,
  location_ids: readonly string[],
): Promise<{ location_id: string; ship_by: Date }[]> {
  return tx.sql<{ location_id: string; ship_by: Date }[]>`
    select p.location_id, min(d.ship_by) as ship_by from unnest(${[...location_ids]}::text[]) as p (location_id)
     cross join unnest(array['planned', 'released', 'picking', 'packed']) as s (state)
     cross join lateral (
       select w.ship_by from warehouse.v_queue w
        where w.tenant_id = ${tx.tenant} and w.location_id = p.location_id and w.state = s.state order by w.ship_by limit 1) d
     group by p.location_id`
}

export interface CountRow {
  readonly location_id: string
  readonly count: number
}

/** Open fulfilments of each location, each counted to `most`. */
export async function countCards(tx: Tx, location_ids: readonly string[], most: number): Promise<CountRow[]> {
  return tx.sql<CountRow[]>`
    select p.location_id, c.count from unnest(${[...location_ids]}::text[]) as p (location_id)
     cross join lateral (select count(*)::int as count from (
       select from unnest(array['planned', 'released', 'picking', 'packed']) as s (state)
        cross join lateral (
          select from warehouse.v_queue w where w.tenant_id = ${tx.tenant} and w.location_id = p.location_id and w.state = s.state
           order by w.ship_by limit ${most}::int) q
        limit ${most}::int) few) c`
}

export interface CountOfRow extends CountRow {
  readonly ship_by: Date
}

/** The same of these orders only, and when the first of them has to leave. */
export async function countCardsOf(tx: Tx, order_ids: readonly string[], most: number): Promise<CountOfRow[]> {
  return tx.sql<CountOfRow[]>`
    select location_id, least(count(distinct fulfilment_id), ${most}::int)::int as count, min(ship_by) as ship_by from warehouse.v_open_place
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) group by location_id`
}

/** Orders raised to at least `priority`, the highest first; of `order_ids` only, where given. */
export async function raisedOrders(
  tx: Tx,
  priority: number,
  order_ids: readonly string[] | null,
  limit: number,
): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from orders.v_raised
     where tenant_id = ${tx.tenant} and priority >= ${priority}::smallint
       and (${order_ids === null}::boolean or order_id = any (${[...(order_ids ?? [])]}::uuid[]))
     order by priority desc, order_id desc limit ${limit}::int`
}

export interface WorkRow {
  readonly fulfilment_id: string
  readonly order_id: string
  readonly units: number
  readonly lines: number
  readonly arrives_at: Date | null
}

/** What lies open in these fulfilments, by order; each is summed by itself, so that no plan reads the lines of the others. */
export async function workIn(tx: Tx, fulfilment_ids: readonly string[]): Promise<WorkRow[]> {
  return tx.sql<WorkRow[]>`
    select f.fulfilment_id, w.order_id, w.units, w.lines, w.arrives_at from unnest(${[...fulfilment_ids]}::uuid[]) as f (fulfilment_id)
     cross join lateral (
       select l.order_id, sum(l.to_pick + l.picked + l.packed)::int as units, count(*)::int as lines, min(l.promised_at) as arrives_at
         from warehouse.v_fulfilment_line l
        where l.tenant_id = ${tx.tenant} and l.fulfilment_id = f.fulfilment_id and l.to_pick + l.picked + l.packed > 0 group by l.order_id) w
     order by f.fulfilment_id, w.order_id`
}

export interface WaitingRow {
  readonly exception_id: string
  readonly order_id: string
  readonly reason: string
  readonly units: number
  readonly lines: number
}

/** Orders that wait for a place after an exception, the longest waiting first; of `order_ids` only, where given. */
export async function waitingCards(
  tx: Tx,
  order_ids: readonly string[] | null,
  after: string,
  limit: number,
): Promise<WaitingRow[]> {
  return tx.sql<WaitingRow[]>`
    select exception_id, order_id, reason, units, cardinality(skus) as lines from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and exception_id > ${after}::uuid
       and (${order_ids === null}::boolean or order_id = any (${[...(order_ids ?? [])]}::uuid[]))
     order by exception_id limit ${limit}::int`
}

/** How many orders wait, counted to a thousand. */
export async function countWaiting(tx: Tx, order_ids: readonly string[] | null): Promise<{ count: number }[]> {
  return tx.sql<{ count: number }[]>`
    select count(*)::int as count from (
      select from allocation.exception
       where tenant_id = ${tx.tenant} and resolved_at is null
         and (${order_ids === null}::boolean or order_id = any (${[...(order_ids ?? [])]}::uuid[])) limit 1000) few`
}

/** What the newest decision about each order cost. */
export async function newestCosts(tx: Tx, order_ids: readonly string[]): Promise<{ order_id: string; cost: bigint }[]> {
  return tx.sql<{ order_id: string; cost: bigint }[]>`
    select o.order_id, x.cost from unnest(${[...order_ids]}::uuid[]) as o (order_id)
     cross join lateral (
       select e.cost from allocation.explanation e
        where e.tenant_id = ${tx.tenant} and e.order_id = o.order_id order by e.decision_id desc limit 1) x
     where x.cost is not null`
}
