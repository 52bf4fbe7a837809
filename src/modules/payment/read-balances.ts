// What was paid for a demand and why: balances of its tenders, and the journal behind every figure.
import type { Tx } from '../../platform/db.ts'
import type { Account, BookingKind } from './accounts.ts'
import type { Intent } from './intent.ts'
import { readOfDemands } from './store.ts'
import { entriesOf } from './store-journal.ts'

export interface BookingView {
  readonly booking_id: string
  readonly kind: BookingKind
  readonly at: Date
  readonly actor: string
  /** Positive is debit; they sum to zero per currency. */
  readonly entries: { account: Account; currency: string; amount: bigint }[]
}

/** The tenders of each demand with their balances; a demand without any is not in the map. */
export async function balances(tx: Tx, demand_ids: readonly string[]): Promise<Map<string, Intent[]>> {
  return Map.groupBy(await readOfDemands(tx, demand_ids), (intent) => intent.demand_id)
}

/** The bookings of a demand, oldest first. */
export async function journalOf(tx: Tx, demand_id: string): Promise<BookingView[]> {
  const bookings = new Map<string, BookingView>()
  for (const { booking_id, kind, at, actor, account, currency, amount } of await entriesOf(tx, demand_id)) {
    const booking = bookings.get(booking_id) ?? { booking_id, kind, at, actor, entries: [] }
    bookings.set(booking_id, booking)
    booking.entries.push({ account, currency, amount })
  }
  return [...bookings.values()]
}
