// The SQL of movements and of what a fall of supply breaks.
import type { Tx } from '../../platform/db.ts'
import type { OpenAllocation } from './store.ts'

export type Condition = 'sellable' | 'unsellable'
export type MovementKind =
  | 'receive'
  | 'ship'
  | 'return'
  | 'adjust'
  | 'count'
  | 'transfer'
  | 'damage'
  | 'restore'
  | 'scrap'

/** Units that move from one place and condition to another; places outside start with @. */
export interface Movement {
  readonly kind: MovementKind
  readonly sku: string
  readonly lot: string
  readonly quantity: number
  readonly from_place: string
  readonly from_condition: Condition
  readonly to_place: string
  readonly to_condition: Condition
  readonly reference: string | null
  readonly reason: string | null
}

export async function insertMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
  await tx.sql`
    insert into inventory.movement (tenant_id, movement_id, kind, sku, lot, quantity, from_place, from_condition, to_place, to_condition, reference, reason, actor, at)
    select ${tx.tenant}::uuid, movement_id, kind, sku, lot, quantity, from_place, from_condition, to_place, to_condition, reference, reason, ${tx.actor}, ${tx.now}
      from unnest(${movements.map(() => tx.newId())}::uuid[], ${movements.map((move) => move.kind)}::text[], ${movements.map((move) => move.sku)}::text[],
                  ${movements.map((move) => move.lot)}::text[], ${movements.map((move) => move.quantity)}::int[], ${movements.map((move) => move.from_place)}::text[],
                  ${movements.map((move) => move.from_condition)}::text[], ${movements.map((move) => move.to_place)}::text[], ${movements.map((move) => move.to_condition)}::text[],
                  ${movements.map((move) => move.reference)}::uuid[], ${movements.map((move) => move.reason)}::text[])
        as new (movement_id, kind, sku, lot, quantity, from_place, from_condition, to_place, to_condition, reference, reason)`
}

export interface LocationRow {
  readonly location_id: string
  readonly network_id: string
  readonly is_open: boolean
}

export async function locations(tx: Tx, location_ids: readonly string[]): Promise<LocationRow[]> {
  return tx.sql<LocationRow[]>`
    select location_id, network_id, is_open from inventory.location
     where tenant_id = ${tx.tenant} and location_id = any (${[...location_ids]}::text[]) order by location_id`
}

/** The same, held as they are until the end: none of them closes or opens meanwhile. */
export async function holdLocations(tx: Tx, location_ids: readonly string[]): Promise<LocationRow[]> {
  return tx.sql<LocationRow[]>`
    select location_id, network_id, is_open from inventory.location
     where tenant_id = ${tx.tenant} and location_id = any (${[...location_ids]}::text[]) order by location_id for share`
}

export async function putLocations(tx: Tx, rows: readonly LocationRow[]): Promise<void> {
  await tx.sql`
    insert into inventory.location (tenant_id, location_id, network_id, is_open)
    select ${tx.tenant}::uuid, location_id, network_id, is_open
      from unnest(${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.network_id)}::text[], ${rows.map((row) => row.is_open)}::boolean[])
        as new (location_id, network_id, is_open)
    on conflict (tenant_id, location_id) do update set network_id = excluded.network_id, is_open = excluded.is_open`
}

/** Makes balance rows at zero where they are missing, so that they can be locked. */
export async function ensureRows(
  tx: Tx,
  network: readonly { network_id: string; sku: string }[],
  stock: readonly { location_id: string; sku: string; lot: string }[],
): Promise<void> {
  await tx.sql`
    insert into inventory.network_stock (tenant_id, network_id, sku, stock_id)
    select ${tx.tenant}::uuid, network_id, sku, stock_id
      from unnest(${network.map((row) => row.network_id)}::text[], ${network.map((row) => row.sku)}::text[], ${network.map(() => tx.newId())}::uuid[]) as new (network_id, sku, stock_id)
     order by network_id, sku on conflict (tenant_id, network_id, sku) do nothing`
  await tx.sql`
    insert into inventory.stock (tenant_id, location_id, sku, lot)
    select ${tx.tenant}::uuid, location_id, sku, lot
      from unnest(${stock.map((row) => row.location_id)}::text[], ${stock.map((row) => row.sku)}::text[], ${stock.map((row) => row.lot)}::text[]) as new (location_id, sku, lot)
     order by location_id, sku, lot on conflict (tenant_id, location_id, sku, lot) do nothing`
}

export interface NetworkRow {
  readonly network_id: string
  readonly sku: string
  readonly stock_id: string
  readonly supply: number
  readonly reserved: number
  readonly presale: number
  readonly version: number
}

export async function lockNetworkRows(
  tx: Tx,
  keys: readonly { network_id: string; sku: string }[],
): Promise<NetworkRow[]> {
  return tx.sql<NetworkRow[]>`
    select network_id, sku, stock_id, supply, reserved, presale, version from inventory.network_stock
     where tenant_id = ${tx.tenant} and (network_id, sku) in (
       select * from unnest(${keys.map((key) => key.network_id)}::text[], ${keys.map((key) => key.sku)}::text[]))
     order by network_id, sku for update`
}

/** Adds to supply, raises the version and answers the rows as they are then. */
export async function changeSupply(
  tx: Tx,
  deltas: readonly { network_id: string; sku: string; supply: number; reserved: number; presale: number }[],
): Promise<NetworkRow[]> {
  return tx.sql<NetworkRow[]>`
    update inventory.network_stock s
       set supply = s.supply + d.supply, reserved = s.reserved + d.reserved, presale = s.presale + d.presale, version = s.version + 1
      from unnest(${deltas.map((delta) => delta.network_id)}::text[], ${deltas.map((delta) => delta.sku)}::text[], ${deltas.map((delta) => delta.supply)}::int[],
                  ${deltas.map((delta) => delta.reserved)}::int[], ${deltas.map((delta) => delta.presale)}::int[]) as d (network_id, sku, supply, reserved, presale)
     where s.tenant_id = ${tx.tenant} and s.network_id = d.network_id and s.sku = d.sku
    returning s.network_id, s.sku, s.stock_id, s.supply, s.reserved, s.presale, s.version`
}

/** The open allocations at these places, newest first: candidates to break when the place has fewer units than were promised. Their reservations are locked. */
export async function allocationsAt(
  tx: Tx,
  places: readonly { location_id: string; sku: string }[],
): Promise<OpenAllocation[]> {
  return tx.sql<OpenAllocation[]>`
    select a.allocation_id, a.reservation_id, r.demand_id, r.demand_line, r.network_id, a.location_id, a.sku, a.lot, a.open
      from inventory.allocation a join inventory.reservation r on r.tenant_id = ${tx.tenant} and r.reservation_id = a.reservation_id
     where a.tenant_id = ${tx.tenant} and a.open > 0 and (a.location_id, a.sku) in (
       select * from unnest(${places.map((place) => place.location_id)}::text[], ${places.map((place) => place.sku)}::text[]))
     order by a.allocation_id desc`
}

export interface OpenUnplaced {
  readonly reservation_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly network_id: string
  readonly sku: string
  readonly open: number
  readonly placed: number
}

/** Locks all open reservations on these network rows, in the order of their ids. */
export async function lockReservationsOn(
  tx: Tx,
  keys: readonly { network_id: string; sku: string }[],
): Promise<{ reservation_id: string }[]> {
  return tx.sql<{ reservation_id: string }[]>`
    select reservation_id from inventory.reservation
     where tenant_id = ${tx.tenant} and ended_at is null and (network_id, sku) in (
       select * from unnest(${keys.map((key) => key.network_id)}::text[], ${keys.map((key) => key.sku)}::text[]))
     order by reservation_id for update`
}

/** The open reservations on these network rows, newest first, with how much of each is allocated; locked by a statement before, so that this one sees what those it waited for have placed. */
export async function reservationsOn(
  tx: Tx,
  keys: readonly { network_id: string; sku: string }[],
): Promise<OpenUnplaced[]> {
  return tx.sql<OpenUnplaced[]>`
    select r.reservation_id, r.demand_id, r.demand_line, r.network_id, r.sku, r.open,
           coalesce((select sum(a.open) from inventory.allocation a where a.tenant_id = ${tx.tenant} and a.reservation_id = r.reservation_id), 0)::int as placed
      from inventory.reservation r
     where r.tenant_id = ${tx.tenant} and r.ended_at is null and (r.network_id, r.sku) in (
       select * from unnest(${keys.map((key) => key.network_id)}::text[], ${keys.map((key) => key.sku)}::text[]))
     order by r.reservation_id desc`
}

export interface BrokenRow {
  readonly reservation_id: string
  readonly broken_id: string
  readonly demand_id: string
  readonly demand_line: number
  readonly sku: string
  readonly quantity: number
  readonly location_id: string | null
  readonly cause: string
}

export async function insertBroken(tx: Tx, rows: readonly BrokenRow[]): Promise<void> {
  await tx.sql`
    insert into inventory.broken_reservation (tenant_id, reservation_id, broken_id, demand_id, demand_line, sku, quantity, location_id, cause, broken_at)
    select ${tx.tenant}::uuid, reservation_id, broken_id, demand_id, demand_line, sku, quantity, location_id, cause, ${tx.now}
      from unnest(${rows.map((row) => row.reservation_id)}::uuid[], ${rows.map((row) => row.broken_id)}::uuid[], ${rows.map((row) => row.demand_id)}::uuid[],
                  ${rows.map((row) => row.demand_line)}::int[], ${rows.map((row) => row.sku)}::text[], ${rows.map((row) => row.quantity)}::int[],
                  ${rows.map((row) => row.location_id)}::text[], ${rows.map((row) => row.cause)}::text[])
        as new (reservation_id, broken_id, demand_id, demand_line, sku, quantity, location_id, cause)`
}

/** Takes the breaks of these demands that nobody has settled, and settles them. */
export async function settleBroken(tx: Tx, demand_ids: readonly string[]): Promise<BrokenRow[]> {
  return tx.sql<BrokenRow[]>`
    update inventory.broken_reservation set settled_at = ${tx.now}
     where tenant_id = ${tx.tenant} and demand_id = any (${[...demand_ids]}::uuid[]) and settled_at is null
    returning reservation_id, broken_id, demand_id, demand_line, sku, quantity, location_id, cause`
}
