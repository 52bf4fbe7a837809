// What is free where a batch of orders could leave from: open places, their stock, their slots, and the orders a day that rules leave them.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { lockShifts, SlotBook } from '../capacity/index.ts'
import * as inventory from '../inventory/index.ts'
import { FreeStock } from './free-stock.ts'
import type { Ground, Site } from './prepare-ground.ts'
import { lockLimits, ordersPlannedSince } from './store.ts'
import type { Guided } from './types.ts'

/** What is free where these orders could leave from; orders taken today are counted only where a rule limits them. */
export async function freeStock(
  tx: Tx,
  ground: Ground,
  guided: readonly Guided[],
  slots = new SlotBook(),
): Promise<FreeStock> {
  const places = placesFor(ground, guided)
  const skus = [...new Set(guided.flatMap(({ demand }) => demand.lines.map((line) => line.sku)))]
  const ids = places.map((site) => site.location.location_id)
  const free = new FreeStock(new Map(), new Map(), slots)
  for (const row of await inventory.freeAtLocations(tx, skus, ids)) free.add(row.location_id, row.sku, row.free)
  if (guided.some(isLimited)) {
    const dawn = later(tx.now, -DAY_MS)
    for (const row of await ordersPlannedSince(tx, ids, dawn)) free.countOrders(row.location_id, row.orders)
  }
  return free
}

/** The open sites of the networks of these orders. */
export function placesFor(ground: Ground, guided: readonly Guided[]): readonly Site[] {
  return [...new Set(guided.map(({ demand }) => demand.network_id))]
    .flatMap((network) => ground.networks.get(network)?.sites ?? [])
    .filter((site) => site.location.state === 'open')
}

/** The orders a day of locations that a rule limits, as they are until the end of the transaction; slots are locked after them. */
export async function lockLimited(tx: Tx, ground: Ground, guided: readonly Guided[]): Promise<void> {
  const limited = placesFor(ground, guided.filter(isLimited))
  if (limited.length > 0)
    await lockLimits(
      tx,
      limited.map((site) => site.location.location_id),
    )
}

/** Slots as they are until the end of the transaction, and with them the orders a day of locations that a rule limits. */
export async function lockRoom(tx: Tx, ground: Ground, guided: readonly Guided[]): Promise<SlotBook> {
  await lockLimited(tx, ground, guided)
  return lockShifts(
    tx,
    placesFor(ground, guided).map((site) => site.location),
    ground.promotion,
    { need: roomFor(guided) },
  )
}

/** The room that these orders ask for at most, wherever they leave from. */
export function roomFor(guided: readonly Guided[]): { orders: number; lines: number } {
  return { orders: guided.length, lines: guided.reduce((sum, { demand }) => sum + demand.lines.length, 0) }
}

function isLimited({ guidances }: Guided): boolean {
  return guidances.some((guidance) => guidance.order_limit !== null)
}
