// The SQL that reads the inbox: pages by rank, counts that stop at a thousand, one item with its source and its history.
import type { ItemKind } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'

const MOST = 1000

export async function baseCurrency(tx: Tx): Promise<string> {
  const rows = await tx.sql<{ base_currency: string }[]>`
    select base_currency from platform.tenant where tenant_id = ${tx.tenant}`
  return rows[0]?.base_currency ?? 'CNY'
}

export interface ItemRow {
  readonly item_id: string
  readonly kind: ItemKind
  readonly source_id: string
  readonly subject: string
  readonly order_id: string | null
  readonly title: string
  readonly reason: string
  readonly value: bigint | null
  readonly currency: string | null
  readonly due_at: Date
  readonly rank: number
  readonly state: 'open' | 'snoozed' | 'closed'
  readonly queue: string | null
  readonly assignee: string | null
  readonly claimed_at: Date | null
  readonly snoozed_until: Date | null
  readonly fix: string | null
  readonly opened_at: Date
  readonly closed_at: Date | null
  readonly outcome: string | null
}

export interface Place {
  readonly rank: number
  readonly item_id: string
}

/** Open items of these kinds, the first of the ranking first. */
export async function pageOfAll(tx: Tx, kinds: readonly string[], after: Place, limit: number): Promise<ItemRow[]> {
  return tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item
     where tenant_id = ${tx.tenant} and state = 'open' and (rank, item_id) > (${after.rank}::int, ${after.item_id}::uuid) and kind = any (${[...kinds]}::text[])
     order by rank, item_id limit ${limit}::int`
}

export async function pageOfKind(tx: Tx, kind: string, after: Place, limit: number): Promise<ItemRow[]> {
  return tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item
     where tenant_id = ${tx.tenant} and state = 'open' and kind = ${kind} and (rank, item_id) > (${after.rank}::int, ${after.item_id}::uuid)
     order by rank, item_id limit ${limit}::int`
}

export async function pageOfQueue(
  tx: Tx,
  queue: string,
  kinds: readonly string[],
  after: Place,
  limit: number,
): Promise<ItemRow[]> {
  return tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item
     where tenant_id = ${tx.tenant} and state = 'open' and queue = ${queue} and (rank, item_id) > (${after.rank}::int, ${after.item_id}::uuid)
       and kind = any (${[...kinds]}::text[])
     order by rank, item_id limit ${limit}::int`
}

export async function pageOfPerson(
  tx: Tx,
  staff_id: string,
  kinds: readonly string[],
  after: Place,
  limit: number,
): Promise<ItemRow[]> {
  return tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item
     where tenant_id = ${tx.tenant} and state = 'open' and assignee = ${staff_id}::uuid and (rank, item_id) > (${after.rank}::int, ${after.item_id}::uuid)
       and kind = any (${[...kinds]}::text[])
     order by rank, item_id limit ${limit}::int`
}

/** What is put off, the next to come back first. */
export async function pageOfSnoozed(
  tx: Tx,
  kinds: readonly string[],
  after: { readonly until: Date; readonly item_id: string },
  limit: number,
): Promise<ItemRow[]> {
  return tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item
     where tenant_id = ${tx.tenant} and state = 'snoozed' and (snoozed_until, item_id) > (${after.until}::timestamptz, ${after.item_id}::uuid)
       and kind = any (${[...kinds]}::text[])
     order by snoozed_until, item_id limit ${limit}::int`
}

export async function itemById(tx: Tx, item_id: string): Promise<ItemRow | undefined> {
  const rows = await tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item where tenant_id = ${tx.tenant} and item_id = ${item_id}`
  return rows[0]
}

/** The same, locked: whoever decides about an item comes one after the other. */
export async function lockItem(tx: Tx, item_id: string): Promise<ItemRow | undefined> {
  const rows = await tx.sql<ItemRow[]>`
    select item_id, kind, source_id, subject, order_id, title, reason, value, currency, due_at, rank, state, queue, assignee, claimed_at, snoozed_until, fix, opened_at, closed_at, outcome
      from inbox.item where tenant_id = ${tx.tenant} and item_id = ${item_id} for update`
  return rows[0]
}

/** What the source of an item says beside what the item keeps; undefined where it is over. */
export async function sourceDetail(
  tx: Tx,
  item: { readonly subject: string; readonly source_id: string },
): Promise<{ detail: unknown } | undefined> {
  const rows = await tx.sql<{ detail: unknown }[]>`
    select detail from inbox.v_source where tenant_id = ${tx.tenant} and subject = ${item.subject} and source_id = ${item.source_id} limit 1`
  return rows[0]
}

/** The work on the floor behind a promise at risk. */
export async function fulfilmentOf(
  tx: Tx,
  fulfilment_id: string,
): Promise<{ location_id: string; state: string; ship_by: Date; arrives_at: Date | null } | undefined> {
  const rows = await tx.sql<{ location_id: string; state: string; ship_by: Date; arrives_at: Date | null }[]>`
    select location_id, state, ship_by, arrives_at from inbox.v_fulfilment where tenant_id = ${tx.tenant} and fulfilment_id = ${fulfilment_id} limit 1`
  return rows[0]
}

export interface EntryRow {
  readonly at: Date
  readonly actor: string
  readonly what: string
  readonly detail: string | null
}

/** What happened to an item, newest first. */
export async function entriesOf(tx: Tx, item_id: string, limit: number): Promise<EntryRow[]> {
  return tx.sql<EntryRow[]>`
    select at, actor, what, detail from inbox.entry
     where tenant_id = ${tx.tenant} and item_id = ${item_id} order by at desc, entry_id desc limit ${limit}::int`
}

export interface CountRow {
  readonly name: string
  readonly count: number
}

/** Open items by kind, each counted to a thousand; in their order, so that one index alone can give them and no plan reads past the others. */
export async function countKinds(tx: Tx, kinds: readonly string[]): Promise<CountRow[]> {
  return tx.sql<CountRow[]>`
    select k.name, c.count from unnest(${[...kinds]}::text[]) as k (name)
     cross join lateral (select count(*)::int as count from (
            select from inbox.item i where i.tenant_id = ${tx.tenant} and i.state = 'open' and i.kind = k.name order by i.rank, i.item_id limit ${MOST}::int) n) c
     order by k.name`
}

/** Open items by queue, each counted to a thousand. */
export async function countQueues(tx: Tx, queues: readonly string[], kinds: readonly string[]): Promise<CountRow[]> {
  return tx.sql<CountRow[]>`
    select q.name, c.count from unnest(${[...queues]}::text[]) as q (name)
     cross join lateral (select count(*)::int as count from (
            select from inbox.item i where i.tenant_id = ${tx.tenant} and i.state = 'open' and i.queue = q.name and i.kind = any (${[...kinds]}::text[]) order by i.rank, i.item_id limit ${MOST}::int) n) c
     order by q.name`
}

/** What is mine and what is put off. */
export async function countOwn(
  tx: Tx,
  staff_id: string,
  kinds: readonly string[],
): Promise<{ mine: number; snoozed: number }[]> {
  return tx.sql<{ mine: number; snoozed: number }[]>`
    select (select count(*)::int from (select from inbox.item i where i.tenant_id = ${tx.tenant} and i.state = 'open' and i.assignee = ${staff_id}::uuid
                                          and i.kind = any (${[...kinds]}::text[]) order by i.rank, i.item_id limit ${MOST}::int) m) as mine,
           (select count(*)::int from (select from inbox.item i where i.tenant_id = ${tx.tenant} and i.state = 'snoozed'
                                          and i.kind = any (${[...kinds]}::text[]) order by i.snoozed_until, i.item_id limit ${MOST}::int) s) as snoozed`
}

/** The skills of the staff. */
export async function skillRows(tx: Tx): Promise<{ staff_id: string; skill: string }[]> {
  return tx.sql<{ staff_id: string; skill: string }[]>`
    select staff_id, skill from inbox.skill where tenant_id = ${tx.tenant} order by staff_id, skill limit 10000`
}

/** Whether this person is on the staff. */
export async function isOnStaff(tx: Tx, staff_id: string): Promise<boolean> {
  const rows = await tx.sql<{ staff_id: string }[]>`
    select staff_id from identity.v_staff where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
  return rows.length === 1
}

/** What the customer of an order was promised. */
export async function promiseOf(tx: Tx, order_id: string): Promise<Date | null> {
  const rows = await tx.sql<{ promised_at: Date | null }[]>`
    select promised_at from orders.v_order_worth where tenant_id = ${tx.tenant} and order_id = ${order_id}`
  return rows[0]?.promised_at ?? null
}
