// The SQL of the queue: orders, or parts of them, that have no place, why, and when they are tried again.
import type { Tx } from '../../platform/db.ts'

/** What happens at the moment of the next try. */
export type TryCause = 'slot' | 'near' | 'limit' | 'suspension' | 'place_back' | 'reopening' | 'rule_wait' | 'rule_date'

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
  /** What removed locations that have the goods, of what changes by itself or by what is told. */
  readonly hindrances: readonly string[]
  /** Version and id of the rule that left it here. */
  readonly ruled_by: string
  /** When it is tried again by the clock, null for never; and what happens then. */
  readonly try_again_at: Date | null
  readonly try_because: TryCause | null
  /** Since when, in this stay, a rule wants it cancelled by a date; null where none does. */
  readonly cancel_from: Date | null
  /** Where it goes if all of it can, as where it was before a closure took it out; empty for nowhere. */
  readonly home: readonly string[]
}

export interface ToldException {
  readonly exception_id: string
  readonly order_id: string
}

/** Opens exceptions, or renews the one that an order has open; answers them. */
export async function insertExceptions(tx: Tx, rows: readonly NewException[]): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    insert into allocation.exception as e
      (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, queue, hindrances, ruled_by, try_again_at, try_because, cancel_from, home, opened_at)
    select ${tx.tenant}::uuid, exception_id, order_id, network_id, reason, array(select jsonb_array_elements_text(skus::jsonb)), units, value, currency, decision_id, queue,
           array(select jsonb_array_elements_text(hindrances::jsonb)), ruled_by, try_again_at, try_because, cancel_from, array(select jsonb_array_elements_text(home::jsonb)), ${tx.now}
      from unnest(${rows.map((row) => row.exception_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.network_id)}::text[],
                  ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => JSON.stringify(row.skus))}::text[], ${rows.map((row) => row.units)}::int[],
                  ${rows.map((row) => row.value)}::bigint[], ${rows.map((row) => row.currency)}::text[], ${rows.map((row) => row.decision_id)}::uuid[],
                  ${rows.map((row) => row.queue)}::text[], ${rows.map((row) => JSON.stringify(row.hindrances))}::text[], ${rows.map((row) => row.ruled_by)}::text[],
                  ${rows.map((row) => row.try_again_at)}::timestamptz[], ${rows.map((row) => row.try_because)}::text[], ${rows.map((row) => row.cancel_from)}::timestamptz[],
                  ${rows.map((row) => JSON.stringify(row.home))}::text[])
        as new (exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, queue, hindrances, ruled_by, try_again_at, try_because, cancel_from, home)
    on conflict (tenant_id, order_id) where resolved_at is null
    do update set reason = excluded.reason, skus = excluded.skus, units = excluded.units, value = excluded.value, decision_id = excluded.decision_id, queue = excluded.queue,
                  hindrances = excluded.hindrances, ruled_by = excluded.ruled_by, try_again_at = excluded.try_again_at, try_because = excluded.try_because, cancel_from = excluded.cancel_from,
                  home = case when excluded.home = '{}' then e.home else excluded.home end
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
  readonly try_again_at: Date | null
  readonly try_because: TryCause | null
  readonly hindrances: string[]
}

/** The queue, oldest first. */
export async function listExceptions(tx: Tx, after: string, limit: number): Promise<ExceptionRow[]> {
  return tx.sql<ExceptionRow[]>`
    select exception_id, order_id, network_id, reason, skus, units, value, currency, opened_at, queue, try_again_at, try_because, hindrances from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and exception_id > ${after}::uuid order by exception_id limit ${limit}::int`
}

/** What an order has in the queue. */
export interface Stay {
  readonly exception_id: string
  readonly order_id: string
  readonly reason: string
  readonly skus: string[]
  readonly units: number
  readonly queue: string | null
  readonly hindrances: string[]
  readonly ruled_by: string | null
  readonly try_again_at: Date | null
  readonly try_because: TryCause | null
  readonly cancel_from: Date | null
}

/** What these orders have in the queue. Of who has failed too often the program before this one kept a date that no rule named any more: it does not count. */
export async function staysOf(tx: Tx, order_ids: readonly string[]): Promise<Stay[]> {
  return tx.sql<Stay[]>`
    select exception_id, order_id, reason, skus, units, queue, hindrances, ruled_by, try_again_at, try_because,
           case when reason <> 'too_many_attempts' or split_part(ruled_by, ' ', 2) <> '' then cancel_from end as cancel_from from allocation.exception
     where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) and resolved_at is null`
}

/** Which orders of the queue are meant: of a network, that miss one of these SKUs; empty for any. */
export interface Waiting {
  readonly network?: string
  readonly skus?: readonly string[]
}

/** The orders of the queue that are meant, the longest waiting first, beginning after that exception. */
export async function waitingOrders(
  tx: Tx,
  { network = '', skus = [] }: Waiting,
  after: string,
  limit: number,
): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    select exception_id, order_id from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and exception_id > ${after}::uuid
       and (${network}::text = '' or network_id = ${network}::text)
       and (cardinality(${[...skus]}::text[]) = 0 or skus && ${[...skus]}::text[])
     order by exception_id limit ${limit}::int`
}

/** Those of a network that found no room; by exception_room, whose condition this is. */
export async function waitingForRoom(tx: Tx, network: string, after: string, limit: number): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    select exception_id, order_id from allocation.exception
     where tenant_id = ${tx.tenant} and network_id = ${network} and resolved_at is null and (reason = 'no_room' or hindrances && array['capacity'])
       and exception_id > ${after}::uuid order by exception_id limit ${limit}::int`
}

/** Those that no carrier takes; by exception_unserved, whose condition this is. */
export async function waitingUnserved(tx: Tx, after: string, limit: number): Promise<ToldException[]> {
  return tx.sql<ToldException[]>`
    select exception_id, order_id from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and (reason in ('no_carrier', 'no_currency_rate') or hindrances && array['no_carrier', 'out_of_area'])
       and exception_id > ${after}::uuid order by exception_id limit ${limit}::int`
}

export type NextTry = Pick<NewException, 'exception_id' | 'hindrances' | 'try_again_at' | 'try_because'>

/** Sets when exceptions are tried again and why then, and what hinders them. */
export async function setNextTries(tx: Tx, rows: readonly NextTry[]): Promise<void> {
  await tx.sql`
    update allocation.exception e set try_again_at = new.try_again_at, try_because = new.try_because, hindrances = array(select jsonb_array_elements_text(new.hindrances::jsonb))
      from unnest(${rows.map((row) => row.exception_id)}::uuid[], ${rows.map((row) => JSON.stringify(row.hindrances))}::text[],
                  ${rows.map((row) => row.try_again_at)}::timestamptz[], ${rows.map((row) => row.try_because)}::text[]) as new (exception_id, hindrances, try_again_at, try_because)
     where e.tenant_id = ${tx.tenant} and e.exception_id = new.exception_id`
}

/** Takes what is due out of the clock, the longest due first; what another transaction decides just now is passed over. */
export async function takeDue(tx: Tx, limit: number): Promise<{ order_id: string }[]> {
  return tx.sql<{ order_id: string }[]>`
    with due as materialized (
      select exception_id from allocation.exception
       where tenant_id = ${tx.tenant} and resolved_at is null and try_again_at <= ${tx.now}
       order by try_again_at, exception_id limit ${limit}::int for update skip locked)
    update allocation.exception e set try_again_at = null, try_because = null from due
     where e.tenant_id = ${tx.tenant} and e.exception_id = due.exception_id
    returning e.order_id`
}

/** Whether anything is still due. */
export async function isAnyDue(tx: Tx): Promise<boolean> {
  const rows = await tx.sql<{ exception_id: string }[]>`
    select exception_id from allocation.exception
     where tenant_id = ${tx.tenant} and resolved_at is null and try_again_at <= ${tx.now} limit 1`
  return rows.length > 0
}
