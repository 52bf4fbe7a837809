// Callbacks of the sandbox provider: signed by Standard Webhooks, tried a few times, repeated and delayed on request.
import type { Clock } from '../platform/clock.ts'
import { webhookHeaders } from '../platform/webhook-signature.ts'
import type { Operation } from './ledger.ts'

export interface Callbacks {
  /** Sends the news of an operation `times` times over. */
  send(notify_url: string, event_id: string, operation: Operation, times?: number): void
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>
  stop(): void
}

const TRIES = 5
const TIMEOUT_MS = 5_000

/** Makes the sender; what is not taken is sent again after 1, 2, 4 and 8 seconds. */
export function openCallbacks(secret: string, clock: Clock): Callbacks {
  const under_way = new Set<Promise<void>>()
  const timers = new Set<NodeJS.Timeout>()
  let stopped = false

  async function post(notify_url: string, event_id: string, operation: Operation, attempt: number): Promise<void> {
    const at = clock.now()
    const body = JSON.stringify({ event_id, at: at.toISOString(), operation })
    const headers = { 'content-type': 'application/json', ...webhookHeaders({ id: event_id, at, body }, [secret]) }
    const taken = await fetch(notify_url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).then(
      (reply) => reply.ok,
      () => false,
    )
    if (taken || stopped || attempt >= TRIES) return
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        track(post(notify_url, event_id, operation, attempt + 1))
      },
      1_000 * 2 ** (attempt - 1),
    )
    timer.unref()
    timers.add(timer)
  }

  function track(work: Promise<void>): void {
    under_way.add(work)
    work.finally(() => under_way.delete(work)).catch(() => undefined)
  }

  return {
    send(notify_url, event_id, operation, times = 1) {
      for (let copy = 0; copy < times; copy++) track(post(notify_url, event_id, operation, 1))
    },
    async settled() {
      while (under_way.size > 0) await Promise.race(under_way)
    },
    stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
