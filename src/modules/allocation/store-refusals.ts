// The SQL of places that are out for an order: why each is, and which of them a person has let in again.
import type { Tx } from '../../platform/db.ts'

export interface RefusalRow {
  readonly order_id: string
  readonly location_id: string
  /** null: for every line of the order. */
  readonly line_no: number | null
  /** The rejection or the scan; null where a decision excluded it. */
  readonly refusal_id: string | null
  readonly reason: string
  readonly until: Date | null
}

/** What keeps places out of the choice for these orders now. */
export async function refusalsNow(tx: Tx, order_ids: readonly string[]): Promise<RefusalRow[]> {
  return tx.sql<RefusalRow[]>`
    select p.order_id, p.location_id, p.line_no, p.scan_id as refusal_id, p.reason, null::timestamptz as until from warehouse.v_short_pick p
     where p.tenant_id = ${tx.tenant} and p.order_id = any (${[...order_ids]}::uuid[])
       and not exists (select from allocation.lifted l where l.tenant_id = ${tx.tenant} and l.order_id = p.order_id and l.refusal_id = p.scan_id)
    union
    select r.order_id, r.location_id, r.line_no, r.rejection_id, r.reason, r.out_until from warehouse.v_rejection r
     where r.tenant_id = ${tx.tenant} and r.order_id = any (${[...order_ids]}::uuid[]) and (r.out_until is null or r.out_until > ${tx.now})
       and not exists (select from allocation.lifted l where l.tenant_id = ${tx.tenant} and l.order_id = r.order_id and l.refusal_id = r.rejection_id)
    union
    select order_id, location_id, line_no, null, reason, null from allocation.exclusion
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    order by location_id, refusal_id, line_no`
}

/** Lets places in again: rejections and short picks count no more, what a decision excluded is excluded no more. */
export async function liftRefusals(
  tx: Tx,
  order_id: string,
  decision_id: string,
  { refusal_ids, location_ids }: { readonly refusal_ids: readonly string[]; readonly location_ids: readonly string[] },
): Promise<void> {
  await tx.sql`
    with let_in as (
      delete from allocation.exclusion
       where tenant_id = ${tx.tenant} and order_id = ${order_id} and location_id = any (${[...location_ids]}::text[]))
    insert into allocation.lifted (tenant_id, order_id, refusal_id, decision_id)
    select ${tx.tenant}::uuid, ${order_id}::uuid, refusal_id, ${decision_id}::uuid from unnest(${[...refusal_ids]}::uuid[]) as r (refusal_id)`
}
