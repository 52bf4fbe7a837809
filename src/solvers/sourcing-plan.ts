// One set of shipping locations made ready for exact placement: what lies ahead at each depth, and room for chosen steps.

import { onto, type Placement, type Search, tolerance } from './sourcing-load.ts'
import { leastCost, makePrices, type Prices, roomPrice } from './sourcing-price.ts'

export type Plan = {
  readonly w: Placement
  readonly prices: Prices
  readonly by_weight: Int32Array
  readonly sequence: Int32Array
  /** By depth: weight, volume of the items from there on, and what each column could take of them (and of value). */
  readonly weight_left: Float64Array
  readonly volume_left: Float64Array
  readonly weight_could: Float64Array
  readonly volume_could: Float64Array
  readonly value_could: Float64Array
  /** Least line cost of all items without regard to room. */
  readonly lines: number
  /** By depth: least cost at the prices set of the items from there on. */
  readonly ahead: Float64Array
}

/** Null when the facilities `at` (ascending) do not have the stock. */
export function makePlan(x: Search, at: readonly number[]): Plan | null {
  const w = onto(x, at)
  const { items, columns } = w
  const prices = makePrices(w)
  let lines = 0
  for (let i = 0; i < items; i++) lines += leastCost(w, prices, i)
  if (lines === Infinity) return null
  const plan: Plan = {
    w,
    prices,
    lines,
    by_weight: heaviestFirst(w),
    sequence: new Int32Array(items),
    weight_left: new Float64Array(items + 1),
    volume_left: new Float64Array(items + 1),
    weight_could: new Float64Array((items + 1) * columns),
    volume_could: new Float64Array((items + 1) * columns),
    value_could: new Float64Array((items + 1) * columns),
    ahead: new Float64Array(items + 1),
  }
  plan.sequence.set(plan.by_weight)
  for (let d = items - 1; d >= 0; d--) lookAhead(plan, d)
  return plan
}

function heaviestFirst(w: Placement): Int32Array {
  const { p } = w.x
  const key = new Float64Array(w.items)
  for (let i = 0; i < w.items; i++) key[i] = p.count[i]! * Math.max(p.weight[i]!, p.volume[i]! / 5000)
  const sequence = Int32Array.from(key, (_, i) => i)
  return sequence.sort((a, b) => key[b]! - key[a]! || a - b)
}

/** Items that any other place would make too dear go first (they have no choice), then the heavy ones; sums ahead. */
export function arrange(plan: Plan, price: number): void {
  const { w, prices, sequence, ahead } = plan
  let gap = w.x.best - tolerance - price + roomPrice(w, prices)
  for (let i = 0; i < w.items; i++) gap -= prices.least[i]!
  let d = 0
  for (const i of plan.by_weight) if (prices.regret[i]! >= gap) sequence[d++] = i
  for (const i of plan.by_weight) if (prices.regret[i]! < gap) sequence[d++] = i
  for (d = w.items - 1; d >= 0; d--) {
    ahead[d] = ahead[d + 1]! + prices.least[sequence[d]!]!
    lookAhead(plan, d)
  }
}

function lookAhead(plan: Plan, d: number): void {
  const { w } = plan
  const { p } = w.x
  const i = plan.sequence[d]!
  plan.weight_left[d] = plan.weight_left[d + 1]! + p.count[i]! * p.weight[i]!
  plan.volume_left[d] = plan.volume_left[d + 1]! + p.count[i]! * p.volume[i]!
  for (let c = 0; c < w.columns; c++) {
    const units = w.avail[c * w.items + i]!
    const [here, next] = [d * w.columns + c, (d + 1) * w.columns + c]
    plan.weight_could[here] = plan.weight_could[next]! + units * p.weight[i]!
    plan.volume_could[here] = plan.volume_could[next]! + units * p.volume[i]!
    plan.value_could[here] = plan.value_could[next]! + units * p.value[i]!
  }
}

/** Sets the room of every column to what the steps allow. */
export function makeRoom(plan: Plan, steps: Int32Array): void {
  const { w, prices } = plan
  for (let c = 0; c < w.real; c++) {
    const { upto, mm3_per_gram } = w.steps[c]!
    prices.weight_room[c] = upto[steps[c]!]!
    prices.volume_room[c] = mm3_per_gram > 0 ? upto[steps[c]!]! * mm3_per_gram : Infinity
  }
}
