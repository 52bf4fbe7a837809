// Releasing and shipping: reservations end, once, either because the demand is gone or because the goods are.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { closedLocations, networkRowsOf } from './network-rows.ts'
import { inventoryProblem } from './problems.ts'
import {
  changeNetwork,
  changeStock,
  type Ending,
  endAllocations,
  endReservations,
  lockNetwork,
  lockReservations,
  lockStock,
  type NetworkDelta,
  openAllocations,
  openPlaces,
  type StockDelta,
} from './store.ts'
import { insertMovements } from './store-movements.ts'
import { unpromise } from './store-writes.ts'
import { sumEndings, sumNetwork, sumStock } from './sums.ts'
import { freedEvents } from './tell-freed.ts'

export interface Release {
  readonly demand_id: string
  readonly demand_line: number
  readonly quantity: number
}

/**
 * Frees units of reservations, those without a place first; places are given back with them. Answers per line what was freed:
 * less than asked where the reservation holds less.
 */
export async function release(tx: Tx, lines: readonly Release[]): Promise<readonly Release[]> {
  if (lines.length === 0) return []
  const demand_ids = [...new Set(lines.map((line) => line.demand_id))]
  const { reservations, allocations } = await lockDemands(tx, demand_ids)
  const endings: Ending[] = []
  const placeEndings: Ending[] = []
  const network: NetworkDelta[] = []
  const stock: StockDelta[] = []
  const freed: Release[] = []
  const openNow = new Map(reservations.map((row) => [row.reservation_id, { open: row.open, placed: row.placed }]))
  const placeOpen = new Map(allocations.map((row) => [row.allocation_id, row.open]))
  for (const line of lines) {
    let wanted = line.quantity
    const mine = reservations.filter((row) => row.demand_id === line.demand_id && row.demand_line === line.demand_line)
    const take = (reservation: (typeof mine)[number], quantity: number) => {
      endings.push({ id: reservation.reservation_id, consumed: 0, released: quantity, broken: 0 })
      network.push({ network_id: reservation.network_id, sku: reservation.sku, reserved: -quantity, supply: 0 })
      wanted -= quantity
    }
    for (const reservation of mine) {
      const state = openNow.get(reservation.reservation_id) ?? { open: 0, placed: 0 }
      const quantity = Math.min(wanted, state.open - state.placed)
      if (quantity <= 0) continue
      state.open -= quantity
      take(reservation, quantity)
    }
    for (const place of allocations.toReversed()) {
      const reservation = mine.find((row) => row.reservation_id === place.reservation_id)
      const quantity = Math.min(wanted, placeOpen.get(place.allocation_id) ?? 0)
      if (reservation === undefined || quantity <= 0) continue
      placeOpen.set(place.allocation_id, (placeOpen.get(place.allocation_id) ?? 0) - quantity)
      placeEndings.push({ id: place.allocation_id, consumed: 0, released: quantity, broken: 0 })
      stock.push({
        location_id: place.location_id,
        sku: place.sku,
        lot: place.lot,
        on_hand: 0,
        unsellable: 0,
        allocated: -quantity,
      })
      take(reservation, quantity)
    }
    if (wanted < line.quantity) freed.push({ ...line, quantity: line.quantity - wanted })
  }
  const promises = sumNetwork(network)
  const rows = promises.length === 0 ? [] : await unpromise(tx, promises)
  await write(tx, { endings, placeEndings, network: [], stock })
  await publish(tx, freedEvents(tx, rows))
  return freed
}

// Balances are locked before the reservations that stand on them; where those are is read first, without a lock.
async function lockDemands(tx: Tx, demand_ids: readonly string[]) {
  const places = await openPlaces(tx, demand_ids)
  if (places.length === 0) return { reservations: [], allocations: [] }
  await lockNetwork(tx, places)
  const stock = places.flatMap(({ location_id, sku }) => (location_id === null ? [] : [{ location_id, sku }]))
  if (stock.length > 0) await lockStock(tx, stock)
  const reservations = await lockReservations(tx, demand_ids)
  const isPlaced = stock.length > 0 || reservations.some((row) => row.placed > 0)
  return { reservations, allocations: isPlaced ? await openAllocations(tx, demand_ids) : [] }
}

export interface Shipment {
  readonly demand_id: string
  readonly demand_line: number
  readonly location_id: string
  readonly sku: string
  readonly quantity: number
  /** The parcel or fulfilment that takes the goods. */
  readonly reference: string
}

/** Takes goods out of the building: allocation, reservation and both balances end together, and the movement says so. Throws where a line has no allocation. */
export async function ship(tx: Tx, lines: readonly Shipment[]): Promise<void> {
  if (lines.length === 0) return
  const demand_ids = [...new Set(lines.map((line) => line.demand_id))]
  await lockNetwork(tx, await networkRowsOf(tx, lines))
  // Read under the lock of the network rows: who closes a location holds them too.
  const closed = await closedLocations(tx, lines)
  await lockStock(tx, lines)
  await lockReservations(tx, demand_ids)
  const allocations = await openAllocations(tx, demand_ids)
  const left = new Map(allocations.map((row) => [row.allocation_id, row.open]))
  const byPlace = Map.groupBy(allocations, placeKey)
  const endings: Ending[] = []
  const placeEndings: Ending[] = []
  const network: NetworkDelta[] = []
  const stock: StockDelta[] = []
  const movements: Parameters<typeof insertMovements>[1][number][] = []
  for (const line of lines) {
    let wanted = line.quantity
    for (const row of byPlace.get(placeKey(line)) ?? []) {
      const open = left.get(row.allocation_id) ?? 0
      if (wanted === 0) break
      if (open === 0) continue
      const quantity = Math.min(wanted, open)
      wanted -= quantity
      left.set(row.allocation_id, open - quantity)
      placeEndings.push({ id: row.allocation_id, consumed: quantity, released: 0, broken: 0 })
      endings.push({ id: row.reservation_id, consumed: quantity, released: 0, broken: 0 })
      // What lies at a closed location has left the supply already.
      const supply = closed.has(row.location_id) ? 0 : -quantity
      network.push({ network_id: row.network_id, sku: row.sku, reserved: -quantity, supply })
      stock.push({
        location_id: row.location_id,
        sku: row.sku,
        lot: row.lot,
        on_hand: -quantity,
        unsellable: 0,
        allocated: -quantity,
      })
      movements.push({
        kind: 'ship',
        sku: row.sku,
        lot: row.lot,
        quantity,
        from_place: row.location_id,
        from_condition: 'sellable',
        to_place: '@customer',
        to_condition: 'sellable',
        reference: line.reference,
        reason: null,
      })
    }
    if (wanted > 0)
      throw inventoryProblem('stock_negative', {
        detail: 'fewer units are allocated here than leave',
        location: line.location_id,
        sku: line.sku,
        missing: wanted,
      })
  }
  await write(tx, { endings, placeEndings, network, stock })
  await insertMovements(tx, movements)
}

function placeKey(place: { demand_id: string; demand_line: number; location_id: string; sku: string }): string {
  return `${place.demand_id} ${place.demand_line} ${place.location_id} ${place.sku}`
}

interface Writing {
  readonly endings: readonly Ending[]
  readonly placeEndings: readonly Ending[]
  readonly network: readonly NetworkDelta[]
  readonly stock: readonly StockDelta[]
}

// Everything is locked by now.
async function write(tx: Tx, { endings, placeEndings, network, stock }: Writing): Promise<void> {
  const networkSums = sumNetwork(network)
  const stockSums = sumStock(stock)
  if (networkSums.length > 0) await changeNetwork(tx, networkSums)
  if (stockSums.length > 0) await changeStock(tx, stockSums)
  if (placeEndings.length > 0) await endAllocations(tx, sumEndings(placeEndings))
  if (endings.length > 0) await endReservations(tx, sumEndings(endings))
}
