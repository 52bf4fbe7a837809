// The SQL of what rules did: orders by rule, and what a draft in the shadow would have done.
import type { Tx } from '../../platform/db.ts'
import { uuidFloor } from '../../platform/ids.ts'

export interface NewHit {
  readonly hit_id: string
  readonly rule_id: string
  readonly orders: number
}

export async function insertHits(tx: Tx, kind: string, version_id: string, hits: readonly NewHit[]): Promise<void> {
  await tx.sql`
    insert into policies.hit (tenant_id, hit_id, kind, version_id, rule_id, orders)
    select ${tx.tenant}::uuid, hit_id, ${kind}, ${version_id}, rule_id, orders
      from unnest(${hits.map((hit) => hit.hit_id)}::uuid[], ${hits.map((hit) => hit.rule_id)}::text[], ${hits.map((hit) => hit.orders)}::int[]) as new (hit_id, rule_id, orders)`
}

/** Orders by rule since then, the busiest first. */
export async function hitsSince(
  tx: Tx,
  kind: string,
  since: Date,
  limit: number,
): Promise<{ rule_id: string; orders: number }[]> {
  return tx.sql<{ rule_id: string; orders: number }[]>`
    select rule_id, sum(orders)::int as orders from policies.hit
     where tenant_id = ${tx.tenant} and kind = ${kind} and hit_id >= ${uuidFloor(since)}::uuid
     group by rule_id order by orders desc, rule_id limit ${limit}::int`
}

/** Deletes at most so many rows older than that; answers how many. */
export async function purgeHits(tx: Tx, before: Date, limit: number): Promise<number> {
  const rows = await tx.sql<{ hit_id: string }[]>`
    delete from policies.hit where tenant_id = ${tx.tenant} and hit_id in (
      select hit_id from policies.hit where tenant_id = ${tx.tenant} and hit_id < ${uuidFloor(before)}::uuid order by hit_id limit ${limit}::int)
    returning hit_id`
  return rows.length
}

export interface ShadowBatch {
  readonly draft_id: string
  readonly orders: number
  readonly changed: number
  readonly failed: number
  readonly cost_live: bigint
  readonly cost_draft: bigint
}

export interface NewChange {
  readonly change_id: string
  readonly order_id: string
  readonly live: object
  readonly draft: object
}

export async function insertShadow(tx: Tx, batch: ShadowBatch, changes: readonly NewChange[]): Promise<void> {
  await tx.sql`
    with changed as (
      insert into policies.shadow_change (tenant_id, change_id, draft_id, order_id, live, draft)
      select ${tx.tenant}::uuid, change_id, ${batch.draft_id}::uuid, order_id, live::jsonb, draft::jsonb
        from unnest(${changes.map((row) => row.change_id)}::uuid[], ${changes.map((row) => row.order_id)}::uuid[],
                    ${changes.map((row) => JSON.stringify(row.live))}::text[], ${changes.map((row) => JSON.stringify(row.draft))}::text[])
          as new (change_id, order_id, live, draft))
    insert into policies.shadow_batch (tenant_id, batch_id, draft_id, orders, changed, failed, cost_live, cost_draft)
    values (${tx.tenant}, ${tx.newId()}, ${batch.draft_id}, ${batch.orders}, ${batch.changed}, ${batch.failed}, ${batch.cost_live}, ${batch.cost_draft})`
}

export async function shadowSums(tx: Tx, draft_id: string): Promise<Omit<ShadowBatch, 'draft_id'> | undefined> {
  const rows = await tx.sql<Omit<ShadowBatch, 'draft_id'>[]>`
    select coalesce(sum(orders), 0)::int as orders, coalesce(sum(changed), 0)::int as changed, coalesce(sum(failed), 0)::int as failed,
           coalesce(sum(cost_live), 0)::bigint as cost_live, coalesce(sum(cost_draft), 0)::bigint as cost_draft
      from policies.shadow_batch where tenant_id = ${tx.tenant} and draft_id = ${draft_id}`
  return rows[0]
}

export interface ChangeRow {
  readonly order_id: string
  readonly live: unknown
  readonly draft: unknown
}

/** The newest orders that a draft would have decided otherwise. */
export async function shadowChanges(tx: Tx, draft_id: string, limit: number): Promise<ChangeRow[]> {
  return tx.sql<ChangeRow[]>`
    select order_id, live, draft from policies.shadow_change
     where tenant_id = ${tx.tenant} and draft_id = ${draft_id} order by change_id desc limit ${limit}::int`
}
