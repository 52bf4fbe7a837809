// The money of an order: what is owed, tenders with their balances, the journal behind every figure.
import { type Static, Type } from 'typebox'
import { Amount, Id, Instant, orNull } from './views-shared.ts'

export const Tender = Type.Object({
  intent_id: Id,
  method: Type.Enum(['reference', 'card', 'wallet', 'cod', 'transfer']),
  provider: orNull(Type.String()),
  state: Type.Enum(['new', 'pending', 'authorised', 'captured', 'failed', 'expired', 'cancelled']),
  currency: Type.String(),
  amount: Amount,
  authorised: Amount,
  captured: Amount,
  refunded: Amount,
  voided: Amount,
  reference: orNull(Type.String()),
  failure: orNull(Type.String()),
  deadline_at: orNull(Instant),
  /** Where the customer goes to pay or confirm, while that is awaited. */
  redirect_url: orNull(Type.String()),
})
export type Tender = Static<typeof Tender>

/** Positive is debit; the entries of a booking sum to zero per currency. */
export const Booking = Type.Object({
  booking_id: Id,
  kind: Type.String(),
  at: Instant,
  actor: Type.String(),
  entries: Type.Array(Type.Object({ account: Type.String(), currency: Type.String(), amount: Amount }), {
    maxItems: 50,
  }),
})
export type Booking = Static<typeof Booking>

/** total = goods + charges (+ tax where prices exclude it); due = total − cancelled − captured + refunded. */
export const OrderMoney = Type.Object({
  order_id: Id,
  currency: Type.String(),
  goods: Amount,
  discounts: Amount,
  charges: Amount,
  tax: Amount,
  prices_include_tax: Type.Boolean(),
  total: Amount,
  cancelled: Amount,
  authorised: Amount,
  captured: Amount,
  refunded: Amount,
  due: Amount,
  tenders: Type.Array(Tender, { maxItems: 20 }),
  journal: Type.Array(Booking, { maxItems: 500 }),
})
export type OrderMoney = Static<typeof OrderMoney>
