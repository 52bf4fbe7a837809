// How much lies at each step, read for people who watch it all the time: bounded by an index range per step, never a scan.
import type { Tx } from '../db.ts'

export interface StepLoad {
  readonly step: string
  /** Jobs that are due now, counted to `most`. */
  readonly due: number
  readonly oldest_due_at: Date | null
  /** Jobs of the future: timers of what waits, counted to `most`. */
  readonly timers: number
  /** The timer that is due first; its id tells when it was made. */
  readonly next_timer: string | null
  /** Jobs that died, counted to `most`. */
  readonly dead: number
}

/** The load of these steps; a count stops at `most`. */
export async function stepLoad(tx: Tx, steps: readonly string[], most: number): Promise<StepLoad[]> {
  return tx.sql<StepLoad[]>`
    select s.step,
           (select count(*) from (select from engine.job j where j.tenant_id = ${tx.tenant} and j.step = s.step and j.due_at <= ${tx.now} limit ${most}::int) c)::int as due,
           (select j.due_at from engine.job j where j.tenant_id = ${tx.tenant} and j.step = s.step and j.due_at <= ${tx.now} order by j.due_at limit 1) as oldest_due_at,
           (select count(*) from (select from engine.job j where j.tenant_id = ${tx.tenant} and j.step = s.step and j.due_at > ${tx.now} limit ${most}::int) c)::int as timers,
           (select j.job_id from engine.job j where j.tenant_id = ${tx.tenant} and j.step = s.step and j.due_at > ${tx.now} order by j.due_at limit 1) as next_timer,
           coalesce(d.dead, 0) as dead
      from unnest(${[...steps]}::text[]) as s (step)
      left join (select step, count(*)::int as dead from (
             select step from engine.dead_letter where tenant_id = ${tx.tenant} limit ${most}::int) died group by step) d on d.step = s.step
     order by s.step`
}
