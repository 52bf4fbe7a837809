// Publishing: events, one job per subscriber and one job for the feed, all in the transaction of what happened.
import type { Tx } from '../db.ts'
import { type NewJob, payloadText, schedule } from '../engine/jobs.ts'
import { fault } from '../fault.ts'

export interface NewEvent {
  /** `order.reserved`: the aggregate and what happened to it, in the past tense. */
  readonly type: string
  /** The aggregate that moved. */
  readonly subject: string
  /** Its version after the move, from its own compare-and-set. */
  readonly version: number
  /** What its subscribers are told: the aggregate that they care for; the subject where absent. */
  readonly about?: string
  /** Ids, states, quantities and amounts as JSON; never personal data. */
  readonly data: unknown
}

/** The step that gives committed events their place in the feed. */
export const FEED_STEP = 'outbox.feed'

/** Writes the events, the jobs of their subscribers, `timers` that go with them and the job of the feed: one statement whatever their number. */
export async function publish(tx: Tx, events: readonly NewEvent[], timers: readonly NewJob[] = []): Promise<void> {
  if (events.length === 0) {
    await schedule(tx, timers)
    return
  }
  const ids = events.map(() => tx.newId())
  const jobs: NewJob[] = [...timers]
  for (const event of events) {
    const subject = event.about ?? event.subject
    for (const step of tx.subscriptions.get(event.type) ?? [])
      if (tx.follow?.(event.type, step, subject) !== true) jobs.push({ step, subject })
  }
  jobs.push({ step: FEED_STEP, subject: tx.tenant, payload: { event_ids: ids } })
  await tx.sql`
    with told as (
      insert into outbox.event (tenant_id, event_id, type, subject, version, at, actor, data)
      select ${tx.tenant}::uuid, event_id, type, subject, version, ${tx.now}, ${tx.actor}, data::jsonb
        from unnest(${ids}::uuid[], ${events.map((event) => event.type)}::text[], ${events.map((event) => event.subject)}::uuid[],
                    ${events.map((event) => event.version)}::int[], ${events.map((event) => JSON.stringify(event.data, bigintAsNumber))}::text[])
          as new (event_id, type, subject, version, data))
    insert into engine.job (tenant_id, step, due_at, job_id, subject, payload)
    select ${tx.tenant}::uuid, step, coalesce(due_at, ${tx.now}), job_id, subject, payload::jsonb
      from unnest(${jobs.map((job) => job.step)}::text[], ${jobs.map((job) => job.due_at ?? null)}::timestamptz[], ${jobs.map(() => tx.newId())}::uuid[],
                  ${jobs.map((job) => job.subject)}::uuid[], ${jobs.map(payloadText)}::text[]) as new (step, due_at, job_id, subject, payload)`
  fault('publish:after-events')
}

/** JSON has no bigint: amounts are written as integers; beyond 2^53 − 1 it throws rather than lose a cent. */
export function bigintAsNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
    throw new RangeError('an amount is too large for JSON')
  return Number(value)
}
