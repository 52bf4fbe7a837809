// Breaking promises honestly: when units are gone, the newest reservations give way, and each demand is told by an event.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { chooseBreaks } from './rules.ts'
import { changeNetwork, changeStock, type Ending, endAllocations, endReservations } from './store.ts'
import {
  allocationsAt,
  type BrokenRow,
  insertBroken,
  lockNetworkRows,
  lockReservationsOn,
  type NetworkRow,
  reservationsOn,
} from './store-movements.ts'
import { sumEndings, sumNetwork, sumStock } from './sums.ts'

const BROKEN = 'stock.reservation_broken'

export interface Shortfall {
  readonly location_id: string
  readonly sku: string
  readonly lot: string
  readonly missing: number
}

/**
 * Locks, in one statement, every reservation that a fall of these balances may break: what breaks at a place and what breaks on the network
 * are chosen one after the other, and two statements would lock out of order. `rows` are the network rows, locked, before they change.
 */
export async function lockBreakable(
  tx: Tx,
  shortfalls: readonly { readonly network_id: string; readonly sku: string }[],
  deltas: readonly { readonly network_id: string; readonly sku: string; readonly supply: number }[],
  rows: readonly NetworkRow[],
): Promise<void> {
  const falling = deltas.filter((delta) => delta.supply < 0)
  const isShort = falling.some(({ network_id, sku, supply }) =>
    rows.some(
      (row) => row.network_id === network_id && row.sku === sku && row.reserved > row.supply + supply + row.presale,
    ),
  )
  if (isShort || shortfalls.length > 0) await lockReservationsOn(tx, [...falling, ...shortfalls])
}

/** Breaks the reservations behind the newest allocations of places that hold fewer units than were allocated there; they are locked. */
export async function breakAtLocations(tx: Tx, shortfalls: readonly Shortfall[], cause: string): Promise<void> {
  if (shortfalls.length === 0) return
  const candidates = await allocationsAt(tx, shortfalls)
  const broken: BrokenRow[] = []
  const endings: Ending[] = []
  const places: Ending[] = []
  const deltas = []
  const network = []
  for (const { location_id, sku, lot, missing } of shortfalls) {
    let left = missing
    for (const row of candidates) {
      if (left === 0) break
      if (row.location_id !== location_id || row.sku !== sku || row.lot !== lot) continue
      const quantity = Math.min(left, row.open)
      left -= quantity
      places.push({ id: row.allocation_id, consumed: 0, released: quantity, broken: 0 })
      endings.push({ id: row.reservation_id, consumed: 0, released: 0, broken: quantity })
      deltas.push({ location_id, sku, lot, on_hand: 0, unsellable: 0, allocated: -quantity })
      network.push({ network_id: row.network_id, sku, reserved: -quantity, supply: 0 })
      broken.push({ ...row, broken_id: tx.newId(), quantity, location_id, cause })
    }
  }
  await endAllocations(tx, sumEndings(places))
  await changeStock(tx, sumStock(deltas))
  await changeNetwork(tx, sumNetwork(network))
  await record(tx, broken, endings)
}

/** Breaks the newest reservations of network rows whose supply is about to fall below what is reserved. */
export async function breakOnNetwork(
  tx: Tx,
  deltas: readonly { network_id: string; sku: string; supply: number }[],
  cause: string,
): Promise<void> {
  const falling = deltas.filter((delta) => delta.supply < 0)
  if (falling.length === 0) return
  const rows = await lockNetworkRows(tx, falling)
  const short = falling.flatMap((delta) => {
    const row = rows.find((candidate) => candidate.network_id === delta.network_id && candidate.sku === delta.sku)
    const missing = (row?.reserved ?? 0) - ((row?.supply ?? 0) + delta.supply + (row?.presale ?? 0))
    return missing > 0 ? [{ ...delta, missing }] : []
  })
  if (short.length === 0) return
  await lockReservationsOn(tx, short)
  const candidates = await reservationsOn(tx, short)
  const broken: BrokenRow[] = []
  const endings: Ending[] = []
  const network = []
  for (const { network_id, sku, missing } of short) {
    // Units with a place keep it: what lies allocated at a location is there; a location that has too little was dealt with before.
    const mine = candidates
      .filter((row) => row.network_id === network_id && row.sku === sku)
      .map((row) => ({ ...row, open: row.open - row.placed }))
    for (const { reservation, quantity } of chooseBreaks(
      mine.filter((row) => row.open > 0),
      missing,
    )) {
      endings.push({ id: reservation.reservation_id, consumed: 0, released: 0, broken: quantity })
      network.push({ network_id, sku, reserved: -quantity, supply: 0 })
      broken.push({ ...reservation, broken_id: tx.newId(), quantity, location_id: null, cause })
    }
  }
  await changeNetwork(tx, sumNetwork(network))
  await record(tx, broken, endings)
}

async function record(tx: Tx, broken: readonly BrokenRow[], endings: readonly Ending[]): Promise<void> {
  if (broken.length === 0) return
  await endReservations(tx, sumEndings(endings))
  await insertBroken(tx, broken)
  await publish(
    tx,
    broken.map((row) => ({
      type: BROKEN,
      subject: row.broken_id,
      about: row.demand_id,
      version: 1,
      data: {
        demand: row.demand_id,
        line: row.demand_line,
        sku: row.sku,
        quantity: row.quantity,
        location: row.location_id,
        cause: row.cause,
      },
    })),
  )
}
