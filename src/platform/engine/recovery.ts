// Crash recovery: a process says that it lives and what it has in hand; jobs that killed their worker run alone, and are dead-lettered after three.
import { later, SECOND_MS } from '../clock.ts'
import type { Runtime } from '../runtime.ts'
import { buryAndTell } from './dead-letters.ts'
import { runAlone } from './run.ts'
import type { Step } from './step.ts'

const BEAT_MS = 5 * SECOND_MS
const DEAD_AFTER_MS = 30 * SECOND_MS
const CRASHES_AT_MOST = 3

export interface Life {
  /** Notes the jobs that slot `slot` is about to run; committed without waiting for the disk. */
  announce(slot: number, tenant: string, step: string, job_ids: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/** Writes the sign of life of this process every five seconds, and takes up what dead workers left. */
export function keepAlive(runtime: Runtime, kind: string, steps: ReadonlyMap<string, Step>): Life {
  const process_id = runtime.db.newId()
  const announced = new Set<string>()
  let beating = Promise.resolve()
  const beat = () => {
    beating = beating
      .then(() => signOfLife(runtime, process_id, kind))
      .then(async () => {
        await recover(runtime, steps)
      })
      .catch((error: unknown) => {
        runtime.log.error({ error: String(error) }, 'sign of life failed')
      })
  }
  beat()
  const timer = setInterval(beat, BEAT_MS)
  timer.unref()
  return {
    async announce(slot, tenant, step, job_ids) {
      announced.add(tenant)
      await runtime.db.transaction(tenant, 'system', async (tx) => {
        await tx.sql`set local synchronous_commit = off`
        await tx.sql`
          insert into engine.worker_batch (tenant_id, worker_id, slot, step, job_ids, started_at)
          values (${tenant}, ${process_id}, ${slot}::smallint, ${step}, ${[...job_ids]}::uuid[], ${tx.now})
          on conflict (tenant_id, worker_id, slot) do update set step = excluded.step, job_ids = excluded.job_ids, started_at = excluded.started_at`
      })
    },
    async stop() {
      clearInterval(timer)
      await beating
      for (const tenant of announced) {
        await runtime.db.transaction(
          tenant,
          'system',
          (tx) => tx.sql`delete from engine.worker_batch where tenant_id = ${tenant} and worker_id = ${process_id}`,
        )
      }
      await runtime.db
        .sql`delete from engine.process where process_id = ${process_id} -- all tenants: a process serves all`
    },
  }
}

async function signOfLife(runtime: Runtime, process_id: string, kind: string): Promise<void> {
  await runtime.db.sql`
    insert into engine.process (process_id, kind, seen_at) values (${process_id}, ${kind}, ${runtime.clock.now()}) -- all tenants: a process serves all
    on conflict (process_id) do update set seen_at = excluded.seen_at`
}

/** Runs alone, one by one, the jobs that were in the hands of workers which have died; the third crash of a job buries it. */
export async function recover(runtime: Runtime, steps: ReadonlyMap<string, Step>): Promise<number> {
  const orphans = await runtime.db.sql<{ tenant_id: string; worker_id: string; slot: number; job_ids: string[] }[]>`
    select tenant_id, worker_id, slot, job_ids from engine.orphaned_batches(${later(runtime.clock.now(), -DEAD_AFTER_MS)})`
  for (const orphan of orphans) {
    const suspects = await markSuspects(runtime, orphan)
    for (const suspect of suspects) await tryAlone(runtime, steps, orphan.tenant_id, suspect)
  }
  return orphans.length
}

interface Suspect {
  readonly job_id: string
  readonly step: string
  readonly crashes: number
}

// Marked and committed before anything runs: a job that kills this process too is counted.
async function markSuspects(
  runtime: Runtime,
  orphan: { tenant_id: string; worker_id: string; slot: number; job_ids: string[] },
): Promise<Suspect[]> {
  return runtime.db.transaction(orphan.tenant_id, 'system', async (tx) => {
    const taken = await tx.sql`
      delete from engine.worker_batch where tenant_id = ${tx.tenant} and worker_id = ${orphan.worker_id} and slot = ${orphan.slot}::smallint`
    if (taken.count === 0) return []
    return tx.sql<Suspect[]>`
      with marked as (
        insert into engine.suspect as s (tenant_id, job_id, crashes)
        select tenant_id, job_id, 1 from engine.job where tenant_id = ${tx.tenant} and job_id = any (${orphan.job_ids}::uuid[])
        on conflict (tenant_id, job_id) do update set crashes = s.crashes + 1
        returning job_id, crashes)
      select j.job_id, j.step, marked.crashes::int as crashes from marked join engine.job j on j.tenant_id = ${tx.tenant} and j.job_id = marked.job_id`
  })
}

async function tryAlone(
  runtime: Runtime,
  steps: ReadonlyMap<string, Step>,
  tenant: string,
  suspect: Suspect,
): Promise<void> {
  const step = steps.get(suspect.step)
  if (suspect.crashes >= CRASHES_AT_MOST) {
    await runtime.db.transaction(tenant, 'system', (tx) =>
      buryAndTell(tx, suspect.step, suspect.job_id, {
        attempts: suspect.crashes,
        error: `its worker died ${suspect.crashes} times with it in hand`,
      }),
    )
    return
  }
  if (step?.kind === 'inside') await runAlone(runtime, step, tenant, suspect.job_id)
  await runtime.db.transaction(
    tenant,
    'system',
    (tx) => tx.sql`delete from engine.suspect where tenant_id = ${tenant} and job_id = ${suspect.job_id}`,
  )
}
