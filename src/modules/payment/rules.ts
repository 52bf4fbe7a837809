// What is asked for money and given back: conditions, captures at shipment, releases, refunds. Pure.
import { sum } from '../../platform/money.ts'
import type { Booking } from './accounts.ts'
import { advance, change, type Draft, held, type Intent, isOver, methods, refundable, tell } from './intent.ts'
import { paymentProblem } from './problems.ts'

const GRANT = 'refund:'

export type Condition = 'met' | 'pending' | 'failed'

/** The condition of a demand: met when every tender is authorised, captured or falls due on delivery. */
export function conditionOf(intents: readonly Intent[]): Condition {
  const each = intents.map(conditionOfOne)
  if (each.includes('failed')) return 'failed'
  return each.length > 0 && each.every((condition) => condition === 'met') ? 'met' : 'pending'
}

function conditionOfOne(intent: Intent): Condition {
  if (isOver(intent.state)) return 'failed'
  if (intent.state === 'authorised' || intent.state === 'captured') return 'met'
  return intent.method === 'cod' ? 'met' : 'pending'
}

/** Asks for the money of a new intent: the provider, or a person who transfers it. A deadline that passed before anybody was asked is none. */
export function ask(draft: Draft, now: Date, deadline_at: Date): void {
  const { intent } = draft
  if (!advance(draft, 'ask')) return
  const named = intent.deadline_at
  change(draft, { deadline_at: named === null || named <= now ? deadline_at : named })
  if (!methods[intent.method].provider) return
  const key = `authorise:${intent.intent_id}`
  draft.requests.push({ kind: 'authorise', amount: intent.due, key, reason: null, state: 'asked' })
}

/**
 * Captures until the tenders together have brought what all shipments so far are worth, never more than is still due: first what was paid ahead
 * counts, then what is held or falls due on delivery, tender by tender. Throws capture_exceeds_authorised where less is held than is due, or
 * no tender is left.
 */
export function capture(drafts: readonly Draft[], worth: bigint, key: string): void {
  let left = worth - sum(drafts.map(({ intent }) => intent.captured + intent.capturing))
  if (left > 0n && drafts.every(({ intent }) => isOver(intent.state)))
    throw paymentProblem('capture_exceeds_authorised', { short: Number(left) })
  for (const draft of drafts) {
    const { intent } = draft
    const at_shipment = intent.method === 'cod' || methods[intent.method].authorises
    const part = at_shipment ? min(left, intent.due - intent.captured - intent.capturing) : 0n
    if (part <= 0n || isOver(intent.state)) continue
    left -= part
    if (intent.method === 'cod') collectOnDelivery(draft, part, captureKey(key, intent))
    else askCapture(draft, part, captureKey(key, intent))
  }
}

/** The key of a capture at its intent; whoever asks twice finds it taken. */
export function captureKey(key: string, intent: Intent): string {
  return `capture:${key}:${intent.intent_id}`
}

/** The key of a granted refund at its intent. */
export function grantKey(key: string, intent: Intent): string {
  return `${GRANT}${key}:${intent.intent_id}`
}

function collectOnDelivery(draft: Draft, amount: bigint, key: string): void {
  change(draft, { captured: draft.intent.captured + amount })
  if (draft.intent.captured >= draft.intent.due) advance(draft, 'capture')
  draft.requests.push({ kind: 'capture', amount, key, reason: null, state: 'done' })
  draft.bookings.push(captureBooking(draft.intent, amount, key))
  tell(draft, 'payment.captured', { amount })
}

function askCapture(draft: Draft, amount: bigint, key: string): void {
  if (amount > held(draft.intent))
    throw paymentProblem('capture_exceeds_authorised', { short: Number(amount - held(draft.intent)) })
  change(draft, { capturing: draft.intent.capturing + amount })
  draft.requests.push({ kind: 'capture', amount, key, reason: null, state: 'asked' })
}

/** Keeps `keep` of what the tenders of a demand bring and gives the rest back: voids what is only authorised, refunds what is captured. */
export function release(drafts: readonly Draft[], keep: bigint, key: string, reason: string): void {
  let left = keep
  for (const draft of drafts) {
    const due = min(left, draft.intent.due)
    left -= due
    if (due === draft.intent.due && due > 0n) continue
    if (draft.intent.method === 'reference' && draft.intent.state === 'new') takeFromChannel(draft)
    change(draft, { due })
    // What is due only falls, so the key is a new one each time.
    giveBackExcess(draft, `${key}:${draft.intent.intent_id}:${due}`, reason)
    if (due === 0n) end(draft, 'cancel')
  }
}

// The channel holds the money since the order was placed, whether it is booked yet or not: what is no longer due has to go back from there.
function takeFromChannel(draft: Draft): void {
  const { intent } = draft
  if (intent.amount === 0n || !advance(draft, 'capture')) return
  change(draft, { captured: intent.amount })
  draft.bookings.push(captureBooking(intent, intent.amount, `channel:${intent.intent_id}`))
}

/** Asks back whatever is authorised or captured beyond what is still due; the same rule serves cancelling and money that comes too late. */
export function giveBackExcess(draft: Draft, key: string, reason: string): void {
  const { intent } = draft
  const kept = refundable(intent) + intent.capturing
  const target = max(0n, intent.due - intent.granted)
  const refund = min(max(0n, kept - target), refundable(intent))
  if (refund > 0n) giveBack(draft, refund, `release:${key}`, reason)
  if (!methods[intent.method].authorises) return
  const spare = held(intent) - max(0n, target - kept)
  if (spare <= 0n) return
  change(draft, { voiding: intent.voiding + spare })
  draft.requests.push({ kind: 'void', amount: spare, key: `void:${key}`, reason, state: 'asked' })
}

/** Ends an intent that brings no money any more, and closes the payment page that may still be open. */
export function end(draft: Draft, action: 'cancel' | 'expire' | 'fail'): boolean {
  const { intent } = draft
  const asked = intent.state === 'pending' && methods[intent.method].provider
  const keepsMoney = intent.captured + intent.capturing > 0n
  if ((keepsMoney && action === 'cancel') || !advance(draft, action)) return false
  change(draft, { due: 0n })
  const key = `close:${intent.intent_id}`
  if (asked && action !== 'fail') draft.requests.push({ kind: 'void', amount: 0n, key, reason: action, state: 'asked' })
  return true
}

/** The deadline passed without money: the demand is told once, and what came in part goes back. */
export function expire(draft: Draft): boolean {
  const pending = draft.intent.state === 'new' || draft.intent.state === 'pending'
  if (!pending || draft.intent.method === 'cod' || !end(draft, 'expire')) return false
  change(draft, { failure: 'deadline' })
  tell(draft, 'payment.expired', {})
  giveBackExcess(draft, `expired:${draft.intent.intent_id}`, 'expired')
  return true
}

/** Refunds for returns and goodwill over the tenders of a demand, in their order; throws refund_exceeds_captured. */
export function grantRefund(drafts: readonly Draft[], amount: bigint, key: string, reason: string): void {
  let left = amount
  for (const draft of drafts) {
    const part = min(left, refundable(draft.intent))
    if (part <= 0n) continue
    left -= part
    change(draft, { granted: draft.intent.granted + part })
    giveBack(draft, part, grantKey(key, draft.intent), reason)
  }
  if (left > 0n) throw paymentProblem('refund_exceeds_captured', { refundable: Number(amount - left) })
}

/** Whether a refund was granted for itself, not because its demand was cancelled. */
export function isGrant(request_key: string): boolean {
  return request_key.startsWith(GRANT)
}

function giveBack(draft: Draft, amount: bigint, key: string, reason: string): void {
  const { intent } = draft
  const traits = methods[intent.method]
  if (traits.provider) {
    change(draft, { refunding: intent.refunding + amount })
    draft.requests.push({ kind: 'refund', amount, key, reason, state: 'asked' })
    return
  }
  change(draft, { refunded: intent.refunded + amount })
  draft.requests.push({ kind: 'refund', amount, key, reason, state: 'done' })
  const from = isGrant(key) ? traits.refunds_from : traits.releases_from
  draft.bookings.push({
    key,
    kind: 'refund',
    intent_id: intent.intent_id,
    transfers: [{ debit: 'customer_payments', credit: from, currency: intent.currency, amount }],
  })
  tell(draft, 'payment.refunded', { amount, reason })
}

/** What capturing `amount` books: the money, and where it was authorised before, the end of that promise. */
export function captureBooking(intent: Intent, amount: bigint, key: string): Booking {
  const { clearing, authorises } = methods[intent.method]
  const { currency } = intent
  const paid = { debit: clearing, credit: 'customer_payments', currency, amount } as const
  const promise = { debit: 'memo_guaranteed', credit: 'memo_authorised', currency, amount } as const
  return { key, kind: 'capture', intent_id: intent.intent_id, transfers: authorises ? [paid, promise] : [paid] }
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
