// The SQL that writes several kinds of rows of inventory at once, under locks that its callers hold.
import type { Tx } from '../../platform/db.ts'
import type { Ending, NetworkDelta, NewAllocation, StockDelta } from './store.ts'

/** Takes stock at locations and notes for which reservations: the CHECK of the stock row refuses what is not there. */
export async function placeAllocations(
  tx: Tx,
  deltas: readonly StockDelta[],
  rows: readonly NewAllocation[],
): Promise<void> {
  await tx.sql`
    with taken as (
      update inventory.stock s set allocated = s.allocated + d.allocated
        from unnest(${deltas.map((delta) => delta.location_id)}::text[], ${deltas.map((delta) => delta.sku)}::text[], ${deltas.map((delta) => delta.lot)}::text[],
                    ${deltas.map((delta) => delta.allocated)}::int[]) as d (location_id, sku, lot, allocated)
       where s.tenant_id = ${tx.tenant} and s.location_id = d.location_id and s.sku = d.sku and s.lot = d.lot)
    insert into inventory.allocation (tenant_id, allocation_id, reservation_id, location_id, sku, lot, quantity, open, created_at)
    select ${tx.tenant}::uuid, allocation_id, reservation_id, location_id, sku, lot, quantity, quantity, ${tx.now}
      from unnest(${rows.map((row) => row.allocation_id)}::uuid[], ${rows.map((row) => row.reservation_id)}::uuid[], ${rows.map((row) => row.location_id)}::text[],
                  ${rows.map((row) => row.sku)}::text[], ${rows.map((row) => row.lot)}::text[], ${rows.map((row) => row.quantity)}::int[])
        as new (allocation_id, reservation_id, location_id, sku, lot, quantity)`
}

export interface Freeing {
  readonly network: readonly NetworkDelta[]
  readonly stock: readonly StockDelta[]
  readonly allocations: readonly Ending[]
  readonly reservations: readonly Ending[]
}

/** A network row of which less is promised than before. */
export interface FreedRow {
  readonly stock_id: string
  readonly network_id: string
  readonly sku: string
}

/** Takes back promises of networks (reserved is negative); answers the rows. */
export async function unpromise(tx: Tx, deltas: readonly NetworkDelta[]): Promise<FreedRow[]> {
  return tx.sql<FreedRow[]>`
    update inventory.network_stock s set reserved = s.reserved + d.reserved
      from unnest(${deltas.map((delta) => delta.network_id)}::text[], ${deltas.map((delta) => delta.sku)}::text[], ${deltas.map((delta) => delta.reserved)}::int[])
        as d (network_id, sku, reserved)
     where s.tenant_id = ${tx.tenant} and s.network_id = d.network_id and s.sku = d.sku
    returning s.stock_id, s.network_id, s.sku`
}

/** Gives units back to network and location and ends their allocations and reservations, all in one statement; answers the network rows. */
export async function freeUnits(tx: Tx, { network, stock, allocations, reservations }: Freeing): Promise<FreedRow[]> {
  return tx.sql<FreedRow[]>`
    with promised as (
      update inventory.network_stock s set reserved = s.reserved + d.reserved
        from unnest(${network.map((delta) => delta.network_id)}::text[], ${network.map((delta) => delta.sku)}::text[], ${network.map((delta) => delta.reserved)}::int[])
          as d (network_id, sku, reserved)
       where s.tenant_id = ${tx.tenant} and s.network_id = d.network_id and s.sku = d.sku
      returning s.stock_id, s.network_id, s.sku),
    lying as (
      update inventory.stock s set allocated = s.allocated + d.allocated
        from unnest(${stock.map((delta) => delta.location_id)}::text[], ${stock.map((delta) => delta.sku)}::text[], ${stock.map((delta) => delta.lot)}::text[],
                    ${stock.map((delta) => delta.allocated)}::int[]) as d (location_id, sku, lot, allocated)
       where s.tenant_id = ${tx.tenant} and s.location_id = d.location_id and s.sku = d.sku and s.lot = d.lot),
    placed as (
      update inventory.allocation a set released = a.released + e.released, open = a.open - e.released,
             released_at = case when e.released > 0 then ${tx.now}::timestamptz else a.released_at end
        from unnest(${allocations.map((ending) => ending.id)}::uuid[], ${allocations.map((ending) => ending.released)}::int[]) as e (id, released)
       where a.tenant_id = ${tx.tenant} and a.allocation_id = e.id),
    ended as (
      update inventory.reservation r
         set released = r.released + e.released, open = r.open - e.released,
             ended_at = case when r.open = e.released then ${tx.now}::timestamptz end
        from unnest(${reservations.map((ending) => ending.id)}::uuid[], ${reservations.map((ending) => ending.released)}::int[]) as e (id, released)
       where r.tenant_id = ${tx.tenant} and r.reservation_id = e.id)
    select stock_id, network_id, sku from promised order by network_id, sku`
}

/** Locks the network rows above these places in key order. */
export async function lockNetworkAbove(
  tx: Tx,
  places: readonly { readonly location_id: string; readonly sku: string }[],
): Promise<void> {
  await tx.sql<{ sku: string }[]>`
    select s.sku from inventory.network_stock s
     where s.tenant_id = ${tx.tenant} and (s.network_id, s.sku) in (
       select l.network_id, p.sku
         from unnest(${places.map((place) => place.location_id)}::text[], ${places.map((place) => place.sku)}::text[]) as p (location_id, sku)
         join inventory.location l on l.tenant_id = ${tx.tenant} and l.location_id = p.location_id)
     order by s.network_id, s.sku for update of s`
}
