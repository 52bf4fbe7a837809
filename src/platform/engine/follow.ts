// Steps that follow at once: what a batch tells is taken up in the same transaction, for the whole batch, until nothing follows.
import type { Tx } from '../db.ts'
import { fault } from '../fault.ts'
import type { InsideStep, Job, Step } from './step.ts'

export interface Followed {
  readonly name: string
  readonly count: number
}

const ROUNDS_AT_MOST = 10

/** Runs `step` and, in turn, the steps at once that its events start; answers those. A throw refuses the whole: each job then runs alone, with jobs for what follows. */
export async function runWithFollowers(
  tx: Tx,
  step: InsideStep,
  jobs: readonly Job[],
  steps: ReadonlyMap<string, Step> = new Map(),
): Promise<Followed[]> {
  const followed: Followed[] = []
  const waiting = new Map<InsideStep, Set<string>>()
  const follow = (event: string, name: string, subject: string) => {
    const next = steps.get(name)
    if (next?.kind !== 'inside' || !next.at_once.includes(event)) return false
    const subjects = waiting.get(next) ?? new Set<string>()
    waiting.set(next, subjects.add(subject))
    return true
  }
  await step.run({ ...tx, follow }, jobs)
  for (let round = 0; waiting.size > 0; round++) {
    if (round === ROUNDS_AT_MOST) throw new Error(`${step.name} starts steps at once that do not end`)
    for (const [next, subjects] of [...waiting]) {
      waiting.delete(next)
      fault('engine:before-follower')
      const more = [...subjects].map((subject): Job => ({ job_id: tx.newId(), subject, attempts: 0, payload: null }))
      await next.run({ ...tx, actor: `step:${next.name}`, follow, at_once: true }, more)
      followed.push({ name: next.name, count: more.length })
    }
  }
  return followed
}
