// Local search on assignments that may overload locations at a price: shifts, swaps and ejection chains.
//
// After M. Yagiura, T. Ibaraki, F. Glover, "An ejection chain approach for the generalized assignment problem", INFORMS Journal
// on Computing 16(2), 2004: overload is penalised by a price per unit and location that adapts between descents.

import type { Dense } from './assign-model.ts'

export type State = {
  readonly d: Dense
  readonly location_of: Int32Array
  readonly load: Float64Array
  /** Price of one unit of overload, by location. */
  readonly penalty: Float64Array
  /** Orders at each location: `member[l * orders + k]`, k < members[l]; `place` is an order's k. */
  readonly member: Int32Array
  readonly members: Int32Array
  readonly place: Int32Array
  /** By order, the locations worth trying, best first: `near[j * locations + k]`, k < reach[j]; and which they are. */
  readonly near: Int32Array
  readonly reach: Int32Array
  readonly is_near: Uint8Array
  /** By order, the least cost at the locations worth trying. */
  readonly least: Float64Array
  cost: number
}

/** A state with nothing assigned and no location worth trying yet. */
export function emptyState(d: Dense): State {
  const { locations, orders } = d
  return {
    d,
    location_of: new Int32Array(orders).fill(-1),
    load: new Float64Array(locations),
    penalty: new Float64Array(locations),
    member: new Int32Array(locations * orders),
    members: new Int32Array(locations),
    place: new Int32Array(orders),
    near: new Int32Array(orders * locations),
    reach: new Int32Array(orders),
    is_near: new Uint8Array(orders * locations),
    least: new Float64Array(orders),
    cost: 0,
  }
}

/** Keeps for each order the locations whose reduced cost (at these prices of capacity) is within `gap` of its least: what is
 *  beyond can't be in an answer better than the bound plus the gap. At least two, at most `most`. */
export function narrow(s: State, price: Float64Array, gap: number, most: number): void {
  const { locations, orders, cost, weight } = s.d
  s.is_near.fill(0)
  const reduced = new Float64Array(locations)
  const ranked = Array.from({ length: locations }, (_, l) => l)
  for (let j = 0; j < orders; j++) {
    for (let l = 0; l < locations; l++) reduced[l] = cost[j * locations + l]! + price[l]! * weight[j * locations + l]!
    ranked.sort((a, b) => (reduced[a]! < reduced[b]! ? -1 : reduced[a]! > reduced[b]! ? 1 : a - b))
    let k = 0
    while (k < Math.min(most, locations) && (k < 2 || reduced[ranked[k]!]! <= reduced[ranked[0]!]! + gap)) {
      if (reduced[ranked[k]!] === Infinity) break
      s.near[j * locations + k] = ranked[k]!
      s.is_near[j * locations + ranked[k++]!] = 1
    }
    s.reach[j] = k
    s.least[j] = Infinity
    for (let n = 0; n < k; n++) s.least[j] = Math.min(s.least[j]!, cost[j * locations + s.near[j * locations + n]!]!)
  }
}

/** Moves order j to location l. */
export function move(s: State, j: number, l: number): void {
  const { locations, orders, cost, weight } = s.d
  const from = s.location_of[j]!
  if (from >= 0) {
    s.load[from]! -= weight[j * locations + from]!
    s.cost -= cost[j * locations + from]!
    const last = s.member[from * orders + --s.members[from]!]!
    s.member[from * orders + s.place[j]!] = last
    s.place[last] = s.place[j]!
  }
  s.location_of[j] = l
  s.load[l]! += weight[j * locations + l]!
  s.cost += cost[j * locations + l]!
  s.place[j] = s.members[l]!
  s.member[l * orders + s.members[l]!++] = j
}

/** Units by which the loads exceed the capacities. */
export function overload(s: State): number {
  let over = 0
  for (let l = 0; l < s.d.locations; l++) over += Math.max(0, s.load[l]! - s.d.capacity[l]!)
  return over
}

// What adding `units` to location l's load costs in penalty.
function strain(s: State, l: number, units: number): number {
  const over = s.load[l]! - s.d.capacity[l]!
  return s.penalty[l]! * (Math.max(0, over + units) - Math.max(0, over))
}

// What taking units off location l's load saves at most.
function relief(s: State, l: number): number {
  return s.penalty[l]! * Math.max(0, s.load[l]! - s.d.capacity[l]!)
}

/** Descends until no shift, swap or chain improves cost plus penalty. `begin` is where the orders' sweep starts. */
export function descend(s: State, begin: number): void {
  for (;;) {
    if (sweep(s, begin, shiftOne)) continue
    if (sweep(s, begin, swapOne)) continue
    if (!sweep(s, begin, chainOne)) return
  }
}

function sweep(s: State, begin: number, improve: (s: State, j: number) => boolean): boolean {
  let improved = false
  for (let n = 0; n < s.d.orders; n++) if (improve(s, (begin + n) % s.d.orders)) improved = true
  return improved
}

const least_gain = 1e-7

function shiftOne(s: State, j: number): boolean {
  const { locations, cost, weight } = s.d
  const row = j * locations
  const from = s.location_of[j]!
  const gone = -cost[row + from]! + strain(s, from, -weight[row + from]!)
  let [best, to] = [-least_gain, -1]
  for (let k = 0; k < s.reach[j]!; k++) {
    const l = s.near[row + k]!
    if (l === from) continue
    const change = gone + cost[row + l]! + strain(s, l, weight[row + l]!)
    if (change < best) {
      best = change
      to = l
    }
  }
  if (to < 0) return false
  move(s, j, to)
  return true
}

function swapOne(s: State, j: number): boolean {
  const { locations, orders, cost, weight } = s.d
  const row = j * locations
  const a = s.location_of[j]!
  let [best, partner] = [-least_gain, -1]
  for (let k = 0; k < s.reach[j]!; k++) {
    const b = s.near[row + k]!
    if (a === b) continue
    const arrives = cost[row + b]! - cost[row + a]!
    const saved = relief(s, a) + relief(s, b)
    for (let n = 0; n < s.members[b]!; n++) {
      const i = s.member[b * orders + n]!
      const other = i * locations
      if (s.is_near[other + a] === 0) continue
      const cheaper = arrives + cost[other + a]! - cost[other + b]!
      if (cheaper - saved >= best) continue
      const change =
        cheaper +
        strain(s, a, weight[other + a]! - weight[row + a]!) +
        strain(s, b, weight[row + b]! - weight[other + b]!)
      if (change < best) {
        best = change
        partner = i
      }
    }
  }
  if (partner < 0) return false
  const b = s.location_of[partner]!
  move(s, j, b)
  move(s, partner, a)
  return true
}

// Order j goes to b, an order of b goes on to a third location: the best such chain.
function chainOne(s: State, j: number): boolean {
  const { locations, orders, cost, weight } = s.d
  const row = j * locations
  const a = s.location_of[j]!
  const gone = -cost[row + a]! + strain(s, a, -weight[row + a]!)
  let [best, first, ejected, last] = [-least_gain, -1, -1, -1]
  for (let k = 0; k < s.reach[j]!; k++) {
    const b = s.near[row + k]!
    if (b === a) continue
    const arrives = gone + cost[row + b]!
    const saved = relief(s, b)
    for (let n = 0; n < s.members[b]!; n++) {
      const i = s.member[b * orders + n]!
      const other = i * locations
      if (arrives - cost[other + b]! - saved + s.least[i]! >= best) continue
      const leaves = arrives - cost[other + b]! + strain(s, b, weight[row + b]! - weight[other + b]!)
      for (let m = 0; m < s.reach[i]!; m++) {
        const c = s.near[other + m]!
        if (c === b || c === a) continue
        const change = leaves + cost[other + c]! + strain(s, c, weight[other + c]!)
        if (change < best) {
          best = change
          first = b
          ejected = i
          last = c
        }
      }
    }
  }
  if (first < 0) return false
  move(s, ejected, last)
  move(s, j, first)
  return true
}
