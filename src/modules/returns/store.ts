// The SQL of returns.
import type { Tx } from '../../platform/db.ts'
import type { ReturnState } from './machine.ts'

export interface NewReturn {
  readonly return_id: string
  readonly order_id: string
  readonly state: ReturnState
  readonly reason: string
  readonly note: string | null
  readonly location_id: string | null
  readonly currency: string
  readonly at: Date
}

export interface NewReturnLine {
  readonly return_id: string
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
}

/** Inserts returns with their lines; each unit starts in the bucket of its return's state, units that a carrier lost will not come. */
export async function insertReturns(
  tx: Tx,
  returns: readonly NewReturn[],
  lines: readonly NewReturnLine[],
): Promise<void> {
  await tx.sql`
    with made as (
      insert into returns.return (tenant_id, return_id, order_id, state, reason, note, requested_by, location_id, currency, requested_at, received_at, ended_at)
      select ${tx.tenant}::uuid, return_id, order_id, state, reason, note, ${tx.actor}, location_id, currency, at,
             case when state in ('received', 'closed') then at end, case when state = 'closed' then at end
        from unnest(${returns.map((row) => row.return_id)}::uuid[], ${returns.map((row) => row.order_id)}::uuid[], ${returns.map((row) => row.state)}::text[],
                    ${returns.map((row) => row.reason)}::text[], ${returns.map((row) => row.note)}::text[], ${returns.map((row) => row.location_id)}::text[],
                    ${returns.map((row) => row.currency)}::text[], ${returns.map((row) => row.at)}::timestamptz[])
          as new (return_id, order_id, state, reason, note, location_id, currency, at)
      returning return_id, state, reason in ('lost', 'reshipped') as lost)
    insert into returns.return_line (tenant_id, return_id, order_id, line_no, sku, quantity, awaited, arrived, restocked, withdrawn)
    select ${tx.tenant}::uuid, new.return_id, new.order_id, new.line_no, new.sku, new.quantity, case when made.state = 'requested' then new.quantity else 0 end,
           case when made.state = 'received' then new.quantity else 0 end, case when made.state = 'closed' and not made.lost then new.quantity else 0 end,
           case when made.lost then new.quantity else 0 end
      from unnest(${lines.map((line) => line.return_id)}::uuid[], ${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[],
                  ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.quantity)}::int[]) as new (return_id, order_id, line_no, sku, quantity)
      join made using (return_id)`
}

export interface ReturnRow {
  readonly return_id: string
  readonly order_id: string
  readonly state: ReturnState
  readonly version: number
  readonly reason: string
  readonly note: string | null
  readonly requested_by: string
  readonly location_id: string | null
  readonly currency: string
  readonly refund_due: bigint
  readonly refund_asked: bigint
  readonly refusal: string | null
  readonly requested_at: Date
  readonly received_at: Date | null
  readonly ended_at: Date | null
}

/** Locks returns in key order; their orders are locked before. */
export async function lockReturns(tx: Tx, return_ids: readonly string[]): Promise<ReturnRow[]> {
  return tx.sql<ReturnRow[]>`
    select return_id, order_id, state, version, reason, note, requested_by, location_id, currency, refund_due, refund_asked, refusal, requested_at, received_at, ended_at
      from returns.return where tenant_id = ${tx.tenant} and return_id = any (${return_ids}::uuid[]) order by return_id for update`
}

export async function returnsById(tx: Tx, return_ids: readonly string[]): Promise<ReturnRow[]> {
  return tx.sql<ReturnRow[]>`
    select return_id, order_id, state, version, reason, note, requested_by, location_id, currency, refund_due, refund_asked, refusal, requested_at, received_at, ended_at
      from returns.return where tenant_id = ${tx.tenant} and return_id = any (${return_ids}::uuid[]) order by return_id`
}

/** The returns of orders, oldest first. */
export async function returnsOfOrders(tx: Tx, order_ids: readonly string[]): Promise<ReturnRow[]> {
  return tx.sql<ReturnRow[]>`
    select return_id, order_id, state, version, reason, note, requested_by, location_id, currency, refund_due, refund_asked, refusal, requested_at, received_at, ended_at
      from returns.return where tenant_id = ${tx.tenant} and order_id = any (${order_ids}::uuid[]) order by return_id`
}

/** Returns of a state (of all states where none is named), newest first, before an id. */
export async function returnPage(
  tx: Tx,
  state: string | null,
  before: string | null,
  limit: number,
): Promise<ReturnRow[]> {
  return tx.sql<ReturnRow[]>`
    select return_id, order_id, state, version, reason, note, requested_by, location_id, currency, refund_due, refund_asked, refusal, requested_at, received_at, ended_at
      from returns.return
     where tenant_id = ${tx.tenant} and (${state}::text is null or state = ${state}) and (${before}::uuid is null or return_id < ${before})
     order by return_id desc limit ${limit}::int`
}

export interface LineRow {
  readonly return_id: string
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  readonly awaited: number
  readonly arrived: number
  readonly restocked: number
  readonly written_off: number
  readonly withdrawn: number
}

export async function returnLines(tx: Tx, return_ids: readonly string[]): Promise<LineRow[]> {
  return tx.sql<LineRow[]>`
    select return_id, order_id, line_no, sku, quantity, awaited, arrived, restocked, written_off, withdrawn from returns.return_line
     where tenant_id = ${tx.tenant} and return_id = any (${return_ids}::uuid[]) order by return_id, order_id, line_no`
}

export interface LineChange {
  readonly return_id: string
  readonly order_id: string
  readonly line_no: number
  readonly awaited: number
  readonly arrived: number
  readonly restocked: number
  readonly written_off: number
  readonly withdrawn: number
}

/** Adds to the buckets of return lines; the CHECKs refuse what is not there. */
export async function changeLines(tx: Tx, changes: readonly LineChange[]): Promise<void> {
  await tx.sql`
    update returns.return_line l
       set awaited = l.awaited + c.awaited, arrived = l.arrived + c.arrived, restocked = l.restocked + c.restocked,
           written_off = l.written_off + c.written_off, withdrawn = l.withdrawn + c.withdrawn
      from unnest(${changes.map((change) => change.return_id)}::uuid[], ${changes.map((change) => change.order_id)}::uuid[], ${changes.map((change) => change.line_no)}::int[],
                  ${changes.map((change) => change.awaited)}::int[], ${changes.map((change) => change.arrived)}::int[], ${changes.map((change) => change.restocked)}::int[],
                  ${changes.map((change) => change.written_off)}::int[], ${changes.map((change) => change.withdrawn)}::int[])
        as c (return_id, order_id, line_no, awaited, arrived, restocked, written_off, withdrawn)
     where l.tenant_id = ${tx.tenant} and l.return_id = c.return_id and l.order_id = c.order_id and l.line_no = c.line_no`
}

/** Moves a locked return to a state; answers its version. */
export async function moveReturn(
  tx: Tx,
  return_id: string,
  state: ReturnState,
  refusal: string | null,
): Promise<number> {
  const [row] = await tx.sql<{ version: number }[]>`
    update returns.return
       set state = ${state}, version = version + 1, refusal = coalesce(${refusal}::text, refusal),
           received_at = case when ${state}::text = 'received' then coalesce(received_at, ${tx.now}) else received_at end,
           ended_at = case when ${state}::text in ('closed', 'refused', 'cancelled') then ${tx.now}::timestamptz else ended_at end
     where tenant_id = ${tx.tenant} and return_id = ${return_id} returning version`
  return row?.version ?? 0
}

export interface LostUnits {
  readonly order_id: string
  readonly line_no: number
  /** Units of lost parcels that are refunded, and those that were sent again. */
  readonly refunded: number
  readonly reshipped: number
}

/** What people decided of the lost units of orders so far. */
export async function decidedLost(tx: Tx, order_ids: readonly string[]): Promise<LostUnits[]> {
  return tx.sql<LostUnits[]>`
    select l.order_id, l.line_no, coalesce(sum(l.withdrawn) filter (where r.reason = 'lost'), 0)::int as refunded,
           coalesce(sum(l.withdrawn) filter (where r.reason = 'reshipped'), 0)::int as reshipped
      from returns.return_line l join returns.return r on r.tenant_id = ${tx.tenant} and r.return_id = l.return_id
     where l.tenant_id = ${tx.tenant} and l.order_id = any (${order_ids}::uuid[]) and r.reason in ('lost', 'reshipped')
     group by l.order_id, l.line_no order by l.order_id, l.line_no`
}

/** Adds to what is owed for returns. */
export async function addRefundDue(tx: Tx, dues: readonly { return_id: string; amount: bigint }[]): Promise<void> {
  await tx.sql`
    update returns.return r set refund_due = r.refund_due + d.amount
      from unnest(${dues.map((due) => due.return_id)}::uuid[], ${dues.map((due) => due.amount)}::bigint[]) as d (return_id, amount)
     where r.tenant_id = ${tx.tenant} and r.return_id = d.return_id`
}

/** What was owed is asked of payment. */
export async function markAsked(tx: Tx, return_ids: readonly string[]): Promise<void> {
  await tx.sql`update returns.return set refund_asked = refund_due where tenant_id = ${tx.tenant} and return_id = any (${return_ids}::uuid[])`
}

/** Takes away what people wrote in the returns of orders; answers the returns. */
export async function eraseReturnNotes(tx: Tx, order_ids: readonly string[]): Promise<{ return_id: string }[]> {
  return tx.sql<{ return_id: string }[]>`
    update returns.return set note = null, refusal = case when refusal is null then null else '[erased]' end
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    returning return_id`
}

/** The returns of orders that are not over. */
export async function openReturns(tx: Tx, order_ids: readonly string[]): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select distinct order_id from returns.return
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and state in ('requested', 'received')`
}
