// The SQL of orders in motion: load with or without locks, move units between buckets, raise versions, hold and resume.
import type { Tx } from '../../platform/db.ts'
import type { Commercial } from './machine.ts'
import type { OpenHold, OrderFacts, PaymentMethod, ShortagePolicy } from './types.ts'

export interface HeaderRow {
  readonly order_id: string
  readonly number: string
  readonly channel: string
  readonly external_id: string
  readonly network_id: string
  readonly commercial: Commercial
  readonly version: number
  readonly revision: number
  readonly priority: number
  readonly currency: string
  readonly prices_include_tax: boolean
  readonly lines_total: bigint
  readonly charges_total: bigint
  readonly tax_total: bigint
  readonly total: bigint
  readonly payment_method: PaymentMethod
  readonly person_id: string | null
  readonly ship_country: string
  readonly ship_region: string | null
  readonly ship_city: string | null
  readonly ship_postcode: string | null
  readonly ship_lat: number | null
  readonly ship_lon: number | null
  readonly service_level: string
  readonly shortage_policy: ShortagePolicy
  readonly attributes: unknown
  readonly placed_at: Date
}

/** Headers in the order of their ids. */
export async function headers(tx: Tx, ids: readonly string[]): Promise<HeaderRow[]> {
  return tx.sql<HeaderRow[]>`
    select order_id, number, channel, external_id, network_id, commercial, version, revision, priority, currency, prices_include_tax,
           lines_total, charges_total, tax_total, total, payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode,
           ship_lat, ship_lon, service_level, shortage_policy, attributes, placed_at
      from orders.order where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[]) order by order_id`
}

/** The same, locked: first in the one lock order of Ordo. */
export async function lockHeaders(tx: Tx, ids: readonly string[]): Promise<HeaderRow[]> {
  return tx.sql<HeaderRow[]>`
    select order_id, number, channel, external_id, network_id, commercial, version, revision, priority, currency, prices_include_tax,
           lines_total, charges_total, tax_total, total, payment_method, person_id, ship_country, ship_region, ship_city, ship_postcode,
           ship_lat, ship_lon, service_level, shortage_policy, attributes, placed_at
      from orders.order where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[]) order by order_id for no key update`
}

export interface LineRow {
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly title: string | null
  readonly ordered: number
  readonly unit_price: string
  readonly gross: bigint
  readonly discount: bigint
  readonly tax: bigint
  readonly net: bigint
  readonly open: number
  readonly backordered: number
  readonly reserved: number
  readonly allocated: number
  readonly released: number
  readonly picked: number
  readonly packed: number
  readonly shipped: number
  readonly delivered: number
  readonly return_requested: number
  readonly returned: number
  readonly restocked: number
  readonly written_off: number
  readonly lost: number
  readonly cancelled: number
  /** Whether the order has an open hold. */
  readonly held: boolean
}

export async function linesOf(tx: Tx, ids: readonly string[]): Promise<LineRow[]> {
  return tx.sql<LineRow[]>`
    select order_id, line_no, sku, title, ordered, unit_price, gross, discount, tax, net, open, backordered, reserved, allocated, released, picked, packed,
           shipped, delivered, return_requested, returned, restocked, written_off, lost, cancelled,
           exists (select from orders.hold h where h.tenant_id = ${tx.tenant} and h.order_id = l.order_id and h.ended_at is null) as held
      from orders.order_line l where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[]) order by order_id, line_no`
}

export async function openHolds(tx: Tx, ids: readonly string[]): Promise<OpenHold[]> {
  return tx.sql<OpenHold[]>`
    select hold_id, order_id, line_no, kind, blocks from orders.hold
     where tenant_id = ${tx.tenant} and order_id = any (${[...ids]}::uuid[]) and ended_at is null order by order_id, hold_id`
}

/** Compare-and-set of the commercial state: only orders that are in `from` move. */
export async function changeCommercial(
  tx: Tx,
  moves: readonly { order_id: string; from: Commercial; to: Commercial; reason: string | null }[],
): Promise<{ order_id: string; version: number }[]> {
  return tx.sql<{ order_id: string; version: number }[]>`
    update orders.order o
       set commercial = d.next, version = o.version + 1,
           confirmed_at = case when d.next = 'confirmed' then ${tx.now}::timestamptz else o.confirmed_at end,
           closed_at = case when d.next in ('closed', 'cancelled', 'rejected') then ${tx.now}::timestamptz else o.closed_at end,
           cancel_reason = coalesce(d.reason, o.cancel_reason)
      from unnest(${moves.map((move) => move.order_id)}::uuid[], ${moves.map((move) => move.from)}::text[], ${moves.map((move) => move.to)}::text[],
                  ${moves.map((move) => move.reason)}::text[]) as d (order_id, previous, next, reason)
     where o.tenant_id = ${tx.tenant} and o.order_id = d.order_id and o.commercial = d.previous
    returning o.order_id, o.version`
}

export async function insertHolds(
  tx: Tx,
  holds: readonly {
    hold_id: string
    order_id: string
    line_no: number | null
    kind: string
    reasons: string
    blocks: string
    owner: string | null
    expires_at: Date | null
    note: string | null
  }[],
): Promise<void> {
  await tx.sql`
    insert into orders.hold (tenant_id, hold_id, order_id, line_no, kind, reasons, blocks, owner, placed_at, placed_by, expires_at, note)
    select ${tx.tenant}::uuid, hold_id, order_id, line_no, kind, reasons::jsonb, array(select jsonb_array_elements_text(blocks::jsonb)), owner, ${tx.now}, ${tx.actor}, expires_at, note
      from unnest(${holds.map((hold) => hold.hold_id)}::uuid[], ${holds.map((hold) => hold.order_id)}::uuid[], ${holds.map((hold) => hold.line_no)}::int[],
        ${holds.map((hold) => hold.kind)}::text[], ${holds.map((hold) => hold.reasons)}::text[], ${holds.map((hold) => hold.blocks)}::text[],
        ${holds.map((hold) => hold.owner)}::text[], ${holds.map((hold) => hold.expires_at)}::timestamptz[], ${holds.map((hold) => hold.note)}::text[])
      as new (hold_id, order_id, line_no, kind, reasons, blocks, owner, expires_at, note)`
}

export interface EndedHold {
  readonly hold_id: string
  readonly order_id: string
  readonly kind: string
  readonly blocks: readonly string[]
}

export async function closeHolds(
  tx: Tx,
  hold_ids: readonly string[],
  outcome: string,
  note: string | null,
): Promise<EndedHold[]> {
  return tx.sql<EndedHold[]>`
    update orders.hold set ended_at = ${tx.now}, ended_by = ${tx.actor}, outcome = ${outcome}, note = coalesce(${note}::text, note)
     where tenant_id = ${tx.tenant} and hold_id = any (${[...hold_ids]}::uuid[]) and ended_at is null
    returning hold_id, order_id, kind, blocks`
}

/** Which order a hold belongs to: orders are locked before their holds. */
export async function ordersOfHolds(
  tx: Tx,
  hold_ids: readonly string[],
): Promise<{ hold_id: string; order_id: string; kind: string; expires_at: Date | null }[]> {
  return tx.sql<{ hold_id: string; order_id: string; kind: string; expires_at: Date | null }[]>`
    select hold_id, order_id, kind, expires_at from orders.hold
     where tenant_id = ${tx.tenant} and hold_id = any (${[...hold_ids]}::uuid[]) and ended_at is null order by order_id, hold_id`
}

export async function setShortage(
  tx: Tx,
  rows: readonly { order_id: string; line_no: number; reason: string | null }[],
): Promise<void> {
  await tx.sql`
    update orders.order_line l set shortage_reason = d.reason
      from unnest(${rows.map((row) => row.order_id)}::uuid[], ${rows.map((row) => row.line_no)}::int[], ${rows.map((row) => row.reason)}::text[]) as d (order_id, line_no, reason)
     where l.tenant_id = ${tx.tenant} and l.order_id = d.order_id and l.line_no = d.line_no`
}

export interface Backorder {
  readonly order_id: string
  readonly line_no: number
  readonly sku: string
  readonly network_id: string
}

/** The backordered lines of these SKUs of networks, oldest order first, at most `limit` of each. */
export async function oldestBackorders(
  tx: Tx,
  places: readonly { readonly network_id: string; readonly sku: string }[],
  limit: number,
): Promise<Backorder[]> {
  return tx.sql<Backorder[]>`
    select waiting.order_id, waiting.line_no, waiting.sku, waiting.network_id
      from unnest(${places.map((place) => place.network_id)}::text[], ${places.map((place) => place.sku)}::text[]) as p (network_id, sku)
     cross join lateral (
       select l.order_id, l.line_no, l.sku, o.network_id from orders.order_line l
         join orders.order o on o.tenant_id = ${tx.tenant} and o.order_id = l.order_id and o.network_id = p.network_id
        where l.tenant_id = ${tx.tenant} and l.sku = p.sku and l.backordered > 0
        order by l.order_id, l.line_no limit ${limit}::int) waiting
     order by waiting.order_id, waiting.line_no`
}

export type { OrderFacts }
