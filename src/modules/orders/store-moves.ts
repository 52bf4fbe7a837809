// The SQL that moves units of order lines and raises the versions of orders.
import type { Tx } from '../../platform/db.ts'
import type { Bucket } from './machine.ts'

/** Sums of moves by line, signed per bucket, added in one statement; the CHECKs refuse what is not there. */
export async function changeBuckets(
  tx: Tx,
  keys: readonly { order_id: string; line_no: number }[],
  by: Readonly<Record<Bucket, readonly number[]>>,
): Promise<number> {
  const changed = await tx.sql`
    update orders.order_line l
       set open = l.open + d.open, backordered = l.backordered + d.backordered, reserved = l.reserved + d.reserved, allocated = l.allocated + d.allocated,
           released = l.released + d.released, picked = l.picked + d.picked, packed = l.packed + d.packed, shipped = l.shipped + d.shipped,
           delivered = l.delivered + d.delivered, return_requested = l.return_requested + d.return_requested, returned = l.returned + d.returned,
           restocked = l.restocked + d.restocked, written_off = l.written_off + d.written_off, lost = l.lost + d.lost, cancelled = l.cancelled + d.cancelled
      from unnest(${keys.map((key) => key.order_id)}::uuid[], ${keys.map((key) => key.line_no)}::int[], ${[...by.open]}::int[], ${[...by.backordered]}::int[],
        ${[...by.reserved]}::int[], ${[...by.allocated]}::int[], ${[...by.released]}::int[], ${[...by.picked]}::int[], ${[...by.packed]}::int[], ${[...by.shipped]}::int[],
        ${[...by.delivered]}::int[], ${[...by.return_requested]}::int[], ${[...by.returned]}::int[], ${[...by.restocked]}::int[], ${[...by.written_off]}::int[],
        ${[...by.lost]}::int[], ${[...by.cancelled]}::int[])
      as d (order_id, line_no, open, backordered, reserved, allocated, released, picked, packed, shipped, delivered, return_requested, returned, restocked, written_off, lost, cancelled)
     where l.tenant_id = ${tx.tenant} and l.order_id = d.order_id and l.line_no = d.line_no`
  return changed.count
}

export interface Raise {
  readonly order_id: string
  /** How many events are recorded. */
  readonly count: number
}

export interface Raised {
  readonly order_id: string
  readonly version: number
}

/** Raises the version of orders by the number of their events; answers the versions afterwards. */
export async function raiseVersions(tx: Tx, raises: readonly Raise[]): Promise<Raised[]> {
  return tx.sql<{ order_id: string; version: number }[]>`
    update orders.order o set version = o.version + d.count
      from unnest(${raises.map((raise) => raise.order_id)}::uuid[], ${raises.map((raise) => raise.count)}::int[]) as d (order_id, count)
     where o.tenant_id = ${tx.tenant} and o.order_id = d.order_id
    returning o.order_id, o.version`
}

/** Gives an order another priority; the caller holds its lock. */
export async function putPriority(tx: Tx, order_id: string, priority: number): Promise<void> {
  await tx.sql`
    update orders.order set priority = ${priority}::smallint where tenant_id = ${tx.tenant} and order_id = ${order_id}`
}

/** Units of a line that go from one bucket to another; buckets by their place in the list of buckets. */
export interface BucketPair {
  readonly order_id: string
  readonly line_no: number
  readonly source: number
  readonly target: number
  readonly quantity: number
}

interface Moved {
  readonly moved: number
  readonly order_id: string | null
  readonly version: number | null
}

/** Moves units of lines and raises versions in one statement; the CHECKs refuse what is not there. Answers how many lines moved. */
export async function moveBetween(
  tx: Tx,
  pairs: readonly BucketPair[],
  raises: readonly Raise[],
): Promise<{ changed: number; raised: Raised[] }> {
  const rows = await tx.sql<Moved[]>`
    with moved as (
      update orders.order_line l
         set open = l.open + case 0 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             backordered = l.backordered + case 1 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             reserved = l.reserved + case 2 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             allocated = l.allocated + case 3 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             released = l.released + case 4 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             picked = l.picked + case 5 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             packed = l.packed + case 6 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             shipped = l.shipped + case 7 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             delivered = l.delivered + case 8 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             return_requested = l.return_requested + case 9 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             returned = l.returned + case 10 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             restocked = l.restocked + case 11 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             written_off = l.written_off + case 12 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             lost = l.lost + case 13 when d.source then -d.quantity when d.target then d.quantity else 0 end,
             cancelled = l.cancelled + case 14 when d.source then -d.quantity when d.target then d.quantity else 0 end
        from unnest(${pairs.map((pair) => pair.order_id)}::uuid[], ${pairs.map((pair) => pair.line_no)}::int[], ${pairs.map((pair) => pair.source)}::int[],
                    ${pairs.map((pair) => pair.target)}::int[], ${pairs.map((pair) => pair.quantity)}::int[]) as d (order_id, line_no, source, target, quantity)
       where l.tenant_id = ${tx.tenant} and l.order_id = d.order_id and l.line_no = d.line_no
      returning l.line_no),
    raised as (
      update orders.order o set version = o.version + r.count
        from unnest(${raises.map((raise) => raise.order_id)}::uuid[], ${raises.map((raise) => raise.count)}::int[]) as r (order_id, count)
       where o.tenant_id = ${tx.tenant} and o.order_id = r.order_id
      returning o.order_id, o.version)
    select total.moved, raised.order_id, raised.version
      from (select count(*)::int as moved from moved) total left join raised on true`
  const raised = rows.flatMap(({ order_id, version }) =>
    order_id === null || version === null ? [] : [{ order_id, version }],
  )
  return { changed: rows[0]?.moved ?? 0, raised }
}
