// The SQL by which the outcome of each order is read and kept.
import type { Tx } from '../../platform/db.ts'

export interface Running {
  readonly disruption_id: string
  readonly order_id: string
  readonly taken_id: string
  readonly back: string | null
  readonly places: unknown
  /** Cost of what was decided since then; null where nothing was placed. */
  readonly cost: bigint | null
  readonly decided: boolean
  /** Units that a person finds a place for; null where nobody has to. */
  readonly asked_units: number | null
  /** Where its work lies that was planned since then. */
  readonly location_ids: string[] | null
}

/** Orders of a running disruption, or of one that is undone, with what has been decided for them since. */
export async function runningOf(tx: Tx, order_ids: readonly string[]): Promise<Running[]> {
  return tx.sql<Running[]>`
    select a.disruption_id, a.order_id, a.taken_id, a.back, a.places, d.cost, d.decision_id is not null as decided, w.units as asked_units, p.location_ids
      from disruptions.affected a
      left join lateral (select v.decision_id, v.cost from allocation.v_decision v
                          where v.tenant_id = ${tx.tenant} and v.order_id = a.order_id and v.decision_id > a.taken_id order by v.decision_id desc limit 1) d on true
      left join allocation.v_waiting w on w.tenant_id = ${tx.tenant} and w.order_id = a.order_id
      left join lateral (select array_agg(distinct o.location_id) as location_ids from warehouse.v_open_place o
                          where o.tenant_id = ${tx.tenant} and o.order_id = a.order_id and o.fulfilment_id > a.taken_id) p on true
     where a.tenant_id = ${tx.tenant} and a.order_id = any (${[...order_ids]}::uuid[])
       and a.taken_id is not null and (a.result is null or a.back = 'asked')
     order by a.disruption_id, a.order_id`
}

export interface Outcome {
  readonly disruption_id: string
  readonly order_id: string
  readonly result: string | null
  readonly cost: bigint | null
  readonly back: string | null
  readonly back_cause: string | null
}

/** Keeps the outcome of orders; those that have one already keep it. Answers which were settled now. */
export async function putOutcomes(
  tx: Tx,
  rows: readonly Outcome[],
): Promise<{ disruption_id: string; order_id: string }[]> {
  return tx.sql<{ disruption_id: string; order_id: string }[]>`
    update disruptions.affected a
       set result = coalesce(a.result, n.result), result_cost = case when a.result is null then n.cost else a.result_cost end,
           back = coalesce(n.back, a.back), back_cause = coalesce(n.back_cause, a.back_cause)
      from unnest(${rows.map((row) => row.disruption_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.result)}::text[],
                  ${rows.map((row) => row.cost)}::bigint[], ${rows.map((row) => row.back)}::text[], ${rows.map((row) => row.back_cause)}::text[])
        as n (disruption_id, order_id, result, cost, back, back_cause)
     where a.tenant_id = ${tx.tenant} and a.disruption_id = n.disruption_id and a.order_id = n.order_id
       and ((n.result is not null and a.result is null) or (n.back is not null and a.back = 'asked'))
    returning a.disruption_id, a.order_id`
}

export interface AffectedRow {
  readonly order_id: string
  readonly rank: number
  readonly number: string
  readonly plan: string
  readonly cause: string | null
  readonly units: number
  readonly unmet: number
  readonly cost_before: bigint | null
  readonly cost_after: bigint | null
  readonly promised_at: Date | null
  readonly arrives_before: Date | null
  readonly arrives_after: Date | null
  readonly places: unknown
  readonly targets: unknown
  readonly result: string | null
  readonly back: string | null
  readonly back_cause: string | null
}

/** A page of the orders of a disruption in the order of their urgency. */
export async function affectedPage(
  tx: Tx,
  disruption_id: string,
  wish: { plan: string | null; result: string | null; after: number; limit: number },
): Promise<AffectedRow[]> {
  return tx.sql<AffectedRow[]>`
    select a.order_id, a.rank, o.number, a.plan, a.cause, a.units, a.unmet, a.cost_before, a.cost_after, a.promised_at, a.arrives_before, a.arrives_after,
           a.places, a.targets, a.result, a.back, a.back_cause
      from disruptions.affected a join orders.v_order_number o on o.tenant_id = ${tx.tenant} and o.order_id = a.order_id
     where a.tenant_id = ${tx.tenant} and a.disruption_id = ${disruption_id} and a.rank > ${wish.after}::int
       and (${wish.plan}::text is null or a.plan = ${wish.plan}) and (${wish.result}::text is null or a.result = ${wish.result})
     order by a.rank limit ${wish.limit}::int`
}
