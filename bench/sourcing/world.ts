// Makes sourcing instances from a market: stock and prices of every location by seed, lanes by distance.

import type { Lane, Location, Network, Order, OrderLine, RateCard, SplitPolicy } from '../../src/solvers/sourcing.ts'
import type { Basket, Market, Point } from './baskets.ts'
import { normal, seeded, seedOf } from './chance.ts'
import { at } from './data.ts'

export type World = { readonly network: Network; readonly orderOf: (basket: Basket) => Order }

const weight_steps = [250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000]
// By zone: up to this many kilometres, the price of a parcel and of each kilogram, and whether an express promise is missed.
const zones = [
  { upto_km: 75, parcel: 290, kilo: 28, late: 0 },
  { upto_km: 200, parcel: 340, kilo: 38, late: 0 },
  { upto_km: 450, parcel: 410, kilo: 52, late: 120 },
  { upto_km: Infinity, parcel: 520, kilo: 75, late: 260 },
]
const split: SplitPolicy = { penalty: 150, max_parts: 6, min_part_value: 0, min_rest_value: 0, lines: true }

/** Great-circle distance on a sphere of 6,371 km (haversine). */
export function kilometres(a: Point, b: Point): number {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(h))
}

/** `stock_factor` scales what every location holds: below 1 makes stock scarce. */
export function makeWorld(market: Market, seed: number, stock_factor = 1): World {
  const { sites, products } = market
  const random = seeded(seedOf(seed, `${market.name} sites`))
  const cards = sites.map(() => rateCards(0.9 + 0.25 * random()))
  const locations: Location[] = sites.map(() => ({
    capabilities: 0,
    handling_part: Math.round(80 + 90 * random()),
    handling_line: Math.round(15 + 25 * random()),
    load_part: Math.round(60 * random() ** 3),
    load_line: 0,
  }))
  const size = sites.map((_, l) => (l % 5 === 0 ? 0.8 : 0.35))
  const stock = new Int32Array(sites.length * products.length)
  const depletion = new Float64Array(sites.length * products.length)
  products.forEach((product, sku) => {
    const chance = seeded(seedOf(seed, `${market.name} stock ${sku}`))
    sites.forEach((_, l) => {
      const has = chance() < at(size, l)
      const units = Math.ceil(stock_factor * (at(size, l) > 0.5 ? 4 : 2) * product.usual * Math.exp(normal(chance)))
      stock[l * products.length + sku] = has ? units : 0
      depletion[l * products.length + sku] = has ? Math.round((0.02 * product.value) / (1 + units / product.usual)) : 0
    })
  })
  const network: Network = { locations, skus: products.length, stock, depletion, keep_apart: [] }
  return { network, orderOf: (basket) => makeOrder(market, cards, basket) }
}

function rateCards(factor: number): RateCard[] {
  return zones.map(({ parcel, kilo }) => ({
    upto_grams: weight_steps,
    price: weight_steps.map((grams) => Math.round(factor * (parcel + (kilo * grams) / 1000))),
    mm3_per_gram: 5000,
  }))
}

function makeOrder(market: Market, cards: readonly (readonly RateCard[])[], basket: Basket): Order {
  const express = basket.lines.length % 4 === 1
  const lateness: number[] = []
  const lanes: Lane[] = market.sites.map((site, l) => {
    const km = kilometres(site, basket.to)
    const zone = zones.findIndex(({ upto_km }) => km <= upto_km)
    lateness.push(express ? at(zones, zone).late : 0)
    return { rates: at(at(cards, l), zone), carbon_part: Math.round(km / 50), carbon_gram: 0 }
  })
  const lines: OrderLine[] = basket.lines.map(({ product, quantity }) => {
    const { weight_grams, volume_mm3, value } = at(market.products, product)
    return { sku: product, quantity, weight_grams, volume_mm3, value, needs: 0, kit: -1, hazard: 0 }
  })
  return { lines, kits: [], lanes, lateness, split, unmet: null }
}
