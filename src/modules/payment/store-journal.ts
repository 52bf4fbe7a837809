// The statements of the journal: bookings are added with both sides of each transfer, and never changed.
import type { Tx } from '../../platform/db.ts'
import { fault } from '../../platform/fault.ts'
import type { Account, Booking, BookingKind } from './accounts.ts'

/** Which of these keys the journal has already. */
export async function bookedKeys(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const rows = await tx.sql<{ key: string }[]>`
    select key from payment.booking where tenant_id = ${tx.tenant} and key = any (${[...keys]}::text[])`
  return new Set(rows.map((row) => row.key))
}

/** The intent of a booking; null where the journal has no such key. */
export async function bookedFor(tx: Tx, key: string): Promise<{ intent_id: string | null } | null> {
  const rows = await tx.sql<{ intent_id: string | null }[]>`
    select intent_id from payment.booking where tenant_id = ${tx.tenant} and key = ${key}`
  return rows[0] ?? null
}

/**
 * Books: one statement writes the bookings and both entries of every transfer, so that a booking out of balance cannot be written. A key that
 * is there already fails the whole: who books has looked for it under the lock of the intent.
 */
export async function post(tx: Tx, bookings: readonly Booking[]): Promise<void> {
  if (bookings.length === 0) return
  const ids = bookings.map(() => tx.newId())
  const moves = bookings.flatMap((booking, index) =>
    booking.transfers.map((transfer, number) => ({ ...transfer, booking_id: ids[index] ?? '', number })),
  )
  await tx.sql`
    with booked as (
      insert into payment.booking (tenant_id, booking_id, key, kind, intent_id, at, actor)
      select ${tx.tenant}::uuid, booking_id, key, kind, intent_id, ${tx.now}, ${tx.actor}
        from unnest(${ids}::uuid[], ${bookings.map((b) => b.key)}::text[], ${bookings.map((b) => b.kind)}::text[],
                    ${bookings.map((b) => b.intent_id)}::uuid[]) as new (booking_id, key, kind, intent_id)
      returning booking_id)
    insert into payment.entry (tenant_id, booking_id, entry_no, account, currency, amount)
    select ${tx.tenant}::uuid, booking_id, number * 2 + side.entry_no, case side.sign when 1 then debit else credit end, currency, side.sign * amount
      from booked
      join unnest(${moves.map((m) => m.booking_id)}::uuid[], ${moves.map((m) => m.number)}::int[], ${moves.map((m) => m.debit)}::text[],
                  ${moves.map((m) => m.credit)}::text[], ${moves.map((m) => m.currency)}::text[], ${moves.map((m) => m.amount)}::bigint[])
        as move (booking_id, number, debit, credit, currency, amount) using (booking_id)
     cross join (values (1, 1), (2, -1)) as side (entry_no, sign)`
  fault('payment:after-journal')
}

export interface JournalRow {
  readonly booking_id: string
  readonly kind: BookingKind
  readonly at: Date
  readonly actor: string
  readonly account: Account
  readonly currency: string
  readonly amount: bigint
}

const ENTRIES_AT_MOST = 2_000

/** The entries of a demand, oldest booking first. */
export async function entriesOf(tx: Tx, demand_id: string): Promise<JournalRow[]> {
  return tx.sql<JournalRow[]>`
    select b.booking_id, b.kind, b.at, b.actor, e.account, e.currency, e.amount
      from payment.intent i
      join payment.booking b on b.tenant_id = i.tenant_id and b.intent_id = i.intent_id
      join payment.entry e on e.tenant_id = b.tenant_id and e.booking_id = b.booking_id
     where i.tenant_id = ${tx.tenant} and i.demand_id = ${demand_id}
     order by b.at, b.booking_id, e.entry_no limit ${ENTRIES_AT_MOST}::int`
}
