// The worker: a few slots that take turns over (tenant, step) pairs with due jobs, so that a large tenant cannot starve a small one.
import type { Runtime } from '../runtime.ts'
import { keepAlive, type Life } from './recovery.ts'
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
  return new SlotWorker(runtime, steps, slots)
}

class SlotWorker implements Worker {
  readonly #runtime: Runtime
  readonly #steps: ReadonlyMap<string, Step>
  readonly #life: Life
  readonly #done = new Map<string, { batches: number; jobs: number }>()
  readonly #running = new Map<string, number>()
  readonly #loops: readonly Promise<void>[]
  #ready: Pair[] = []
  #refreshing: Promise<void> | null = null
  #stopped = false
  #idle_ms = IDLE_FIRST_MS
  #nudged = Promise.withResolvers<void>()

  constructor(runtime: Runtime, steps: ReadonlyMap<string, Step>, slots: number) {
    this.#runtime = runtime
    this.#steps = steps
    this.#life = keepAlive(runtime, 'worker', steps)
    this.#loops = Array.from({ length: slots }, (_, slot) => this.#loop(slot))
  }

  nudge(): void {
    this.#idle_ms = IDLE_FIRST_MS
    this.#nudged.resolve()
    this.#nudged = Promise.withResolvers<void>()
  }

  done() {
    return this.#done
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.nudge()
    await Promise.all(this.#loops)
    await this.#life.stop()
  }

  async #loop(slot: number): Promise<void> {
    while (!this.#stopped) {
      let pair = this.#next()
      if (pair === undefined) {
        await this.#refresh()
        pair = this.#next()
      }
      if (pair === undefined) await this.#rest()
      else await this.#run(pair, slot)
    }
  }

  #next(): Pair | undefined {
    const index = this.#ready.findIndex(
      (pair) => !(pair.step.kind === 'inside' && pair.step.serial && this.#running.has(key(pair))),
    )
    return index < 0 ? undefined : this.#ready.splice(index, 1)[0]
  }

  // All slots wait for one look at the jobs.
  async #refresh(): Promise<void> {
    this.#refreshing ??= this.#look()
    await this.#refreshing
  }

  async #look(): Promise<void> {
    try {
      this.#ready = await duePairs(this.#runtime, this.#steps)
    } catch (error) {
      this.#runtime.log.error({ error: String(error) }, 'cannot look for due work')
    } finally {
      this.#refreshing = null
    }
  }

  async #rest(): Promise<void> {
    const timer = new Promise<void>((resolve) => setTimeout(resolve, this.#idle_ms).unref())
    this.#idle_ms = Math.min(this.#idle_ms * 2, IDLE_MOST_MS)
    await Promise.race([this.#nudged.promise, timer])
  }

  async #run(pair: Pair, slot: number): Promise<void> {
    const place = key(pair)
    this.#running.set(place, (this.#running.get(place) ?? 0) + 1)
    try {
      await runBatch(this.#runtime, pair.step, pair.tenant, {
        steps: this.#steps,
        announce: (tenant, step, ids) => this.#life.announce(slot, tenant, step, ids),
        done: (step, jobs) => this.#count(step, jobs),
      })
    } catch (error) {
      this.#runtime.log.error({ step: pair.step.name, tenant: pair.tenant, error: String(error) }, 'batch failed')
      await this.#rest()
    } finally {
      const left = (this.#running.get(place) ?? 1) - 1
      if (left === 0) this.#running.delete(place)
      else this.#running.set(place, left)
    }
  }

  #count(step: string, jobs: number): void {
    this.#idle_ms = IDLE_FIRST_MS
    const tally = this.#done.get(step) ?? { batches: 0, jobs: 0 }
    this.#done.set(step, { batches: tally.batches + 1, jobs: tally.jobs + jobs })
  }
}

function key(pair: Pair): string {
  return `${pair.tenant} ${pair.step.name}`
}

/** The pairs with due jobs, tenants taking turns: the first step of each tenant, then the second of each, and so on. */
async function duePairs(runtime: Runtime, steps: ReadonlyMap<string, Step>): Promise<Pair[]> {
  const rows = await runtime.db.sql<{ tenant_id: string; step: string }[]>`
    select tenant_id, step from engine.due(${runtime.clock.now()})`
  const rounds = [...Map.groupBy(rows, (row) => row.tenant_id).values()]
  const longest = rounds.reduce((most, round) => Math.max(most, round.length), 0)
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
    const due = await duePairs(runtime, steps)
    const pairs = due.filter((pair) => only_tenant === undefined || pair.tenant === only_tenant)
    let jobs = 0
    for (const pair of pairs) jobs += await runBatch(runtime, pair.step, pair.tenant, { steps })
    if (jobs === 0) return total
    total += jobs
  }
  throw new Error(`work does not end: still due after ${ROUNDS_AT_MOST} rounds`)
}
