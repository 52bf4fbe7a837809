// The closed list of journal accounts; docs/accounts.md explains each, the database refuses any other.

export const accounts = [
  'channel_clearing',
  'provider_clearing',
  'carrier_clearing',
  'bank_clearing',
  'customer_payments',
  'refunds_payable',
  'unmatched_receipts',
  'memo_authorised',
  'memo_guaranteed',
] as const

export type Account = (typeof accounts)[number]

export type BookingKind = 'authorise' | 'capture' | 'void' | 'refund' | 'receive' | 'match'

/** Money from one account to another: both entries come from it, so a booking cannot be out of balance. */
export interface Transfer {
  readonly debit: Account
  readonly credit: Account
  readonly currency: string
  readonly amount: bigint
}

export interface Booking {
  /** What makes it happen once. */
  readonly key: string
  readonly kind: BookingKind
  readonly intent_id: string | null
  readonly transfers: readonly Transfer[]
}
