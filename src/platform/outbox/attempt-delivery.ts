// One attempt at one message, and what is written of attempts: outcomes, the next tries, endpoints that are gone or deaf.
import { DAY_MS, later } from '../clock.ts'
import type { Tx } from '../db.ts'
import { callOut, EgressError } from '../egress.ts'
import { schedule } from '../engine/jobs.ts'
import type { OutsideCall } from '../engine/step.ts'
import type { Randomness } from '../ids.ts'
import { webhookHeaders } from '../webhook-signature.ts'
import { type Delivery, deliveredSince, saveDeliveries } from './deliveries.ts'
import { activeSecrets, type Endpoint, RETRY_STEP, saveEndpoint } from './endpoints.ts'
import type { FedEvent } from './read-feed.ts'
import { ATTEMPTS_AT_MOST, waitAfter } from './retry-schedule.ts'

const TIMEOUT_MS = 15_000

/** One message and what came of it: status null where no answer came. */
export interface Attempt {
  readonly event: FedEvent
  readonly status: number | null
  readonly outcome: string
}

/** Whether an endpoint asked for a type: by its name, by its family (`order.*`), or for everything. */
export function wants({ types }: Pick<Endpoint, 'types'>, type: string): boolean {
  const family = `${type.split('.', 1)[0]}.*`
  return types.length === 0 || types.includes(type) || types.includes(family)
}

/** What is sent: thin, for the order of messages is not promised; the receiver reads the state that it needs. */
export function webhookBody(event: FedEvent): string {
  const { type, subject, version, position, at } = event
  return JSON.stringify({ type, timestamp: at.toISOString(), data: { subject, version, position: Number(position) } })
}

/** Sends one message, signed with every active secret; whatever goes wrong is an outcome, not an error. */
export async function attempt(call: OutsideCall, endpoint: Endpoint, event: FedEvent, now: Date): Promise<Attempt> {
  const { runtime, signal } = call
  const secrets = activeSecrets(endpoint, now).map((secret) => runtime.secrets.open(secret.sealed))
  const body = webhookBody(event)
  const headers = {
    'content-type': 'application/json',
    ...webhookHeaders({ id: event.event_id, at: now, body }, secrets),
  }
  try {
    const reply = await callOut(runtime.settings, {
      method: 'POST',
      url: endpoint.url,
      headers,
      body,
      timeout_ms: TIMEOUT_MS,
      signal,
    })
    return { event, status: reply.status, outcome: `answered ${reply.status}` }
  } catch (error) {
    return { event, status: null, outcome: error instanceof EgressError ? error.fault : 'no_answer' }
  }
}

const GONE = 410

/** Writes what came of attempts, schedules the next ones, and disables an endpoint that is gone or has been deaf for three days. */
export async function recordAttempts(
  tx: Tx,
  endpoint: Endpoint,
  attempts: readonly (Attempt & { before: number })[],
  randomness: Randomness,
): Promise<Endpoint['state']> {
  const deliveries = attempts.map(deliveryOf)
  await saveDeliveries(tx, endpoint.endpoint_id, deliveries)
  const retries = deliveries.flatMap((delivery) => {
    const wait_ms = delivery.state === 'pending' ? waitAfter(delivery.attempts, randomness) : null
    if (wait_ms === null) return []
    const payload = { endpoint_id: endpoint.endpoint_id }
    return [{ step: RETRY_STEP, subject: delivery.event_id, payload, due_at: later(tx.now, wait_ms) }]
  })
  await schedule(tx, retries)
  const reason = await reasonToDisable(tx, endpoint, deliveries)
  const disabled = reason !== null && endpoint.state === 'active'
  const now = disabled ? { ...endpoint, state: 'disabled' as const, state_reason: reason } : endpoint
  await saveEndpoint(tx, now)
  return now.state
}

/** Whether the endpoint took the message; a redirect is a refusal like any other. */
export function isTaken({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300
}

function deliveryOf(made: Attempt & { before: number }): Delivery {
  const { event, status, outcome, before } = made
  const attempts = before + 1
  const state = isTaken(made) ? 'delivered' : attempts >= ATTEMPTS_AT_MOST ? 'failed' : 'pending'
  return {
    event_id: event.event_id,
    position: event.position,
    state,
    attempts,
    last_status: status,
    last_outcome: outcome,
  }
}

const DEAF_MS = 3 * DAY_MS

async function reasonToDisable(tx: Tx, endpoint: Endpoint, deliveries: readonly Delivery[]): Promise<string | null> {
  if (deliveries.some((delivery) => delivery.last_status === GONE)) return 'gone'
  if (!deliveries.some((delivery) => delivery.state === 'failed')) return null
  return (await deliveredSince(tx, endpoint.endpoint_id, later(tx.now, -DEAF_MS))) ? null : 'deaf'
}
