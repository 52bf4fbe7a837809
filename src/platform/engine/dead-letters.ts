// Work that failed for good comes to people and leaves them by events, told by the id of the job.
import type { Tx } from '../db.ts'
import { publish } from '../outbox/publish.ts'
import { bury, resurrect } from './jobs.ts'

/** Moves a job to the dead letters and tells it. */
export async function buryAndTell(
  tx: Tx,
  step: string,
  job_id: string,
  failure: { attempts: number; error: string },
): Promise<void> {
  await bury(tx, step, job_id, failure)
  await publish(tx, [{ type: 'job.dead_lettered', subject: job_id, version: 1, data: { step } }])
}

/** Sends a dead letter again with a clean count and tells it; false where there is none of that id. */
export async function revive(tx: Tx, job_id: string): Promise<boolean> {
  if (!(await resurrect(tx, job_id))) return false
  await publish(tx, [{ type: 'job.revived', subject: job_id, version: 2, data: {} }])
  return true
}
