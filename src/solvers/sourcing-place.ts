// Given which locations ship, places every unit at the least cost: exact, by depth-first search over items.
//
// The bound at each node: what is placed, the least line cost of what is not, and the cheapest steps of the rate cards
// whose room holds the load still to come (a knapsack relaxation, exact in the steps).

import { couldBeat, free, type Placement, put, type Search, take, tolerance } from './sourcing-load.ts'
import type { Prepared } from './sourcing-prepare.ts'

/** Places all items on exactly the facilities `at` (each gets something); improves `x.best` where it can. */
export function place(x: Search, at: readonly number[]): void {
  const { p } = x
  const columns = at.length
  const real = at[columns - 1] === p.sources ? columns - 1 : columns
  let fixed = Math.max(0, real - 1) * x.policy.penalty
  for (let c = 0; c < real; c++) fixed += p.fixed[at[c]!]!
  const sequence = sequenceOf(x, at)
  const depth = p.items + 1
  const w: Placement = {
    x,
    at,
    real,
    columns,
    sequence,
    fixed,
    line_cost: new Float64Array(depth),
    weight_left: new Float64Array(depth),
    volume_left: new Float64Array(depth),
    weight_could: new Float64Array(depth * columns),
    volume_could: new Float64Array(depth * columns),
    weight: new Float64Array(columns),
    volume: new Float64Array(columns),
    value: new Float64Array(columns),
    lines: new Int32Array(columns),
    hazard: new Int32Array(columns),
    step: new Int32Array(columns),
    units: new Float64Array(columns * p.items),
    stock: p.contested ? p.stock.slice() : p.stock,
  }
  for (let d = p.items - 1; d >= 0; d--) look(w, d)
  placeFrom(w, 0, 0)
}

// Items with one choice first, then the heavy ones.
function sequenceOf(x: Search, at: readonly number[]): Int32Array {
  const { p } = x
  const key = new Float64Array(p.items)
  const sequence = new Int32Array(p.items)
  for (let i = 0; i < p.items; i++) {
    let choices = 0
    for (const f of at) if (availableAt(p, f, i) > 0) choices++
    key[i] = choices === 1 ? Infinity : p.count[i]! * Math.max(p.weight[i]!, p.volume[i]! / 5000)
    let k = i
    while (k > 0 && key[sequence[k - 1]!]! < key[i]!) {
      sequence[k] = sequence[k - 1]!
      k--
    }
    sequence[k] = i
  }
  return sequence
}

function availableAt(p: Prepared, f: number, i: number): number {
  return f === p.sources ? p.count[i]! : p.avail[f * p.items + i]!
}

function unitPrice(p: Prepared, f: number, i: number): number {
  return f === p.sources ? p.unmet[i]! : p.unit[f * p.items + i]!
}

function feeOf(p: Prepared, f: number, i: number): number {
  return f === p.sources ? 0 : p.fee[f * p.items + i]!
}

// Fills the sums of depth d from those of d + 1.
function look(w: Placement, d: number): void {
  const {
    x: { p, policy },
    at,
    columns,
  } = w
  const i = w.sequence[d]!
  const count = p.count[i]!
  w.weight_left[d] = w.weight_left[d + 1]! + count * p.weight[i]!
  w.volume_left[d] = w.volume_left[d + 1]! + count * p.volume[i]!
  for (let c = 0; c < columns; c++) {
    let units = availableAt(p, at[c]!, i)
    if (!policy.lines && units < count) units = 0
    w.weight_could[d * columns + c] = w.weight_could[(d + 1) * columns + c]! + units * p.weight[i]!
    w.volume_could[d * columns + c] = w.volume_could[(d + 1) * columns + c]! + units * p.volume[i]!
  }
  w.line_cost[d] = w.line_cost[d + 1]! + leastLineCost(w, i)
}

// Least price of all units of item i, fees spread over what each column could take; Infinity when they do not suffice.
function leastLineCost(w: Placement, i: number): number {
  const {
    x: { p, policy },
    at,
  } = w
  const count = p.count[i]!
  let [open, cost, used] = [count, 0, 0]
  while (open > 0) {
    let [best, column, most] = [Infinity, -1, 0]
    for (let c = 0; c < w.columns; c++) {
      const units = Math.min(count, availableAt(p, at[c]!, i))
      if (units === 0 || (used & (1 << c)) !== 0 || (!policy.lines && units < count)) continue
      const each = unitPrice(p, at[c]!, i) + feeOf(p, at[c]!, i) / units
      if (each < best) [best, column, most] = [each, c, units]
    }
    if (column < 0) return Infinity
    const take = Math.min(open, most)
    cost += take * best
    open -= take
    used |= 1 << column
  }
  return cost
}

function placeFrom(w: Placement, d: number, spent: number): void {
  const { x } = w
  if (++x.nodes > x.max_nodes) return
  if (!couldBeat(w, d, spent)) return
  if (d === x.p.items) {
    finish(w, spent)
    return
  }
  const i = w.sequence[d]!
  const count = x.p.count[i]!
  let tried = 0
  for (let n = 0; n < w.columns; n++) {
    const c = cheapestUntried(w, i, tried)
    if (c < 0) break
    tried |= 1 << c
    const f = w.at[c]!
    put(w, c, i, count)
    placeFrom(w, d + 1, spent + feeOf(x.p, f, i) + unitPrice(x.p, f, i) * count)
    take(w, c, i, count)
  }
  if (x.policy.lines && count > 1 && w.columns > 1) split(w, d, 0, count, 0, spent)
}

function cheapestUntried(w: Placement, i: number, tried: number): number {
  const { p } = w.x
  const count = p.count[i]!
  let [best, column] = [Infinity, -1]
  for (let c = 0; c < w.columns; c++) {
    if ((tried & (1 << c)) !== 0 || free(w, c, i) < count) continue
    const price = feeOf(p, w.at[c]!, i) + unitPrice(p, w.at[c]!, i) * count
    if (price < best) [best, column] = [price, c]
  }
  return column
}

// Spreads `open` units of the item at depth d over columns c and on, at least two of them in all.
function split(w: Placement, d: number, c: number, open: number, used: number, spent: number): void {
  const { x } = w
  const i = w.sequence[d]!
  if (open === 0) {
    if (used > 1) placeFrom(w, d + 1, spent)
    return
  }
  if (c === w.columns || !couldBeat(w, d + 1, spent, open * leastUnit(w, i, c))) return
  const f = w.at[c]!
  const most = Math.min(open, free(w, c, i), x.p.count[i]! - 1)
  const least = c === w.columns - 1 ? open : 0
  for (let units = most; units >= least; units--) {
    if (units === 0) {
      split(w, d, c + 1, open, used, spent)
      continue
    }
    put(w, c, i, units)
    split(w, d, c + 1, open - units, used + 1, spent + feeOf(x.p, f, i) + unitPrice(x.p, f, i) * units)
    take(w, c, i, units)
    if (x.nodes > x.max_nodes) return
  }
}

function leastUnit(w: Placement, i: number, from: number): number {
  let least = Infinity
  for (let c = from; c < w.columns; c++)
    if (availableAt(w.x.p, w.at[c]!, i) > 0) least = Math.min(least, unitPrice(w.x.p, w.at[c]!, i))
  return least
}

function finish(w: Placement, spent: number): void {
  const { x } = w
  const is_split = w.columns > 1
  for (let c = 0; c < w.columns; c++) {
    if (w.lines[c] === 0) return
    if (c < w.real && is_split && w.value[c]! < x.policy.min_part_value) return
    if (c === w.real && w.value[c]! < x.policy.min_rest_value) return
  }
  let cost = w.fixed + spent
  for (let c = 0; c < w.real; c++) cost += x.steps[w.at[c]!]!.price[w.step[c]!]!
  if (cost >= x.best - tolerance) return
  x.best = cost
  x.best_units = new Float64Array((x.p.sources + 1) * x.p.items)
  for (let c = 0; c < w.columns; c++)
    x.best_units.set(w.units.subarray(c * x.p.items, (c + 1) * x.p.items), w.at[c]! * x.p.items)
}
