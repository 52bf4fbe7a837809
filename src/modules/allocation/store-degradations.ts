// The SQL of degradations as they are shown: sums by what came of the orders decided under each.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'

export interface DegradationSums {
  readonly degradation_id: string
  readonly kind: DegradedKind
  readonly cause: string
  readonly keys: string[]
  readonly since: Date
  readonly opened_at: Date | null
  readonly failed_at: Date
  readonly good_probes: number
  readonly ended_at: Date | null
  readonly ended_by: string | null
  readonly end_reason: string | null
  readonly decided: number
  readonly waiting: number
  readonly same: number
  readonly kept: number
  readonly moved: number
  readonly gone: number
  readonly dearer: bigint
  readonly saved: bigint
}

/** A page, the newest first; or one. */
export async function degradationPage(
  tx: Tx,
  before: string | null,
  limit: number,
  only: string | null = null,
): Promise<DegradationSums[]> {
  return tx.sql<DegradationSums[]>`
    select g.degradation_id, g.kind, g.cause, g.keys, g.since, g.opened_at, g.failed_at, g.good_probes, g.ended_at, g.ended_by, g.end_reason, n.decided, n.waiting, n.same, n.kept, n.moved, n.gone, n.dearer, n.saved
      from (select degradation_id, kind, cause, keys, since, opened_at, failed_at, good_probes, ended_at, ended_by, end_reason from modes.v_degradation
             where tenant_id = ${tx.tenant} and (${only}::uuid is null or degradation_id = ${only}::uuid) and (${before}::uuid is null or degradation_id < ${before}::uuid) order by degradation_id desc limit ${limit}::int) g
      cross join lateral (
        select count(*)::int as decided, (count(*) filter (where d.result is null))::int as waiting, (count(*) filter (where d.result = 'same'))::int as same,
               (count(*) filter (where d.result = 'kept'))::int as kept, (count(*) filter (where d.result = 'moved'))::int as moved, (count(*) filter (where d.result = 'gone'))::int as gone,
               coalesce(sum(d.cost_now - d.cost_best) filter (where d.result = 'kept'), 0)::bigint as dearer,
               coalesce(sum(d.cost_now - d.cost_best) filter (where d.result = 'moved'), 0)::bigint as saved
          from allocation.degraded_decision d where d.tenant_id = ${tx.tenant} and d.degradation_id = g.degradation_id) n
     order by g.degradation_id desc`
}

export interface DegradedOrderRow {
  readonly decision_id: string
  readonly order_id: string
  readonly decided_at: Date
  readonly result: 'same' | 'kept' | 'moved' | 'gone' | null
  readonly cost_now: bigint | null
  readonly cost_best: bigint | null
  readonly more: bigint
}

/** The orders of one, those that cost most more than now first. */
export async function degradedOrders(
  tx: Tx,
  degradation_id: string,
  more: number | null,
  after: string | null,
  limit: number,
): Promise<DegradedOrderRow[]> {
  return tx.sql<DegradedOrderRow[]>`
    select decision_id, order_id, decided_at, result, cost_now, cost_best, more
      from (select decision_id, order_id, decided_at, result, cost_now, cost_best, coalesce(cost_now - cost_best, 0) as more
              from allocation.degraded_decision where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id}) d
     where ${more}::bigint is null or more < ${more}::bigint or (more = ${more}::bigint and decision_id > ${after}::uuid)
     order by more desc, decision_id limit ${limit}::int`
}
