// Sending webhooks: each endpoint reads the feed at its own pace; what fails is tried again alone, for three days.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { later, MINUTE_MS } from '../clock.ts'
import type { Tx } from '../db.ts'
import { schedule } from '../engine/jobs.ts'
import { type OutsideCall, outside, type Record } from '../engine/step.ts'
import { type Attempt, attempt, isTaken, recordAttempts, wants } from './attempt-delivery.ts'
import { lockDelivery, pendingEvents } from './deliveries.ts'
import { type Endpoint, lockEndpoint, lockFeed, RETRY_STEP, readEndpoint, SEND_STEP } from './endpoints.ts'
import { eventById } from './read-event.ts'
import { type FedEvent, pageOfFeed } from './read-feed.ts'

const READ_AT_ONCE = 200
const SENT_AT_ONCE = 20
/** An endpoint with so many messages in retry is sent no new ones: one of the old ones knocks until it opens. */
const PENDING_AT_MOST = 100
const KNOCK_MS = 5 * MINUTE_MS

const nothing: Record = async () => {}

/** Reads on from where the endpoint is, sends at most twenty messages at once, and goes on while there is more. */
export const sendWebhooks = outside(SEND_STEP, { batch: 10, lease_ms: 60_000 }, async (call, job) => {
  const work = await call.transaction(async (tx) => {
    const endpoint = await readEndpoint(tx, job.subject)
    if (endpoint?.state !== 'active') return null
    const pending = await pendingEvents(tx, endpoint.endpoint_id, PENDING_AT_MOST)
    const choked = pending.length >= PENDING_AT_MOST
    const page = choked ? [] : await pageOfFeed(tx, endpoint.next_position - 1n, READ_AT_ONCE)
    return { endpoint, page, now: tx.now, knock: choked ? (pending[0] ?? null) : null }
  })
  if (work === null) return nothing
  if (work.knock !== null) return knock(call, work.endpoint, work.knock)
  const wanted = work.page.filter((event) => wants(work.endpoint, event.type)).slice(0, SENT_AT_ONCE)
  const cut = wanted.length === SENT_AT_ONCE ? wanted.at(-1) : work.page.at(-1)
  const next = cut === undefined ? work.endpoint.next_position : cut.position + 1n
  // at most 20: SENT_AT_ONCE
  const attempts = await Promise.all(wanted.map((event) => attempt(call, work.endpoint, event, work.now)))
  return (tx) => readOn(tx, call, work.endpoint, next, attempts)
})

async function readOn(
  tx: Tx,
  call: OutsideCall,
  was: Endpoint,
  next: bigint,
  attempts: readonly Attempt[],
): Promise<void> {
  const last = await lockFeed(tx)
  const endpoint = await lockEndpoint(tx, was.endpoint_id)
  if (endpoint === null) return
  // Somebody may have sent it back to an earlier position in the meantime: that counts.
  const untouched = endpoint.next_position === was.next_position
  const moved = untouched ? { ...endpoint, next_position: next } : endpoint
  const first = attempts.map((made) => ({ ...made, before: 0 }))
  const state = await recordAttempts(tx, moved, first, call.runtime.randomness)
  if (state === 'active' && last >= moved.next_position)
    await schedule(tx, [{ step: SEND_STEP, subject: endpoint.endpoint_id }])
}

async function knock(call: OutsideCall, endpoint: Endpoint, event_id: string): Promise<Record> {
  const made = await attemptPending(call, endpoint.endpoint_id, event_id)
  return async (tx) => {
    const opened = made !== null && isTaken(made)
    if (opened) {
      await recordPending(tx, call, endpoint.endpoint_id, made)
      await retryAll(tx, endpoint.endpoint_id)
    }
    const due_at = opened ? tx.now : later(tx.now, KNOCK_MS)
    await schedule(tx, [{ step: SEND_STEP, subject: endpoint.endpoint_id, due_at }])
  }
}

/** Tries everything that an endpoint has in retry now; the jobs that wait for later find nothing left to do. */
export async function retryAll(tx: Tx, endpoint_id: string): Promise<void> {
  const events = await pendingEvents(tx, endpoint_id, RETRIED_AT_MOST)
  await schedule(
    tx,
    events.map((subject) => ({ step: RETRY_STEP, subject, payload: { endpoint_id } })),
  )
}

const RETRIED_AT_MOST = 1_000

const RetryPayload = Type.Object({ endpoint_id: Type.String() })

/** Tries one message again; its subject is the event, its payload names the endpoint. */
export const retryWebhook = outside(RETRY_STEP, { batch: 20, lease_ms: 60_000 }, async (call, job) => {
  const { payload } = job
  if (!Value.Check(RetryPayload, payload)) return nothing
  const made = await attemptPending(call, payload.endpoint_id, job.subject)
  return made === null ? nothing : (tx) => recordPending(tx, call, payload.endpoint_id, made)
})

async function attemptPending(call: OutsideCall, endpoint_id: string, event_id: string): Promise<Attempt | null> {
  const work = await call.transaction(async (tx) => {
    const endpoint = await readEndpoint(tx, endpoint_id)
    const delivery = await lockDelivery(tx, endpoint_id, event_id)
    const event = await eventById(tx, event_id)
    if (endpoint?.state !== 'active' || delivery?.state !== 'pending' || event === null) return null
    const fed: FedEvent = { ...event, position: delivery.position }
    return { endpoint, event: fed, now: tx.now }
  })
  return work === null ? null : attempt(call, work.endpoint, work.event, work.now)
}

async function recordPending(tx: Tx, call: OutsideCall, endpoint_id: string, made: Attempt): Promise<void> {
  const endpoint = await lockEndpoint(tx, endpoint_id)
  const delivery = await lockDelivery(tx, endpoint_id, made.event.event_id)
  if (endpoint === null || delivery?.state !== 'pending') return
  await recordAttempts(tx, endpoint, [{ ...made, before: delivery.attempts }], call.runtime.randomness)
}
