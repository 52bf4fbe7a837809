// The SQL of fulfilment orders and their lines.
import type { Tx } from '../../platform/db.ts'
import type { FulfilmentState } from './machine.ts'
import { type UnitBucket, type UnitMove, unitBuckets, type WorkLine } from './rules.ts'

export interface NewFulfilment {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly carrier: string | null
  readonly service: string | null
  readonly ship_by: Date
  readonly promised_at: Date | null
}

export interface NewLine {
  readonly fulfilment_id: string
  readonly order_id: string
  readonly line_no: number
  readonly fulfilment_line_no: number
  readonly sku: string
  readonly quantity: number
}

/** Inserts fulfilment orders with their lines: one statement whatever their number. */
export async function insertFulfilments(
  tx: Tx,
  orders: readonly NewFulfilment[],
  lines: readonly NewLine[],
): Promise<void> {
  await tx.sql`
    with made as (
      insert into warehouse.fulfilment_order (tenant_id, fulfilment_id, location_id, carrier, service, ship_by, promised_at, planned_at)
      select ${tx.tenant}::uuid, fulfilment_id, location_id, carrier, service, ship_by, promised_at, ${tx.now}
        from unnest(${orders.map((order) => order.fulfilment_id)}::uuid[], ${orders.map((order) => order.location_id)}::text[], ${orders.map((order) => order.carrier)}::text[],
                    ${orders.map((order) => order.service)}::text[], ${orders.map((order) => order.ship_by)}::timestamptz[], ${orders.map((order) => order.promised_at)}::timestamptz[])
          as new (fulfilment_id, location_id, carrier, service, ship_by, promised_at))
    insert into warehouse.fulfilment_line (tenant_id, fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity, to_pick)
    select ${tx.tenant}::uuid, fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity, quantity
      from unnest(${lines.map((line) => line.fulfilment_id)}::uuid[], ${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[],
                  ${lines.map((line) => line.fulfilment_line_no)}::int[], ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::int[])
        as new (fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity)`
}

/** The planned fulfilments that these orders are in, each with all the orders that share it. */
export async function plannedPlaces(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ fulfilment_id: string; order_id: string }[]> {
  return tx.sql<{ fulfilment_id: string; order_id: string }[]>`
    with mine as materialized (
      select distinct l.fulfilment_id from warehouse.fulfilment_line l
        join warehouse.fulfilment_order f on f.tenant_id = ${tx.tenant} and f.fulfilment_id = l.fulfilment_id and f.state = 'planned'
       where l.tenant_id = ${tx.tenant} and l.order_id = any (${order_ids}::uuid[]))
    select distinct l.fulfilment_id, l.order_id from mine
      join warehouse.fulfilment_line l on l.tenant_id = ${tx.tenant} and l.fulfilment_id = mine.fulfilment_id`
}

export interface ReleasedLine {
  readonly fulfilment_id: string
  readonly version: number
  readonly location_id: string
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
}

/** Releases planned fulfilments, in key order; answers their lines. */
export async function releasePlanned(tx: Tx, fulfilment_ids: readonly string[]): Promise<ReleasedLine[]> {
  return tx.sql<ReleasedLine[]>`
    with ready as materialized (
      select fulfilment_id from warehouse.fulfilment_order
       where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[]) and state = 'planned' order by fulfilment_id for update),
    released as (
      update warehouse.fulfilment_order f set state = 'released', version = f.version + 1, released_at = ${tx.now} from ready
       where f.tenant_id = ${tx.tenant} and f.fulfilment_id = ready.fulfilment_id returning f.fulfilment_id, f.version, f.location_id)
    select released.fulfilment_id, released.version, released.location_id, l.order_id, l.line_no, l.to_pick as quantity
      from released join warehouse.fulfilment_line l on l.tenant_id = ${tx.tenant} and l.fulfilment_id = released.fulfilment_id
     where l.to_pick > 0 order by released.fulfilment_id, l.order_id, l.line_no`
}

/** The orders that share these fulfilments, without a lock: orders are locked before fulfilments. */
export async function ordersIn(tx: Tx, fulfilment_ids: readonly string[]): Promise<string[]> {
  const rows = await tx.sql<{ order_id: string }[]>`
    select distinct order_id from warehouse.fulfilment_line
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[]) order by order_id`
  return rows.map((row) => row.order_id)
}

/**
 * Locks fulfilments in key order and answers their lines. Units of a line move only under the lock of its order: whoever holds that reads
 * them as they are; the lines of other orders are as they were when the statement began.
 */
export async function lockWork(
  tx: Tx,
  fulfilment_ids: readonly string[],
): Promise<(WorkLine & { readonly version: number })[]> {
  return tx.sql<(WorkLine & { readonly version: number })[]>`
    with locked as materialized (
      select fulfilment_id, state, version, location_id, carrier, service, promised_at from warehouse.fulfilment_order
       where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[]) order by fulfilment_id for update)
    select l.fulfilment_id, f.state, f.version, f.location_id, f.carrier, f.service, f.promised_at, l.order_id, l.line_no, l.fulfilment_line_no, l.sku, l.to_pick, l.picked, l.packed
      from locked f join warehouse.fulfilment_line l on l.tenant_id = ${tx.tenant} and l.fulfilment_id = f.fulfilment_id
     order by l.fulfilment_id, l.fulfilment_line_no`
}

/** Locks in key order the fulfilments that still hold units of these orders, and answers their lines of these orders; the orders are locked before. */
export async function lockOpenWork(tx: Tx, order_ids: readonly string[]): Promise<WorkLine[]> {
  return tx.sql<WorkLine[]>`
    with mine as materialized (
      select fulfilment_id, order_id, line_no from warehouse.fulfilment_line where tenant_id = ${tx.tenant} and order_id = any (${order_ids}::uuid[])),
    locked as materialized (
      select fulfilment_id, state, location_id, carrier, service, promised_at from warehouse.fulfilment_order
       where tenant_id = ${tx.tenant} and fulfilment_id in (select fulfilment_id from mine) and state in ('planned', 'released', 'picking', 'packed')
       order by fulfilment_id for update)
    select l.fulfilment_id, f.state, f.location_id, f.carrier, f.service, f.promised_at, l.order_id, l.line_no, l.fulfilment_line_no, l.sku, l.to_pick, l.picked, l.packed
      from locked f join mine using (fulfilment_id)
      join warehouse.fulfilment_line l on l.tenant_id = ${tx.tenant} and l.fulfilment_id = mine.fulfilment_id and l.order_id = mine.order_id and l.line_no = mine.line_no
     order by l.fulfilment_id, l.fulfilment_line_no`
}

/** Moves units between the buckets of fulfilment lines; the CHECKs refuse what is not there. */
export async function moveLineUnits(tx: Tx, moves: readonly UnitMove[]): Promise<void> {
  if (moves.length === 0) return
  const rows = sumMoves(moves)
  const deltas = (bucket: UnitBucket) => rows.map((row) => row[bucket])
  await tx.sql`
    update warehouse.fulfilment_line l
       set to_pick = l.to_pick + w.to_pick, picked = l.picked + w.picked, packed = l.packed + w.packed,
           shipped = l.shipped + w.shipped, short = l.short + w.short, cancelled = l.cancelled + w.cancelled
      from unnest(${rows.map((row) => row.fulfilment_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.line_no)}::int[],
                  ${deltas('to_pick')}::int[], ${deltas('picked')}::int[], ${deltas('packed')}::int[], ${deltas('shipped')}::int[],
                  ${deltas('short')}::int[], ${deltas('cancelled')}::int[])
        as w (fulfilment_id, order_id, line_no, to_pick, picked, packed, shipped, short, cancelled)
     where l.tenant_id = ${tx.tenant} and l.fulfilment_id = w.fulfilment_id and l.order_id = w.order_id and l.line_no = w.line_no`
}

type MoveSum = { fulfilment_id: string; order_id: string; line_no: number } & Record<UnitBucket, number>

function sumMoves(moves: readonly UnitMove[]): MoveSum[] {
  const sums = new Map<string, MoveSum>()
  for (const move of moves) {
    const key = `${move.fulfilment_id} ${move.order_id} ${move.line_no}`
    const row = sums.get(key) ?? {
      fulfilment_id: move.fulfilment_id,
      order_id: move.order_id,
      line_no: move.line_no,
      ...emptyUnits(),
    }
    row[move.from] -= move.quantity
    row[move.to] += move.quantity
    sums.set(key, row)
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function emptyUnits(): Record<UnitBucket, number> {
  const [to_pick, picked, packed, shipped, short, cancelled] = unitBuckets.map(() => 0)
  return {
    to_pick: to_pick ?? 0,
    picked: picked ?? 0,
    packed: packed ?? 0,
    shipped: shipped ?? 0,
    short: short ?? 0,
    cancelled: cancelled ?? 0,
  }
}

export interface UnitSums {
  readonly fulfilment_id: string
  readonly state: FulfilmentState
  readonly location_id: string
  readonly to_pick: number
  readonly picked: number
  readonly packed: number
  readonly shipped: number
}

/** The units of fulfilments by bucket, summed over their lines. */
export async function unitSums(tx: Tx, fulfilment_ids: readonly string[]): Promise<UnitSums[]> {
  return tx.sql<UnitSums[]>`
    select f.fulfilment_id, f.state, f.location_id, sum(l.to_pick)::int as to_pick, sum(l.picked)::int as picked, sum(l.packed)::int as packed, sum(l.shipped)::int as shipped
      from warehouse.fulfilment_order f join warehouse.fulfilment_line l on l.tenant_id = ${tx.tenant} and l.fulfilment_id = f.fulfilment_id
     where f.tenant_id = ${tx.tenant} and f.fulfilment_id = any (${fulfilment_ids}::uuid[])
     group by f.tenant_id, f.fulfilment_id order by f.fulfilment_id`
}

export interface StateMove {
  readonly fulfilment_id: string
  readonly from: FulfilmentState
  readonly to: FulfilmentState
  /** Its version is raised by so many. */
  readonly events: number
}

/** Compare-and-set of states; answers those that moved with their new versions. */
export async function moveStates(
  tx: Tx,
  moves: readonly StateMove[],
): Promise<{ fulfilment_id: string; version: number }[]> {
  if (moves.length === 0) return []
  return tx.sql<{ fulfilment_id: string; version: number }[]>`
    update warehouse.fulfilment_order f
       set state = w.to_state, version = f.version + w.events,
           picking_at = case when w.to_state = 'picking' then coalesce(f.picking_at, ${tx.now}) else f.picking_at end,
           packed_at = case when w.to_state = 'packed' then ${tx.now} else f.packed_at end,
           shipped_at = case when w.to_state = 'shipped' then ${tx.now} else f.shipped_at end,
           cancelled_at = case when w.to_state = 'cancelled' then ${tx.now} else f.cancelled_at end
      from unnest(${moves.map((move) => move.fulfilment_id)}::uuid[], ${moves.map((move) => move.from)}::text[], ${moves.map((move) => move.to)}::text[], ${moves.map((move) => move.events)}::int[])
        as w (fulfilment_id, from_state, to_state, events)
     where f.tenant_id = ${tx.tenant} and f.fulfilment_id = w.fulfilment_id and f.state = w.from_state
    returning f.fulfilment_id, f.version`
}

/** Raises the version of a locked fulfilment by the number of its events; answers the version afterwards. */
export async function raiseVersions(tx: Tx, fulfilment_id: string, by: number): Promise<number> {
  const [row] = await tx.sql<{ version: number }[]>`
    update warehouse.fulfilment_order set version = version + ${by}::int
     where tenant_id = ${tx.tenant} and fulfilment_id = ${fulfilment_id} returning version`
  return row?.version ?? 0
}
