// Calls to providers: counted before they are made; where an outcome is unknown, the provider is asked by the key before anything is asked again.
import { SECOND_MS } from '../../platform/clock.ts'
import { type Job, NotYet, type OutsideCall, type Record } from '../../platform/engine/index.ts'
import { tenantOf } from '../../platform/tenants.ts'
import { type Connected, connect, providerOf } from './connect-provider.ts'
import { type Intent, isOver, type PaymentRequest } from './intent.ts'
import type { Outcome } from './outcome.ts'
import { isMovement, recordAnswer, recordOutcome } from './record-outcome.ts'
import { lockIntents, saveIntents } from './store.ts'
import type { ProviderRow } from './store-providers.ts'
import { countCall, pageRequest, requestById } from './store-requests.ts'

const nothing: Record = async () => {}

interface Asked {
  readonly request: PaymentRequest
  readonly intent: Intent
  readonly provider: ProviderRow | null
  /** The request that opened the page. */
  readonly page: PaymentRequest | null
}

/** Makes the call that a request asks for, and answers how its outcome is recorded. */
export async function askProvider(call: OutsideCall, job: Job): Promise<Record> {
  const asked = await prepare(call, job.subject)
  if (asked === null) return nothing
  const { request, intent, provider } = asked
  const connected = provider === null ? null : connect(call, provider)
  const name = provider?.provider ?? ''
  const answer =
    (outcome: Outcome): Record =>
    (tx) =>
      recordAnswer(tx, request, name, outcome)
  if (request.kind === 'authorise' && isOver(intent.state))
    return answer({ status: 'declined', reason: 'no longer wanted' })
  if (connected === null) return answer({ status: 'declined', reason: 'no_provider' })
  if (!connected.adapter.methods.includes(intent.method))
    return answer({ status: 'declined', reason: 'method_not_offered' })
  if (request.kind === 'void' && request.amount === 0n) return closePage(asked, connected, answer)
  const known = request.calls === 0 ? null : await connected.adapter.query(connected.connection, request.request_id)
  return answer(known ?? (await perform(call, asked, connected, name)))
}

// The count is committed before the call: a process that dies in between leaves a request that is queried first.
async function prepare(call: OutsideCall, request_id: string): Promise<Asked | null> {
  return call.transaction(async (tx) => {
    const found = await requestById(tx, request_id)
    if (found === null) return null
    const [intent] = await lockIntents(tx, [found.intent_id])
    const request = await requestById(tx, request_id)
    if (intent === undefined || request?.state !== 'asked') return null
    await countCall(tx, request_id)
    const provider = await providerOf(tx, intent)
    const named = { ...intent, provider: intent.provider ?? provider?.provider ?? null }
    if (named.provider !== intent.provider) await saveIntents(tx, [named])
    return { request, intent: named, provider, page: await pageRequest(tx, intent.intent_id) }
  })
}

async function perform(
  call: OutsideCall,
  asked: Asked,
  { adapter, connection }: Connected,
  provider: string,
): Promise<Outcome> {
  const { request, intent } = asked
  const { amount, request_id: key, kind } = request
  if (kind === 'authorise') {
    const tenant = await tenantOf(call.runtime.db.sql, call.tenant)
    const notify_url = `${call.runtime.settings.public_url}/in/${tenant.code}/${provider}`
    return adapter.open(connection, { key, intent, amount, notify_url, return_url: null, locale: tenant.locale })
  }
  if (intent.provider_ref === null) return { status: 'declined', reason: 'no_payment_to_move' }
  const movement = { key, provider_ref: intent.provider_ref, amount, currency: intent.currency }
  return adapter[kind](connection, movement)
}

const PAGE_WAIT_MS = 5 * SECOND_MS

// The page may still be opening when it is no longer wanted: then closing waits until its reference is known.
async function closePage(
  asked: Asked,
  { adapter, connection }: Connected,
  answer: (outcome: Outcome) => Record,
): Promise<Record> {
  const { request, intent, page } = asked
  const unopened = page === null || (page.calls === 0 && page.state !== 'asked')
  if (intent.provider_ref === null && unopened) return answer({ status: 'closed' })
  if (intent.provider_ref !== null)
    return answer(await adapter.close(connection, request.request_id, intent.provider_ref))
  const known = page === null ? null : await adapter.query(connection, page.request_id)
  if (known?.status === 'waiting')
    return answer(await adapter.close(connection, request.request_id, known.provider_ref))
  if (known !== null) return answer({ status: 'closed' })
  if (page?.state === 'asked') throw new NotYet(PAGE_WAIT_MS, 'the page is still being opened')
  return answer({ status: 'closed' })
}

/** The last look at the deadline: money that came unheard is recorded; otherwise `expire` ends the intent. */
export async function lookAtPage(call: OutsideCall, intent_id: string): Promise<Record | null> {
  const asked = await call.transaction(async (tx) => {
    const [intent] = await lockIntents(tx, [intent_id])
    if (intent?.state !== 'pending') return null
    return { provider: await providerOf(tx, intent), page: await pageRequest(tx, intent_id) }
  })
  const connected = asked?.provider ? connect(call, asked.provider) : null
  if (!asked?.page || connected === null || asked.page.calls === 0) return null
  const outcome = await connected.adapter.query(connected.connection, asked.page.request_id)
  if (outcome === null || !isMovement(outcome)) return null
  return async (tx) => {
    await recordOutcome(tx, intent_id, asked.page?.request_id ?? null, outcome)
  }
}
