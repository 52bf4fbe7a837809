// SQL of allocation: marks on orders, explanations, exclusions, orders a day.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import type { FactHead } from '../../platform/facts.ts'
import { uuidFloor, uuidTime } from '../../platform/ids.ts'

export async function baseCurrency(tx: Tx): Promise<string> {
  const rows = await tx.sql<{ base_currency: string }[]>`
    select base_currency from platform.tenant where tenant_id = ${tx.tenant}`
  return rows[0]?.base_currency ?? 'CNY'
}

export interface Mark {
  readonly order_id: string
  readonly kind: string
  readonly line_no: number | null
  readonly location_id: string | null
  readonly queue: string | null
  /** Of a rejection: its id, and until when it counts. */
  readonly rejection_id: string | null
  readonly until: Date | null
  /** Of an exception: where it goes if all of it can, as where it was before a closure; null for nowhere. */
  readonly home: string[] | null
}

interface MarkRow extends Omit<Mark, 'order_id'> {
  readonly order_id: string | null
}

/**
 * What is to be minded about these orders: places refused by the warehouse or a person, the location that a person has locked it to, and
 * whether a person has the order before him. With them, in the same statement, the heads of the facts that the decision will read.
 */
export async function marksOf(
  tx: Tx,
  order_ids: readonly string[],
  kinds: readonly string[],
): Promise<{ marks: Mark[]; heads: FactHead[] }> {
  const rows = await tx.sql<MarkRow[]>`
    select p.order_id, case when l.order_id is null then 'short_pick' else 'lapsed' end as kind, p.line_no, p.location_id, null as queue, null::uuid as rejection_id,
           null::timestamptz as until, null::text[] as home
      from warehouse.v_short_pick p left join allocation.lifted l on l.tenant_id = ${tx.tenant} and l.order_id = p.order_id and l.refusal_id = p.scan_id
     where p.tenant_id = ${tx.tenant} and p.order_id = any (${[...order_ids]}::uuid[])
    union all
    select r.order_id, case when l.order_id is not null or r.out_until <= ${tx.now} then 'lapsed' else 'rejection' end, r.line_no, r.location_id, null, r.rejection_id, r.out_until, null
      from warehouse.v_rejection r left join allocation.lifted l on l.tenant_id = ${tx.tenant} and l.order_id = r.order_id and l.refusal_id = r.rejection_id
     where r.tenant_id = ${tx.tenant} and r.order_id = any (${[...order_ids]}::uuid[])
    union all
    select order_id, 'exclusion', line_no, location_id, null, null, null, null from allocation.exclusion
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select order_id, 'exception', null, null, queue, null, null, nullif(home, '{}') from allocation.exception
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and resolved_at is null
    union all
    select order_id, 'lock', null, location_id, null, null, null, null from allocation.lock
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select null, kind, version, null, null, null, null, null from platform.fact_head
     where tenant_id = ${tx.tenant} and kind = any (${[...kinds]}::text[])`
  return {
    marks: rows.flatMap(({ order_id, ...row }) => (order_id === null ? [] : [{ ...row, order_id }])),
    heads: rows.flatMap(({ order_id, kind, line_no }) =>
      order_id === null && line_no !== null ? [{ kind, version: line_no }] : [],
    ),
  }
}

export interface NewExplanation {
  readonly decision_id: string
  readonly order_id: string
  readonly cause: string
  readonly outcome: string
  readonly currency: string
  readonly cost: number | null
  readonly margin: number | null
  readonly detail: string
}

/** That a rule has decided an order before. */
export interface EarlierTaking {
  readonly order_id: string
  readonly rule_id: string
  /** When for the first time. */
  readonly at: Date
  /** Whether it has sent anything of it. */
  readonly sent: boolean
}

/**
 * Keeps the reasons of decisions. Answers, in the same statement, which rules had decided these orders before: decisions are younger than their
 * orders, so that only the months since the oldest of them are looked at; a day is left for clocks that differ.
 */
export async function insertExplanations(tx: Tx, rows: readonly NewExplanation[]): Promise<EarlierTaking[]> {
  const ids = rows.map((row) => row.order_id)
  const [oldest = uuidFloor(tx.now)] = ids.toSorted()
  return tx.sql<EarlierTaking[]>`
    with kept as (
      insert into allocation.explanation (tenant_id, decision_id, order_id, at, cause, outcome, currency, cost, margin, detail)
      select ${tx.tenant}::uuid, decision_id, order_id, ${tx.now}, cause, outcome, currency, cost, margin, detail::jsonb
        from unnest(${rows.map((row) => row.decision_id)}::uuid[], ${ids}::uuid[], ${rows.map((row) => row.cause)}::text[],
                    ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.cost)}::bigint[],
                    ${rows.map((row) => row.margin)}::bigint[], ${rows.map((row) => row.detail)}::text[])
          as new (decision_id, order_id, cause, outcome, currency, cost, margin, detail))
    select n.order_id, e.rule_id, e.at, e.sent
      from unnest(${ids}::uuid[]) as n (order_id)
      cross join lateral (
        select x.detail->'rule'->>1 as rule_id, min(x.at) as at, bool_or(x.cost is not null) as sent
          from allocation.explanation x
         where x.tenant_id = ${tx.tenant} and x.order_id = n.order_id and x.detail ? 'rule'
           and x.decision_id >= ${uuidFloor(later(uuidTime(oldest), -DAY_MS))}::uuid and x.decision_id < ${uuidFloor(later(tx.now, DAY_MS))}::uuid
         group by 1) e`
}

export interface ExplanationRow {
  readonly decision_id: string
  readonly at: Date
  readonly cause: string
  readonly outcome: string
  readonly currency: string
  readonly cost: bigint | null
  readonly margin: bigint | null
  readonly detail: unknown
}

/** The newest decisions of an order. */
export async function explanationsOf(tx: Tx, order_id: string, limit: number): Promise<ExplanationRow[]> {
  return tx.sql<ExplanationRow[]>`
    select decision_id, at, cause, outcome, currency, cost, margin, detail from allocation.explanation
     where tenant_id = ${tx.tenant} and order_id = ${order_id} order by decision_id desc limit ${limit}::int`
}

export interface NewExclusion {
  readonly order_id: string
  readonly line_no: number
  readonly location_id: string
  readonly reason: string
}

export async function insertExclusions(tx: Tx, rows: readonly NewExclusion[]): Promise<void> {
  await tx.sql`
    insert into allocation.exclusion (tenant_id, order_id, line_no, location_id, reason, excluded_by, excluded_at)
    select ${tx.tenant}::uuid, order_id, line_no, location_id, reason, ${tx.actor}, ${tx.now}
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.line_no)}::int[],
                  ${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.reason)}::text[]) as new (order_id, line_no, location_id, reason)
    on conflict (tenant_id, order_id, line_no, location_id) do nothing`
}

/** Orders that each location has been given since then; a fulfilment id tells its time. */
export async function ordersPlannedSince(
  tx: Tx,
  location_ids: readonly string[],
  since: Date,
): Promise<{ location_id: string; orders: number }[]> {
  return tx.sql<{ location_id: string; orders: number }[]>`
    select location_id, count(*)::int as orders from warehouse.v_planned_order
     where tenant_id = ${tx.tenant} and location_id = any (${[...location_ids]}::text[]) and fulfilment_id >= ${uuidFloor(since)}::uuid
     group by location_id`
}

/** Locks, in key order, the orders a day of these locations: whoever counts them next waits until this transaction has ended. */
export async function lockLimits(tx: Tx, location_ids: readonly string[]): Promise<void> {
  await tx.sql`
    insert into allocation.limited_place as p (tenant_id, location_id)
    select ${tx.tenant}::uuid, location_id from unnest(${[...location_ids]}::text[]) as new (location_id) order by location_id
    on conflict (tenant_id, location_id) do update set location_id = p.location_id where false`
}

export interface Limit {
  readonly location_id: string
  readonly orders: number
}

/** By which fulfilment each location reached its limit, counted back from the newest: a day after it there is room for one more. */
export async function limitsReached(tx: Tx, limits: readonly Limit[]): Promise<(Limit & { fulfilment_id: string })[]> {
  return tx.sql<(Limit & { fulfilment_id: string })[]>`
    select l.location_id, l.orders, p.fulfilment_id
      from unnest(${limits.map((limit) => limit.location_id)}::text[], ${limits.map((limit) => limit.orders)}::int[]) as l (location_id, orders)
      cross join lateral (
        select v.fulfilment_id from warehouse.v_planned_order v where v.tenant_id = ${tx.tenant} and v.location_id = l.location_id
         order by v.fulfilment_id desc offset l.orders - 1 limit 1) p
     where l.orders > 0`
}
