// A payment intent and what may happen to it within one transaction: the new amounts, bookings, requests and events, written together.
import type { Account, Booking } from './accounts.ts'
import { type IntentState, intentMachine } from './machine.ts'

export type Method = 'reference' | 'card' | 'wallet' | 'cod' | 'transfer'

export interface MethodTraits {
  /** A provider is asked, and answers. */
  readonly provider: boolean
  /** Money is promised first and captured at shipment; otherwise it comes at once. */
  readonly authorises: boolean
  /** Who owes the money after it was paid and before it is in the bank. */
  readonly clearing: Account
  /** Where the money for returns and goodwill comes from, and that for what was cancelled. */
  readonly refunds_from: Account
  readonly releases_from: Account
}

export const methods: Readonly<Record<Method, MethodTraits>> = {
  reference: of('channel_clearing', {}),
  card: of('provider_clearing', { provider: true, authorises: true }),
  wallet: of('provider_clearing', { provider: true }),
  // Cancelled before the carrier collected: the carrier owes less. What comes back later the merchant pays.
  cod: of('carrier_clearing', { refunds_from: 'refunds_payable' }),
  transfer: of('bank_clearing', { refunds_from: 'refunds_payable', releases_from: 'refunds_payable' }),
}

function of(clearing: Account, other: Partial<MethodTraits>): MethodTraits {
  return { provider: false, authorises: false, clearing, refunds_from: clearing, releases_from: clearing, ...other }
}

export interface Intent {
  readonly intent_id: string
  readonly demand_id: string
  readonly method: Method
  readonly provider: string | null
  readonly currency: string
  readonly amount: bigint
  readonly due: bigint
  readonly state: IntentState
  readonly version: number
  readonly authorised: bigint
  readonly captured: bigint
  readonly refunded: bigint
  readonly voided: bigint
  readonly capturing: bigint
  readonly refunding: bigint
  readonly voiding: bigint
  readonly granted: bigint
  readonly reference: string | null
  readonly provider_ref: string | null
  readonly redirect_url: string | null
  readonly failure: string | null
  readonly deadline_at: Date | null
}

export type RequestKind = 'authorise' | 'capture' | 'void' | 'refund'
export type RequestState = 'asked' | 'done' | 'failed' | 'replaced'

export interface PaymentRequest {
  readonly request_id: string
  readonly intent_id: string
  readonly kind: RequestKind
  readonly amount: bigint
  readonly key: string
  readonly state: RequestState
  readonly calls: number
}

export interface NewRequest {
  readonly kind: RequestKind
  readonly amount: bigint
  readonly key: string
  readonly reason: string | null
  /** `asked` goes to the provider; `done` is settled by the booking beside it. */
  readonly state: 'asked' | 'done'
}

export interface IntentEvent {
  readonly type: string
  readonly version: number
  readonly data: Readonly<Record<string, unknown>>
}

/** One intent in hand: `intent` is replaced by each step of the rules, the lists grow. */
export interface Draft {
  readonly before: Intent
  intent: Intent
  readonly bookings: Booking[]
  readonly requests: NewRequest[]
  readonly answers: { request_id: string; state: 'done' | 'failed'; failure: string | null }[]
  readonly events: IntentEvent[]
}

export function draftOf(intent: Intent): Draft {
  return { before: intent, intent, bookings: [], requests: [], answers: [], events: [] }
}

export function change(draft: Draft, values: Partial<Intent>): void {
  draft.intent = { ...draft.intent, ...values }
}

/** Moves the state where the action is legal; answers whether it was. */
export function advance(draft: Draft, action: string): boolean {
  const next = intentMachine.next(draft.intent.state, action)
  if (next === null) return false
  change(draft, { state: next })
  return true
}

export function tell(draft: Draft, type: string, data: Readonly<Record<string, unknown>>): void {
  const version = draft.intent.version + 1
  change(draft, { version })
  const { intent_id, demand_id, method, currency, state } = draft.intent
  draft.events.push({ type, version, data: { intent_id, demand_id, method, currency, state, ...data } })
}

/** What of an authorisation is neither captured, voided nor asked for. */
export function held(intent: Intent): bigint {
  return intent.authorised - intent.captured - intent.capturing - intent.voided - intent.voiding
}

/** What was captured and is neither refunded nor on its way back. */
export function refundable(intent: Intent): bigint {
  return intent.captured - intent.refunded - intent.refunding
}

/** Whether the state allows no more money for the demand: what comes now goes back. */
export function isOver(state: IntentState): boolean {
  return state === 'failed' || state === 'expired' || state === 'cancelled'
}
