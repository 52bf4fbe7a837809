// A transaction of a request: it waits for a connection while the queue moves, and a broken connection becomes an honest answer.
import { type Actor, isConnectionLoss, type Tx } from '../db.ts'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import { httpProblem } from './problems.ts'

/** No request got a connection for so long: the database hangs, and waiting on would only pile up. */
const STALLED_MS = 2_000
/** While others get theirs a request is slow, not refused; this long at most, well within what callers and proxies allow. */
const WAIT_AT_MOST_MS = 20_000
const WAITING_AT_MOST = 500
export const RETRY_AFTER_SECONDS = 1

interface Queue {
  count: number
  /** When a request last got a connection, by the monotonic clock. */
  moved_ms: number
}

const queues = new WeakMap<Runtime, Queue>()

/**
 * Runs `work` in a transaction. Throws `overloaded` where no connection is free and for two seconds nobody got one (nothing was done), and
 * `outcome_unknown` where the connection broke after the work had begun: it may or may not be committed.
 */
export async function boundedTransaction<Result>(
  runtime: Runtime,
  tenant: string,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const queue = queues.get(runtime) ?? { count: 0, moved_ms: 0 }
  queues.set(runtime, queue)
  if (queue.count >= WAITING_AT_MOST) throw overloaded('too many requests wait for the database')
  const place = new Place(queue)
  const done = runtime.db.transaction(tenant, actor, (tx) => {
    if (place.state === 'given up') throw new Error('the request has been answered already')
    place.begin()
    return work(tx)
  })
  done.catch(() => undefined)
  try {
    return await Promise.race([done, place.patience])
  } catch (error) {
    if (!isConnectionLoss(error)) throw error
    throw place.state === 'begun'
      ? httpProblem('outcome_unknown', { retry_after_seconds: RETRY_AFTER_SECONDS })
      : overloaded('the database cannot be reached')
  } finally {
    place.leave()
  }
}

// The place of one request in the queue for connections.
class Place {
  state: 'waiting' | 'begun' | 'given up' = 'waiting'
  /** Rejects when the queue has stood still for too long. */
  readonly patience: Promise<never>
  readonly #queue: Queue
  readonly #came_ms = performance.now()
  readonly #refuse: (error: Error) => void
  #timer: NodeJS.Timeout | null = null
  #looked = false

  constructor(queue: Queue) {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => undefined)
    this.patience = promise
    this.#refuse = reject
    this.#queue = queue
    queue.count += 1
    this.#look()
  }

  #look(): void {
    if (this.state !== 'waiting') return
    const stalled_ms = Math.max(this.#came_ms, this.#queue.moved_ms) + STALLED_MS
    const left_ms = Math.min(stalled_ms, this.#came_ms + WAIT_AT_MOST_MS) - performance.now()
    if (left_ms > 0) {
      this.#looked = false
      this.#timer = setTimeout(() => this.#look(), left_ms)
    } else if (!this.#looked) {
      // A process that was not given the processor finds its timers due before it has read what came meanwhile: read first.
      this.#looked = true
      setImmediate(() => this.#look())
    } else {
      this.#queue.count -= 1
      this.state = 'given up'
      this.#refuse(overloaded('no connection to the database was free'))
    }
  }

  begin(): void {
    if (this.state === 'waiting') this.#queue.count -= 1
    this.state = 'begun'
    this.#queue.moved_ms = performance.now()
  }

  leave(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    if (this.state !== 'waiting') return
    this.#queue.count -= 1
    this.state = 'given up'
  }
}

/** The refusal for lack of capacity: nothing was kept, and when to come again. */
export function overloaded(reason: string): Error {
  return platformProblem('overloaded', { reason, retry_after_seconds: RETRY_AFTER_SECONDS })
}
