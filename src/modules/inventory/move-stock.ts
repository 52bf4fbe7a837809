// Movements: every change of what lies where. A fall below what was promised breaks the newest promises in the same transaction.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { breakAtLocations, breakOnNetwork, lockBreakable } from './break-reservations.ts'
import { inventoryProblem } from './problems.ts'
import { changeStock, lockStock, type StockDelta } from './store.ts'
import {
  changeSupply,
  ensureRows,
  holdLocations,
  insertMovements,
  lockNetworkRows,
  type Movement,
} from './store-movements.ts'
import { sumStock } from './sums.ts'

const SUPPLIED = 'stock.supplied'

/** Posts movements: balances at the places, supply of the networks, the ledger. Throws stock_negative where a place has not so much. */
export async function moveStock(tx: Tx, movements: readonly Movement[], cause: string): Promise<void> {
  const moved = movements.filter((movement) => movement.quantity > 0)
  if (moved.length === 0) return
  const deltas = sumStock(moved.flatMap(sides))
  const places = new Map(
    (await holdLocations(tx, [...new Set(deltas.map((delta) => delta.location_id))])).map((row) => [
      row.location_id,
      row,
    ]),
  )
  const network = supplyDeltas(deltas, (location_id) => {
    const place = places.get(location_id)
    if (place === undefined)
      throw inventoryProblem('stock_negative', { location: location_id, detail: 'unknown location' })
    return place.is_open ? place.network_id : null
  })
  await ensureRows(tx, network, deltas)
  const supplies = await lockNetworkRows(tx, network)
  const before = await lockStock(tx, deltas)
  refuseNegative(deltas, before)
  const missing = shortfalls(deltas, before)
  await lockBreakable(
    tx,
    missing.map(({ location_id, sku }) => ({ network_id: places.get(location_id)?.network_id ?? '', sku })),
    network,
    supplies,
  )
  await breakAtLocations(tx, missing, cause)
  await breakOnNetwork(tx, network, cause)
  await changeStock(tx, deltas)
  if (network.length > 0) {
    const rows = await changeSupply(
      tx,
      network.map((row) => ({ ...row, reserved: 0, presale: 0 })),
    )
    const risen = new Set(network.filter((row) => row.supply > 0).map((row) => `${row.network_id} ${row.sku}`))
    await publish(
      tx,
      rows
        .filter((row) => risen.has(`${row.network_id} ${row.sku}`))
        .map((row) => ({
          type: SUPPLIED,
          subject: row.stock_id,
          version: row.version,
          data: { network: row.network_id, sku: row.sku, supply: row.supply },
        })),
    )
  }
  await insertMovements(tx, moved)
}

/** The balances that a movement touches: places outside have none. */
function sides(movement: Movement): StockDelta[] {
  const side = (location_id: string, condition: string, quantity: number): StockDelta => ({
    location_id,
    sku: movement.sku,
    lot: movement.lot,
    on_hand: quantity,
    unsellable: condition === 'unsellable' ? quantity : 0,
    allocated: 0,
  })
  return [
    side(movement.from_place, movement.from_condition, -movement.quantity),
    side(movement.to_place, movement.to_condition, movement.quantity),
  ].filter((delta) => !delta.location_id.startsWith('@'))
}

function supplyDeltas(deltas: readonly StockDelta[], networkOf: (location_id: string) => string | null) {
  const sums = new Map<string, { network_id: string; sku: string; supply: number }>()
  for (const delta of deltas) {
    const network_id = networkOf(delta.location_id)
    const supply = delta.on_hand - delta.unsellable
    if (network_id === null || supply === 0) continue
    const key = `${network_id} ${delta.sku}`
    sums.set(key, { network_id, sku: delta.sku, supply: (sums.get(key)?.supply ?? 0) + supply })
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function refuseNegative(
  deltas: readonly StockDelta[],
  before: readonly { location_id: string; sku: string; lot: string; on_hand: number; unsellable: number }[],
): void {
  for (const delta of deltas) {
    const row = before.find(
      (candidate) =>
        candidate.location_id === delta.location_id && candidate.sku === delta.sku && candidate.lot === delta.lot,
    )
    const on_hand = (row?.on_hand ?? 0) + delta.on_hand
    const unsellable = (row?.unsellable ?? 0) + delta.unsellable
    if (on_hand >= 0 && unsellable >= 0 && unsellable <= on_hand) continue
    throw inventoryProblem('stock_negative', {
      location: delta.location_id,
      sku: delta.sku,
      on_hand: row?.on_hand ?? 0,
      unsellable: row?.unsellable ?? 0,
    })
  }
}

function shortfalls(deltas: readonly StockDelta[], before: Awaited<ReturnType<typeof lockStock>>) {
  return deltas.flatMap((delta) => {
    const row = before.find(
      (candidate) =>
        candidate.location_id === delta.location_id && candidate.sku === delta.sku && candidate.lot === delta.lot,
    )
    const missing =
      (row?.allocated ?? 0) - ((row?.on_hand ?? 0) + delta.on_hand - (row?.unsellable ?? 0) - delta.unsellable)
    return missing > 0 ? [{ location_id: delta.location_id, sku: delta.sku, lot: delta.lot, missing }] : []
  })
}
