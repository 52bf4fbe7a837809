// The statements of what providers told: each event once, and the queue of what belongs to nothing here.
import type { Tx } from '../../platform/db.ts'

export type CallbackState = 'applied' | 'unmatched' | 'matched' | 'returned'

export interface NewCallback {
  readonly callback_id: string
  readonly provider: string
  readonly provider_event_id: string
  readonly outcome: string
  readonly intent_id: string | null
  readonly state: CallbackState
  readonly reason: string | null
}

/** Keeps an event of a provider; false where it was told before. A twin under way is waited for. */
export async function keepCallback(tx: Tx, callback: NewCallback): Promise<boolean> {
  const kept = await tx.sql`
    insert into payment.callback (tenant_id, callback_id, provider, provider_event_id, outcome, intent_id, state, reason, received_at)
    values (${tx.tenant}, ${callback.callback_id}, ${callback.provider}, ${callback.provider_event_id}, ${callback.outcome}::text::jsonb,
            ${callback.intent_id}, ${callback.state}, ${callback.reason}, ${tx.now})
    on conflict (tenant_id, provider, provider_event_id) do nothing`
  return kept.count === 1
}

/** Says what a kept event turned out to be. */
export async function judgeCallback(
  tx: Tx,
  callback_id: string,
  judged: { intent_id: string | null; state: CallbackState; reason: string | null },
): Promise<void> {
  await tx.sql`
    update payment.callback set intent_id = ${judged.intent_id}, state = ${judged.state}, reason = ${judged.reason}
     where tenant_id = ${tx.tenant} and callback_id = ${callback_id}`
}

export interface CallbackRow {
  readonly callback_id: string
  readonly provider: string
  readonly outcome: unknown
  readonly intent_id: string | null
  readonly state: CallbackState
  readonly reason: string | null
  readonly received_at: Date
}

/** What belongs to nothing here and waits for a person, oldest first. */
export async function unmatchedCallbacks(tx: Tx, limit: number): Promise<CallbackRow[]> {
  return tx.sql<CallbackRow[]>`
    select callback_id, provider, outcome, intent_id, state, reason, received_at from payment.callback
     where tenant_id = ${tx.tenant} and state = 'unmatched' order by received_at, callback_id limit ${limit}::int`
}

export async function lockCallback(tx: Tx, callback_id: string): Promise<CallbackRow | null> {
  const rows = await tx.sql<CallbackRow[]>`
    select callback_id, provider, outcome, intent_id, state, reason, received_at from payment.callback
     where tenant_id = ${tx.tenant} and callback_id = ${callback_id} for update`
  return rows[0] ?? null
}

export async function settleCallback(
  tx: Tx,
  callback_id: string,
  settled: { state: 'matched' | 'returned'; intent_id: string | null },
): Promise<void> {
  await tx.sql`
    update payment.callback set state = ${settled.state}, intent_id = coalesce(${settled.intent_id}::uuid, intent_id),
           settled_at = ${tx.now}, settled_by = ${tx.actor}
     where tenant_id = ${tx.tenant} and callback_id = ${callback_id} and state = 'unmatched'`
}
