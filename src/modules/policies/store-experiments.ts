// The SQL of experiments: which run, what was decided first for their orders, and what each arm comes to.
import type { ExperimentVerdict } from '../../contracts/experiments.ts'
import type { Tx } from '../../platform/db.ts'
import type { Arm } from './arms.ts'

type Measure = ExperimentVerdict['measure']

export interface NewExperimentRow {
  readonly experiment_id: string
  readonly kind: string
  readonly name: string
  readonly draft_id: string
  readonly draft_name: string
  readonly share_percent: number
  readonly orders_wanted: number
  readonly decides: Measure
  readonly reason: string
  readonly tests_passed: number
  readonly tests_failed: number
}

export async function insertExperiment(tx: Tx, row: NewExperimentRow): Promise<void> {
  await tx.sql`
    insert into policies.experiment (tenant_id, experiment_id, kind, name, draft_id, draft_name, share_percent, orders_wanted, decides, reason, tests_passed, tests_failed,
                                     started_at, started_by)
    values (${tx.tenant}, ${row.experiment_id}, ${row.kind}, ${row.name}, ${row.draft_id}, ${row.draft_name}, ${row.share_percent}::smallint, ${row.orders_wanted},
            ${row.decides}, ${row.reason}, ${row.tests_passed}, ${row.tests_failed}, ${tx.now}, ${tx.actor})`
}

export interface ExperimentRow {
  readonly experiment_id: string
  readonly name: string
  readonly draft_id: string
  readonly draft_name: string
  readonly share_percent: number
  readonly orders_wanted: number
  /** null where it began before a figure had to be named. */
  readonly decides: Measure | null
  readonly reason: string
  readonly started_at: Date
  readonly started_by: string
  readonly stopped_at: Date | null
  readonly stopped_by: string | null
  readonly stop_reason: string | null
  readonly tests_passed: number
  readonly tests_failed: number
  /** What its arms came to, once the rows of its orders have gone; null before. */
  readonly result: unknown
}

/** Experiments of a kind, the newest first, or one by its id. */
export async function experiments(
  tx: Tx,
  kind: string,
  { experiment_id = null, limit = 1 }: { experiment_id?: string | null; limit?: number },
): Promise<ExperimentRow[]> {
  return tx.sql<ExperimentRow[]>`
    select experiment_id, name, draft_id, draft_name, share_percent, orders_wanted, decides, reason, started_at, started_by, stopped_at, stopped_by, stop_reason,
           tests_passed, tests_failed, result
      from policies.experiment
     where tenant_id = ${tx.tenant} and kind = ${kind} and (${experiment_id}::uuid is null or experiment_id = ${experiment_id}::uuid)
     order by experiment_id desc limit ${limit}::int`
}

/** Notes the end of an experiment that runs. */
export async function endExperiment(tx: Tx, experiment_id: string, reason: string): Promise<void> {
  await tx.sql`
    update policies.experiment set stopped_at = ${tx.now}, stopped_by = ${tx.actor}, stop_reason = ${reason}
     where tenant_id = ${tx.tenant} and experiment_id = ${experiment_id} and stopped_at is null`
}

export interface ExperimentOrder {
  readonly order_id: string
  readonly arm: Arm
  /** null where nothing left. */
  readonly cost: number | null
  readonly parts: number
  readonly units: number
  readonly waiting: number
  /** null without a promise, or where nobody knows when it arrives; what is not sent whole is not in time. */
  readonly in_time: boolean | null
  /** The rules of its arm failed on it and others decided. */
  readonly failed: boolean
}

/** Keeps what was decided for orders, of each only the first time: one statement for a batch. */
export async function insertExperimentOrders(
  tx: Tx,
  experiment_id: string,
  rows: readonly ExperimentOrder[],
): Promise<void> {
  await tx.sql`
    insert into policies.experiment_order (tenant_id, experiment_id, order_id, arm, cost, parts, units, waiting, in_time, failed)
    select ${tx.tenant}::uuid, ${experiment_id}::uuid, order_id, arm, cost, parts, units, waiting, in_time, failed
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.arm)}::text[], ${rows.map((row) => row.cost)}::bigint[],
                  ${rows.map((row) => row.parts)}::int[], ${rows.map((row) => row.units)}::int[], ${rows.map((row) => row.waiting)}::int[],
                  ${rows.map((row) => row.in_time)}::boolean[], ${rows.map((row) => row.failed)}::boolean[])
           as new (order_id, arm, cost, parts, units, waiting, in_time, failed)
     order by order_id
    on conflict (tenant_id, experiment_id, order_id) do nothing`
}

export interface ArmSums {
  readonly arm: Arm
  readonly orders: number
  readonly whole: number
  readonly cost_mean: number | null
  readonly cost_variance: number | null
  readonly sent: number
  readonly split: number
  readonly promised: number
  readonly promise_kept: number
  readonly unallocated: number
  readonly failed: number
}

/** What each arm comes to; costs of orders that left whole. */
export async function armSums(tx: Tx, experiment_id: string): Promise<ArmSums[]> {
  return tx.sql<ArmSums[]>`
    select arm, count(*)::int as orders, (count(*) filter (where waiting = 0 and cost is not null))::int as whole,
           (avg(cost) filter (where waiting = 0))::float8 as cost_mean, (var_samp(cost) filter (where waiting = 0))::float8 as cost_variance,
           (count(*) filter (where parts > 0))::int as sent, (count(*) filter (where parts > 1))::int as split,
           (count(*) filter (where in_time is not null))::int as promised, (count(*) filter (where in_time))::int as promise_kept,
           (count(*) filter (where parts = 0))::int as unallocated, (count(*) filter (where failed))::int as failed
      from policies.experiment_order where tenant_id = ${tx.tenant} and experiment_id = ${experiment_id} group by arm order by arm`
}

/** The experiments that ended before then and of which rows of orders are left, the oldest first. */
export async function overBefore(
  tx: Tx,
  before: Date,
  limit: number,
): Promise<{ experiment_id: string; is_kept: boolean }[]> {
  return tx.sql<{ experiment_id: string; is_kept: boolean }[]>`
    select experiment_id, result is not null as is_kept from policies.experiment e
     where tenant_id = ${tx.tenant} and stopped_at is not null and stopped_at < ${before}
       and exists (select from policies.experiment_order o where o.tenant_id = ${tx.tenant} and o.experiment_id = e.experiment_id)
     order by stopped_at, experiment_id limit ${limit}::int`
}

/** Keeps what the arms of an experiment came to. */
export async function keepResult(tx: Tx, experiment_id: string, arms: readonly ArmSums[]): Promise<void> {
  await tx.sql`
    update policies.experiment set result = ${JSON.stringify(arms)}::text::jsonb
     where tenant_id = ${tx.tenant} and experiment_id = ${experiment_id} and result is null`
}

/** Deletes at most so many rows of the orders of an experiment; answers how many. */
export async function deleteOrders(tx: Tx, experiment_id: string, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from policies.experiment_order where tenant_id = ${tx.tenant} and experiment_id = ${experiment_id} and order_id in (
      select order_id from policies.experiment_order
       where tenant_id = ${tx.tenant} and experiment_id = ${experiment_id} order by order_id limit ${limit}::int)`
  return gone.count
}
