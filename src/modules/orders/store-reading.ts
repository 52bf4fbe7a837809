// The SQL that only reads orders: for steps that ask one thing, for lists and for the page of an order.
import type { Tx } from '../../platform/db.ts'

/** Which of these orders have passed screening, told by their history. */
export async function screenedOf(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.sql<{ subject: string }[]>`
    select distinct subject from outbox.event
     where tenant_id = ${tx.tenant} and subject = any (${[...ids]}::uuid[]) and type = 'order.screened'`
  return new Set(rows.map((row) => row.subject))
}

/** The newest orders of all, by their ids, which tell their time. */
export async function newestOrders(tx: Tx, limit: number): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from orders.order where tenant_id = ${tx.tenant} order by order_id desc limit ${limit}::int`
}

export interface DetailRow {
  readonly received_at: Date
  readonly confirmed_at: Date | null
  readonly closed_at: Date | null
  readonly cancel_reason: string | null
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address_lines: readonly string[] | null
  readonly district: string | null
  readonly person_note: string | null
  readonly erased_at: Date | null
}

/** What only the page of an order shows of its header and person. */
export async function detailOf(tx: Tx, order_id: string): Promise<DetailRow | undefined> {
  const rows = await tx.sql<DetailRow[]>`
    select o.received_at, o.confirmed_at, o.closed_at, o.cancel_reason, p.name, p.email, p.phone, p.address_lines, p.district, p.note as person_note, p.erased_at
      from orders.order o left join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     where o.tenant_id = ${tx.tenant} and o.order_id = ${order_id}`
  return rows[0]
}

export interface ShortageRow {
  readonly line_no: number
  readonly shortage_reason: string
}

export async function shortagesOf(tx: Tx, order_id: string): Promise<ShortageRow[]> {
  return tx.sql<ShortageRow[]>`
    select line_no, shortage_reason from orders.order_line
     where tenant_id = ${tx.tenant} and order_id = ${order_id} and shortage_reason is not null order by line_no limit 2000`
}

export interface ChargeRow {
  readonly kind: string
  readonly title: string | null
  readonly amount: bigint
  readonly tax: bigint
}

export async function chargesOf(tx: Tx, order_id: string): Promise<ChargeRow[]> {
  return tx.sql<ChargeRow[]>`
    select kind, title, amount, tax from orders.charge where tenant_id = ${tx.tenant} and order_id = ${order_id} order by charge_no limit 200`
}

export interface HoldRow {
  readonly hold_id: string
  readonly kind: string
  readonly line_no: number | null
  readonly reasons: unknown
  readonly blocks: readonly string[]
  readonly owner: string | null
  readonly placed_at: Date
  readonly placed_by: string
  readonly expires_at: Date | null
}

export async function openHoldsOf(tx: Tx, order_id: string): Promise<HoldRow[]> {
  return tx.sql<HoldRow[]>`
    select hold_id, kind, line_no, reasons, blocks, owner, placed_at, placed_by, expires_at from orders.hold
     where tenant_id = ${tx.tenant} and order_id = ${order_id} and ended_at is null order by placed_at, hold_id limit 50`
}

export interface EventRow {
  readonly event_id: string
  readonly type: string
  readonly version: number
  readonly at: Date
  readonly actor: string
  readonly data: unknown
}

/** The history of an order from a version on, oldest first. */
export async function eventsOf(tx: Tx, order_id: string, after_version: number, limit: number): Promise<EventRow[]> {
  return tx.sql<EventRow[]>`
    select event_id, type, version, at, actor, data from outbox.event
     where tenant_id = ${tx.tenant} and subject = ${order_id} and version > ${after_version}::int order by version limit ${limit}::int`
}

export interface NoteRow {
  readonly note_id: string
  readonly text: string
  readonly by: string
  readonly at: Date
}

export async function notesOf(tx: Tx, order_id: string): Promise<NoteRow[]> {
  return tx.sql<NoteRow[]>`
    select note_id, text, written_by as by, written_at as at from orders.note
     where tenant_id = ${tx.tenant} and order_id = ${order_id} order by note_id desc limit 100`
}

export async function insertNote(tx: Tx, note: { note_id: string; order_id: string; text: string }): Promise<void> {
  await tx.sql`
    insert into orders.note (tenant_id, note_id, order_id, text, written_by, written_at)
    values (${tx.tenant}, ${note.note_id}, ${note.order_id}, ${note.text}, ${tx.actor}, ${tx.now})`
}

export async function insertDisclosure(
  tx: Tx,
  row: { disclosure_id: string; order_id: string; reason: string },
): Promise<void> {
  await tx.sql`
    insert into orders.disclosure (tenant_id, disclosure_id, order_id, reason, by, at)
    values (${tx.tenant}, ${row.disclosure_id}, ${row.order_id}, ${row.reason}, ${tx.actor}, ${tx.now})`
}
