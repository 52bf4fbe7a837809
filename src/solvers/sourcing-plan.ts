// One set of shipping locations made ready for exact placement: what lies ahead at each depth, and room for chosen steps.

import { uptoOf } from './sourcing-ladder.ts'
import { onto, type Placement, type Search } from './sourcing-load.ts'
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
  /** Further bounds by other prices of room, which tell more once some room is gone. */
  readonly others: Other[]
}

/** A bound by other prices: what they add per gram and mm³ on each column, in all, and ahead of each depth. */
export type Other = {
  readonly weight: Float64Array
  readonly volume: Float64Array
  readonly worth: number
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
    others: [],
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
  let gap = w.x.best - w.x.gain - price + roomPrice(w, prices)
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

/** Makes the further bounds: each column's room in turn dearer by about what moving goods off it costs per gram. */
export function addOthers(plan: Plan): void {
  const { w, prices } = plan
  const each = pricePerGram(plan)
  const weight = prices.weight_price.slice()
  const volume = prices.volume_price.slice()
  plan.others.length = 0
  for (let c = 0; c < w.real; c++) {
    const { mm3_per_gram } = w.steps[c]!
    const by_volume = mm3_per_gram > 0 && plan.volume_left[0]! / mm3_per_gram > plan.weight_left[0]!
    for (const factor of [1, 4]) {
      if (by_volume) prices.volume_price[c]! += (factor * each) / mm3_per_gram
      else prices.weight_price[c]! += factor * each
      plan.others.push(otherBound(plan, weight, volume))
      prices.weight_price.set(weight)
      prices.volume_price.set(volume)
    }
  }
  prices.weight_price.fill(0)
  prices.volume_price.fill(0)
  plan.others.push(otherBound(plan, weight, volume))
  prices.weight_price.set(weight)
  prices.volume_price.set(volume)
}

function otherBound(plan: Plan, weight: Float64Array, volume: Float64Array): Other {
  const { w, prices, sequence } = plan
  const ahead = new Float64Array(w.items + 1)
  for (let d = w.items - 1; d >= 0; d--) ahead[d] = ahead[d + 1]! + leastCost(w, prices, sequence[d]!)
  const worth = roomPrice(w, prices)
  const added_weight = prices.weight_price.map((price, c) => price - weight[c]!)
  const added_volume = prices.volume_price.map((price, c) => price - volume[c]!)
  let before = 0
  for (let c = 0; c < w.real; c++) {
    before += weight[c]! * prices.weight_room[c]!
    if (volume[c]! > 0) before += volume[c]! * prices.volume_room[c]!
  }
  return { weight: added_weight, volume: added_volume, worth: worth - before, ahead }
}

// The middle of what items cost more per gram at their second-best place, without prices of room.
function pricePerGram({ w }: Plan): number {
  const { p } = w.x
  const ratios: number[] = []
  for (let i = 0; i < w.items; i++) {
    let [first, second] = [Infinity, Infinity]
    for (let c = 0; c < w.columns; c++) {
      const at = c * w.items + i
      if (w.avail[at]! < p.count[i]!) continue
      const price = w.fee[at]! + w.unit[at]! * p.count[i]!
      if (price < first) [first, second] = [price, first]
      else if (price < second) second = price
    }
    const grams = p.count[i]! * Math.max(p.weight[i]!, p.volume[i]! / 5000)
    if (second < Infinity && grams > 0) ratios.push((second - first) / grams)
  }
  ratios.sort((a, b) => a - b)
  return ratios[ratios.length >> 1] ?? 0
}

/** Sets the room of every column to what the steps allow. */
export function makeRoom(plan: Plan, steps: Float64Array): void {
  const { w, prices } = plan
  for (let c = 0; c < w.real; c++) {
    const { mm3_per_gram } = w.steps[c]!
    const upto = uptoOf(w.steps[c]!, steps[c]!)
    prices.weight_room[c] = upto
    prices.volume_room[c] = mm3_per_gram > 0 ? upto * mm3_per_gram : Infinity
  }
}
