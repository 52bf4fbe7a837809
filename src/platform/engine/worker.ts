// The worker: a few slots that take turns over (tenant, step) pairs with due jobs, so that a large tenant cannot starve a small one.
import type { Runtime } from '../runtime.ts'
import { keepAlive } from './recovery.ts'
import { runBatch } from './run.ts'
import type { Step } from './step.ts'

export interface Worker {
  /** Looks for work at once instead of at the next poll; cheap, may be called for every request. */
  nudge(): void
  /** Takes no new batch, waits for those in hand. */
  stop(): Promise<void>
  /** Batches and jobs done since the start, by step. */
  done(): ReadonlyMap<string, { batches: number; jobs: number }>
}

interface Pair {
  readonly tenant: string
  readonly step: Step
}

const IDLE_FIRST_MS = 20
const IDLE_MOST_MS = 250

/** Starts `slots` runners over `steps`; stop() ends them without losing anything. */
export function startWorker(runtime: Runtime, steps: ReadonlyMap<string, Step>, slots = 3): Worker {
  const done = new Map<string, { batches: number; jobs: number }>()
  const running = new Map<string, number>()
  const alive = keepAlive(runtime, 'worker', steps)
  let ready: Pair[] = []
  let refreshing: Promise<void> | null = null
  let stopped = false
  let idle_ms = IDLE_FIRST_MS
  let wake: (() => void) | null = null
  let pause = sleeping()

  function sleeping(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve
    })
  }
  function nudge(): void {
    idle_ms = IDLE_FIRST_MS
    wake?.()
    pause = sleeping()
  }
  async function refresh(): Promise<void> {
    refreshing ??= duePairs(runtime, steps).then(
      (pairs) => {
        ready = pairs
        refreshing = null
      },
      (error: unknown) => {
        refreshing = null
        runtime.log.error({ error: String(error) }, 'cannot look for due work')
      },
    )
    await refreshing
  }
  function next(): Pair | undefined {
    const index = ready.findIndex(
      (pair) => !(pair.step.kind === 'inside' && pair.step.serial && running.has(key(pair))),
    )
    return index < 0 ? undefined : ready.splice(index, 1)[0]
  }
  async function rest(): Promise<void> {
    const timer = new Promise<void>((resolve) => setTimeout(resolve, idle_ms).unref())
    idle_ms = Math.min(idle_ms * 2, IDLE_MOST_MS)
    await Promise.race([pause, timer])
  }
  async function runPair(pair: Pair, slot: number): Promise<void> {
    running.set(key(pair), (running.get(key(pair)) ?? 0) + 1)
    try {
      const jobs = await runBatch(runtime, pair.step, pair.tenant, (tenant, step, ids) =>
        alive.announce(slot, tenant, step, ids),
      )
      if (jobs === 0) return
      idle_ms = IDLE_FIRST_MS
      const tally = done.get(pair.step.name) ?? { batches: 0, jobs: 0 }
      done.set(pair.step.name, { batches: tally.batches + 1, jobs: tally.jobs + jobs })
    } catch (error) {
      runtime.log.error({ step: pair.step.name, tenant: pair.tenant, error: String(error) }, 'batch failed')
      await rest()
    } finally {
      const left = (running.get(key(pair)) ?? 1) - 1
      if (left === 0) running.delete(key(pair))
      else running.set(key(pair), left)
    }
  }
  async function loop(slot: number): Promise<void> {
    while (!stopped) {
      let pair = next()
      if (pair === undefined) {
        await refresh()
        pair = next()
      }
      if (pair === undefined) await rest()
      else await runPair(pair, slot)
    }
  }
  const loops = Array.from({ length: slots }, (_, slot) => loop(slot))
  return {
    nudge,
    done: () => done,
    async stop() {
      stopped = true
      nudge()
      await Promise.all(loops) // at most `slots`
      await alive.stop()
    },
  }
}

function key(pair: Pair): string {
  return `${pair.tenant} ${pair.step.name}`
}

/** The pairs with due jobs, tenants taking turns: the first step of each tenant, then the second of each, and so on. */
async function duePairs(runtime: Runtime, steps: ReadonlyMap<string, Step>): Promise<Pair[]> {
  const rows = await runtime.db.sql<{ tenant_id: string; step: string }[]>`
    select tenant_id, step from engine.due(${runtime.clock.now()})`
  const byTenant = Map.groupBy(rows, (row) => row.tenant_id)
  const rounds = [...byTenant.values()]
  const longest = Math.max(0, ...rounds.map((round) => round.length))
  const pairs: Pair[] = []
  for (let turn = 0; turn < longest; turn++) {
    for (const round of rounds) {
      const row = round[turn]
      const step = row === undefined ? undefined : steps.get(row.step)
      if (row !== undefined && step !== undefined) pairs.push({ tenant: row.tenant_id, step })
    }
  }
  return pairs
}

const ROUNDS_AT_MOST = 10_000

/**
 * Runs everything that is due (for one tenant where given) until nothing is, on the calling thread: for tests, imports and rehearsals.
 * Answers the number of jobs done. Throws after ten thousand rounds: steps that feed each other for ever.
 */
export async function drain(runtime: Runtime, steps: ReadonlyMap<string, Step>, only_tenant?: string): Promise<number> {
  let total = 0
  for (let round = 0; round < ROUNDS_AT_MOST; round++) {
    const pairs = (await duePairs(runtime, steps)).filter(
      (pair) => only_tenant === undefined || pair.tenant === only_tenant,
    )
    let jobs = 0
    for (const pair of pairs) jobs += await runBatch(runtime, pair.step, pair.tenant)
    if (jobs === 0) return total
    total += jobs
  }
  throw new Error(`work does not end: still due after ${ROUNDS_AT_MOST} rounds`)
}
