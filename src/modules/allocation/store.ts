// All SQL of allocation: marks on orders, explanations, exclusions, exceptions.
import type { Tx } from '../../platform/db.ts'
import type { FactHead } from '../../platform/facts.ts'
import { uuidFloor } from '../../platform/ids.ts'

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
    select order_id, 'short_pick' as kind, line_no, location_id, null as queue, null::uuid as rejection_id, null::timestamptz as until from warehouse.v_short_pick
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select order_id, case when out_until <= ${tx.now} then 'lapsed' else 'rejection' end, line_no, location_id, null, rejection_id, out_until from warehouse.v_rejection
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select order_id, 'exclusion', line_no, location_id, null, null, null from allocation.exclusion
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select order_id, 'exception', null, null, queue, null, null from allocation.exception
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and resolved_at is null
    union all
    select order_id, 'lock', null, location_id, null, null, null from allocation.lock
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])
    union all
    select null, kind, version, null, null, null, null from platform.fact_head
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

export async function insertExplanations(tx: Tx, rows: readonly NewExplanation[]): Promise<void> {
  await tx.sql`
    insert into allocation.explanation (tenant_id, decision_id, order_id, at, cause, outcome, currency, cost, margin, detail)
    select ${tx.tenant}::uuid, decision_id, order_id, ${tx.now}, cause, outcome, currency, cost, margin, detail::jsonb
      from unnest(${rows.map((row) => row.decision_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.cause)}::text[],
                  ${rows.map((row) => row.outcome)}::text[], ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.cost)}::bigint[],
                  ${rows.map((row) => row.margin)}::bigint[], ${rows.map((row) => row.detail)}::text[])
        as new (decision_id, order_id, cause, outcome, currency, cost, margin, detail)`
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

export interface NewException {
  readonly exception_id: string
  readonly order_id: string
  readonly network_id: string
  readonly reason: string
  readonly skus: readonly string[]
  readonly units: number
  readonly value: bigint
  readonly currency: string
  readonly decision_id: string
  /** Where a rule parks it; null for none. */
  readonly queue: string | null
}

export interface ToldException {
  readonly exception_id: string
  readonly order_id: string
}

/** Opens exceptions, or renews the one that an order has open; answers them. */
export async function insertExceptions(tx: Tx, rows: readonly NewException[]): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    insert into allocation.exception as e (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, queue, opened_at)
    select ${tx.tenant}::uuid, exception_id, order_id, network_id, reason, array(select jsonb_array_elements_text(skus::jsonb)), units, value, currency, decision_id, queue, ${tx.now}
      from unnest(${rows.map((row) => row.exception_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.network_id)}::text[],
                  ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => JSON.stringify(row.skus))}::text[], ${rows.map((row) => row.units)}::int[],
                  ${rows.map((row) => row.value)}::bigint[], ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.decision_id)}::uuid[],
                  ${rows.map((row) => row.queue)}::text[])
        as new (exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, queue)
    on conflict (tenant_id, order_id) where resolved_at is null
    do update set reason = excluded.reason, skus = excluded.skus, units = excluded.units, value = excluded.value, decision_id = excluded.decision_id, queue = excluded.queue
    returning exception_id, order_id`
}

/** Ends the exceptions of these orders; answers those that were open. */
export async function endExceptions(
  tx: Tx,
  order_ids: readonly string[],
  resolution: 'allocated' | 'gone',
): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    update allocation.exception set resolved_at = ${tx.now}, resolution = ${resolution}
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and resolved_at is null
    returning exception_id, order_id`
}

export interface ExceptionRow {
  readonly exception_id: string
  readonly order_id: string
  readonly network_id: string
  readonly reason: string
  readonly skus: string[]
  readonly units: number
  readonly value: bigint
  readonly currency: string
  readonly opened_at: Date
  readonly queue: string | null
}

/** The queue, oldest first. */
export async function listExceptions(tx: Tx, after: string, limit: number): Promise<ExceptionRow[]> {
  return tx.sql<ExceptionRow[]>`
    select exception_id, order_id, network_id, reason, skus, units, value, currency, opened_at, queue from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and exception_id > ${after}::uuid order by exception_id limit ${limit}::int`
}

/** Orders in the queue of a network, those that miss one of these SKUs; an empty list takes all. */
export async function waitingFor(
  tx: Tx,
  network_id: string,
  skus: readonly string[],
  limit: number,
): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from allocation.exception
     where tenant_id = ${tx.tenant} and network_id = ${network_id} and resolved_at is null
       and (cardinality(${[...skus]}::text[]) = 0 or skus && ${[...skus]}::text[])
     order by exception_id limit ${limit}::int`
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

/** Orders in the queue because of a reason, whatever their network. */
export async function waitingBecause(
  tx: Tx,
  reasons: readonly string[],
  limit: number,
): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and reason = any (${[...reasons]}::text[]) order by exception_id limit ${limit}::int`
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

/** Which of these orders are in the queue. */
export async function openExceptionsOf(tx: Tx, order_ids: readonly string[]): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    select order_id from allocation.exception
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and resolved_at is null`
}
