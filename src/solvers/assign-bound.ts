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
  /** `[l * orders + n]`: the orders by what they pay per unit of location l, in the last round. */
  readonly ranked: Int32Array
  /** Of the location under way, by order: what it pays, what it pays per unit, whether it is in; and those still to decide. */
  readonly gain: Float64Array
  readonly rate: Float64Array
  readonly taken: Uint8Array
  readonly core: Int32Array
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
    ranked: Int32Array.from({ length: locations * orders }, (_, at) => at % orders),
    gain: new Float64Array(orders),
    rate: new Float64Array(orders),
    taken: new Uint8Array(orders),
    core: new Int32Array(orders),
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

// Most that orders pay for location l's capacity above their cost; counts those served. By what they pay per unit the orders are taken until
// one does not fit: what must be in the best choice, and what can't be, follows from that rate (G. B. Dantzig, "Discrete-variable extremum
// problems", Operations Research 5(2), 1957); a dynamic programme over the capacity that is left decides the few in between.
function knapsack(k: Knapsacks, l: number): number {
  const { served, server, table, chosen, gain, core, taken } = k
  const { orders, locations, weight } = k.d
  const width = table.length
  const { count, sum, room } = coreOf(k, l)
  table.fill(0, 0, room + 1)
  for (let n = 0; n < count; n++) {
    const j = core[n]!
    const heavy = weight[j * locations + l]!
    const row = n * width
    chosen.fill(0, row, row + room + 1)
    for (let c = room; c >= heavy; c--) {
      const value = table[c - heavy]! + gain[j]!
      if (value > table[c]!) {
        table[c] = value
        chosen[row + c] = 1
      }
    }
  }
  for (let n = count - 1, c = room; n >= 0; n--) {
    if (chosen[n * width + c] === 0) continue
    taken[core[n]!] = 1
    c -= weight[core[n]! * locations + l]!
  }
  for (let j = 0; j < orders; j++) {
    if (taken[j] === 0) continue
    served[j]!++
    server[j * locations + l] = 1
  }
  return sum + table[room]!
}

// Marks as taken what must be in the best choice; leaves in `core` what may be. Answers how many those are, what the taken pay, and the room left.
function coreOf(k: Knapsacks, l: number): { count: number; sum: number; room: number } {
  const { ranked, gain, core, taken } = k
  const { orders, locations, weight } = k.d
  const capacity = Math.floor(k.room[l]!)
  const paying = rank(k, l)
  const first = l * orders
  const heavy = (n: number) => weight[ranked[first + n]! * locations + l]!
  taken.fill(0)
  let [fit, sum, room] = [0, 0, capacity]
  for (; fit < paying && heavy(fit) <= room; fit++) {
    sum += gain[ranked[first + fit]!]!
    room -= heavy(fit)
  }
  if (fit === paying) {
    for (let n = 0; n < fit; n++) taken[ranked[first + n]!] = 1
    return { count: 0, sum, room: 0 }
  }
  const rate = gain[ranked[first + fit]!]! / heavy(fit)
  let [known, left] = [sum, room]
  for (let n = fit; n < paying; n++) {
    if (heavy(n) > left) continue
    known += gain[ranked[first + n]!]!
    left -= heavy(n)
  }
  // `most` is what a choice pays at most that decides otherwise about this order
  const relaxed = sum + room * rate
  let count = 0
  for (let n = 0; n < paying; n++) {
    const j = ranked[first + n]!
    const above = gain[j]! - rate * heavy(n)
    const most = n < fit ? relaxed - above : relaxed + above
    if (most >= known - 1e-9) core[count++] = j
    else if (n < fit) taken[j] = 1
    if (most < known - 1e-9 || n >= fit) continue
    sum -= gain[j]!
    room += heavy(n)
  }
  return { count, sum, room }
}

// Ranks the orders by what they pay per unit of location l, beginning with the ranking of the last round; answers how many pay at all.
function rank(k: Knapsacks, l: number): number {
  const { ranked, rate, gain, order_price, settled } = k
  const { orders, locations, cost, weight } = k.d
  const first = l * orders
  let paying = 0
  for (let j = 0; j < orders; j++) {
    const pays = settled[j] === 1 ? -1 : order_price[j]! - cost[j * locations + l]!
    gain[j] = pays
    rate[j] = pays > 0 ? pays / weight[j * locations + l]! : -1
    if (pays > 0) paying++
  }
  for (let n = 1; n < orders; n++) {
    const j = ranked[first + n]!
    let to = n
    for (; to > 0 && rate[ranked[first + to - 1]!]! < rate[j]!; to--) ranked[first + to] = ranked[first + to - 1]!
    ranked[first + to] = j
  }
  return paying
}
