// One order, many locations: which location ships which units of which line, at the least cost, with proof.

import { priceAnswer, pricePart } from './sourcing-cost.ts'
import { defaultEffort, type Effort, type Network, type Order, type Part, type Sourcing } from './sourcing-model.ts'
import { type Prepared, prepare } from './sourcing-prepare.ts'
import { type Found, search } from './sourcing-search.ts'

export type * from './sourcing-model.ts'

/** The cheapest assignment of an order's line quantities to locations. Prices in minor units; same input, same answer.
 *  `cost` is Infinity when the rules leave no answer; `optimal` is false only when `effort.max_nodes` ran out, and
 *  `bound` then says how far the answer may be off. An order leaves in at most 30 parts. Weights, volumes and quantities
 *  are whole numbers, prices not negative, rate cards ascend (`misfits` proves it for input from outside).
 *  Throws RangeError for a kit line that is no multiple of its kit's count. */
export function sourceOrder(network: Network, order: Order, effort: Effort = defaultEffort): Sourcing {
  const prepared = prepare(network, order)
  return answer(network, order, prepared, search(prepared, order.split, effort.max_nodes))
}

/** The cheapest answer that uses another set of locations than `best`; cost Infinity when there is none. */
export function runnerUp(network: Network, order: Order, best: Sourcing, effort: Effort = defaultEffort): Sourcing {
  const prepared = prepare(network, order)
  const used = [...new Set(best.parts.map((part) => part.location))].join()
  const differs = (facilities: readonly number[]) => locationsOf(prepared, facilities).join() !== used
  return answer(network, order, prepared, search(prepared, order.split, effort.max_nodes, differs))
}

function locationsOf(p: Prepared, facilities: readonly number[]): number[] {
  return [...new Set(facilities.filter((f) => f < p.sources).map((f) => p.location[f]!))]
}

function answer(network: Network, order: Order, p: Prepared, found: Found): Sourcing {
  const { bound, optimal, explored, units } = found
  const rest = order.lines.map((line) => line.quantity)
  if (!units) return { parts: [], rest, cost: Infinity, bound, optimal, explored }
  const parts: Part[] = []
  for (let s = 0; s < p.sources; s++) {
    const quantity = order.lines.map(() => 0)
    let taken = 0
    for (let i = 0; i < p.items; i++) {
      const take = units[s * p.items + i]!
      taken += take
      p.lines_of[i]!.forEach((line, k) => {
        quantity[line] = take * p.per[i]![k]!
        rest[line]! -= take * p.per[i]![k]!
      })
    }
    if (taken > 0) parts.push(pricePart(network, order, p.location[s]!, quantity))
  }
  const cost = priceAnswer(order, parts, rest)
  return { parts, rest, cost, bound: optimal ? cost : Math.min(bound, cost), optimal, explored }
}
