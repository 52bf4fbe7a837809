// Real baskets: which SKUs, how many, going where; weights and sizes where the data has them, drawn by seed where not.

import { normal, seeded, seedOf } from './chance.ts'
import { at, number, type Row, readRows } from './data.ts'

export type Point = { readonly lat: number; readonly lon: number }

export type Product = {
  readonly weight_grams: number
  readonly volume_mm3: number
  readonly value: number
  /** Mean units per order line: what stock is scaled by. */
  readonly usual: number
}

export type Basket = {
  readonly name: string
  readonly lines: readonly { readonly product: number; readonly quantity: number }[]
  readonly to: Point
}

export type Market = {
  readonly name: 'uci' | 'olist'
  readonly baskets: readonly Basket[]
  readonly products: readonly Product[]
  readonly sites: readonly Point[]
}

/** A UK retailer's invoices among 30 places of the UK. Weights (about 80 g at 1.25 pounds, rising with the
 *  price: what is bought by the hundred is small), sizes and places of customers are drawn by `seed`. */
export function readUci(folder: string, seed: number): Market {
  const places = points(readRows(folder, 'geo', 'postcodes_gb.csv.gz'), 'lat', 'lon')
  const invoices = new Map<string, Map<string, number>>()
  const price = new Map<string, number>()
  for (const row of readRows(folder, 'orders', 'uci_online_retail', 'online_retail_lines.csv.gz')) {
    const [invoice, code, quantity] = [row.InvoiceNo ?? '', row.StockCode ?? '', number(row, 'Quantity')]
    if (!/^\d/.test(invoice) || !/^\d{5}/.test(code) || !(quantity > 0) || !(number(row, 'UnitPrice') > 0)) continue
    const basket = invoices.get(invoice) ?? new Map<string, number>()
    basket.set(code, (basket.get(code) ?? 0) + quantity)
    invoices.set(invoice, basket)
    if (!price.has(code)) price.set(code, Math.round(number(row, 'UnitPrice') * 100))
  }
  const codes = [...price.keys()]
  const index = new Map(codes.map((code, i) => [code, i]))
  const usual = usualQuantities(
    codes.length,
    [...invoices.values()].map((basket) =>
      [...basket].map(([code, quantity]) => ({ product: index.get(code) ?? 0, quantity })),
    ),
  )
  const products = codes.map((code, i) => {
    const random = seeded(seedOf(seed, code))
    const worth = Math.max(1, price.get(code) ?? 0) / 125
    const weight_grams = Math.round(Math.min(8000, Math.max(10, 80 * worth ** 0.7 * Math.exp(0.5 * normal(random)))))
    return {
      weight_grams,
      volume_mm3: Math.round(weight_grams * (2000 + 7000 * random())),
      value: price.get(code) ?? 0,
      usual: at(usual, i),
    }
  })
  const baskets = [...invoices].map(([invoice, basket]) => ({
    name: invoice,
    lines: [...basket].map(([code, quantity]) => ({ product: index.get(code) ?? 0, quantity })),
    to: at(places, Math.floor(seeded(seedOf(seed, invoice))() * places.length)),
  }))
  const random = seeded(seedOf(seed, 'sites'))
  return {
    name: 'uci',
    baskets,
    products,
    sites: Array.from({ length: 30 }, () => at(places, Math.floor(random() * places.length))),
  }
}

/** A Brazilian marketplace's orders among the 12 largest of its cities, with real weights, sizes and customers' cities. */
export function readOlist(folder: string): Market {
  const towns = new Map<string, Point>()
  for (const row of readRows(folder, 'geo', 'brazil_municipios_latlon.csv.gz')) {
    towns.set(plain(row.nome ?? ''), { lat: number(row, 'latitude'), lon: number(row, 'longitude') })
  }
  const customers = readRows(folder, 'orders', 'olist', 'customers.csv.gz')
  const city = new Map(customers.map((row) => [row.customer_id ?? '', plain(row.customer_city ?? '')]))
  const to = new Map(
    readRows(folder, 'orders', 'olist', 'orders.csv.gz').map((row) => [
      row.order_id ?? '',
      city.get(row.customer_id ?? '') ?? '',
    ]),
  )
  const stored = readRows(folder, 'orders', 'olist', 'products.csv.gz').filter(
    (row) => number(row, 'product_weight_g') > 0,
  )
  const index = new Map(stored.map((row, i) => [row.product_id ?? '', i]))
  const baskets = new Map<string, Map<number, number>>()
  const value = new Map<number, number>()
  for (const row of readRows(folder, 'orders', 'olist', 'order_items.csv.gz')) {
    const product = index.get(row.product_id ?? '')
    const order = row.order_id ?? ''
    if (product === undefined || !towns.has(to.get(order) ?? '')) continue
    const basket = baskets.get(order) ?? new Map<number, number>()
    basket.set(product, (basket.get(product) ?? 0) + 1)
    baskets.set(order, basket)
    value.set(product, Math.round(number(row, 'price') * 100))
  }
  const products = stored.map((row, i) => ({
    weight_grams: Math.round(number(row, 'product_weight_g')),
    volume_mm3: Math.round(
      1000 * number(row, 'product_length_cm') * number(row, 'product_height_cm') * number(row, 'product_width_cm'),
    ),
    value: value.get(i) ?? 0,
    usual: 1.2,
  }))
  return {
    name: 'olist',
    baskets: [...baskets].map(([order, basket]) => ({
      name: order,
      lines: [...basket].map(([product, quantity]) => ({ product, quantity })),
      to: place(towns, to.get(order) ?? ''),
    })),
    products,
    sites: largestCities(customers, towns, 12),
  }
}

function largestCities(customers: readonly Row[], towns: ReadonlyMap<string, Point>, count: number): Point[] {
  const people = new Map<string, number>()
  for (const row of customers) {
    const name = plain(row.customer_city ?? '')
    if (towns.has(name)) people.set(name, (people.get(name) ?? 0) + 1)
  }
  const ranked = [...people].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return ranked.slice(0, count).map(([name]) => place(towns, name))
}

function place(towns: ReadonlyMap<string, Point>, name: string): Point {
  const point = towns.get(name)
  if (!point) throw new RangeError(`no place ${name}`)
  return point
}

function points(rows: readonly Row[], lat: string, lon: string): Point[] {
  return rows
    .map((row) => ({ lat: number(row, lat), lon: number(row, lon) }))
    .filter((p) => Number.isFinite(p.lat + p.lon))
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
}

function usualQuantities(
  products: number,
  baskets: readonly (readonly { product: number; quantity: number }[])[],
): number[] {
  const [units, lines] = [new Array<number>(products).fill(0), new Array<number>(products).fill(0)]
  for (const { product, quantity } of baskets.flat()) {
    units[product] = at(units, product) + Math.min(quantity, 200)
    lines[product] = at(lines, product) + 1
  }
  return units.map((total, i) => total / Math.max(1, at(lines, i)))
}
