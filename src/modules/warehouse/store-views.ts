// The SQL that only reads: queues, lists and the page of a fulfilment order.
import type { Tx } from '../../platform/db.ts'
import type { FulfilmentState } from './machine.ts'

export interface HeaderRow {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly state: FulfilmentState
  readonly version: number
  readonly carrier: string | null
  readonly service: string | null
  readonly ship_by: Date
  readonly promised_at: Date | null
  readonly planned_at: Date
  readonly released_at: Date | null
}

export interface ListPlace {
  readonly ship_by: Date
  readonly fulfilment_id: string
}

/** Open fulfilments, earliest ship_by first, after a place; all open states where none is named. */
export async function openPage(
  tx: Tx,
  location_id: string | null,
  states: readonly FulfilmentState[],
  after: ListPlace | null,
  limit: number,
): Promise<HeaderRow[]> {
  return tx.sql<HeaderRow[]>`
    select fulfilment_id, location_id, state, version, carrier, service, ship_by, promised_at, planned_at, released_at from warehouse.fulfilment_order
     where tenant_id = ${tx.tenant} and state in ('planned', 'released', 'picking', 'packed') and state = any (${[...states]}::text[])
       and (${location_id}::text is null or location_id = ${location_id})
       and (${after?.ship_by ?? null}::timestamptz is null or (ship_by, fulfilment_id) > (${after?.ship_by ?? null}::timestamptz, ${after?.fulfilment_id ?? null}::uuid))
     order by ship_by, fulfilment_id limit ${limit}::int`
}

/** Ended fulfilments, newest first, before an id. */
export async function endedPage(
  tx: Tx,
  location_id: string | null,
  state: FulfilmentState,
  before: string | null,
  limit: number,
): Promise<HeaderRow[]> {
  return tx.sql<HeaderRow[]>`
    select fulfilment_id, location_id, state, version, carrier, service, ship_by, promised_at, planned_at, released_at from warehouse.fulfilment_order
     where tenant_id = ${tx.tenant} and state = ${state} and (${location_id}::text is null or location_id = ${location_id})
       and (${before}::uuid is null or fulfilment_id < ${before})
     order by fulfilment_id desc limit ${limit}::int`
}

export async function headersById(tx: Tx, fulfilment_ids: readonly string[]): Promise<HeaderRow[]> {
  return tx.sql<HeaderRow[]>`
    select fulfilment_id, location_id, state, version, carrier, service, ship_by, promised_at, planned_at, released_at from warehouse.fulfilment_order
     where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[]) order by fulfilment_id`
}

/** Every fulfilment that these orders are or were in, oldest first. */
export async function fulfilmentsOfOrders(tx: Tx, order_ids: readonly string[], limit: number): Promise<string[]> {
  const rows = await tx.sql<{ fulfilment_id: string }[]>`
    select distinct fulfilment_id from warehouse.fulfilment_line
     where tenant_id = ${tx.tenant} and order_id = any (${order_ids}::uuid[]) order by fulfilment_id limit ${limit}::int`
  return rows.map((row) => row.fulfilment_id)
}

export interface ViewLine {
  readonly fulfilment_id: string
  readonly fulfilment_line_no: number
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  readonly picked: number
  readonly packed: number
}

/** Lines as screens show them: what is packed was picked, what is shipped was packed; short and cancelled units are not wanted any more. */
export async function viewLines(tx: Tx, fulfilment_ids: readonly string[]): Promise<ViewLine[]> {
  return tx.sql<ViewLine[]>`
    select fulfilment_id, fulfilment_line_no, order_id, line_no, sku, quantity - short - cancelled as quantity,
           picked + packed + shipped as picked, packed + shipped as packed
      from warehouse.fulfilment_line where tenant_id = ${tx.tenant} and fulfilment_id = any (${fulfilment_ids}::uuid[])
     order by fulfilment_id, fulfilment_line_no`
}

export interface QueueRow {
  readonly location_id: string
  readonly planned: number
  readonly released: number
  readonly picking: number
  readonly packed: number
  readonly late: number
  readonly oldest_released_at: Date | null
}

/** What lies in the queues of each location; a count stops at a thousand. */
export async function queueCounts(tx: Tx, location_ids: readonly string[]): Promise<QueueRow[]> {
  return tx.sql<QueueRow[]>`
    select place.location_id,
           (select count(*) from (select from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.state = 'planned' limit 1000) c)::int as planned,
           (select count(*) from (select from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.state = 'released' limit 1000) c)::int as released,
           (select count(*) from (select from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.state = 'picking' limit 1000) c)::int as picking,
           (select count(*) from (select from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.state = 'packed' limit 1000) c)::int as packed,
           (select count(*) from (select from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id
              and f.state in ('planned', 'released', 'picking', 'packed') and f.ship_by < ${tx.now} limit 1000) c)::int as late,
           (select min(f.released_at) from warehouse.fulfilment_order f where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.state = 'released') as oldest_released_at
      from unnest(${[...location_ids]}::text[]) as place (location_id) order by place.location_id`
}

/** From where lines were shipped: the place that their returns go to unless somebody says otherwise. */
export async function shippedFrom(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ order_id: string; line_no: number; location_id: string }[]> {
  return tx.sql<{ order_id: string; line_no: number; location_id: string }[]>`
    select distinct on (l.order_id, l.line_no) l.order_id, l.line_no, f.location_id
      from warehouse.fulfilment_line l join warehouse.fulfilment_order f on f.tenant_id = ${tx.tenant} and f.fulfilment_id = l.fulfilment_id
     where l.tenant_id = ${tx.tenant} and l.order_id = any (${[...order_ids]}::uuid[]) and l.shipped > 0
     order by l.order_id, l.line_no, l.fulfilment_id`
}

/** Released fulfilments with the number of their lines, earliest ship_by first, after a place. */
export async function releasedAfter(
  tx: Tx,
  after: ListPlace | null,
  limit: number,
): Promise<{ fulfilment_id: string; ship_by: Date; lines: number }[]> {
  return tx.sql<{ fulfilment_id: string; ship_by: Date; lines: number }[]>`
    select f.fulfilment_id, f.ship_by,
           (select count(*) from warehouse.fulfilment_line l where l.tenant_id = ${tx.tenant} and l.fulfilment_id = f.fulfilment_id)::int as lines
      from warehouse.fulfilment_order f
     where f.tenant_id = ${tx.tenant} and f.state in ('planned', 'released', 'picking', 'packed') and f.state = 'released'
       and (${after?.ship_by ?? null}::timestamptz is null or (f.ship_by, f.fulfilment_id) > (${after?.ship_by ?? null}::timestamptz, ${after?.fulfilment_id ?? null}::uuid))
     order by f.ship_by, f.fulfilment_id limit ${limit}::int`
}
