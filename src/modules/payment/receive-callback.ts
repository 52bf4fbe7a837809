// Callbacks of providers: verified over their bytes, kept once each, applied in whatever order they come.
import type { Tx } from '../../platform/db.ts'
import { isUuid } from '../../platform/ids.ts'
import type { Context } from '../../platform/runtime.ts'
import { adapters } from './adapters.ts'
import type { Outcome } from './outcome.ts'
import { paymentProblem } from './problems.ts'
import type { Headers, ProviderEvent } from './provider.ts'
import { holdUnmatched, isMovement, outcomeText, recordOutcome } from './record-outcome.ts'
import { lockByProviderRef } from './store.ts'
import { type CallbackState, judgeCallback, keepCallback } from './store-callbacks.ts'
import { providerByName } from './store-providers.ts'
import { requestById } from './store-requests.ts'

export interface IncomingCallback {
  readonly provider: string
  readonly headers: Headers
  readonly raw: Uint8Array
}

/** Takes a callback; a repeat changes nothing. Throws provider_unknown, callback_unsigned, callback_unreadable. */
export async function receiveCallback(context: Context, incoming: IncomingCallback): Promise<void> {
  await context.transaction(async (tx) => {
    const row = await providerByName(tx, incoming.provider)
    const adapter = row === null ? undefined : adapters.get(row.adapter)
    if (row === null || adapter === undefined) throw paymentProblem('provider_unknown')
    const secret = context.runtime.secrets.open(row.secret_sealed)
    if (!adapter.isGenuine(secret, incoming.headers, incoming.raw, tx.now)) throw paymentProblem('callback_unsigned')
    const event = adapter.read(incoming.raw)
    if (event === null) throw paymentProblem('callback_unreadable')
    await apply(tx, incoming.provider, event)
  })
}

async function apply(tx: Tx, provider: string, event: ProviderEvent): Promise<void> {
  const callback_id = tx.newId()
  const fresh = await keepCallback(tx, {
    callback_id,
    provider,
    provider_event_id: event.event_id,
    outcome: outcomeText(event.outcome),
    intent_id: null,
    state: 'applied',
    reason: null,
  })
  if (!fresh) return
  const judged = await applyOnce(tx, provider, event)
  await judgeCallback(tx, callback_id, judged)
  if (judged.state === 'unmatched') await holdUnmatched(tx, callback_id, provider, event.outcome)
}

interface Judged {
  readonly intent_id: string | null
  readonly state: CallbackState
  readonly reason: string | null
}

async function applyOnce(tx: Tx, provider: string, event: ProviderEvent): Promise<Judged> {
  const request = event.key !== null && isUuid(event.key) ? await requestById(tx, event.key) : null
  const intent_id = request?.intent_id ?? (await lockByProviderRef(tx, provider, event.provider_ref))[0]?.intent_id
  if (intent_id === undefined) return { intent_id: null, ...lost(event.outcome, 'no_such_payment') }
  const learned = await recordOutcome(tx, intent_id, request?.request_id ?? null, event.outcome)
  if (learned === 'applied') return { intent_id, state: 'applied', reason: null }
  return { intent_id, ...lost(event.outcome, 'unexpected') }
}

// Only money needs a person: that a page of nobody was declined is no news.
function lost(outcome: Outcome, reason: string): Omit<Judged, 'intent_id'> {
  return { state: isMovement(outcome) ? 'unmatched' : 'applied', reason }
}
