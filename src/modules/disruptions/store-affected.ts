// The SQL of the orders that a disruption touches: what lies open there, the plan for each, and what became of it.
import type { Tx } from '../../platform/db.ts'

export interface OpenPlaceRow {
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly location_id: string
  readonly quantity: number
  readonly ship_by: Date
}

/** What lies open at these locations of orders that the disruption does not know yet, by order. */
export async function openPlaces(
  tx: Tx,
  disruption_id: string,
  location_ids: readonly string[],
  limit: number,
): Promise<OpenPlaceRow[]> {
  return tx.sql<OpenPlaceRow[]>`
    select p.order_id, p.line_no, p.sku, p.location_id, sum(p.to_pick + p.picked + p.packed)::int as quantity, min(p.ship_by) as ship_by
      from warehouse.v_open_place p
     where p.tenant_id = ${tx.tenant} and p.location_id = any (${[...location_ids]}::text[])
       and not exists (select from disruptions.affected a where a.tenant_id = ${tx.tenant} and a.disruption_id = ${disruption_id} and a.order_id = p.order_id)
     group by p.order_id, p.line_no, p.sku, p.location_id
     order by p.order_id, p.line_no, p.location_id limit ${limit}::int`
}

export interface NewAffected {
  readonly order_id: string
  readonly plan: 'move' | 'part' | 'inbox' | 'keep' | 'unplanned'
  readonly cause: string | null
  readonly units: number
  readonly unmet: number
  readonly cost_before: number | null
  readonly cost_after: number | null
  readonly promised_at: Date | null
  readonly arrives_before: Date | null
  readonly arrives_after: Date | null
  readonly places: string
  readonly targets: string
}

/** Adds orders behind those that are there, in their order; answers how many. */
export async function insertAffected(tx: Tx, disruption_id: string, rows: readonly NewAffected[]): Promise<number> {
  if (rows.length === 0) return 0
  const added = await tx.sql`
    insert into disruptions.affected (tenant_id, disruption_id, order_id, rank, plan, cause, units, unmet, cost_before, cost_after, promised_at, arrives_before, arrives_after, places, targets)
    select ${tx.tenant}::uuid, ${disruption_id}::uuid, order_id,
           coalesce((select max(a.rank) from disruptions.affected a where a.tenant_id = ${tx.tenant} and a.disruption_id = ${disruption_id}), 0) + place::int,
           plan, cause, units, unmet, cost_before, cost_after, promised_at, arrives_before, arrives_after, places::jsonb, targets::jsonb
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.plan)}::text[], ${rows.map((row) => row.cause)}::text[],
                  ${rows.map((row) => row.units)}::int[], ${rows.map((row) => row.unmet)}::int[], ${rows.map((row) => row.cost_before)}::bigint[],
                  ${rows.map((row) => row.cost_after)}::bigint[], ${rows.map((row) => row.promised_at)}::timestamptz[],
                  ${rows.map((row) => row.arrives_before)}::timestamptz[], ${rows.map((row) => row.arrives_after)}::timestamptz[],
                  ${rows.map((row) => row.places)}::text[], ${rows.map((row) => row.targets)}::text[])
        with ordinality as new (order_id, plan, cause, units, unmet, cost_before, cost_after, promised_at, arrives_before, arrives_after, places, targets, place)
    on conflict (tenant_id, disruption_id, order_id) do nothing`
  return added.count
}

export async function forgetPlan(tx: Tx, disruption_id: string): Promise<void> {
  await tx.sql`delete from disruptions.affected where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id}`
}

/** What the plan keeps where it is, is kept; answers how many are kept and how many are to move. */
export async function keepPlanned(tx: Tx, disruption_id: string): Promise<{ kept: number; moving: number }> {
  const [row] = await tx.sql<{ kept: number; moving: number }[]>`
    with stay as (
      update disruptions.affected set result = 'kept'
       where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id} and plan = 'keep' and result is null returning order_id)
    select (select count(*)::int from stay) as kept,
           (select count(*)::int from disruptions.affected where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id} and plan <> 'keep') as moving`
  return row ?? { kept: 0, moving: 0 }
}

/** Orders that may go back. */
export async function countReturning(tx: Tx, disruption_id: string): Promise<number> {
  const [row] = await tx.sql<{ orders: number }[]>`
    select count(*)::int as orders from disruptions.affected
     where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id} and result in ('moved', 'part', 'inbox', 'waits') and back is null`
  return row?.orders ?? 0
}

export interface RankedOrder {
  readonly order_id: string
  readonly rank: number
  readonly result: string | null
  readonly places: unknown
}

/** The next orders by urgency that are to be taken out, brought back, or tried again. */
export async function nextOrders(
  tx: Tx,
  disruption_id: string,
  phase: 'apply' | 'undo' | 'retry',
  after: number,
  limit: number,
): Promise<RankedOrder[]> {
  return tx.sql<RankedOrder[]>`
    select order_id, rank, result, places from disruptions.affected
     where tenant_id = ${tx.tenant} and disruption_id = ${disruption_id} and rank > ${after}::int
       and case ${phase}::text when 'apply' then plan <> 'keep' and result is null and taken_id is null
                when 'undo' then result in ('moved', 'part', 'inbox', 'waits') and back is null
                else result in ('part', 'inbox') end
     order by rank limit ${limit}::int`
}

export interface Taken {
  readonly disruption_id: string
  readonly order_id: string
  readonly location_ids: string[]
}

/** Marks orders as being taken out, each once; answers those that nobody has taken before. The orders are locked. */
export async function takeAffected(
  tx: Tx,
  jobs: readonly { readonly disruption_id: string; readonly order_id: string }[],
): Promise<Taken[]> {
  return tx.sql<Taken[]>`
    update disruptions.affected a set taken_id = ${tx.newId()}::uuid
      from disruptions.disruption d, unnest(${jobs.map((job) => job.disruption_id)}::uuid[], ${jobs.map((job) => job.order_id)}::uuid[]) as w (disruption_id, order_id)
     where a.tenant_id = ${tx.tenant} and a.disruption_id = w.disruption_id and a.order_id = w.order_id and a.taken_id is null and a.result is null
       and d.tenant_id = ${tx.tenant} and d.disruption_id = a.disruption_id and d.state in ('applying', 'active')
    returning a.disruption_id, a.order_id, d.location_ids`
}

export interface Asked {
  readonly disruption_id: string
  readonly order_id: string
  readonly rank: number
  readonly places: unknown
  /** What is open since then is where its units went. */
  readonly since: string
  /** [[location, sku, units]]: what is free where its units were. */
  readonly free: unknown
  /** The newest decision by hand that gave its units a place; null for none. */
  readonly placed_id: string | null
  /** The only location that may send it; null where it is not locked. */
  readonly locked_to: string | null
}

/** Marks orders as being brought back, each once; answers those that nobody has asked before. The orders are locked. */
export async function askAffected(
  tx: Tx,
  jobs: readonly { readonly disruption_id: string; readonly order_id: string }[],
): Promise<Asked[]> {
  return tx.sql<Asked[]>`
    update disruptions.affected a set back = 'asked', taken_id = ${tx.newId()}::uuid
      from disruptions.disruption d, disruptions.affected before,
           unnest(${jobs.map((job) => job.disruption_id)}::uuid[], ${jobs.map((job) => job.order_id)}::uuid[]) as w (disruption_id, order_id)
     where a.tenant_id = ${tx.tenant} and a.disruption_id = w.disruption_id and a.order_id = w.order_id and a.back is null
       and before.tenant_id = ${tx.tenant} and before.disruption_id = w.disruption_id and before.order_id = w.order_id and before.taken_id is not null
       and d.tenant_id = ${tx.tenant} and d.disruption_id = a.disruption_id and d.state = 'undoing'
    returning a.disruption_id, a.order_id, a.rank, a.places, before.taken_id as since,
              (select jsonb_agg(jsonb_build_array(f.location_id, f.sku, f.free))
                 from (select distinct p ->> 0 as location_id, p ->> 2 as sku from jsonb_array_elements(a.places) p) w
                 join inventory.v_free f on f.tenant_id = ${tx.tenant} and f.location_id = w.location_id and f.sku = w.sku) as free,
              (select h.decision_id from allocation.v_placed_by_hand h
                where h.tenant_id = ${tx.tenant} and h.order_id = a.order_id order by h.decision_id desc limit 1) as placed_id,
              (select l.location_id from allocation.v_lock l where l.tenant_id = ${tx.tenant} and l.order_id = a.order_id) as locked_to`
}
