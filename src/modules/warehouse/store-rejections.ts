// The SQL of rejections: what a location could not send, and the numbers by place and reason.
import type { RejectionReason } from '../../contracts/rejections.ts'
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

export interface NewRejection {
  readonly rejection_id: string
  readonly fulfilment_id: string
  readonly location_id: string
  readonly reason: RejectionReason
  readonly note: string | null
  readonly out_for: 'lines' | 'order'
  readonly out_until: Date | null
}

export interface NewRejectionLine {
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly quantity: number
  readonly in_hand: number
  readonly written_down: number
}

/** Keeps one rejection with its lines. */
export async function insertRejection(
  tx: Tx,
  rejection: NewRejection,
  lines: readonly NewRejectionLine[],
): Promise<void> {
  const { rejection_id, fulfilment_id, location_id, reason, note, out_for, out_until } = rejection
  await tx.sql`
    with told as (
      insert into warehouse.rejection (tenant_id, rejection_id, fulfilment_id, location_id, reason, note, out_for, out_until, actor, at)
      values (${tx.tenant}, ${rejection_id}, ${fulfilment_id}, ${location_id}, ${reason}, ${note}, ${out_for}, ${out_until}, ${tx.actor}, ${tx.now}))
    insert into warehouse.rejection_line (tenant_id, rejection_id, order_id, line_no, sku, quantity, in_hand, written_down)
    select ${tx.tenant}::uuid, ${rejection_id}::uuid, order_id, line_no, sku, quantity, in_hand, written_down
      from unnest(${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[], ${lines.map((line) => line.sku)}::text[],
                  ${lines.map((line) => line.quantity)}::int[], ${lines.map((line) => line.in_hand)}::int[], ${lines.map((line) => line.written_down)}::int[])
        as new (order_id, line_no, sku, quantity, in_hand, written_down)`
}

/** Blanks what was written beside rejections of these orders. */
export async function eraseRejectionNotes(tx: Tx, order_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update warehouse.rejection r set note = '[erased]'
      from warehouse.rejection_line l
     where r.tenant_id = ${tx.tenant} and l.tenant_id = ${tx.tenant} and l.rejection_id = r.rejection_id and l.order_id = any (${[...order_ids]}::uuid[]) and r.note is not null`
}

export interface ReasonRow {
  readonly location_id: string
  readonly reason: RejectionReason
  readonly rejections: number
  readonly units: number
}

/** Rejections since then by place and reason; at most `limit` rows. */
export async function rejectionsByReason(
  tx: Tx,
  since: Date,
  location_id: string | null,
  limit: number,
): Promise<ReasonRow[]> {
  return tx.sql<ReasonRow[]>`
    select r.location_id, r.reason, count(distinct r.rejection_id)::int as rejections, sum(l.quantity)::int as units
      from warehouse.rejection r join warehouse.rejection_line l on l.tenant_id = ${tx.tenant} and l.rejection_id = r.rejection_id
     where r.tenant_id = ${tx.tenant} and r.rejection_id >= ${uuidFloor(since)}::uuid and (${location_id}::text is null or r.location_id = ${location_id})
     group by r.location_id, r.reason order by r.location_id, r.reason limit ${limit}::int`
}

/** Fulfilment orders that each place was given since then; each count stops at `most`. */
export async function plannedSince(
  tx: Tx,
  location_ids: readonly string[],
  since: Date,
  most: number,
): Promise<{ location_id: string; fulfilments: number }[]> {
  return tx.sql<{ location_id: string; fulfilments: number }[]>`
    select place.location_id, (select count(*) from (
             select from warehouse.fulfilment_order f
              where f.tenant_id = ${tx.tenant} and f.location_id = place.location_id and f.fulfilment_id >= ${uuidFloor(since)}::uuid limit ${most}::int) c)::int as fulfilments
      from unnest(${[...location_ids]}::text[]) as place (location_id) order by place.location_id`
}

export interface RejectionRow {
  readonly rejection_id: string
  readonly fulfilment_id: string
  readonly location_id: string
  readonly reason: RejectionReason
  readonly note: string | null
  readonly order_ids: readonly string[]
  readonly units: number
  readonly out_until: Date | null
  readonly at: Date
}

/** The newest rejections since then, with at most twenty orders of each. */
export async function newestRejections(
  tx: Tx,
  since: Date,
  location_id: string | null,
  limit: number,
): Promise<RejectionRow[]> {
  return tx.sql<RejectionRow[]>`
    with newest as materialized (
      select rejection_id, fulfilment_id, location_id, reason, note, out_until, at from warehouse.rejection
       where tenant_id = ${tx.tenant} and rejection_id >= ${uuidFloor(since)}::uuid and (${location_id}::text is null or location_id = ${location_id})
       order by rejection_id desc limit ${limit}::int)
    select n.rejection_id, n.fulfilment_id, n.location_id, n.reason, n.note, (array_agg(distinct l.order_id::text))[1:20] as order_ids, sum(l.quantity)::int as units, n.out_until, n.at
      from newest n join warehouse.rejection_line l on l.tenant_id = ${tx.tenant} and l.rejection_id = n.rejection_id
     group by n.rejection_id, n.fulfilment_id, n.location_id, n.reason, n.note, n.out_until, n.at order by n.rejection_id desc`
}
