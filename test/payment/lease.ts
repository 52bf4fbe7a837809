// One job of an outside step in the hands of a worker that is about to die.

import { later } from '../../src/platform/clock.ts'
import type { Job, OutsideCall, OutsideStep } from '../../src/platform/engine/index.ts'
import { lease } from '../../src/platform/engine/jobs.ts'
import type { World } from '../world/index.ts'

export async function leaseForTest(world: World, step: OutsideStep): Promise<{ call: OutsideCall; job: Job }> {
  const [job] = await world.transaction((tx) => lease(tx, step.name, 1, later(tx.now, step.lease_ms)))
  if (job === undefined) throw new Error(`nothing is due at ${step.name}`)
  const call = {
    tenant: world.tenant,
    runtime: world.runtime,
    signal: AbortSignal.timeout(30_000),
    transaction: world.transaction,
  }
  return { call, job }
}
