// What a provider's answer or callback means for an intent: once each, in any order, late or early. Pure.
import { advance, change, type Draft, held, isOver, type Method, methods, type PaymentRequest, tell } from './intent.ts'
import { captureBooking, end, giveBackExcess, isGrant } from './rules.ts'

export interface MoneyMoved {
  readonly status: 'authorised' | 'captured' | 'refunded' | 'voided'
  readonly provider_ref: string
  /** The provider's id of this movement: the same movement is booked once, whoever tells it first. */
  readonly payment_ref: string
  readonly amount: bigint
  readonly currency: string
}

/** What a provider says of an operation. `waiting`: the customer is asked; `closed`: the page is shut and no money came. */
export type Outcome =
  | MoneyMoved
  | { readonly status: 'waiting'; readonly provider_ref: string; readonly redirect_url: string | null }
  | { readonly status: 'declined'; readonly reason: string }
  | { readonly status: 'closed' }

/** `unexpected`: nobody asked for it, a person decides. */
export type Learned = 'applied' | 'unexpected'

/** The key under which a movement of money is booked. */
export function movementKey(provider: string | null, outcome: MoneyMoved): string {
  return `${outcome.status}:${provider ?? 'hand'}:${outcome.payment_ref}`
}

/**
 * Applies what became known of `request` (null where the provider speaks of the payment page itself). `booked` are the movement keys that
 * the journal has already: repeating a fact changes nothing.
 */
export function learn(
  draft: Draft,
  request: PaymentRequest | null,
  outcome: Outcome,
  booked: ReadonlySet<string>,
): Learned {
  switch (outcome.status) {
    case 'waiting':
      return learnPage(draft, outcome)
    case 'declined':
      return learnDecline(draft, request, outcome.reason)
    case 'closed':
      return learnClosed(draft, request)
    default:
      return learnMovement(draft, request, outcome, booked)
  }
}

function learnPage(draft: Draft, page: { provider_ref: string; redirect_url: string | null }): Learned {
  change(draft, { provider_ref: page.provider_ref, redirect_url: page.redirect_url })
  return 'applied'
}

function learnMovement(
  draft: Draft,
  request: PaymentRequest | null,
  moved: MoneyMoved,
  booked: ReadonlySet<string>,
): Learned {
  const { intent } = draft
  const key = movementKey(intent.provider, moved)
  if (booked.has(key)) {
    answer(draft, request, 'done')
    return 'applied'
  }
  if (moved.currency !== intent.currency || moved.amount <= 0n) return 'unexpected'
  if (moved.status === 'authorised') return learnAuthorised(draft, request, moved, key)
  if (moved.status === 'captured') return learnCaptured(draft, request, moved, key)
  if (request?.state !== 'asked' || request.amount !== moved.amount) return 'unexpected'
  return moved.status === 'refunded' ? learnRefunded(draft, request, moved, key) : learnVoided(draft, request, key)
}

function learnAuthorised(draft: Draft, request: PaymentRequest | null, moved: MoneyMoved, key: string): Learned {
  const { intent } = draft
  if (!methods[intent.method].authorises || (request !== null && request.kind !== 'authorise')) return 'unexpected'
  const { currency } = intent
  const transfer = { debit: 'memo_authorised', credit: 'memo_guaranteed', currency, amount: moved.amount } as const
  draft.bookings.push({ key, kind: 'authorise', intent_id: intent.intent_id, transfers: [transfer] })
  change(draft, {
    authorised: intent.authorised + moved.amount,
    provider_ref: moved.provider_ref,
    redirect_url: null,
  })
  if (draft.intent.authorised < draft.intent.due) fail(draft, 'underpaid', 'authorise')
  else advance(draft, 'authorise')
  tell(draft, 'payment.authorised', { amount: moved.amount, late: isOver(draft.intent.state) })
  answer(draft, request, 'done')
  giveBackExcess(draft, key, 'beyond what is due')
  return 'applied'
}

function learnCaptured(draft: Draft, request: PaymentRequest | null, moved: MoneyMoved, key: string): Learned {
  const { intent } = draft
  if (methods[intent.method].authorises) {
    const wasAsked = request?.kind === 'capture' && request.state === 'asked' && request.amount === moved.amount
    if (!wasAsked) return 'unexpected'
    change(draft, { capturing: intent.capturing - moved.amount })
  }
  draft.bookings.push(captureBooking(intent, moved.amount, key))
  const captured = intent.captured + moved.amount
  change(draft, {
    captured,
    ...(isPage(intent.method) ? { provider_ref: moved.provider_ref, redirect_url: null } : {}),
  })
  const complete = methods[intent.method].authorises ? isSpent(draft) : captured >= draft.intent.due
  advance(draft, complete ? 'capture' : 'capture_part')
  tell(draft, 'payment.captured', { amount: moved.amount, late: isOver(draft.intent.state) })
  answer(draft, request, 'done')
  giveBackExcess(draft, key, 'beyond what is due')
  return 'applied'
}

function learnRefunded(draft: Draft, request: PaymentRequest, moved: MoneyMoved, key: string): Learned {
  const { intent } = draft
  const { currency } = intent
  change(draft, { refunding: intent.refunding - moved.amount, refunded: intent.refunded + moved.amount })
  const credit = methods[intent.method].clearing
  const transfer = { debit: 'customer_payments', credit, currency, amount: moved.amount } as const
  draft.bookings.push({ key, kind: 'refund', intent_id: intent.intent_id, transfers: [transfer] })
  tell(draft, 'payment.refunded', { amount: moved.amount })
  answer(draft, request, 'done')
  return 'applied'
}

function learnVoided(draft: Draft, request: PaymentRequest, key: string): Learned {
  const { intent } = draft
  const { amount } = request
  const { currency } = intent
  change(draft, { voiding: intent.voiding - amount, voided: intent.voided + amount })
  const transfer = { debit: 'memo_guaranteed', credit: 'memo_authorised', currency, amount } as const
  draft.bookings.push({ key, kind: 'void', intent_id: intent.intent_id, transfers: [transfer] })
  if (isSpent(draft)) advance(draft, draft.intent.captured > 0n ? 'capture' : 'cancel')
  answer(draft, request, 'done')
  return 'applied'
}

function learnDecline(draft: Draft, request: PaymentRequest | null, reason: string): Learned {
  if (request === null || request.state !== 'asked') return 'applied'
  const { intent } = draft
  const { amount, kind } = request
  if (kind === 'authorise') {
    if (intent.authorised + intent.captured > 0n) return 'applied'
    fail(draft, reason, kind)
  }
  if (kind === 'capture') change(draft, { capturing: intent.capturing - amount, failure: reason })
  if (kind === 'refund') {
    const granted = isGrant(request.key) ? intent.granted - amount : intent.granted
    change(draft, { refunding: intent.refunding - amount, granted, failure: reason })
  }
  if (kind === 'void') change(draft, { voiding: intent.voiding - amount })
  answer(draft, request, 'failed', reason)
  // A page that can no longer be closed because money came: the money is told of by its own outcome.
  if (kind === 'capture' || kind === 'refund') tell(draft, 'payment.failed', { operation: kind, amount, reason })
  return 'applied'
}

function learnClosed(draft: Draft, request: PaymentRequest | null): Learned {
  if (request?.kind === 'void') answer(draft, request, 'done')
  else if (draft.intent.authorised + draft.intent.captured === 0n) {
    fail(draft, 'page_closed', 'authorise')
    answer(draft, request, 'failed', 'page_closed')
  }
  return 'applied'
}

function fail(draft: Draft, reason: string, operation: string): void {
  if (!end(draft, 'fail')) return
  change(draft, { failure: reason, redirect_url: null })
  tell(draft, 'payment.failed', { operation, amount: draft.intent.amount, reason })
}

function answer(draft: Draft, request: PaymentRequest | null, state: 'done' | 'failed', failure: string | null = null) {
  if (request?.state === 'asked') draft.answers.push({ request_id: request.request_id, state, failure })
}

function isSpent({ intent }: Draft): boolean {
  return held(intent) === 0n && intent.capturing === 0n && intent.voiding === 0n
}

function isPage(method: Method): boolean {
  return methods[method].provider
}
