// Jobs: rows that are added in the transaction that causes them and go away in the transaction that does them.
import type { Tx } from '../db.ts'
import type { Job } from './step.ts'

export interface NewJob {
  readonly step: string
  readonly subject: string
  /** When it may run; now where absent. */
  readonly due_at?: Date
  /** Kept as JSON, ids and states only; null where absent. */
  readonly payload?: unknown
}

/** Adds jobs with one statement; answers their ids in order. */
export async function schedule(tx: Tx, jobs: readonly NewJob[]): Promise<string[]> {
  if (jobs.length === 0) return []
  const ids = jobs.map(() => tx.newId())
  await tx.sql`
    insert into engine.job (tenant_id, step, due_at, job_id, subject, payload)
    select ${tx.tenant}::uuid, step, due_at, job_id, subject, payload::jsonb
      from unnest(${jobs.map((job) => job.step)}::text[], ${jobs.map((job) => job.due_at ?? tx.now)}::timestamptz[], ${ids}::uuid[],
                  ${jobs.map((job) => job.subject)}::uuid[], ${jobs.map(payloadText)}::text[]) as new (step, due_at, job_id, subject, payload)`
  return ids
}

/**
 * Adds a job unless one of its step and subject that nobody has claimed is due by then: for timers of which one is enough, however often they are asked
 * for. Of one that is just being claimed nobody knows what it has read already, so it does not count.
 */
export async function scheduleOnce(
  tx: Tx,
  { step, subject, due_at }: Required<Omit<NewJob, 'payload'>>,
): Promise<void> {
  await tx.sql`
    with there as materialized (
      select job_id from engine.job
       where tenant_id = ${tx.tenant} and step = ${step} and subject = ${subject} and due_at <= ${due_at} limit 1 for update skip locked)
    insert into engine.job (tenant_id, step, due_at, job_id, subject)
    select ${tx.tenant}::uuid, ${step}, ${due_at}, ${tx.newId()}, ${subject} where not exists (select from there)`
}

/** The payload as JSON text; null where a job has none. */
export function payloadText(job: NewJob): string | null {
  return job.payload === undefined || job.payload === null ? null : JSON.stringify(job.payload)
}

/** Takes back jobs of `step` for these subjects that nobody has claimed; answers how many. For timers that are no longer wanted and for undo. */
export async function unschedule(tx: Tx, step: string, subjects: readonly string[]): Promise<number> {
  const gone =
    await tx.sql`delete from engine.job where tenant_id = ${tx.tenant} and step = ${step} and subject = any (${subjects}::uuid[])`
  return gone.count
}

/** What the jobs of a step for this subject carry, those that are due later and those that another transaction does just now among them. */
export async function payloadsOf(tx: Tx, step: string, subject: string): Promise<unknown[]> {
  const rows = await tx.sql<{ payload: unknown }[]>`
    select payload from engine.job where tenant_id = ${tx.tenant} and step = ${step} and subject = ${subject}`
  return rows.map((row) => row.payload)
}

/** Claims by deleting: what this transaction does not commit, nobody has claimed. */
export async function claim(tx: Tx, step: string, limit: number): Promise<Job[]> {
  return tx.sql<Job[]>`
    with due as materialized (
      select step, due_at, job_id from engine.job
       where tenant_id = ${tx.tenant} and step = ${step} and due_at <= ${tx.now}
         and not exists (select from engine.suspect s where s.tenant_id = ${tx.tenant} and s.job_id = engine.job.job_id)
       order by due_at, job_id limit ${limit}::int for update skip locked)
    delete from engine.job j using due
     where j.tenant_id = ${tx.tenant} and j.step = due.step and j.due_at = due.due_at and j.job_id = due.job_id
    returning j.job_id, j.subject, j.attempts, j.payload`
}

/** Claims one job by its id, for running alone; empty where somebody has it or it is gone. */
export async function claimOne(tx: Tx, step: string, job_id: string): Promise<Job[]> {
  return tx.sql<Job[]>`
    with one as materialized (
      select due_at, job_id from engine.job
       where tenant_id = ${tx.tenant} and step = ${step} and job_id = ${job_id} and due_at <= ${tx.now} for update skip locked)
    delete from engine.job j using one
     where j.tenant_id = ${tx.tenant} and j.step = ${step} and j.due_at = one.due_at and j.job_id = one.job_id
    returning j.job_id, j.subject, j.attempts, j.payload`
}

/** Leases by moving the due time ahead: if the process dies, the job is due again when the lease ends. */
export async function lease(tx: Tx, step: string, limit: number, until: Date): Promise<Job[]> {
  return tx.sql<Job[]>`
    with due as materialized (
      select due_at, job_id from engine.job
       where tenant_id = ${tx.tenant} and step = ${step} and due_at <= ${tx.now}
       order by due_at, job_id limit ${limit}::int for update skip locked)
    update engine.job j set due_at = ${until}, attempts = j.attempts + 1 from due
     where j.tenant_id = ${tx.tenant} and j.step = ${step} and j.due_at = due.due_at and j.job_id = due.job_id
    returning j.job_id, j.subject, j.attempts, j.payload`
}

/** Ends a leased job; false where another runner has ended it. */
export async function finish(tx: Tx, step: string, job_id: string): Promise<boolean> {
  const gone =
    await tx.sql`delete from engine.job where tenant_id = ${tx.tenant} and step = ${step} and job_id = ${job_id}`
  return gone.count === 1
}

/** Puts a job back for `due_at` with its failure count and last error. */
export async function postpone(
  tx: Tx,
  step: string,
  job_id: string,
  due_at: Date,
  failure: { attempts: number; error: string },
): Promise<void> {
  await tx.sql`
    update engine.job set due_at = ${due_at}, attempts = ${failure.attempts}::smallint, last_error = ${failure.error.slice(0, 2000)}
     where tenant_id = ${tx.tenant} and step = ${step} and job_id = ${job_id}`
}

/** Moves a job to the dead letters, where people see it and may send it again. */
export async function bury(
  tx: Tx,
  step: string,
  job_id: string,
  failure: { attempts: number; error: string },
): Promise<void> {
  await tx.sql`
    with dead as (delete from engine.job where tenant_id = ${tx.tenant} and step = ${step} and job_id = ${job_id}
                  returning step, job_id, subject, payload)
    insert into engine.dead_letter (tenant_id, step, job_id, subject, attempts, payload, error, died_at)
    select ${tx.tenant}::uuid, step, job_id, subject, ${failure.attempts}::smallint, payload, ${failure.error.slice(0, 4000)}, ${tx.now} from dead`
  await tx.sql`delete from engine.suspect where tenant_id = ${tx.tenant} and job_id = ${job_id}`
}

/** Sends a dead letter again with a clean count; false where there is none of that id. */
export async function resurrect(tx: Tx, job_id: string): Promise<boolean> {
  const moved = await tx.sql`
    with again as (delete from engine.dead_letter where tenant_id = ${tx.tenant} and job_id = ${job_id} returning step, job_id, subject, payload)
    insert into engine.job (tenant_id, step, due_at, job_id, subject, payload)
    select ${tx.tenant}::uuid, step, ${tx.now}, job_id, subject, payload from again`
  return moved.count === 1
}

export interface DeadLetter {
  readonly job_id: string
  readonly step: string
  readonly subject: string
  readonly attempts: number
  readonly error: string
  readonly died_at: Date
}

/** The dead letters of a step among these jobs. */
export async function deadLettersOf(tx: Tx, step: string, job_ids: readonly string[]): Promise<DeadLetter[]> {
  return tx.sql<DeadLetter[]>`
    select job_id, step, subject, attempts, error, died_at from engine.dead_letter
     where tenant_id = ${tx.tenant} and step = ${step} and job_id = any (${[...job_ids]}::uuid[]) order by job_id`
}

/** The dead letters, newest first, at most `limit`. */
export async function deadLetters(tx: Tx, limit: number): Promise<DeadLetter[]> {
  return tx.sql<DeadLetter[]>`
    select job_id, step, subject, attempts, error, died_at from engine.dead_letter
     where tenant_id = ${tx.tenant} order by died_at desc, job_id limit ${limit}::int`
}
