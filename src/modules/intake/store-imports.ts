// The SQL of imports: how far each has come, what became of each group of rows, which rows give goods back.
import type { Tx } from '../../platform/db.ts'

export interface ImportSummaryRow {
  readonly import_id: string
  readonly name: string
  readonly state: 'running' | 'done' | 'failed'
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly rows_read: number
  readonly accepted: number
  readonly staged: number
  readonly rejected: number
}

/** The newest hundred. */
export async function recentImports(tx: Tx): Promise<ImportSummaryRow[]> {
  return tx.sql<ImportSummaryRow[]>`
    select run_id as import_id, name, state, started_at, ended_at, rows_read, accepted, staged, rejected
      from intake.import_run where tenant_id = ${tx.tenant} order by run_id desc limit 100`
}

export interface RunningRow {
  readonly run_id: string
  readonly seen_at: Date
  readonly groups_done: number
}

/** The import of this content that is not over, locked. */
export async function lockRunning(tx: Tx, content_sha256: Buffer): Promise<RunningRow[]> {
  return tx.sql<RunningRow[]>`
    select run_id, seen_at, groups_done from intake.import_run
     where tenant_id = ${tx.tenant} and content_sha256 = ${content_sha256} and state = 'running' for update`
}

export interface NewRun {
  readonly run_id: string
  readonly holder: string
  readonly name: string
  readonly channel: string
  readonly content_sha256: Buffer
}

export async function insertRun(tx: Tx, run: NewRun): Promise<void> {
  await tx.sql`
    insert into intake.import_run (tenant_id, run_id, name, channel, content_sha256, holder, seen_at, started_at)
    values (${tx.tenant}, ${run.run_id}, ${run.name}, ${run.channel}, ${run.content_sha256}, ${run.holder}, ${tx.now}, ${tx.now})`
}

export async function takeRun(tx: Tx, run_id: string, holder: string): Promise<void> {
  await tx.sql`
    update intake.import_run set holder = ${holder}, seen_at = ${tx.now} where tenant_id = ${tx.tenant} and run_id = ${run_id}`
}

export interface Progress {
  readonly groups_done: number
  readonly rows_read: number
  readonly accepted: number
  readonly staged: number
  readonly rejected: number
}

/** Moves the checkpoint; false where another process has taken the import over. */
export async function saveProgress(
  tx: Tx,
  run: { run_id: string; holder: string },
  progress: Progress,
): Promise<boolean> {
  const moved = await tx.sql`
    update intake.import_run
       set groups_done = ${progress.groups_done}, rows_read = ${progress.rows_read}, accepted = ${progress.accepted}, staged = ${progress.staged},
           rejected = ${progress.rejected}, seen_at = ${tx.now}
     where tenant_id = ${tx.tenant} and run_id = ${run.run_id} and holder = ${run.holder} and state = 'running'`
  return moved.count === 1
}

export async function endRun(tx: Tx, run_id: string, state: 'done' | 'failed', summary: string | null): Promise<void> {
  await tx.sql`
    update intake.import_run set state = ${state}, ended_at = ${tx.now}, summary = ${summary}::text::jsonb
     where tenant_id = ${tx.tenant} and run_id = ${run_id} and state = 'running'`
}

export type GroupOutcome = 'accepted' | 'repeated' | 'staged' | 'conflict' | 'rejected' | 'returns'

export interface GroupRow {
  readonly group_no: number
  readonly external_id: string
  readonly outcome: GroupOutcome
  readonly order_id: string | null
  readonly reason: string | null
}

export async function insertGroups(tx: Tx, run_id: string, groups: readonly GroupRow[]): Promise<void> {
  await tx.sql`
    insert into intake.import_group (tenant_id, run_id, group_no, external_id, outcome, order_id, reason)
    select ${tx.tenant}::uuid, ${run_id}::uuid, group_no, external_id, outcome, order_id, reason
      from unnest(${groups.map((group) => group.group_no)}::int[], ${groups.map((group) => group.external_id)}::text[], ${groups.map((group) => group.outcome)}::text[],
                  ${groups.map((group) => group.order_id)}::uuid[], ${groups.map((group) => group.reason)}::text[])
        as new (group_no, external_id, outcome, order_id, reason)`
}

/** What became of the groups after `after`, in order. */
export async function readGroups(tx: Tx, run_id: string, after: number, limit: number): Promise<GroupRow[]> {
  return tx.sql<GroupRow[]>`
    select group_no, external_id, outcome, order_id, reason from intake.import_group
     where tenant_id = ${tx.tenant} and run_id = ${run_id} and group_no > ${after} order by group_no limit ${limit}::int`
}

/** The orders that came of the groups after `after`. */
export async function ordersOfRun(
  tx: Tx,
  run_id: string,
  after: number,
  limit: number,
): Promise<{ group_no: number; order_id: string }[]> {
  return tx.sql<{ group_no: number; order_id: string }[]>`
    select group_no, order_id from intake.import_group
     where tenant_id = ${tx.tenant} and run_id = ${run_id} and group_no > ${after} and order_id is not null order by group_no limit ${limit}::int`
}

export interface ReturnRow {
  readonly source_key: string
  readonly part_no: number
  readonly order_id: string
  readonly line_no: number
  readonly quantity: number
  readonly returned_at: Date
}

/** Notes goods that come back; a row that an earlier import of the same file noted is taken over while it waits, and left alone once it is done. */
export async function insertReturns(tx: Tx, run_id: string, rows: readonly ReturnRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into intake.import_return (tenant_id, source_key, part_no, run_id, order_id, line_no, quantity, returned_at)
    select ${tx.tenant}::uuid, source_key, part_no, ${run_id}::uuid, order_id, line_no, quantity, returned_at
      from unnest(${rows.map((row) => row.source_key)}::text[], ${rows.map((row) => row.part_no)}::int[], ${rows.map((row) => row.order_id)}::uuid[],
                  ${rows.map((row) => row.line_no)}::int[], ${rows.map((row) => row.quantity)}::int[], ${rows.map((row) => row.returned_at)}::timestamptz[])
        as new (source_key, part_no, order_id, line_no, quantity, returned_at)
    on conflict (tenant_id, source_key, part_no) do update set run_id = excluded.run_id where import_return.state = 'waiting'`
}

/** Waiting returns of an import, those of one order together, locked. */
export async function lockReturns(tx: Tx, run_id: string, limit: number): Promise<ReturnRow[]> {
  return tx.sql<ReturnRow[]>`
    select source_key, part_no, order_id, line_no, quantity, returned_at from intake.import_return
     where tenant_id = ${tx.tenant} and run_id = ${run_id} and state = 'waiting'
     order by order_id, source_key, part_no limit ${limit}::int for update`
}

export interface SettledReturn {
  readonly source_key: string
  readonly part_no: number
  readonly return_id: string | null
  readonly problem: string | null
}

export async function settleReturns(tx: Tx, rows: readonly SettledReturn[]): Promise<void> {
  await tx.sql`
    update intake.import_return r set state = case when d.problem is null then 'done' else 'failed' end, return_id = d.return_id, problem = d.problem
      from unnest(${rows.map((row) => row.source_key)}::text[], ${rows.map((row) => row.part_no)}::int[], ${rows.map((row) => row.return_id)}::uuid[],
                  ${rows.map((row) => row.problem)}::text[]) as d (source_key, part_no, return_id, problem)
     where r.tenant_id = ${tx.tenant} and r.source_key = d.source_key and r.part_no = d.part_no and r.state = 'waiting'`
}

export interface ReturnCount {
  readonly state: string
  readonly rows: number
  readonly units: number
}

export async function countReturns(tx: Tx, run_id: string): Promise<ReturnCount[]> {
  return tx.sql<ReturnCount[]>`
    select state, count(*)::int as rows, sum(quantity)::int as units from intake.import_return
     where tenant_id = ${tx.tenant} and run_id = ${run_id} group by state order by state`
}
