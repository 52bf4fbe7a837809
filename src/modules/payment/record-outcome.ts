// Records what became known of an operation, from an answer, a query or a callback alike: under the lock of the intent, each fact once.
import type { Tx } from '../../platform/db.ts'
import { bigintAsNumber, publish } from '../../platform/outbox/publish.ts'
import { draftOf, type PaymentRequest } from './intent.ts'
import { type Learned, learn, type MoneyMoved, movementKey, type Outcome } from './outcome.ts'
import { lockIntents } from './store.ts'
import { keepCallback } from './store-callbacks.ts'
import { bookedKeys, post } from './store-journal.ts'
import { pageRequest, requestById } from './store-requests.ts'
import { writeChanges } from './write-changes.ts'

/** Whether an outcome tells of money that moved. */
export function isMovement(outcome: Outcome): outcome is MoneyMoved {
  return (
    outcome.status === 'authorised' ||
    outcome.status === 'captured' ||
    outcome.status === 'refunded' ||
    outcome.status === 'voided'
  )
}

/** Applies an outcome to its intent; `request_id` null means the payment page. Answers `unexpected` where a person must look. */
export async function recordOutcome(
  tx: Tx,
  intent_id: string,
  request_id: string | null,
  outcome: Outcome,
): Promise<Learned> {
  const [intent] = await lockIntents(tx, [intent_id])
  if (intent === undefined) return 'unexpected'
  // Read under the lock: another answer may have come first.
  const request = request_id === null ? await pageRequest(tx, intent_id) : await requestById(tx, request_id)
  const booked = isMovement(outcome) ? await bookedKeys(tx, [movementKey(intent.provider, outcome)]) : new Set<string>()
  const draft = draftOf(intent)
  const learned = learn(draft, request, outcome, booked)
  await writeChanges(tx, [draft])
  return learned
}

/** As recordOutcome for the answer to a call: what nobody expected goes to the queue of a person, and the call has ended. */
export async function recordAnswer(tx: Tx, request: PaymentRequest, provider: string, outcome: Outcome): Promise<void> {
  const learned = await recordOutcome(tx, request.intent_id, request.request_id, outcome)
  if (learned === 'applied') return
  const callback_id = tx.newId()
  await keepCallback(tx, {
    callback_id,
    provider,
    provider_event_id: `answer:${request.request_id}`,
    outcome: outcomeText(outcome),
    intent_id: request.intent_id,
    state: 'unmatched',
    reason: 'unexpected',
  })
  await tellUnmatched(tx, callback_id, outcome)
}

/** Money that came and belongs to nothing: booked as such, told once, and put before a person. */
export async function holdUnmatched(tx: Tx, callback_id: string, provider: string, outcome: Outcome): Promise<void> {
  if (outcome.status === 'captured' && outcome.amount > 0n) {
    const { amount, currency } = outcome
    const key = movementKey(provider, outcome)
    const known = await bookedKeys(tx, [key])
    const transfer = { debit: 'provider_clearing', credit: 'unmatched_receipts', currency, amount } as const
    if (!known.has(key)) await post(tx, [{ key, kind: 'receive', intent_id: null, transfers: [transfer] }])
  }
  await tellUnmatched(tx, callback_id, outcome)
}

async function tellUnmatched(tx: Tx, callback_id: string, outcome: Outcome): Promise<void> {
  const data = isMovement(outcome)
    ? { callback_id, status: outcome.status, amount: outcome.amount, currency: outcome.currency }
    : { callback_id, status: outcome.status }
  await publish(tx, [{ type: 'payment.unmatched', subject: callback_id, version: 1, data }])
}

/** An outcome as it is kept: JSON, amounts as integers. */
export function outcomeText(outcome: Outcome): string {
  return JSON.stringify(outcome, bigintAsNumber)
}
