// The SQL that writes items: noticed, renewed, closed, ranked anew; each for a set, with its history in the same statement.
import type { ItemKind } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'

/** Whoever holds it is the only one of the tenant that notices and closes items by their sources. */
export async function holdKeeper(tx: Tx): Promise<void> {
  await tx.sql`
    insert into inbox.keeper (tenant_id, touched_at) values (${tx.tenant}, ${tx.now})
    on conflict (tenant_id) do update set touched_at = excluded.touched_at`
}

export interface SourceRow {
  readonly kind: ItemKind
  readonly source_id: string
  readonly subject: string
  readonly order_id: string | null
  readonly title: string | null
  readonly reason: string
  readonly value: bigint | null
  readonly currency: string | null
  readonly due_at: Date | null
  readonly opened_at: Date
  readonly queue: string | null
}

/** What is open of these subjects. */
export async function sourcesOf(tx: Tx, subjects: readonly string[], limit: number): Promise<SourceRow[]> {
  return tx.sql<SourceRow[]>`
    select kind, source_id, subject, order_id, title, reason, value, currency, due_at, opened_at, queue from inbox.v_source
     where tenant_id = ${tx.tenant} and subject = any (${[...subjects]}::uuid[]) order by source_id limit ${limit}::int`
}

export interface LateRow {
  readonly fulfilment_id: string
  readonly order_id: string
  readonly number: string | null
  readonly state: string
  readonly total: bigint | null
  readonly currency: string | null
  readonly due_at: Date
  readonly planned_at: Date
  readonly reason: string
}

/** Work that was to leave before now and has no item yet, and work planned since then that will arrive after its promise; at most `limit` of each. */
export async function promisesAtRisk(tx: Tx, planned_after: string, limit: number): Promise<LateRow[]> {
  return tx.sql<LateRow[]>`
    (select f.fulfilment_id, f.order_id, f.number, f.state, f.total, f.currency, coalesce(f.promised_at, f.ship_by) as due_at, f.planned_at, 'late_' || f.state as reason
       from inbox.v_fulfilment f
      where f.tenant_id = ${tx.tenant} and f.ship_by < ${tx.now}
        and not exists (select from inbox.item i where i.tenant_id = ${tx.tenant} and i.source_id = f.fulfilment_id and i.state <> 'closed')
      order by f.ship_by, f.fulfilment_id limit ${limit}::int)
    union all
    (select f.fulfilment_id, f.order_id, f.number, f.state, f.total, f.currency, f.promised_at, f.planned_at, 'late_by_carrier'
       from inbox.v_fulfilment f
      where f.tenant_id = ${tx.tenant} and f.fulfilment_id >= ${planned_after}::uuid and f.ship_by >= ${tx.now} and f.arrives_at > f.promised_at
        and not exists (select from inbox.item i where i.tenant_id = ${tx.tenant} and i.source_id = f.fulfilment_id and i.state <> 'closed')
      order by f.fulfilment_id limit ${limit}::int)`
}

/** Open work of these orders that was to leave before now, or will arrive after its promise. */
export async function promisesOf(tx: Tx, order_ids: readonly string[], limit: number): Promise<LateRow[]> {
  return tx.sql<LateRow[]>`
    select f.fulfilment_id, f.order_id, f.number, f.state, f.total, f.currency, coalesce(f.promised_at, f.ship_by) as due_at, f.planned_at,
           case when f.ship_by < ${tx.now} then 'late_' || f.state else 'late_by_carrier' end as reason
      from inbox.v_fulfilment f
     where f.tenant_id = ${tx.tenant} and (f.ship_by < ${tx.now} or f.arrives_at > f.promised_at)
       and f.fulfilment_id in (select w.fulfilment_id from warehouse.v_open_fulfilment w where w.tenant_id = ${tx.tenant} and w.order_id = any (${[...order_ids]}::uuid[]))
     order by f.fulfilment_id limit ${limit}::int`
}

/** The handling classes of what is still to be sent, by order. */
export async function classesOf(tx: Tx, order_ids: readonly string[]): Promise<{ order_id: string; class: string }[]> {
  return tx.sql<{ order_id: string; class: string }[]>`
    select distinct l.order_id, c.class
      from orders.v_open_line l join catalog.v_sku_class s on s.tenant_id = ${tx.tenant} and s.sku = l.sku
      cross join lateral unnest(s.handling_classes) as c (class)
     where l.tenant_id = ${tx.tenant} and l.order_id = any (${[...order_ids]}::uuid[]) order by l.order_id, c.class`
}

export interface NewItem {
  readonly item_id: string
  readonly kind: ItemKind
  readonly source_id: string
  readonly subject: string
  readonly order_id: string | null
  readonly title: string
  readonly reason: string
  readonly value: bigint | null
  readonly currency: string | null
  readonly mass: number
  readonly due_at: Date
  readonly queue: string | null
  readonly opened_at: Date
}

/** Notices what has no item yet and renews what has changed; answers the items that are new. */
export async function noticeItems(tx: Tx, rows: readonly NewItem[]): Promise<{ item_id: string }[]> {
  return tx.sql<{ item_id: string }[]>`
    with noticed as (
      insert into inbox.item as i (tenant_id, item_id, kind, source_id, subject, order_id, title, reason, value, currency, mass, due_at, rank, next_rank_at, queue, opened_at, noticed_at)
      select ${tx.tenant}::uuid, item_id, kind, source_id, subject, order_id, title, reason, value, currency, mass, due_at,
             inbox.rank_of(mass, due_at, ${tx.now}), inbox.next_rank_at(mass, due_at, ${tx.now}), queue, opened_at, ${tx.now}
        from unnest(${rows.map((row) => row.item_id)}::uuid[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.source_id)}::uuid[],
                    ${rows.map((row) => row.subject)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.title)}::text[],
                    ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => row.value)}::bigint[], ${rows.map((row) => row.currency)}::text[],
                    ${rows.map((row) => row.mass)}::float8[], ${rows.map((row) => row.due_at)}::timestamptz[], ${rows.map((row) => row.queue)}::text[],
                    ${rows.map((row) => row.opened_at)}::timestamptz[])
          as new (item_id, kind, source_id, subject, order_id, title, reason, value, currency, mass, due_at, queue, opened_at)
       order by source_id
      on conflict (tenant_id, source_id) where state <> 'closed'
      do update set kind = excluded.kind, order_id = excluded.order_id, title = excluded.title, reason = excluded.reason, value = excluded.value, currency = excluded.currency,
                    mass = excluded.mass, due_at = excluded.due_at, rank = excluded.rank, next_rank_at = excluded.next_rank_at
       where (i.kind, i.reason, i.title, i.mass, i.due_at) is distinct from (excluded.kind, excluded.reason, excluded.title, excluded.mass, excluded.due_at)
      returning i.item_id),
    fresh as (select n.item_id from noticed n where n.item_id = any (${rows.map((row) => row.item_id)}::uuid[])),
    told as (insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what)
             select ${tx.tenant}::uuid, item_id, item_id, ${tx.now}, ${tx.actor}, 'opened' from fresh)
    select item_id from fresh`
}

/** Closes the items of these subjects whose source is over, or only one of them; answers those closed. */
export async function closeOver(
  tx: Tx,
  subjects: readonly string[],
  only: string | null,
  outcome: string,
): Promise<{ item_id: string; source_id: string }[]> {
  return tx.sql<{ item_id: string; source_id: string }[]>`
    with over as (
      select i.item_id from inbox.item i
       where i.tenant_id = ${tx.tenant} and i.subject = any (${[...subjects]}::uuid[]) and i.state <> 'closed' and i.kind <> 'promise'
         and (${only}::uuid is null or i.item_id = ${only}::uuid)
         and not exists (select from inbox.v_source s
                          where s.tenant_id = ${tx.tenant} and s.subject = i.subject and s.source_id = i.source_id)
       order by i.item_id for update),
    closed as (
      update inbox.item i
         set state = 'closed', snoozed_until = null, closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = coalesce(i.fix, ${outcome})
        from over where i.tenant_id = ${tx.tenant} and i.item_id = over.item_id and i.state <> 'closed'
      returning i.item_id, i.source_id, i.outcome),
    told as (insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
             select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'closed', outcome from closed)
    select item_id, source_id from closed`
}

/** Closes promises of these orders whose open work leaves and arrives in time after all. */
export async function closeKept(tx: Tx, order_ids: readonly string[]): Promise<void> {
  await tx.sql`
    with kept as (
      select i.item_id from inbox.item i join inbox.v_fulfilment f on f.tenant_id = ${tx.tenant} and f.fulfilment_id = i.source_id
       where i.tenant_id = ${tx.tenant} and i.state <> 'closed' and i.kind = 'promise' and i.order_id = any (${[...order_ids]}::uuid[])
         and f.ship_by >= ${tx.now} and (f.arrives_at > f.promised_at) is not true
       order by i.item_id for update of i),
    closed as (
      update inbox.item i set state = 'closed', snoozed_until = null, closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = 'settled'
        from kept where i.tenant_id = ${tx.tenant} and i.item_id = kept.item_id
      returning i.item_id)
    insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
    select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'closed', 'settled' from closed`
}

/** Closes promises whose work has left or was cancelled; at most `limit`. */
export async function closePromises(tx: Tx, limit: number): Promise<{ item_id: string }[]> {
  return tx.sql<{ item_id: string }[]>`
    with over as (
      select i.item_id from inbox.item i
       where i.tenant_id = ${tx.tenant} and i.state <> 'closed' and i.kind = 'promise'
         and not exists (select from warehouse.v_queue q where q.tenant_id = ${tx.tenant} and q.fulfilment_id = i.source_id)
       order by i.item_id limit ${limit}::int for update),
    closed as (
      update inbox.item i set state = 'closed', snoozed_until = null, closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = 'left'
        from over where i.tenant_id = ${tx.tenant} and i.item_id = over.item_id
      returning i.item_id),
    told as (insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
             select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'closed', 'left' from closed)
    select item_id from closed`
}

/** Moves items up whose time has come; at most `limit`. */
export async function rerank(tx: Tx, limit: number): Promise<number> {
  const moved = await tx.sql`
    with due as (select item_id from inbox.item
                  where tenant_id = ${tx.tenant} and state <> 'closed' and next_rank_at <= ${tx.now} order by next_rank_at limit ${limit}::int for update skip locked)
    update inbox.item i set rank = inbox.rank_of(i.mass, i.due_at, ${tx.now}), next_rank_at = inbox.next_rank_at(i.mass, i.due_at, ${tx.now})
      from due where i.tenant_id = ${tx.tenant} and i.item_id = due.item_id`
  return moved.count
}

/** Subjects whose source has no item, and of items whose source is over: what events have missed. At most `limit` of each. */
export async function mismatched(tx: Tx, limit: number): Promise<{ subject: string }[]> {
  return tx.sql<{ subject: string }[]>`
    (select s.subject from inbox.v_source s left join inbox.item i on i.tenant_id = ${tx.tenant} and i.source_id = s.source_id and i.state <> 'closed'
      where s.tenant_id = ${tx.tenant} and i.item_id is null limit ${limit}::int)
    union
    (select i.subject from inbox.item i left join inbox.v_source s on s.tenant_id = ${tx.tenant} and s.source_id = i.source_id
      where i.tenant_id = ${tx.tenant} and i.state <> 'closed' and i.kind <> 'promise' and s.source_id is null limit ${limit}::int)`
}

/** Who has one of these skills and is still on the staff, with how many open items they have, counted to two hundred. */
export async function peopleWith(
  tx: Tx,
  skills: readonly string[],
): Promise<{ staff_id: string; skill: string; load: number }[]> {
  return tx.sql<{ staff_id: string; skill: string; load: number }[]>`
    select k.staff_id, k.skill, load.n as load
      from inbox.skill k join identity.v_staff p on p.tenant_id = ${tx.tenant} and p.staff_id = k.staff_id
      cross join lateral (select count(*)::int as n from (
             select from inbox.item i where i.tenant_id = ${tx.tenant} and i.assignee = k.staff_id and i.state = 'open' limit 200) c) load
     where k.tenant_id = ${tx.tenant} and k.skill = any (${[...skills]}::text[]) order by k.skill, k.staff_id limit 500`
}

/** Gives items that nobody has to people; told in their history. */
export async function giveItems(tx: Tx, rows: readonly { item_id: string; assignee: string }[]): Promise<void> {
  await tx.sql`
    with given as (
      update inbox.item i set assignee = d.assignee
        from unnest(${rows.map((row) => row.item_id)}::uuid[], ${rows.map((row) => row.assignee)}::uuid[]) as d (item_id, assignee)
       where i.tenant_id = ${tx.tenant} and i.item_id = d.item_id and i.assignee is null and i.state <> 'closed'
      returning i.item_id, i.assignee)
    insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what, detail)
    select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'assigned', assignee::text from given`
}

/** Brings back what was put off until now; told in their history. */
export async function wakeItems(tx: Tx, item_ids: readonly string[]): Promise<void> {
  await tx.sql`
    with awake as (
      update inbox.item i set state = 'open', snoozed_until = null, fix = null
       where i.tenant_id = ${tx.tenant} and i.item_id = any (${[...item_ids]}::uuid[]) and i.state = 'snoozed' and i.snoozed_until <= ${tx.now}
      returning i.item_id)
    insert into inbox.entry (tenant_id, item_id, entry_id, at, actor, what)
    select ${tx.tenant}::uuid, item_id, gen_random_uuid(), ${tx.now}, ${tx.actor}, 'woke' from awake`
}
