// The SQL of erasing: whom an order, a phone or a mail belongs to, and the blanks that stay of them.
import type { Tx } from '../../platform/db.ts'
import type { Commercial } from './machine.ts'

export interface PersonOrder {
  readonly person_id: string
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly commercial: Commercial
  readonly placed_at: Date
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly erased_at: Date | null
}

/** The person of an order. */
export async function personOfOrder(tx: Tx, order_id: string): Promise<PersonOrder[]> {
  return tx.sql<PersonOrder[]>`
    select p.person_id, o.order_id, o.number, o.channel, o.external_id, o.commercial, o.placed_at, p.name, p.email, p.phone, p.erased_at
      from orders.order o join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     where o.tenant_id = ${tx.tenant} and o.order_id = ${order_id}`
}

/** The orders of persons among the orders of these ranges of ids: no index leads from a person to its order, because one more costs every order. */
export async function ordersOfPersons(
  tx: Tx,
  ranges: readonly { person_id: string; low: string; high: string }[],
): Promise<PersonOrder[]> {
  return tx.sql<PersonOrder[]>`
    select p.person_id, o.order_id, o.number, o.channel, o.external_id, o.commercial, o.placed_at, p.name, p.email, p.phone, p.erased_at
      from unnest(${ranges.map((range) => range.person_id)}::uuid[], ${ranges.map((range) => range.low)}::uuid[], ${ranges.map((range) => range.high)}::uuid[])
        as r (person_id, low, high)
      join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = r.person_id
      join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id between r.low and r.high and o.person_id = r.person_id`
}

/** The persons behind search keys with their orders, newest first, at most `limit` orders. */
export async function personsByKeys(
  tx: Tx,
  keys: readonly { kind: string; key: string }[],
  limit: number,
): Promise<PersonOrder[]> {
  return tx.sql<PersonOrder[]>`
    select p.person_id, o.order_id, o.number, o.channel, o.external_id, o.commercial, o.placed_at, p.name, p.email, p.phone, p.erased_at
      from (
        select distinct s.order_id from unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.key)}::text[]) as k (kind, key)
          join orders.search_key s on s.tenant_id = ${tx.tenant} and s.kind = k.kind and s.key = k.key
         order by s.order_id desc limit ${limit}::int) found
      join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id = found.order_id
      join orders.person p on p.tenant_id = ${tx.tenant} and p.person_id = o.person_id
     order by o.order_id desc`
}

/** Locks persons in the order of their ids; answers those that there are. */
export async function lockPersons(tx: Tx, person_ids: readonly string[]): Promise<{ person_id: string }[]> {
  return tx.sql<{ person_id: string }[]>`
    select person_id from orders.person
     where tenant_id = ${tx.tenant} and person_id = any (${[...person_ids]}::uuid[]) order by person_id for update`
}

/** Blanks persons and forgets the keys by which they were found. */
export async function blankPersons(
  tx: Tx,
  person_ids: readonly string[],
  keys: readonly { kind: string; key: string; order_id: string }[],
  at: Date,
): Promise<void> {
  await tx.sql`
    with forgotten as (
      delete from orders.search_key s
       using unnest(${keys.map((key) => key.kind)}::text[], ${keys.map((key) => key.key)}::text[], ${keys.map((key) => key.order_id)}::uuid[]) as k (kind, key, order_id)
       where s.tenant_id = ${tx.tenant} and s.kind = k.kind and s.key = k.key and s.order_id = k.order_id)
    update orders.person set name = null, email = null, phone = null, address_lines = null, district = null, note = null,
           erased_at = coalesce(erased_at, ${at}::timestamptz)
     where tenant_id = ${tx.tenant} and person_id = any (${[...person_ids]}::uuid[])`
}

/** Blanks what orders say of where their customer lives and what colleagues wrote; country, region, goods and amounts stay. Answers the ids of notes and holds. */
export async function blankOrders(tx: Tx, order_ids: readonly string[]): Promise<{ id: string }[]> {
  return tx.sql<{ id: string }[]>`
    with noted as (
      update orders.note set text = '[erased]' where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) returning note_id),
    disclosed as (
      update orders.disclosure set reason = '[erased]' where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])),
    held as (
      update orders.hold set note = null where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]) returning hold_id),
    former as (
      update orders.former_destination set ship_city = null, ship_postcode = null, ship_lat = null, ship_lon = null
       where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[])),
    moved as (
      update orders.order set ship_city = null, ship_postcode = null, ship_lat = null, ship_lon = null, attributes = '{}'
       where tenant_id = ${tx.tenant} and order_id = any (${[...order_ids]}::uuid[]))
    select note_id as id from noted union all select hold_id from held`
}
