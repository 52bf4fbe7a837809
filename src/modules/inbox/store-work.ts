// The SQL of people's work on items: claim by compare-and-set, release, put off, assign, note; each with its history row.
import type { Tx } from '../../platform/db.ts'

/** Claims an open item that nobody has, or whose claim has lapsed; false where somebody else is working on it. */
export async function claimItem(
  tx: Tx,
  item_id: string,
  { staff_id, kinds, lapsed_before }: { staff_id: string; kinds: readonly string[]; lapsed_before: Date },
): Promise<boolean> {
  const claimed = await tx.sql`
    update inbox.item set assignee = ${staff_id}::uuid, claimed_at = ${tx.now}
     where tenant_id = ${tx.tenant} and item_id = ${item_id} and state <> 'closed' and kind = any (${[...kinds]}::text[])
       and (claimed_at is null or claimed_at < ${lapsed_before} or assignee = ${staff_id}::uuid)`
  return claimed.count === 1
}

/** Gives an item back; false where it is not this person's. */
export async function releaseItem(tx: Tx, item_id: string, staff_id: string): Promise<boolean> {
  const released = await tx.sql`
    update inbox.item set assignee = null, claimed_at = null
     where tenant_id = ${tx.tenant} and item_id = ${item_id} and assignee = ${staff_id}::uuid and state <> 'closed'`
  return released.count === 1
}

/** Puts a locked item off until then; `fix` is what was applied and has not taken effect yet. */
export async function snoozeItem(tx: Tx, item_id: string, until: Date, fix: string | null): Promise<void> {
  await tx.sql`
    update inbox.item set state = 'snoozed', snoozed_until = ${until}, fix = ${fix}, claimed_at = null
     where tenant_id = ${tx.tenant} and item_id = ${item_id} and state <> 'closed'`
}

/** Takes a locked item up again before its time. */
export async function reopenItem(tx: Tx, item_id: string): Promise<void> {
  await tx.sql`
    update inbox.item set state = 'open', snoozed_until = null, fix = null
     where tenant_id = ${tx.tenant} and item_id = ${item_id} and state = 'snoozed'`
}

/** Closes a locked item whose source stays though it is no longer a trouble. */
export async function closeItem(tx: Tx, item_id: string, outcome: string): Promise<{ item_id: string }[]> {
  return tx.sql<{ item_id: string }[]>`
    with closed as (
      update inbox.item set state = 'closed', snoozed_until = null, closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = ${outcome}
       where tenant_id = ${tx.tenant} and item_id = ${item_id} and state <> 'closed' returning item_id),
    told as (insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
             select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'closed', ${outcome} from closed)
    select item_id from closed`
}

/** Gives a locked item to a person or nobody, and to a queue or none. */
export async function assignItem(
  tx: Tx,
  item_id: string,
  to: { readonly assignee: string | null; readonly queue: string | null },
): Promise<void> {
  await tx.sql`
    update inbox.item set assignee = ${to.assignee}::uuid, queue = ${to.queue}, claimed_at = null
     where tenant_id = ${tx.tenant} and item_id = ${item_id} and state <> 'closed'`
}

/** Writes a line of an item's history. */
export async function writeEntry(tx: Tx, item_id: string, what: string, detail: string | null): Promise<void> {
  await tx.sql`
    insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
    values (${tx.tenant}, ${item_id}, ${tx.newId()}, ${tx.now}, ${tx.actor}, ${what}, ${detail})`
}

/** Sets what a person can take on. */
export async function replaceSkills(tx: Tx, staff_id: string, skills: readonly string[]): Promise<void> {
  await tx.sql`
    with gone as (delete from inbox.skill where tenant_id = ${tx.tenant} and staff_id = ${staff_id} and not skill = any (${[...skills]}::text[]))
    insert into inbox.skill (tenant_id, skill, staff_id)
    select ${tx.tenant}::uuid, skill, ${staff_id}::uuid from unnest(${[...skills]}::text[]) as s (skill) on conflict do nothing`
}

/** Takes away what people wrote about items of these orders. */
export async function eraseItemNotes(tx: Tx, order_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update inbox.entry e set detail = null from inbox.item i
     where i.tenant_id = ${tx.tenant} and i.order_id = any (${[...order_ids]}::uuid[]) and e.tenant_id = ${tx.tenant} and e.item_id = i.item_id
       and e.what in ('noted', 'snoozed', 'fixed') and e.detail is not null`
}

/** Deletes closed items of long ago with their history; at most `limit`. */
export async function purgeItems(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    with old as (select item_id from inbox.item
                  where tenant_id = ${tx.tenant} and state = 'closed' and closed_at < ${tx.now}::timestamptz - interval '400 days' order by closed_at limit ${limit}::int),
    told as (delete from inbox.entry e using old where e.tenant_id = ${tx.tenant} and e.item_id = old.item_id)
    delete from inbox.item i using old where i.tenant_id = ${tx.tenant} and i.item_id = old.item_id`
  return gone.count
}
