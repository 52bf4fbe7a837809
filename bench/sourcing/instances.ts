// The instances of each case: which baskets, by seed, and the network that they are sourced from.

import type { Network, Order } from '../../src/solvers/sourcing.ts'
import { chargeableGrams } from '../../src/solvers/sourcing-cost.ts'
import { type Basket, type Market, readOlist, readUci } from './baskets.ts'
import { sample } from './chance.ts'
import { at } from './data.ts'
import { kilometres, makeWorld, type World } from './world.ts'

export type Instance = {
  readonly name: string
  readonly network: Network
  readonly order: Order
  /** From each location to the address. */
  readonly kilometres: readonly number[]
}

export type Markets = { readonly uci: Market; readonly olist: Market }

const seed = 1
/** What a parcel carrier takes of one order; more goes by pallet, and is a case of its own. */
const most_parcel_kilograms = 60
const usual_stock = 3

/** Both sets of real orders. */
export function readMarkets(folder: string): Markets {
  return { uci: readUci(folder, seed), olist: readOlist(folder) }
}

/** A market's world where stock is usual, or scarcer. */
export function worldOf(market: Market, stock_factor = usual_stock): World {
  return makeWorld(market, seed, stock_factor)
}

/** `count` orders of the market with `least` to `most` lines, light or heavy, that its stock could serve. */
export function drawOrders(
  market: Market,
  world: World,
  count: number,
  { least, most, heavy = false }: { least: number; most: number; heavy?: boolean },
): Instance[] {
  const fitting = market.baskets.filter(({ lines }) => lines.length >= least && lines.length <= most)
  const list: Instance[] = []
  for (const basket of sample(seed, fitting, fitting.length)) {
    if (list.length === count) break
    const order = world.orderOf(basket)
    if (chargeableKilograms(order) > most_parcel_kilograms === heavy && inStock(world.network, order))
      list.push(instanceOf(market, world, basket, order))
  }
  return list
}

function instanceOf(market: Market, world: World, basket: Basket, order: Order): Instance {
  const away = market.sites.map((site) => kilometres(site, basket.to))
  return { name: `${market.name}/${basket.name}`, network: world.network, order, kilometres: away }
}

function chargeableKilograms(order: Order): number {
  const total = (of: (line: Order['lines'][number]) => number) =>
    order.lines.reduce((sum, line) => sum + line.quantity * of(line), 0)
  const rates = order.lanes.find((lane) => lane !== null)?.rates
  const weight = total((line) => line.weight_grams)
  return (
    (rates
      ? chargeableGrams(
          rates,
          weight,
          total((line) => line.volume_mm3),
        )
      : weight) / 1000
  )
}

function inStock({ locations, skus, stock }: Network, order: Order): boolean {
  return order.lines.every(
    (line) => locations.reduce((sum, _, l) => sum + at(stock, l * skus + line.sku), 0) >= line.quantity,
  )
}
