// One choice of shipping locations, and what each holds while the order is placed on them.

import { priceOf, type Steps, stepHolding } from './sourcing-ladder.ts'
import type { SplitPolicy } from './sourcing-model.ts'
import type { Prepared } from './sourcing-prepare.ts'

/** Sets of facilities that an answer may use, for the runner-up; they ascend, the one after the last source is the rest. */
export type Allowed = (facilities: readonly number[]) => boolean

/** What is shared by all placements of one search; `best` falls as better answers are found. */
export type Search = {
  readonly p: Prepared
  readonly policy: SplitPolicy
  readonly steps: readonly Steps[]
  readonly allowed: Allowed | null
  readonly max_nodes: number
  /** What a better answer saves at least: a whole minor unit where all prices are whole. */
  readonly gain: number
  nodes: number
  /** The node at which the walk under way stops. */
  pause: number
  best: number
  /** `[f * items + i]` units of the best answer; the last row, where units may stay unmet, is the rest. */
  best_units: Float64Array | null
}

/** Columns c are the sources that ship, in order, then the rest if it is in. Matrices are flat, `[c * items + i]`. */
export type Placement = {
  readonly x: Search
  readonly at: readonly number[]
  readonly items: number
  readonly columns: number
  /** Columns that are sources. */
  readonly real: number
  readonly steps: readonly Steps[]
  /** Price of a part of each column beside lines, units and shipping; a split penalty each. */
  readonly opening: Float64Array
  readonly avail: Float64Array
  readonly fee: Float64Array
  readonly unit: Float64Array
  readonly units: Float64Array
  readonly weight: Float64Array
  readonly volume: Float64Array
  readonly value: Float64Array
  readonly lines: Int32Array
  readonly stock: Float64Array
}

export const tolerance = 1e-7

/** The least difference between two costs: one minor unit (less rounding) where every price is whole, else next to nothing. */
export function leastGain(p: Prepared, policy: SplitPolicy): number {
  const whole =
    Number.isInteger(policy.penalty) &&
    p.fixed.every(Number.isInteger) &&
    p.fee.every(Number.isInteger) &&
    p.unit.every(Number.isInteger) &&
    p.unmet.every((price) => price === Infinity || Number.isInteger(price)) &&
    p.rates.every(({ price }) => price.every(Number.isInteger))
  return whole ? 1 - 1e-6 : tolerance
}

/** An empty placement on the facilities `at` (ascending). */
export function onto(x: Search, at: readonly number[]): Placement {
  const { p } = x
  const { items } = p
  const columns = at.length
  const real = at[columns - 1] === p.sources ? columns - 1 : columns
  const w: Placement = {
    x,
    at,
    items,
    columns,
    real,
    steps: at.slice(0, real).map((s) => x.steps[s]!),
    opening: new Float64Array(columns),
    avail: new Float64Array(columns * items),
    fee: new Float64Array(columns * items),
    unit: new Float64Array(columns * items),
    units: new Float64Array(columns * items),
    weight: new Float64Array(columns),
    volume: new Float64Array(columns),
    value: new Float64Array(columns),
    lines: new Int32Array(columns),
    stock: p.contested ? p.stock.slice() : p.stock,
  }
  for (let c = 0; c < columns; c++) {
    if (c === real) {
      w.avail.set(p.count, c * items)
      w.unit.set(p.unmet, c * items)
      continue
    }
    const from = at[c]! * items
    w.opening[c] = p.fixed[at[c]!]! + x.policy.penalty
    w.avail.set(p.avail.subarray(from, from + items), c * items)
    w.fee.set(p.fee.subarray(from, from + items), c * items)
    w.unit.set(p.unit.subarray(from, from + items), c * items)
    if (x.policy.lines) continue
    for (let i = 0; i < items; i++) if (w.avail[c * items + i]! < p.count[i]!) w.avail[c * items + i] = 0
  }
  return w
}

/** Units of item i that column c can take now: stock, and no hazard class kept apart from one already there. */
export function free(w: Placement, c: number, i: number): number {
  const { p } = w.x
  let units = w.avail[c * w.items + i]! - w.units[c * w.items + i]!
  if (c === w.real) return units
  if (p.apart[i] !== 0 && w.lines[c]! > 0) {
    for (let j = 0; j < p.items; j++)
      if (w.units[c * p.items + j]! > 0 && j !== i && (p.hazard[j]! & p.apart[i]!) !== 0) return 0
  }
  if (!p.contested) return units
  for (let k = 0; k < p.skus_of[i]!.length; k++) {
    const left = w.stock[p.row[w.at[c]!]! * p.skus + p.skus_of[i]![k]!]!
    units = Math.min(units, Math.floor(left / p.draws[i]![k]!))
  }
  return units
}

/** Moves `units` of item i onto column c, off it where negative. */
export function shift(w: Placement, c: number, i: number, units: number): void {
  const { p } = w.x
  const at = c * w.items + i
  const before = w.units[at]!
  w.units[at] = before + units
  if (before === 0) w.lines[c]!++
  else if (before + units === 0) w.lines[c]!--
  w.weight[c]! += units * p.weight[i]!
  w.volume[c]! += units * p.volume[i]!
  w.value[c]! += units * p.value[i]!
  if (!p.contested || c === w.real) return
  const row = p.row[w.at[c]!]! * p.skus
  for (let k = 0; k < p.skus_of[i]!.length; k++) w.stock[row + p.skus_of[i]![k]!]! -= units * p.draws[i]![k]!
}

/** Takes everything off again. */
export function clear(w: Placement): void {
  for (let c = 0; c < w.columns; c++) {
    for (let i = 0; i < w.items; i++) {
      const units = w.units[c * w.items + i]!
      if (units > 0) shift(w, c, i, -units)
    }
  }
}

/** The least step of column c's rate card that holds the load. */
export function stepFor(w: Placement, c: number, weight: number, volume: number): number {
  const steps = w.steps[c]!
  const { mm3_per_gram } = steps
  return stepHolding(steps, mm3_per_gram > 0 ? Math.max(weight, volume / mm3_per_gram) : weight)
}

/** Price of what stands on column c: opening, lines, units, shipping; 0 when nothing does. */
export function columnPrice(w: Placement, c: number): number {
  if (w.lines[c] === 0) return 0
  let price = w.opening[c]!
  for (let i = 0; i < w.items; i++) {
    const units = w.units[c * w.items + i]!
    if (units > 0) price += w.fee[c * w.items + i]! + units * w.unit[c * w.items + i]!
  }
  return c === w.real ? price : price + priceOf(w.steps[c]!, stepFor(w, c, w.weight[c]!, w.volume[c]!))
}

/** Takes what is placed as the best answer if it keeps the rules on values and is cheaper; says whether it did. */
export function record(w: Placement): boolean {
  const { x } = w
  let [cost, parts] = [0, 0]
  for (let c = 0; c < w.real; c++) if (w.lines[c]! > 0) parts++
  const rest = w.real < w.columns && w.lines[w.real]! > 0
  for (let c = 0; c < w.columns; c++) {
    if (w.lines[c] === 0) continue
    if (c < w.real && (parts > 1 || rest) && w.value[c]! < x.policy.min_part_value) return false
    if (c === w.real && w.value[c]! < x.policy.min_rest_value) return false
    cost += columnPrice(w, c)
  }
  if (parts > 0) cost -= x.policy.penalty
  if (cost >= x.best - x.gain) return false
  if (x.allowed && !x.allowed(w.at.filter((_, c) => w.lines[c]! > 0))) return false
  x.best = cost
  x.best_units = new Float64Array((x.p.sources + 1) * w.items)
  for (let c = 0; c < w.columns; c++) {
    x.best_units.set(w.units.subarray(c * w.items, (c + 1) * w.items), w.at[c]! * w.items)
  }
  return true
}
