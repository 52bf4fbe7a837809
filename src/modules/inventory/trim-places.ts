// What a warehouse tells about allocated units: these are no longer wanted here, those are not there after all.
import type { Tx } from '../../platform/db.ts'
import type { NewEvent } from '../../platform/outbox/publish.ts'
import type { Place } from './allocate-stock.ts'
import { moveStock } from './move-stock.ts'
import { type Ending, lockReservations, lockStock, type OpenAllocation, openAllocations } from './store.ts'
import type { Movement } from './store-movements.ts'
import { freeUnits, lockNetworkAbove } from './store-writes.ts'
import { sumEndings, sumNetwork, sumStock } from './sums.ts'
import { freedEvents } from './tell-freed.ts'

export interface Kept {
  readonly demand_id: string
  readonly demand_line: number
  readonly location_id: string
  readonly sku: string
  /** Units that stay allocated here. */
  readonly keep: number
}

export interface Freed extends Place {
  readonly lot: string
}

/** What is wrong with units, and what said so. */
export interface Loss {
  readonly as: 'missing' | 'damaged'
  readonly reason: string
  readonly reference: string
}

export interface Trimmed {
  /** What was freed, by lot. */
  readonly freed: readonly Freed[]
  /** What its caller publishes together with its own. */
  readonly events: readonly NewEvent[]
}

const NOTHING: Trimmed = { freed: [], events: [] }

/** Frees what lies allocated at exactly these places beyond `keep`: reservation and allocation end together. */
export async function trimPlaces(tx: Tx, places: readonly Kept[]): Promise<Trimmed> {
  if (places.length === 0) return NOTHING
  const demand_ids = [...new Set(places.map((place) => place.demand_id))]
  await lockNetworkAbove(tx, places)
  await lockStock(tx, places)
  await lockReservations(tx, demand_ids)
  const byPlace = Map.groupBy(await openAllocations(tx, demand_ids), keyOf)
  const parts = places.flatMap((place) => {
    const open = byPlace.get(keyOf(place)) ?? []
    return takeNewest(open, open.reduce((sum, row) => sum + row.open, 0) - place.keep)
  })
  if (parts.length === 0) return NOTHING
  const network = sumNetwork(
    parts.map(({ row, quantity }) => ({ network_id: row.network_id, sku: row.sku, reserved: -quantity, supply: 0 })),
  )
  const stock = sumStock(
    parts.map(({ row, quantity }) => ({
      location_id: row.location_id,
      sku: row.sku,
      lot: row.lot,
      on_hand: 0,
      unsellable: 0,
      allocated: -quantity,
    })),
  )
  const endings = (id: (row: OpenAllocation) => string) =>
    sumEndings(parts.map(({ row, quantity }) => ending(id(row), quantity)))
  const rows = await freeUnits(tx, {
    network,
    stock,
    allocations: endings((row) => row.allocation_id),
    reservations: endings((row) => row.reservation_id),
  })
  const freed = parts.map(({ row, quantity }) => ({
    demand_id: row.demand_id,
    demand_line: row.demand_line,
    location_id: row.location_id,
    sku: row.sku,
    lot: row.lot,
    quantity,
  }))
  return { freed, events: freedEvents(tx, rows) }
}

/** Gives places back: their allocations end, the reservations stay open and want other places. Answers what was allocated and is so no more, by lot. */
export async function unplace(tx: Tx, places: readonly Place[]): Promise<readonly Freed[]> {
  if (places.length === 0) return []
  await lockStock(tx, places)
  const byPlace = Map.groupBy(await openAllocations(tx, [...new Set(places.map((place) => place.demand_id))]), keyOf)
  // several fulfilment orders may lie at one place: their units together end allocations there
  const parts = [...Map.groupBy(places, keyOf)].flatMap(([key, same]) =>
    takeNewest(
      byPlace.get(key) ?? [],
      same.reduce((sum, place) => sum + place.quantity, 0),
    ),
  )
  if (parts.length === 0) return []
  const freed = parts.map(({ row, quantity }) => ({
    demand_id: row.demand_id,
    demand_line: row.demand_line,
    location_id: row.location_id,
    sku: row.sku,
    lot: row.lot,
    quantity,
  }))
  await freeUnits(tx, {
    network: [],
    stock: sumStock(
      freed.map(({ location_id, sku, lot, quantity }) => ({
        location_id,
        sku,
        lot,
        on_hand: 0,
        unsellable: 0,
        allocated: -quantity,
      })),
    ),
    allocations: sumEndings(parts.map(({ row, quantity }) => ending(row.allocation_id, quantity))),
    reservations: [],
  })
  return freed
}

/** The same where goods will be moved next: what stands above them is locked first. */
export async function unplaceToMove(tx: Tx, places: readonly Place[]): Promise<readonly Freed[]> {
  if (places.length === 0) return []
  await lockNetworkAbove(tx, places)
  return unplace(tx, places)
}

/**
 * Allocated units that were not found or are damaged: their allocation ends, the reservation stays open and wants another place, the
 * stock is corrected. Answers what was allocated and is so no more.
 */
export async function loseAllocated(tx: Tx, lost: readonly Place[], why: Loss): Promise<readonly Freed[]> {
  const freed = await unplaceToMove(tx, lost)
  await loseFreed(tx, freed, why)
  return freed
}

/** Corrects the stock by units that unplaceToMove has freed: they are not there, or not fit to be sold. */
export async function loseFreed(tx: Tx, freed: readonly Freed[], why: Loss): Promise<void> {
  await moveStock(
    tx,
    freed.map((part) => lossMovement(part, why)),
    why.reason,
  )
}

function lossMovement(part: Freed, why: Loss): Movement {
  const damaged = why.as === 'damaged'
  return {
    kind: damaged ? 'damage' : 'adjust',
    sku: part.sku,
    lot: part.lot,
    quantity: part.quantity,
    from_place: part.location_id,
    from_condition: 'sellable',
    to_place: damaged ? part.location_id : '@adjust',
    to_condition: damaged ? 'unsellable' : 'sellable',
    reference: why.reference,
    reason: why.reason,
  }
}

function keyOf(place: {
  readonly demand_id: string
  readonly demand_line: number
  readonly location_id: string
  readonly sku: string
}): string {
  return `${place.demand_id} ${place.demand_line} ${place.location_id} ${place.sku}`
}

function takeNewest(open: readonly OpenAllocation[], wanted: number): { row: OpenAllocation; quantity: number }[] {
  const parts: { row: OpenAllocation; quantity: number }[] = []
  let left = wanted
  for (const row of open.toReversed()) {
    const quantity = Math.min(left, row.open)
    if (quantity <= 0) break
    parts.push({ row, quantity })
    left -= quantity
  }
  return parts
}

function ending(id: string, released: number): Ending {
  return { id, consumed: 0, released, broken: 0 }
}
