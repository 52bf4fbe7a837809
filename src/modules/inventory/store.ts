// The SQL of reserving, allocating, shipping and releasing: ordered locks first, then one statement for all rows of a kind.
//
// The one lock order of inventory, for whoever touches more than one kind of row: locations by id, network rows by (network, sku), stock rows
// by (location, sku, lot), reservations by id, all of a kind in one statement. Allocations are never locked: they change only under the stock
// row of their place, and come only under their reservation. Who acts for a demand holds its order (or cart) before all of these.
import type { Tx } from '../../platform/db.ts'
import type { Claim, FreeStock } from './rules.ts'

/** Locks the network rows of these SKUs in key order and reads what is free. */
export async function lockNetwork(tx: Tx, keys: readonly { network_id: string; sku: string }[]): Promise<FreeStock[]> {
  return tx.sql<FreeStock[]>`
    select network_id, sku, supply + presale - reserved as free from inventory.network_stock
     where tenant_id = ${tx.tenant} and (network_id, sku) in (
       select * from unnest(${keys.map((key) => key.network_id)}::text[], ${keys.map((key) => key.sku)}::text[]))
     order by network_id, sku for update`
}

export interface NetworkDelta {
  readonly network_id: string
  readonly sku: string
  readonly reserved: number
  readonly supply: number
}

/** Adds to reserved and supply; the CHECK refuses what cannot be. */
export async function changeNetwork(tx: Tx, deltas: readonly NetworkDelta[]): Promise<void> {
  await tx.sql`
    update inventory.network_stock s set reserved = s.reserved + d.reserved, supply = s.supply + d.supply
      from unnest(${deltas.map((delta) => delta.network_id)}::text[], ${deltas.map((delta) => delta.sku)}::text[],
                  ${deltas.map((delta) => delta.reserved)}::int[], ${deltas.map((delta) => delta.supply)}::int[]) as d (network_id, sku, reserved, supply)
     where s.tenant_id = ${tx.tenant} and s.network_id = d.network_id and s.sku = d.sku`
}

export async function insertReservations(
  tx: Tx,
  claims: readonly (Claim & { reservation_id: string })[],
): Promise<void> {
  await tx.sql`
    insert into inventory.reservation (tenant_id, reservation_id, demand_id, demand_line, network_id, sku, quantity, open, expires_at, created_at)
    select ${tx.tenant}::uuid, reservation_id, demand_id, demand_line, network_id, sku, quantity, quantity, expires_at, ${tx.now}
      from unnest(${claims.map((claim) => claim.reservation_id)}::uuid[], ${claims.map((claim) => claim.demand_id)}::uuid[], ${claims.map((claim) => claim.demand_line)}::int[],
                  ${claims.map((claim) => claim.network_id)}::text[], ${claims.map((claim) => claim.sku)}::text[], ${claims.map((claim) => claim.quantity)}::int[],
                  ${claims.map((claim) => claim.expires_at ?? null)}::timestamptz[])
        as new (reservation_id, demand_id, demand_line, network_id, sku, quantity, expires_at)`
}

export interface StockRow {
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly on_hand: number
  readonly unsellable: number
  readonly allocated: number
}

/** Locks the stock rows of these places, all lots, in key order. */
export async function lockStock(tx: Tx, keys: readonly { location_id: string; sku: string }[]): Promise<StockRow[]> {
  return tx.sql<StockRow[]>`
    select location_id, sku, lot, on_hand, unsellable, allocated from inventory.stock
     where tenant_id = ${tx.tenant} and (location_id, sku) in (
       select * from unnest(${keys.map((key) => key.location_id)}::text[], ${keys.map((key) => key.sku)}::text[]))
     order by location_id, sku, lot for update`
}

export interface StockDelta {
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly on_hand: number
  readonly unsellable: number
  readonly allocated: number
}

/** Adds to balances of rows that exist. */
export async function changeStock(tx: Tx, deltas: readonly StockDelta[]): Promise<void> {
  await tx.sql`
    update inventory.stock s set on_hand = s.on_hand + d.on_hand, unsellable = s.unsellable + d.unsellable, allocated = s.allocated + d.allocated
      from unnest(${deltas.map((delta) => delta.location_id)}::text[], ${deltas.map((delta) => delta.sku)}::text[], ${deltas.map((delta) => delta.lot)}::text[],
                  ${deltas.map((delta) => delta.on_hand)}::int[], ${deltas.map((delta) => delta.unsellable)}::int[], ${deltas.map((delta) => delta.allocated)}::int[])
        as d (location_id, sku, lot, on_hand, unsellable, allocated)
     where s.tenant_id = ${tx.tenant} and s.location_id = d.location_id and s.sku = d.sku and s.lot = d.lot`
}

export interface OpenDemand {
  readonly reservation_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly network_id: string
  readonly sku: string
  readonly open: number
  /** The part of open that is allocated at a location. */
  readonly placed: number
}

export interface OpenPlace {
  readonly network_id: string
  readonly sku: string
  /** Where units of it are allocated; null where none are. */
  readonly location_id: string | null
}

/** What the open reservations of these demands stand on: which rows to lock before them. Nothing is locked yet. */
export async function openPlaces(tx: Tx, demand_ids: readonly string[]): Promise<OpenPlace[]> {
  return tx.sql<OpenPlace[]>`
    select distinct r.network_id, r.sku, a.location_id
      from inventory.reservation r
      left join inventory.allocation a on a.tenant_id = ${tx.tenant} and a.reservation_id = r.reservation_id and a.open > 0
     where r.tenant_id = ${tx.tenant} and r.demand_id = any (${[...demand_ids]}::uuid[]) and r.ended_at is null`
}

/** The open reservations of these demands, oldest first, with what of them is allocated; locked in the order of their ids. */
export async function lockReservations(tx: Tx, demand_ids: readonly string[]): Promise<OpenDemand[]> {
  return tx.sql<OpenDemand[]>`
    with mine as materialized (
      select reservation_id, demand_id, demand_line, network_id, sku, open from inventory.reservation
       where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[]) and ended_at is null
       order by reservation_id for update),
    placed as (
      select a.reservation_id, sum(a.open)::int as open from mine join inventory.allocation a on a.tenant_id = ${tx.tenant} and a.reservation_id = mine.reservation_id
       where a.open > 0 group by a.reservation_id)
    select mine.reservation_id, mine.demand_id, mine.demand_line, mine.network_id, mine.sku, mine.open, coalesce(placed.open, 0) as placed
      from mine left join placed on placed.reservation_id = mine.reservation_id order by mine.reservation_id`
}

export interface NewAllocation {
  readonly allocation_id: string
  readonly reservation_id: string
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly quantity: number
}

export interface OpenAllocation {
  readonly allocation_id: string
  readonly reservation_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly network_id: string
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly open: number
}

/** The open allocations of these demands, oldest first. */
export async function openAllocations(tx: Tx, demand_ids: readonly string[]): Promise<OpenAllocation[]> {
  return tx.sql<OpenAllocation[]>`
    select a.allocation_id, a.reservation_id, r.demand_id, r.demand_line, r.network_id, a.location_id, a.sku, a.lot, a.open
      from inventory.reservation r join inventory.allocation a on a.tenant_id = ${tx.tenant} and a.reservation_id = r.reservation_id
     where r.tenant_id = ${tx.tenant} and r.demand_id = any (${[...demand_ids]}::uuid[]) and r.ended_at is null and a.open > 0
     order by a.allocation_id`
}

export interface Ending {
  readonly id: string
  readonly consumed: number
  readonly released: number
  readonly broken: number
}

/** Ends units of allocations: open falls by what is consumed and released. */
export async function endAllocations(tx: Tx, endings: readonly Ending[]): Promise<void> {
  await tx.sql`
    update inventory.allocation a
       set consumed = a.consumed + e.consumed, released = a.released + e.released, open = a.open - e.consumed - e.released,
           released_at = case when e.released > 0 then ${tx.now}::timestamptz else a.released_at end
      from unnest(${endings.map((ending) => ending.id)}::uuid[], ${endings.map((ending) => ending.consumed)}::int[], ${endings.map((ending) => ending.released)}::int[])
        as e (id, consumed, released)
     where a.tenant_id = ${tx.tenant} and a.allocation_id = e.id`
}

/** Ends units of reservations; the last open unit ends the reservation. */
export async function endReservations(tx: Tx, endings: readonly Ending[]): Promise<void> {
  await tx.sql`
    update inventory.reservation r
       set consumed = r.consumed + e.consumed, released = r.released + e.released, broken = r.broken + e.broken,
           open = r.open - e.consumed - e.released - e.broken,
           ended_at = case when r.open = e.consumed + e.released + e.broken then ${tx.now}::timestamptz end
      from unnest(${endings.map((ending) => ending.id)}::uuid[], ${endings.map((ending) => ending.consumed)}::int[], ${endings.map((ending) => ending.released)}::int[],
                  ${endings.map((ending) => ending.broken)}::int[]) as e (id, consumed, released, broken)
     where r.tenant_id = ${tx.tenant} and r.reservation_id = e.id`
}

export interface FreeAtLocation {
  readonly location_id: string
  readonly sku: string
  readonly free: number
}

/** What is free of these SKUs at these locations, all lots together; not locked. */
export async function freeAtLocations(
  tx: Tx,
  skus: readonly string[],
  location_ids: readonly string[],
): Promise<FreeAtLocation[]> {
  return tx.sql<FreeAtLocation[]>`
    select location_id, sku, sum(on_hand - unsellable - allocated)::int as free from inventory.stock
     where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) and location_id = any (${[...location_ids]}::text[])
     group by location_id, sku order by location_id, sku`
}

export interface Availability {
  readonly sku: string
  readonly supply: number
  readonly reserved: number
  readonly presale: number
  readonly free: number
}

export async function availability(tx: Tx, network_id: string, skus: readonly string[]): Promise<Availability[]> {
  return tx.sql<Availability[]>`
    select sku, supply, reserved, presale, supply + presale - reserved as free from inventory.network_stock
     where tenant_id = ${tx.tenant} and network_id = ${network_id} and sku = any (${[...skus]}::text[]) order by sku`
}

/** The SKUs behind ids of network stock rows: what a supply event is about. */
export async function skusOfStock(
  tx: Tx,
  stock_ids: readonly string[],
): Promise<{ stock_id: string; network_id: string; sku: string; free: number }[]> {
  return tx.sql<{ stock_id: string; network_id: string; sku: string; free: number }[]>`
    select stock_id, network_id, sku, supply + presale - reserved as free from inventory.network_stock
     where tenant_id = ${tx.tenant} and stock_id = any (${[...stock_ids]}::uuid[]) order by network_id, sku`
}
