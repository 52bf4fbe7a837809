// Runs one batch of one step for one tenant: claim → work → gone; what throws is replayed alone, and a poisoned job is dead-lettered.
import { later } from '../clock.ts'
import { isConnectionLoss } from '../db.ts'
import { fault } from '../fault.ts'
import type { Runtime } from '../runtime.ts'
import { buryAndTell } from './dead-letters.ts'
import { type Followed, runWithFollowers } from './follow.ts'
import { claim, claimOne, finish, lease, postpone } from './jobs.ts'
import { exponential, Hopeless, type InsideStep, type Job, NotYet, type OutsideStep, type Step } from './step.ts'

/** Who hears what a batch does; the engine's tests and the drain need none of it. */
export interface Watch {
  /** Every step: those that follow at once are found here. */
  readonly steps?: ReadonlyMap<string, Step>
  /** Tells the keeper of worker_batch what is about to run. */
  readonly announce?: (tenant: string, step: string, job_ids: readonly string[]) => Promise<void>
  /** A batch of a step is done, also of one that followed at once. */
  readonly done?: (step: string, jobs: number) => void
}

/** Runs at most one batch; answers how many jobs it took, done or failed. */
export async function runBatch(runtime: Runtime, step: Step, tenant: string, watch: Watch = {}): Promise<number> {
  const jobs =
    step.kind === 'inside' ? await runInside(runtime, step, tenant, watch) : await runOutside(runtime, step, tenant)
  if (jobs > 0) watch.done?.(step.name, jobs)
  return jobs
}

async function runInside(runtime: Runtime, step: InsideStep, tenant: string, watch: Watch): Promise<number> {
  let jobs: readonly Job[] = []
  let followed: readonly Followed[] = []
  try {
    await runtime.db.transaction(tenant, `step:${step.name}`, async (tx) => {
      jobs = await claim(tx, step.name, step.batch)
      if (jobs.length === 0) return
      await watch.announce?.(
        tenant,
        step.name,
        jobs.map((job) => job.job_id),
      )
      fault('engine:after-claim')
      followed = await runWithFollowers(tx, step, jobs, watch.steps)
      fault('engine:before-commit')
    })
    fault('engine:after-commit')
    for (const { name, count } of followed) watch.done?.(name, count)
  } catch (error) {
    if (isConnectionLoss(error) || jobs.length === 0) throw error
    if (jobs.length > 1)
      runtime.log.warn(
        { step: step.name, tenant, jobs: jobs.length, error: message(error) },
        'batch failed, each job runs alone',
      )
    for (const job of jobs) await runAlone(runtime, step, tenant, job.job_id)
  }
  return jobs.length
}

/** Runs one job in a transaction of its own, and nothing at once after it: a failure is its own. It is counted, and the job buried when there were too many. */
export async function runAlone(runtime: Runtime, step: InsideStep, tenant: string, job_id: string): Promise<void> {
  let attempts = 0
  try {
    await runtime.db.transaction(tenant, `step:${step.name}`, async (tx) => {
      const jobs = await claimOne(tx, step.name, job_id)
      attempts = jobs[0]?.attempts ?? 0
      if (jobs.length > 0) await step.run(tx, jobs)
    })
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    await recordFailure(runtime, step, tenant, job_id, attempts + 1, error)
  }
}

async function recordFailure(
  runtime: Runtime,
  step: Step,
  tenant: string,
  job_id: string,
  attempts: number,
  error: unknown,
): Promise<void> {
  const text = message(error)
  await runtime.db.transaction(tenant, `step:${step.name}`, async (tx) => {
    if (error instanceof NotYet)
      return postpone(tx, step.name, job_id, later(tx.now, error.wait_ms), { attempts: attempts - 1, error: text })
    if (error instanceof Hopeless || attempts >= step.attempts) {
      runtime.log.error({ step: step.name, tenant, job_id, error: text }, 'job dead-lettered')
      return buryAndTell(tx, step.name, job_id, { attempts, error: text })
    }
    const wait_ms = step.kind === 'outside' ? step.backoff(attempts) : exponential(attempts - 1)
    await postpone(tx, step.name, job_id, later(tx.now, wait_ms), { attempts, error: text })
  })
}

async function runOutside(runtime: Runtime, step: OutsideStep, tenant: string): Promise<number> {
  const actor = `step:${step.name}`
  const jobs = await runtime.db.transaction(tenant, actor, (tx) =>
    lease(tx, step.name, step.batch, later(tx.now, step.lease_ms)),
  )
  fault('outside:after-lease')
  // A call that ends its process ends the count of attempts without an error: who leases it next buries it.
  const spent = jobs.filter((job) => job.attempts > step.attempts)
  for (const job of spent)
    await recordFailure(
      runtime,
      step,
      tenant,
      job.job_id,
      job.attempts,
      new Hopeless('its worker died at every attempt'),
    )
  // at most 500: a lease takes no more than the batch of its step
  await Promise.all(jobs.filter((job) => !spent.includes(job)).map((job) => callOne(runtime, step, tenant, job)))
  return jobs.length
}

async function callOne(runtime: Runtime, step: OutsideStep, tenant: string, job: Job): Promise<void> {
  const actor = `step:${step.name}`
  try {
    const call = {
      tenant,
      runtime,
      signal: AbortSignal.timeout(step.lease_ms / 2),
      transaction: <Result>(work: Parameters<typeof runtime.db.transaction<Result>>[2]) =>
        runtime.db.transaction(tenant, actor, work),
    }
    const record = await step.run(call, job)
    fault('outside:after-call')
    await runtime.db.transaction(tenant, actor, async (tx) => {
      if (await finish(tx, step.name, job.job_id)) await record(tx)
    })
  } catch (error) {
    if (isConnectionLoss(error)) throw error
    await recordFailure(runtime, step, tenant, job.job_id, job.attempts, error)
  }
}

function message(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
