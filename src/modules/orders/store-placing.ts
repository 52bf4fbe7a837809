// The SQL of placing orders: one statement per table for any number of orders.
import type { Tx } from '../../platform/db.ts'
import type { Commercial } from './machine.ts'
import type { Accepted, PlacedOrder } from './types.ts'

/** Inserts the headers that are new; a header whose (channel, external_id) or number exists is left out of the answer. Orders sorted by (channel, external_id). */
export async function insertOrders(
  tx: Tx,
  orders: readonly PlacedOrder[],
  person_ids: readonly (string | null)[],
): Promise<Accepted[]> {
  return tx.sql<Accepted[]>`
    insert into orders.order (tenant_id, order_id, number, channel, external_id, network_id, commercial, priority, currency, prices_include_tax,
        lines_total, charges_total, tax_total, total, payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode, ship_lat, ship_lon,
        service_level, shortage_policy, content_sha256, attributes, placed_at, received_at)
    select ${tx.tenant}::uuid, order_id, number, channel, external_id, network_id, 'placed', priority, currency, prices_include_tax,
        lines_total, charges_total, tax_total, total, payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode, ship_lat, ship_lon,
        service_level, shortage_policy, content_sha256, attributes::jsonb, placed_at, ${tx.now}
      from unnest(${orders.map((order) => order.order_id)}::uuid[], ${orders.map((order) => order.number)}::text[], ${orders.map((order) => order.channel)}::text[],
        ${orders.map((order) => order.external_id)}::text[], ${orders.map((order) => order.network_id)}::text[], ${orders.map((order) => order.priority)}::smallint[],
        ${orders.map((order) => order.currency)}::text[], ${orders.map((order) => order.prices_include_tax)}::boolean[],
        ${orders.map((order) => order.totals.lines_total)}::bigint[], ${orders.map((order) => order.totals.charges_total)}::bigint[],
        ${orders.map((order) => order.totals.tax_total)}::bigint[], ${orders.map((order) => order.totals.total)}::bigint[],
        ${orders.map((order) => order.payment.method)}::text[], ${[...person_ids]}::uuid[],
        ${orders.map((order) => order.ship.country)}::text[], ${orders.map((order) => order.ship.region)}::text[], ${orders.map((order) => order.ship.city)}::text[],
        ${orders.map((order) => order.ship.postcode)}::text[], ${orders.map((order) => order.ship.lat)}::real[], ${orders.map((order) => order.ship.lon)}::real[],
        ${orders.map((order) => order.service_level)}::text[], ${orders.map((order) => order.shortage_policy)}::text[], ${orders.map((order) => Buffer.from(order.content_sha256))}::bytea[],
        ${orders.map((order) => JSON.stringify(order.attributes ?? {}))}::text[], ${orders.map((order) => order.placed_at)}::timestamptz[])
      as new (order_id, number, channel, external_id, network_id, priority, currency, prices_include_tax, lines_total, charges_total, tax_total, total,
        payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode, ship_lat, ship_lon, service_level, shortage_policy, content_sha256, attributes, placed_at)
    on conflict do nothing
    returning order_id, number, channel, external_id`
}

export interface KnownRow {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly content_sha256: Uint8Array
  readonly commercial: Commercial
}

export async function knownOrders(
  tx: Tx,
  keys: readonly { channel: string; external_id: string }[],
): Promise<KnownRow[]> {
  return tx.sql<KnownRow[]>`
    select order_id, number, channel, external_id, content_sha256, commercial from orders.order
     where tenant_id = ${tx.tenant} and (channel, external_id) in (
       select * from unnest(${keys.map((key) => key.channel)}::text[], ${keys.map((key) => key.external_id)}::text[]))`
}

export async function insertLines(tx: Tx, orders: readonly PlacedOrder[]): Promise<void> {
  const lines = orders.flatMap((order) => order.lines.map((line) => ({ ...line, order_id: order.order_id })))
  await tx.sql`
    insert into orders.order_line (tenant_id, order_id, line_no, external_line_id, sku, title, ordered, unit_price, gross, discount, tax, net, taxes, open)
    select ${tx.tenant}::uuid, order_id, line_no, external_line_id, sku, title, ordered, unit_price, gross, discount, tax, net, taxes::jsonb, ordered
      from unnest(${lines.map((line) => line.order_id)}::uuid[], ${lines.map((line) => line.line_no)}::int[], ${lines.map((line) => line.external_line_id)}::text[],
        ${lines.map((line) => line.sku)}::text[], ${lines.map((line) => line.title)}::text[], ${lines.map((line) => line.quantity)}::int[],
        ${lines.map((line) => line.unit_price)}::numeric[], ${lines.map((line) => line.gross)}::bigint[], ${lines.map((line) => line.discount)}::bigint[],
        ${lines.map((line) => line.tax)}::bigint[], ${lines.map((line) => line.net)}::bigint[], ${lines.map((line) => (line.taxes === null ? null : JSON.stringify(line.taxes)))}::text[])
      as new (order_id, line_no, external_line_id, sku, title, ordered, unit_price, gross, discount, tax, net, taxes)`
}

export async function insertCharges(tx: Tx, orders: readonly PlacedOrder[]): Promise<void> {
  const charges = orders.flatMap((order) => order.charges.map((charge) => ({ ...charge, order_id: order.order_id })))
  if (charges.length === 0) return
  await tx.sql`
    insert into orders.charge (tenant_id, order_id, charge_no, kind, title, amount, tax)
    select ${tx.tenant}::uuid, order_id, charge_no, kind, title, amount, tax
      from unnest(${charges.map((charge) => charge.order_id)}::uuid[], ${charges.map((charge) => charge.charge_no)}::int[], ${charges.map((charge) => charge.kind)}::text[],
        ${charges.map((charge) => charge.title)}::text[], ${charges.map((charge) => charge.amount)}::bigint[], ${charges.map((charge) => charge.tax)}::bigint[])
      as new (order_id, charge_no, kind, title, amount, tax)`
}

export interface NewPerson {
  readonly person_id: string
  readonly name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly address_lines: readonly string[]
  readonly district: string | null
  readonly note: string | null
  readonly locale: string
}

export async function insertPersons(tx: Tx, persons: readonly NewPerson[]): Promise<void> {
  if (persons.length === 0) return
  await tx.sql`
    insert into orders.person (tenant_id, person_id, name, email, phone, address_lines, district, note, locale)
    select ${tx.tenant}::uuid, person_id, name, email, phone, array(select jsonb_array_elements_text(address_lines::jsonb)), district, note, locale
      from unnest(${persons.map((person) => person.person_id)}::uuid[], ${persons.map((person) => person.name)}::text[], ${persons.map((person) => person.email)}::text[],
        ${persons.map((person) => person.phone)}::text[], ${persons.map((person) => JSON.stringify(person.address_lines))}::text[], ${persons.map((person) => person.district)}::text[],
        ${persons.map((person) => person.note)}::text[], ${persons.map((person) => person.locale)}::text[])
      as new (person_id, name, email, phone, address_lines, district, note, locale)`
}
