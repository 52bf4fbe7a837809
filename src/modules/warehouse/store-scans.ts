// The SQL of scans, short picks and put-backs.
import type { Tx } from '../../platform/db.ts'

export interface NewScan {
  readonly scan_id: string
  readonly kind: 'pick' | 'short' | 'put_back'
  readonly subject_id: string
  readonly order_id: string | null
  readonly line_no: number | null
  readonly quantity: number
}

/** Inserts scans whose id is new, in key order; answers those ids. */
export async function insertScans(tx: Tx, scans: readonly NewScan[]): Promise<string[]> {
  const rows = await tx.sql<{ scan_id: string }[]>`
    insert into warehouse.scan (tenant_id, scan_id, kind, subject_id, order_id, line_no, quantity, actor, at)
    select ${tx.tenant}::uuid, scan_id, kind, subject_id, order_id, line_no, quantity, ${tx.actor}, ${tx.now}
      from unnest(${scans.map((scan) => scan.scan_id)}::uuid[], ${scans.map((scan) => scan.kind)}::text[], ${scans.map((scan) => scan.subject_id)}::uuid[],
                  ${scans.map((scan) => scan.order_id)}::uuid[], ${scans.map((scan) => scan.line_no)}::int[], ${scans.map((scan) => scan.quantity)}::int[])
        as new (scan_id, kind, subject_id, order_id, line_no, quantity)
     order by scan_id on conflict (tenant_id, scan_id) do nothing returning scan_id`
  return rows.map((row) => row.scan_id)
}

export async function knownScans(tx: Tx, scan_ids: readonly string[]): Promise<NewScan[]> {
  return tx.sql<NewScan[]>`
    select scan_id, kind, subject_id, order_id, line_no, quantity from warehouse.scan
     where tenant_id = ${tx.tenant} and scan_id = any (${scan_ids}::uuid[])`
}

export interface NewShort {
  readonly scan_id: string
  readonly fulfilment_id: string
  readonly location_id: string
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  readonly reason: string
}

export async function insertShorts(tx: Tx, shorts: readonly NewShort[]): Promise<void> {
  await tx.sql`
    insert into warehouse.short_pick (tenant_id, scan_id, fulfilment_id, location_id, order_id, line_no, sku, quantity, reason, actor, at)
    select ${tx.tenant}::uuid, scan_id, fulfilment_id, location_id, order_id, line_no, sku, quantity, reason, ${tx.actor}, ${tx.now}
      from unnest(${shorts.map((short) => short.scan_id)}::uuid[], ${shorts.map((short) => short.fulfilment_id)}::uuid[], ${shorts.map((short) => short.location_id)}::text[],
                  ${shorts.map((short) => short.order_id)}::uuid[], ${shorts.map((short) => short.line_no)}::int[], ${shorts.map((short) => short.sku)}::text[],
                  ${shorts.map((short) => short.quantity)}::int[], ${shorts.map((short) => short.reason)}::text[])
        as new (scan_id, fulfilment_id, location_id, order_id, line_no, sku, quantity, reason)`
}

/** The places where lines of these orders were short: not to be chosen again. */
export async function shortPlaces(
  tx: Tx,
  order_ids: readonly string[],
): Promise<{ order_id: string; line_no: number; location_id: string }[]> {
  return tx.sql<{ order_id: string; line_no: number; location_id: string }[]>`
    select distinct order_id, line_no, location_id from warehouse.short_pick
     where tenant_id = ${tx.tenant} and order_id = any (${order_ids}::uuid[]) order by order_id, line_no, location_id`
}

export interface PutBack {
  readonly put_back_id: string
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly quantity: number
  readonly fulfilment_id: string
  readonly order_id: string
  readonly line_no: number
}

export async function insertPutBacks(tx: Tx, tasks: readonly PutBack[]): Promise<void> {
  await tx.sql`
    insert into warehouse.put_back (tenant_id, put_back_id, location_id, sku, lot, quantity, fulfilment_id, order_id, line_no, opened_at)
    select ${tx.tenant}::uuid, put_back_id, location_id, sku, lot, quantity, fulfilment_id, order_id, line_no, ${tx.now}
      from unnest(${tasks.map((task) => task.put_back_id)}::uuid[], ${tasks.map((task) => task.location_id)}::text[], ${tasks.map((task) => task.sku)}::text[],
                  ${tasks.map((task) => task.lot)}::text[], ${tasks.map((task) => task.quantity)}::int[], ${tasks.map((task) => task.fulfilment_id)}::uuid[],
                  ${tasks.map((task) => task.order_id)}::uuid[], ${tasks.map((task) => task.line_no)}::int[])
        as new (put_back_id, location_id, sku, lot, quantity, fulfilment_id, order_id, line_no)`
}

/** Open put-backs, oldest first, after `after`. */
export async function openPutBacks(
  tx: Tx,
  location_id: string | null,
  after: string | null,
  limit: number,
): Promise<(PutBack & { opened_at: Date })[]> {
  return tx.sql<(PutBack & { opened_at: Date })[]>`
    select put_back_id, location_id, sku, lot, quantity, fulfilment_id, order_id, line_no, opened_at from warehouse.put_back
     where tenant_id = ${tx.tenant} and done_at is null and (${location_id}::text is null or location_id = ${location_id})
       and (${after}::uuid is null or put_back_id > ${after}) order by put_back_id limit ${limit}::int`
}

/** Ends an open put-back; answers it, or nothing where it is done already. */
export async function endPutBack(tx: Tx, put_back_id: string, outcome: 'sellable' | 'unsellable'): Promise<PutBack[]> {
  return tx.sql<PutBack[]>`
    update warehouse.put_back set done_at = ${tx.now}, outcome = ${outcome}
     where tenant_id = ${tx.tenant} and put_back_id = ${put_back_id} and done_at is null
    returning put_back_id, location_id, sku, lot, quantity, fulfilment_id, order_id, line_no`
}
