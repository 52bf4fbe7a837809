// The SQL that shows stock to people and finds reservations whose time is over.
import type { Tx } from '../../platform/db.ts'
import type { Condition, MovementKind } from './store-movements.ts'

export async function stockOfLocations(tx: Tx, location_id: string): Promise<{ sku: string; sellable: number }[]> {
  return tx.sql<{ sku: string; sellable: number }[]>`
    select sku, sum(on_hand - unsellable)::int as sellable from inventory.stock
     where tenant_id = ${tx.tenant} and location_id = ${location_id} group by sku having sum(on_hand - unsellable) > 0 order by sku`
}

/** Demands that hold open reservations of a SKU in these networks, the oldest first, at most `limit`: found by what is open, whatever has left. */
export async function demandsOf(
  tx: Tx,
  sku: string,
  networks: readonly string[],
  limit: number,
): Promise<{ demand_id: string }[]> {
  return tx.sql<{ demand_id: string }[]>`
    select o.demand_id from unnest(${[...networks]}::text[]) as n (network_id)
     cross join lateral (
       select r.demand_id, r.reservation_id from inventory.reservation r
        where r.tenant_id = ${tx.tenant} and r.network_id = n.network_id and r.sku = ${sku} and r.ended_at is null
        order by r.reservation_id limit ${limit}::int) o
     order by o.reservation_id limit ${limit}::int`
}

export interface NetworkView {
  readonly network_id: string
  readonly sku: string
  readonly supply: number
  readonly reserved: number
  readonly presale: number
  readonly free: number
}

/** Network stock in SKU order after `after`, at most `limit`; `prefix` narrows to SKUs that start with it. */
export async function listNetworkStock(
  tx: Tx,
  prefix: string,
  after: { sku: string; network_id: string },
  limit: number,
): Promise<NetworkView[]> {
  return tx.sql<NetworkView[]>`
    select network_id, sku, supply, reserved, presale, supply + presale - reserved as free from inventory.network_stock
     where tenant_id = ${tx.tenant} and starts_with(sku, ${prefix}) and sku >= ${prefix} and (sku, network_id) > (${after.sku}, ${after.network_id})
     order by sku, network_id limit ${limit}::int`
}

export interface LocationStockView {
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly on_hand: number
  readonly unsellable: number
  readonly allocated: number
  readonly free: number
}

export async function stockAtLocations(tx: Tx, skus: readonly string[]): Promise<LocationStockView[]> {
  return tx.sql<LocationStockView[]>`
    select location_id, sku, lot, on_hand, unsellable, allocated, on_hand - unsellable - allocated as free from inventory.stock
     where tenant_id = ${tx.tenant} and sku = any (${[...skus]}::text[]) order by sku, location_id, lot limit 2000`
}

export interface MovementView {
  readonly movement_id: string
  readonly kind: MovementKind
  readonly lot: string
  readonly quantity: number
  readonly from_place: string
  readonly from_condition: Condition
  readonly to_place: string
  readonly to_condition: Condition
  readonly reference: string | null
  readonly reason: string | null
  readonly actor: string
  readonly at: Date
}

/** The newest movements of a SKU, by the ids of its sides; `before` is the id to go on from. */
export async function movementsOf(
  tx: Tx,
  sku: string,
  places: readonly string[],
  before: string,
  limit: number,
): Promise<MovementView[]> {
  return tx.sql<MovementView[]>`
    select movement_id, kind, lot, quantity, from_place, from_condition, to_place, to_condition, reference, reason, actor, at
      from inventory.movement
     where tenant_id = ${tx.tenant} and sku = ${sku} and (from_place = any (${[...places]}::text[]) or to_place = any (${[...places]}::text[])) and movement_id < ${before}
     order by movement_id desc limit ${limit}::int`
}

export interface ReservationView {
  readonly reservation_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly network_id: string
  readonly sku: string
  readonly quantity: number
  readonly open: number
  readonly expires_at: Date | null
}

export async function reservationsOfDemand(tx: Tx, demand_id: string): Promise<ReservationView[]> {
  return tx.sql<ReservationView[]>`
    select reservation_id, demand_id, demand_line, network_id, sku, quantity, open, expires_at from inventory.reservation
     where tenant_id = ${tx.tenant} and demand_id = ${demand_id} order by demand_line, reservation_id limit 4000`
}

/** The open reservations of these demands whose time is over. */
export async function expiredOf(
  tx: Tx,
  demand_ids: readonly string[],
): Promise<{ demand_id: string; demand_line: number; quantity: number }[]> {
  return tx.sql<{ demand_id: string; demand_line: number; quantity: number }[]>`
    select demand_id, demand_line, sum(open)::int as quantity from inventory.reservation
     where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[]) and ended_at is null and expires_at <= ${tx.now}
     group by demand_id, demand_line order by demand_id, demand_line`
}

/** Open reservations whose time ends later than now: when to look again. */
export async function nextExpiry(
  tx: Tx,
  demand_ids: readonly string[],
): Promise<{ demand_id: string; expires_at: Date }[]> {
  return tx.sql<{ demand_id: string; expires_at: Date }[]>`
    select demand_id, min(expires_at) as expires_at from inventory.reservation
     where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[]) and ended_at is null and expires_at > ${tx.now}
     group by demand_id order by demand_id`
}

export async function networkStockOf(tx: Tx, sku: string): Promise<NetworkView[]> {
  return tx.sql<NetworkView[]>`
    select network_id, sku, supply, reserved, presale, supply + presale - reserved as free from inventory.network_stock
     where tenant_id = ${tx.tenant} and sku = ${sku} order by network_id limit 50`
}

/** Reservations of a SKU that this transaction broke. */
export async function brokenSince(tx: Tx, sku: string): Promise<number> {
  const rows = await tx.sql<{ count: number }[]>`
    select count(*)::int as count from inventory.broken_reservation where tenant_id = ${tx.tenant} and sku = ${sku} and broken_at = ${tx.now} and settled_at is null`
  return rows[0]?.count ?? 0
}
