// A transaction of a request: it waits a bounded time for a connection, and a broken connection becomes an honest answer.
import { type Actor, isConnectionLoss, type Tx } from '../db.ts'
import { platformProblem } from '../problems.ts'
import type { Runtime } from '../runtime.ts'
import { httpProblem } from './problems.ts'

const WAIT_MS = 2_000
const WAITING_AT_MOST = 500
export const RETRY_AFTER_SECONDS = 1

const waiting = new WeakMap<Runtime, { count: number }>()

/**
 * Runs `work` in a transaction. Throws `overloaded` where no connection is free within two seconds (nothing was done), and `outcome_unknown`
 * where the connection broke after the work had begun: it may or may not be committed.
 */
export async function boundedTransaction<Result>(
  runtime: Runtime,
  tenant: string,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const queue = waiting.get(runtime) ?? { count: 0 }
  waiting.set(runtime, queue)
  if (queue.count >= WAITING_AT_MOST) throw overloaded('too many requests wait for the database')
  queue.count += 1
  let state: 'waiting' | 'begun' | 'given up' = 'waiting'
  const begin = () => {
    if (state === 'waiting') queue.count -= 1
    state = 'begun'
  }
  const bound = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    if (state !== 'waiting') return
    queue.count -= 1
    state = 'given up'
    bound.reject(overloaded('no connection to the database was free'))
  }, WAIT_MS)
  const done = runtime.db.transaction(tenant, actor, (tx) => {
    if (state === 'given up') throw new Error('the request has been answered already')
    begin()
    return work(tx)
  })
  try {
    return await Promise.race([done, bound.promise])
  } catch (error) {
    if (!isConnectionLoss(error)) throw error
    throw hasBegun(state)
      ? httpProblem('outcome_unknown', { retry_after_seconds: RETRY_AFTER_SECONDS })
      : overloaded('the database cannot be reached')
  } finally {
    clearTimeout(timer)
    if (!hasBegun(state) && !hasEnded(state)) queue.count -= 1
    done.catch(() => undefined)
    bound.promise.catch(() => undefined)
  }
}

const hasBegun = (state: string) => state === 'begun'
const hasEnded = (state: string) => state === 'given up'

/** The refusal for lack of capacity: nothing was kept, and when to come again. */
export function overloaded(reason: string): Error {
  return platformProblem('overloaded', { reason, retry_after_seconds: RETRY_AFTER_SECONDS })
}
