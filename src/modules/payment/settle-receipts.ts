// Money that waits for a person: receipts that belong to nothing, transfers that came to the bank, requests that a provider refused.
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { platformProblem } from '../../platform/problems.ts'
import { advance, change, type Draft, draftOf, held, type Intent, methods, refundable, tell } from './intent.ts'
import { learn, movementKey } from './outcome.ts'
import { paymentProblem } from './problems.ts'
import { giveBackExcess, isGrant } from './rules.ts'
import { lockIntents } from './store.ts'
import { type CallbackRow, lockCallback, settleCallback, unmatchedCallbacks } from './store-callbacks.ts'
import { bookedFor, bookedKeys, post } from './store-journal.ts'
import { type FailedRequest, failedRequests, replaceRequest, requestById } from './store-requests.ts'
import { writeChanges } from './write-changes.ts'

const LIST_AT_MOST = 200

const Received = Type.Object({
  status: Type.Enum(['authorised', 'captured', 'refunded', 'voided']),
  provider_ref: Type.String(),
  payment_ref: Type.String(),
  amount: Type.Integer(),
  currency: Type.String(),
})

export interface UnmatchedReceipt {
  readonly callback_id: string
  readonly intent_id: string | null
  readonly provider: string
  readonly reference: string | null
  readonly currency: string
  readonly amount: bigint
  readonly at: Date
  readonly state: 'waiting'
}

/** What came and belongs to nothing, oldest first, with its age. */
export async function unmatchedReceipts(tx: Tx): Promise<UnmatchedReceipt[]> {
  return (await unmatchedCallbacks(tx, LIST_AT_MOST)).map((row) => {
    const received = receivedOf(row)
    return {
      callback_id: row.callback_id,
      intent_id: row.intent_id,
      provider: row.provider,
      reference: received?.payment_ref ?? null,
      currency: received?.currency ?? '',
      amount: BigInt(received?.amount ?? 0),
      at: row.received_at,
      state: 'waiting',
    }
  })
}

function receivedOf(row: CallbackRow) {
  return Value.Check(Received, row.outcome) ? row.outcome : null
}

/** A person says that a receipt is the money of an intent. Throws receipt_settled, receipt_mismatch. */
export async function matchReceipt(tx: Tx, callback_id: string, intent_id: string): Promise<void> {
  const row = await lockWaiting(tx, callback_id)
  const received = receivedOf(row)
  const [intent] = await lockIntents(tx, [intent_id])
  if (intent === undefined) throw platformProblem('not_found')
  const fits =
    received?.status === 'captured' && received.currency === intent.currency && !methods[intent.method].authorises
  if (!fits || !(await isHeld(tx, row))) throw paymentProblem('receipt_mismatch')
  const draft = draftOf(intent)
  receive(draft, BigInt(received.amount), `match:${callback_id}`)
  await writeChanges(tx, [draft])
  await settle(tx, callback_id, { state: 'matched', intent_id })
}

// Money moves from what nobody owns to the customer's payments: the clearing account knows of it already.
function receive(draft: Draft, amount: bigint, key: string): void {
  const { intent } = draft
  const { currency } = intent
  const transfer = { debit: 'unmatched_receipts', credit: 'customer_payments', currency, amount } as const
  draft.bookings.push({ key, kind: 'capture', intent_id: intent.intent_id, transfers: [transfer] })
  change(draft, { captured: intent.captured + amount })
  if (draft.intent.captured >= draft.intent.due) advance(draft, 'capture')
  tell(draft, 'payment.captured', { amount })
  giveBackExcess(draft, key, 'beyond what is due')
}

/** A person has sent a receipt back, or noted what a provider told: it waits no longer. Throws receipt_settled. */
export async function returnReceipt(tx: Tx, callback_id: string): Promise<void> {
  const row = await lockWaiting(tx, callback_id)
  const received = receivedOf(row)
  if (received !== null && (await isHeld(tx, row))) {
    const { currency } = received
    const amount = BigInt(received.amount)
    const transfer = { debit: 'unmatched_receipts', credit: 'provider_clearing', currency, amount } as const
    await post(tx, [{ key: `return:${callback_id}`, kind: 'match', intent_id: null, transfers: [transfer] }])
  }
  await settle(tx, callback_id, { state: 'returned', intent_id: null })
}

async function settle(tx: Tx, callback_id: string, settled: Parameters<typeof settleCallback>[2]): Promise<void> {
  await settleCallback(tx, callback_id, settled)
  const data = { callback_id, state: settled.state }
  await publish(tx, [{ type: 'payment.receipt_settled', subject: callback_id, version: 2, data }])
}

async function lockWaiting(tx: Tx, callback_id: string): Promise<CallbackRow> {
  const row = await lockCallback(tx, callback_id)
  if (row === null) throw platformProblem('not_found')
  if (row.state !== 'unmatched') throw paymentProblem('receipt_settled')
  return row
}

// Only money that was booked as unmatched can be moved from there.
async function isHeld(tx: Tx, row: CallbackRow): Promise<boolean> {
  const received = receivedOf(row)
  if (received?.status !== 'captured') return false
  const key = movementKey(row.provider, { ...received, status: 'captured', amount: BigInt(received.amount) })
  return (await bookedKeys(tx, [key])).has(key)
}

export interface BankReceipt {
  readonly intent_id: string
  readonly amount: bigint
  /** The line of the bank statement: the same line is booked once. */
  readonly reference: string
}

/** A transfer that a person found on the bank statement. Throws receipt_mismatch where the intent is not paid by transfer, reference_used where the line paid another. */
export async function receiveTransfer(tx: Tx, receipt: BankReceipt): Promise<Intent> {
  const [intent] = await lockIntents(tx, [receipt.intent_id])
  if (intent === undefined) throw platformProblem('not_found')
  if (intent.method !== 'transfer') throw paymentProblem('receipt_mismatch')
  const moved = {
    status: 'captured',
    provider_ref: receipt.reference,
    payment_ref: receipt.reference,
    amount: receipt.amount,
    currency: intent.currency,
  } as const
  const key = movementKey(intent.provider, moved)
  const booked = await bookedFor(tx, key)
  if (booked !== null && booked.intent_id !== intent.intent_id)
    throw paymentProblem('reference_used', { reference: receipt.reference, intent_id: booked.intent_id })
  const draft = draftOf(intent)
  learn(draft, null, moved, new Set(booked === null ? [] : [key]))
  await writeChanges(tx, [draft])
  return draft.intent
}

/** Captures, refunds and voids that a provider refused, oldest first. */
export function refusedRequests(tx: Tx): Promise<FailedRequest[]> {
  return failedRequests(tx, LIST_AT_MOST)
}

/** Asks once more for what a provider refused, as far as it is still possible. Throws illegal_transition where it is not. */
export async function askAgain(tx: Tx, request_id: string): Promise<void> {
  const found = await requestById(tx, request_id)
  if (found === null) throw platformProblem('not_found')
  const [intent] = await lockIntents(tx, [found.intent_id])
  const request = await requestById(tx, request_id)
  if (intent === undefined || request?.state !== 'failed') throw platformProblem('illegal_transition')
  const { amount, kind } = request
  const draft = draftOf(intent)
  if (kind === 'capture' && amount <= held(intent)) change(draft, { capturing: intent.capturing + amount })
  else if (kind === 'refund' && amount <= refundable(intent))
    change(draft, {
      refunding: intent.refunding + amount,
      granted: intent.granted + (isGrant(request.key) ? amount : 0n),
    })
  else throw platformProblem('illegal_transition')
  draft.requests.push({
    kind,
    amount,
    key: `${request.key}:${request.request_id}`,
    reason: 'asked again',
    state: 'asked',
  })
  tell(draft, 'payment.asked_again', { operation: kind, amount })
  await replaceRequest(tx, request_id)
  await writeChanges(tx, [draft])
}
