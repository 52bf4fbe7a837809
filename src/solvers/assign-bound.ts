// Bounds on assignment and the prices behind them: capacity relaxed (linear), then the orders relaxed (knapsacks, tighter).
//
// Subgradient ascent as in M. L. Fisher, "The Lagrangian relaxation method for solving integer programming problems",
// Management Science 27(1), 1981; knapsacks by location after M. L. Fisher, R. Jaikumar, L. N. Van Wassenhove, "A multiplier
// adjustment method for the generalized assignment problem", Management Science 32(9), 1986.

import type { Dense } from './assign-model.ts'

export type Prices = { readonly bound: number; readonly price: Float64Array }

/** Prices of capacity by location and the bound that they prove. `target` is the cost of a known answer, Infinity without one. */
export function priceCapacity(d: Dense, target: number, rounds: number): Prices {
  const { locations, orders, cost, weight, capacity } = d
  const price = new Float64Array(locations)
  const kept = new Float64Array(locations)
  const load = new Float64Array(locations)
  let [best, reach, stale] = [-Infinity, 1.5, 0]
  for (let round = 0; round < rounds && reach > 1e-5; round++) {
    load.fill(0)
    let bound = 0
    for (let l = 0; l < locations; l++) bound -= price[l]! * capacity[l]!
    for (let j = 0; j < orders; j++) {
      let [least, at] = [Infinity, -1]
      for (let l = 0; l < locations; l++) {
        const reduced = cost[j * locations + l]! + price[l]! * weight[j * locations + l]!
        if (reduced < least) [least, at] = [reduced, l]
      }
      if (at < 0) return { bound: Infinity, price: kept }
      bound += least
      load[at]! += weight[j * locations + at]!
    }
    if (bound > best + 1e-9) {
      best = bound
      kept.set(price)
      stale = 0
    } else if (++stale >= 15) {
      reach /= 2
      stale = 0
    }
    const gap = target < Infinity ? target - bound : 0.05 * Math.abs(bound)
    if (!step(price, load, capacity, reach * Math.max(gap, 0.001 * Math.abs(bound)))) break
  }
  return { bound: best, price: kept }
}

function step(price: Float64Array, load: Float64Array, capacity: Float64Array, reach: number): boolean {
  let norm = 0
  for (let l = 0; l < price.length; l++) {
    const over = load[l]! - capacity[l]!
    if (over > 0 || price[l]! > 0) norm += over * over
  }
  if (norm === 0) return false
  for (let l = 0; l < price.length; l++) price[l] = Math.max(0, price[l]! + (reach * (load[l]! - capacity[l]!)) / norm)
  return true
}

/** A state of the knapsack bound that can be run on for a while, kept between runs. */
export type Knapsacks = {
  readonly d: Dense
  readonly order_price: Float64Array
  readonly served: Int32Array
  /** `[j * locations + l]`: whether location l took order j in the last round. */
  readonly server: Uint8Array
  readonly table: Float64Array
  readonly chosen: Uint8Array
  /** Capacity that orders not settled may use; a settled order is in no knapsack. */
  readonly room: Float64Array
  readonly settled: Uint8Array
  bound: number
  reach: number
  stale: number
}

const most_cells = 4_000_000

/** Starts the knapsack bound from prices of capacity; null when weights are not whole or tables would be too large. */
export function startKnapsacks(d: Dense, { price, bound }: Prices): Knapsacks | null {
  const { locations, orders, cost, weight, capacity } = d
  const widest = Math.floor(Math.max(...capacity))
  if (!weight.every(Number.isInteger) || (widest + 1) * orders > most_cells) return null
  const order_price = new Float64Array(orders)
  for (let j = 0; j < orders; j++) {
    let [first, second] = [Infinity, Infinity]
    for (let l = 0; l < locations; l++) {
      const reduced = cost[j * locations + l]! + price[l]! * weight[j * locations + l]!
      if (reduced < first) [first, second] = [reduced, first]
      else if (reduced < second) second = reduced
    }
    order_price[j] = second < Infinity ? 0.5 * (first + second) : first
  }
  return {
    d,
    order_price,
    served: new Int32Array(orders),
    server: new Uint8Array(orders * locations),
    table: new Float64Array(widest + 1),
    chosen: new Uint8Array((widest + 1) * orders),
    room: d.capacity.slice(),
    settled: new Uint8Array(orders),
    bound,
    reach: 1.5,
    stale: 0,
  }
}

/** One round: every location picks the orders that pay most for its capacity. Answers the bound of this round. */
export function roundOfKnapsacks(k: Knapsacks, target: number): number {
  const { d, order_price, served } = k
  served.fill(0)
  k.server.fill(0)
  let bound = 0
  for (let j = 0; j < d.orders; j++) if (k.settled[j] === 0) bound += order_price[j]!
  for (let l = 0; l < d.locations; l++) bound -= knapsack(k, l)
  if (bound > k.bound + 1e-9) {
    k.bound = bound
    k.stale = 0
  } else if (++k.stale >= 10) {
    k.reach *= 0.6
    k.stale = 0
  }
  let norm = 0
  for (let j = 0; j < d.orders; j++) if (k.settled[j] === 0) norm += (1 - served[j]!) ** 2
  const length = norm > 0 ? (k.reach * Math.max(target - bound, 0.0005 * Math.abs(bound))) / norm : 0
  for (let j = 0; j < d.orders; j++) if (k.settled[j] === 0) order_price[j]! += length * (1 - served[j]!)
  return bound
}

// Most that orders pay for location l's capacity above their cost (dynamic programme over capacity); counts those served.
function knapsack(k: Knapsacks, l: number): number {
  const { order_price, served, server, table, chosen, settled } = k
  const { orders, locations, cost, weight } = k.d
  const capacity = Math.floor(k.room[l]!)
  const width = table.length
  table.fill(0, 0, capacity + 1)
  const taken: number[] = []
  for (let j = 0; j < orders; j++) {
    const gain = settled[j] === 1 ? 0 : order_price[j]! - cost[j * locations + l]!
    if (!(gain > 0)) continue
    const heavy = weight[j * locations + l]!
    const row = taken.push(j) * width - width
    chosen.fill(0, row, row + capacity + 1)
    for (let c = capacity; c >= heavy; c--) {
      const value = table[c - heavy]! + gain
      if (value > table[c]!) {
        table[c] = value
        chosen[row + c] = 1
      }
    }
  }
  for (let n = taken.length - 1, c = capacity; n >= 0; n--) {
    if (chosen[n * width + c] === 0) continue
    served[taken[n]!]!++
    server[taken[n]! * locations + l] = 1
    c -= weight[taken[n]! * locations + l]!
  }
  return table[capacity]!
}
