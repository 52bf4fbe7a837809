// What was paid for a demand and why: balances of its tenders, and the journal behind every figure.
import type { Tx } from '../../platform/db.ts'
import type { Account, BookingKind } from './accounts.ts'
import type { Intent } from './intent.ts'
import { readOfDemands } from './store.ts'
import { entriesOf } from './store-journal.ts'
import { refusedDemands } from './store-requests.ts'

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

export interface Standing {
  /** Each tender has brought what is due and given back what was granted; nothing is under way or refused. */
  readonly settled: boolean
  /** A provider refused to capture or to refund, and nobody has settled it. */
  readonly refused: boolean
  readonly granted: bigint
}

/** How the money of demands stands, in two statements; a demand without tenders is not in the map. Freeing an authorisation moves no money and holds nothing up. */
export async function standingOf(tx: Tx, demand_ids: readonly string[]): Promise<Map<string, Standing>> {
  const tenders = await balances(tx, demand_ids)
  const refused = new Set((await refusedDemands(tx, demand_ids)).map((row) => row.demand_id))
  return new Map(
    [...tenders].map(([demand_id, intents]) => [
      demand_id,
      {
        settled: !refused.has(demand_id) && intents.every(isSettled),
        refused: refused.has(demand_id),
        granted: intents.reduce((sum, intent) => sum + intent.granted, 0n),
      },
    ]),
  )
}

function isSettled(intent: Intent): boolean {
  const owed = intent.due > intent.granted ? intent.due - intent.granted : 0n
  return intent.capturing === 0n && intent.refunding === 0n && intent.captured - intent.refunded === owed
}
