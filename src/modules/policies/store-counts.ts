// The SQL of what rules did: orders by rule and hour, and what a draft in the shadow would have done.
import type { Tx } from '../../platform/db.ts'

export interface NewHit {
  readonly hit_id: string
  readonly rule_id: string
  /** When the rule took the orders for the first time. */
  readonly at: Date
  readonly orders: number
  readonly sent: number | null
}

export async function insertHits(tx: Tx, kind: string, hits: readonly NewHit[]): Promise<void> {
  await tx.sql`
    insert into policies.hit (tenant_id, hit_id, kind, rule_id, at, orders, sent)
    select ${tx.tenant}::uuid, hit_id, ${kind}, rule_id, at, orders, sent
      from unnest(${hits.map((hit) => hit.hit_id)}::uuid[], ${hits.map((hit) => hit.rule_id)}::text[], ${hits.map((hit) => hit.at)}::timestamptz[],
                  ${hits.map((hit) => hit.orders)}::int[], ${hits.map((hit) => hit.sent)}::int[]) as new (hit_id, rule_id, at, orders, sent)`
}

export interface RuleHit {
  readonly rule_id: string
  readonly orders: number
  readonly sent: number | null
}

/** Orders by rule since then, by full hours, the busiest first: the hours and what has not gone into them yet. */
export async function hitsSince(tx: Tx, kind: string, since: Date, limit: number): Promise<RuleHit[]> {
  return tx.sql<RuleHit[]>`
    select rule_id, sum(orders)::int as orders, sum(sent)::int as sent
      from (select rule_id, orders, sent from policies.rule_hour
             where tenant_id = ${tx.tenant} and kind = ${kind} and hour >= date_trunc('hour', ${since}::timestamptz, 'UTC')
            union all
            select rule_id, orders, sent from policies.hit
             where tenant_id = ${tx.tenant} and kind = ${kind} and at >= date_trunc('hour', ${since}::timestamptz, 'UTC')) counted
     group by rule_id order by orders desc, rule_id limit ${limit}::int`
}

/** Moves at most so many counts into their hours; answers how many. */
export async function foldHits(tx: Tx, limit: number): Promise<number> {
  const rows = await tx.sql<{ folded: number }[]>`
    with counted as materialized (
      select hit_id from policies.hit where tenant_id = ${tx.tenant} order by hit_id limit ${limit}::int for update skip locked),
    gone as (
      delete from policies.hit h using counted c where h.tenant_id = ${tx.tenant} and h.hit_id = c.hit_id
      returning h.kind, h.at, h.rule_id, h.orders, h.sent),
    folded as (
      insert into policies.rule_hour as r (tenant_id, kind, hour, rule_id, orders, sent)
      select ${tx.tenant}::uuid, kind, date_trunc('hour', at, 'UTC'), rule_id, sum(orders), sum(sent) from gone
       where isfinite(at) group by 2, 3, 4 order by 2, 3, 4
      on conflict (tenant_id, kind, hour, rule_id) do update set orders = r.orders + excluded.orders, sent = r.sent + excluded.sent)
    select count(*)::int as folded from gone`
  return rows[0]?.folded ?? 0
}

/** Deletes at most so many hours before that one; answers how many. */
export async function purgeHours(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from policies.rule_hour where tenant_id = ${tx.tenant} and (kind, hour, rule_id) in (
      select kind, hour, rule_id from policies.rule_hour where tenant_id = ${tx.tenant} and hour < ${before} limit ${limit}::int)`
  return gone.count
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
