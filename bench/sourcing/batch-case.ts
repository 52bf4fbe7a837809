// The batches: 500 orders of each market at once, over usual stock and with a limit of parts for every location.

import type { Batch } from '../../src/solvers/sourcing-batch.ts'
import { drawOrders, type Instance, type Markets, worldOf } from './instances.ts'

export type BatchCase = { readonly name: string; readonly batch: Batch; readonly instances: readonly Instance[] }

const parts_each = { uci: 1.7, olist: 1 }
const spare = 1.3

/** One batch for each market, its orders in the sequence in which naive rules take them. */
export function batchCases(markets: Markets, count: number): BatchCase[] {
  return [markets.uci, markets.olist].map((market) => {
    const world = worldOf(market)
    const instances = drawOrders(market, world, count, { least: 1, most: 20 })
    const { network } = world
    const usual = (spare * count * parts_each[market.name]) / network.locations.length
    const batch: Batch = {
      network,
      orders: instances.map(({ order }) => order),
      // Every fifth location is a large one, as in its stock.
      capacities: network.locations.map((_, l) => ({
        location: l,
        per_part: 1,
        per_line: 0,
        most: Math.round(usual * (l % 5 === 0 ? 1.6 : 0.85)),
      })),
      wait: instances.map(
        ({ order }) => 1500 + order.lines.reduce((sum, line) => sum + Math.round(0.5 * line.quantity * line.value), 0),
      ),
    }
    return { name: `batch${count}/${market.name}`, batch, instances }
  })
}
