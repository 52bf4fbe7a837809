// Places every unit on chosen locations within chosen room at the least cost: depth-first search over items.
//
// Prices on room bound the line cost of what is not placed yet (Lagrangian relaxation), so that most choices are never tried.

import { mostUnits } from './sourcing-fill.ts'
import { record, shift } from './sourcing-load.ts'
import type { Other, Plan } from './sourcing-plan.ts'
import { rateOf } from './sourcing-price.ts'

/** Improves the best answer where it can, from depth d on; `spent` is the price of steps, lines placed and the room that
 *  they take, less what all room is worth. Complete unless it counts past `x.pause`. */
export function placeFrom(plan: Plan, d: number, spent: number): void {
  const { w, prices } = plan
  const { x } = w
  if (++x.nodes > x.pause || spent + plan.ahead[d]! >= x.best - x.gain) return
  if (d === w.items) {
    record(w)
    return
  }
  if (!roomLeft(plan, d) || plan.others.some((other) => otherwise(plan, other, d) + spent >= x.best - x.gain)) return
  const i = plan.sequence[d]!
  const count = x.p.count[i]!
  for (let tried = 0; ; ) {
    const c = cheapestUntried(plan, i, tried)
    if (c < 0) break
    tried |= 1 << c
    const price = w.fee[c * w.items + i]! + rateOf(w, prices, c, i) * count
    if (spent + price + plan.ahead[d + 1]! >= x.best - x.gain) break
    shift(w, c, i, count)
    placeFrom(plan, d + 1, spent + price)
    shift(w, c, i, -count)
  }
  if (x.policy.lines && count > 1 && w.columns > 1) split(plan, d, 0, count, spent)
}

// The bound by other prices, less what is spent.
function otherwise(plan: Plan, other: Other, d: number): number {
  const { w } = plan
  let bound = other.ahead[d]! - other.worth
  for (let c = 0; c < w.real; c++) bound += other.weight[c]! * w.weight[c]! + other.volume[c]! * w.volume[c]!
  return bound
}

function cheapestUntried(plan: Plan, i: number, tried: number): number {
  const { w, prices } = plan
  const count = w.x.p.count[i]!
  let [best, column] = [Infinity, -1]
  for (let c = 0; c < w.columns; c++) {
    if ((tried & (1 << c)) !== 0 || w.avail[c * w.items + i]! < count) continue
    const price = w.fee[c * w.items + i]! + rateOf(w, prices, c, i) * count
    if (price < best && mostUnits(w, prices, c, i) >= count) [best, column] = [price, c]
  }
  return column
}

// Whether the columns have room for the items from depth d on, and could still be worth what the policy asks.
function roomLeft(plan: Plan, d: number): boolean {
  const { w, prices } = plan
  let [weight, volume] = [plan.weight_left[d]!, plan.volume_left[d]!]
  for (let c = 0; c < w.real; c++) {
    const at = d * w.columns + c
    weight -= Math.min(prices.weight_room[c]! - w.weight[c]!, plan.weight_could[at]!)
    volume -= Math.min(prices.volume_room[c]! - w.volume[c]!, plan.volume_could[at]!)
    if (w.lines[c]! > 0 && w.columns > 1 && w.value[c]! + plan.value_could[at]! < w.x.policy.min_part_value)
      return false
  }
  return w.real < w.columns || (weight <= 0 && volume <= 0)
}

// Spreads `open` units of the item at depth d over columns c and on, at least two of them in all.
function split(plan: Plan, d: number, c: number, open: number, spent: number): void {
  const { w, prices } = plan
  const { x } = w
  const i = plan.sequence[d]!
  if (open === 0) {
    placeFrom(plan, d + 1, spent)
    return
  }
  if (++x.nodes > x.pause) return
  let [later, least] = [0, Infinity]
  for (let k = c; k < w.columns; k++) {
    const units = mostUnits(w, prices, k, i)
    if (k > c) later += units
    if (units > 0) least = Math.min(least, rateOf(w, prices, k, i))
  }
  if (spent + open * least + plan.ahead[d + 1]! >= x.best - x.gain) return
  const most = Math.min(open, mostUnits(w, prices, c, i), x.p.count[i]! - 1)
  for (let units = most; units >= Math.max(0, open - later); units--) {
    if (units === 0) {
      if (c + 1 < w.columns) split(plan, d, c + 1, open, spent)
      continue
    }
    shift(w, c, i, units)
    if (units === open || c + 1 < w.columns) {
      split(plan, d, c + 1, open - units, spent + w.fee[c * w.items + i]! + rateOf(w, prices, c, i) * units)
    }
    shift(w, c, i, -units)
    if (x.nodes > x.pause) return
  }
}
