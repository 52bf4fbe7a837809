// First plans for every order of a batch, cheap to make: each location alone, and each with the cheapest that has the rest.
// Prices found over a few good plans are wild; over these they are close.

import type { Batch } from './sourcing-batch-model.ts'
import { addPlan, type Pool, spend } from './sourcing-batch-pool.ts'
import { priceAnswer, pricePart } from './sourcing-cost.ts'
import type { Order, Part } from './sourcing-model.ts'
import { unitsAt } from './sourcing-prepare.ts'

const most_plans = 16

/** Adds to each order's plans the cheapest of one or two locations, where its rules allow such plain ones. */
export function seedPlans(pool: Pool): void {
  const { orders, wait } = pool.batch
  for (let o = 0; o < orders.length; o++) {
    const order = orders[o]!
    if (!isPlain(pool.batch, order)) continue
    spend(pool, order.lanes.length ** 2)
    const rest = order.lines.map(() => 0)
    const found: { parts: Part[]; cost: number }[] = []
    for (const parts of plainParts(pool.batch, order)) {
      const cost = priceAnswer(order, parts, rest)
      if (cost < wait[o]!) found.push({ parts, cost })
    }
    found.sort((a, b) => a.cost - b.cost)
    for (const { parts, cost } of found.slice(0, most_plans)) addPlan(pool, o, { parts, rest, cost })
  }
}

// Kits, hazards, values and lines of one SKU are left to the exact solver.
function isPlain({ network }: Batch, { lines, split }: Order): boolean {
  return (
    split.min_part_value <= 0 &&
    lines.every((line) => line.kit < 0 && (network.keep_apart[line.hazard] ?? 0) === 0) &&
    new Set(lines.map((line) => line.sku)).size === lines.length
  )
}

function plainParts(batch: Batch, order: Order): Part[][] {
  const { network } = batch
  const { lines, lanes, split } = order
  const has = lanes.map((_, l) =>
    lines.map((line, i) => {
      const units = Math.min(line.quantity, unitsAt(network, order, l, i))
      return split.lines || units === line.quantity ? units : 0
    }),
  )
  const list: Part[][] = []
  for (let l = 0; l < lanes.length; l++) {
    const first = has[l]!
    if (first.every((units) => units === 0)) continue
    if (lines.every((line, i) => first[i] === line.quantity)) {
      list.push([pricePart(network, order, l, first)])
      continue
    }
    const second = split.max_parts > 1 ? cheapestRest(batch, order, has, first, l) : null
    if (second) list.push([pricePart(network, order, l, first), second].sort((a, b) => a.location - b.location))
  }
  return list
}

function cheapestRest(
  { network }: Batch,
  order: Order,
  has: readonly number[][],
  first: readonly number[],
  l: number,
): Part | null {
  const rest = order.lines.map((line, i) => line.quantity - first[i]!)
  let best: Part | null = null
  for (let m = 0; m < has.length; m++) {
    if (m === l || rest.some((units, i) => units > has[m]![i]!)) continue
    const part = pricePart(network, order, m, rest)
    if (!best || part.cost < best.cost) best = part
  }
  return best
}
