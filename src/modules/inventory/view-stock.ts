// Stock as people see it: the list by SKU, the page of a SKU, and the balance after a change.
import type { LocationStock, StockChanged, StockItem, StockList, StockView } from '../../contracts/views-stock.ts'
import type { Tx } from '../../platform/db.ts'
import * as catalog from '../catalog/index.ts'
import { inventoryProblem } from './problems.ts'
import {
  brokenSince,
  type LocationStockView,
  listNetworkStock,
  movementsOf,
  type NetworkView,
  networkStockOf,
  stockAtLocations,
} from './store-reading.ts'

const LOW = 10
const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

interface Query {
  readonly q?: string
  readonly network?: string
  readonly location?: string
  readonly state?: 'out' | 'low' | 'ok'
}

/** A page of SKUs after a place; the filters narrow what is read, page by page. */
export async function listStock(
  tx: Tx,
  query: Query,
  after: { sku: string; network_id: string },
  limit: number,
): Promise<{ items: StockList['items']; next: { sku: string; network_id: string } | null }> {
  const rows = await listNetworkStock(tx, query.q?.trim() ?? '', after, limit + 1)
  const page = rows.slice(0, limit)
  const items = (await describe(tx, page)).filter(
    (item) =>
      (query.network === undefined || item.network_id === query.network) &&
      (query.state === undefined || item.state === query.state),
  )
  const last = page.at(-1)
  return {
    items,
    next: rows.length > limit && last !== undefined ? { sku: last.sku, network_id: last.network_id } : null,
  }
}

async function describe(tx: Tx, rows: readonly NetworkView[]): Promise<StockItem[]> {
  const skus = [...new Set(rows.map((row) => row.sku))]
  const [names, stock, places] = await Promise.all([
    catalog.skusOf(tx, skus),
    stockAtLocations(tx, skus),
    catalog.locations(tx),
  ])
  return rows.map((row) => {
    const mine = stock.filter(
      (place) => place.sku === row.sku && places.get(place.location_id)?.network === row.network_id,
    )
    const sum = (pick: (place: LocationStockView) => number) => mine.reduce((total, place) => total + pick(place), 0)
    const name = names.get(row.sku)
    return {
      ...row,
      name: name?.name ?? row.sku,
      name_zh: name?.name_zh ?? null,
      on_hand: sum((place) => place.on_hand),
      unsellable: sum((place) => place.unsellable),
      allocated: sum((place) => place.allocated),
      location_count: new Set(mine.map((place) => place.location_id)).size,
      state: row.free <= 0 ? 'out' : row.free <= LOW ? 'low' : 'ok',
    }
  })
}

async function locationViews(tx: Tx, sku: string): Promise<LocationStock[]> {
  const [stock, places] = await Promise.all([stockAtLocations(tx, [sku]), catalog.locations(tx)])
  return stock.map(({ sku: _sku, ...row }) => {
    const place = places.get(row.location_id)
    return {
      ...row,
      name: place?.name ?? row.location_id,
      name_zh: place?.name_zh ?? null,
      network_id: place?.network ?? '',
    }
  })
}

/** The page of a SKU. Throws unknown_sku where the catalogue has none. */
export async function viewSku(tx: Tx, code: string): Promise<StockView> {
  const sku = (await catalog.skusOf(tx, [code])).get(code)
  if (sku === undefined) throw catalog.catalogProblem('unknown_sku', { sku: code })
  const networks = await describe(tx, await networkStockOf(tx, code))
  const locations = await locationViews(tx, code)
  const movements = await movementsOf(
    tx,
    code,
    locations.map((place) => place.location_id),
    NEWEST,
    100,
  )
  return {
    sku: sku.sku,
    name: sku.name,
    name_zh: sku.name_zh,
    category: sku.category,
    weight_grams: sku.weight_grams,
    length_mm: sku.length_mm,
    width_mm: sku.width_mm,
    height_mm: sku.height_mm,
    gtin: sku.gtin,
    price: sku.price_minor === null ? null : Number(sku.price_minor),
    currency: sku.currency,
    networks,
    locations,
    movements: movements.map((movement) => ({ ...movement, at: movement.at.toISOString() })),
  }
}

/** The balances after a change of this transaction, and how many promises it broke. */
export async function changedView(
  tx: Tx,
  place: { sku: string; location_id: string; lot?: string },
): Promise<StockChanged> {
  const location = (await locationViews(tx, place.sku)).find(
    (row) => row.location_id === place.location_id && row.lot === (place.lot ?? ''),
  )
  const network = (await describe(tx, await networkStockOf(tx, place.sku))).find(
    (row) => row.network_id === location?.network_id,
  )
  if (location === undefined || network === undefined)
    throw inventoryProblem('stock_negative', { sku: place.sku, location: place.location_id })
  return { location, network, broken_reservations: await brokenSince(tx, place.sku) }
}
