// Prices on the room of shipping locations: the least cost of each item when load costs money, and how to set the prices.

import type { Placement } from './sourcing-load.ts'

/** Room of each column, prices of its weight and volume, and by item the least cost at those prices. */
export type Prices = {
  readonly weight_room: Float64Array
  readonly volume_room: Float64Array
  readonly weight_price: Float64Array
  readonly volume_price: Float64Array
  readonly least: Float64Array
  /** By item, what any other way to place it costs more, at least. */
  readonly regret: Float64Array
  /** Units of the item last priced, by column; loads of all items together. */
  readonly pattern: Float64Array
  readonly weight_load: Float64Array
  readonly volume_load: Float64Array
  readonly rate: Float64Array
  readonly order: Int32Array
}

const most_sets = 7

/** Room for prices of one placement. */
export function makePrices(w: Placement): Prices {
  const { columns, items } = w
  return {
    weight_room: new Float64Array(columns),
    volume_room: new Float64Array(columns),
    weight_price: new Float64Array(columns),
    volume_price: new Float64Array(columns),
    least: new Float64Array(items),
    regret: new Float64Array(items),
    pattern: new Float64Array(columns),
    weight_load: new Float64Array(columns),
    volume_load: new Float64Array(columns),
    rate: new Float64Array(columns),
    order: new Int32Array(columns),
  }
}

/** Least cost of all units of item i over every set of columns: fees of the set, and its units by ascending rate.
 *  Infinity when stock does not suffice. Leaves the units in `pattern`. Exact for one item (integer, without room). */
export function leastCost(w: Placement, prices: Prices, i: number): number {
  const { columns, items } = w
  const { p } = w.x
  const { rate, order, pattern } = prices
  const count = p.count[i]!
  let [best, second, chosen, width] = [Infinity, Infinity, 0, 0]
  for (let c = 0; c < columns; c++) {
    const at = c * items + i
    if (w.avail[at] === 0) continue
    const each = w.unit[at]! + prices.weight_price[c]! * p.weight[i]! + prices.volume_price[c]! * p.volume[i]!
    rate[c] = each
    let k = width++
    while (k > 0 && rate[order[k - 1]!]! > each) {
      order[k] = order[k - 1]!
      k--
    }
    order[k] = c
    if (w.avail[at]! < count) continue
    const price = w.fee[at]! + each * count
    if (price < best) [best, second, chosen] = [price, best, 1 << c]
    else if (price < second) second = price
  }
  if (width === 0) return Infinity
  pattern.fill(0)
  prices.regret[i] = 0
  if (width > most_sets) return Math.min(best, spreadCost(w, prices, i, width))
  if (w.x.policy.lines && width > 1 && count > 1) {
    for (let set = 3; set < 1 << width; set++) {
      if ((set & (set - 1)) === 0) continue
      const price = costOfSet(w, prices, i, set, second)
      if (price < best) [best, second, chosen] = [price, price, -set]
      else if (price < second) second = price
    }
  }
  prices.regret[i] = chosen > 0 ? second - best : 0
  if (chosen > 0) pattern[31 - Math.clz32(chosen)] = count
  else if (chosen < 0) fillPattern(w, prices, i, -chosen)
  return best
}

// Too many columns for all sets: fees spread over the units that each column could take, which costs no more than the truth.
function spreadCost(w: Placement, prices: Prices, i: number, width: number): number {
  const { order, rate } = prices
  const each = (c: number) => rate[c]! + w.fee[c * w.items + i]! / w.avail[c * w.items + i]!
  const ranked = [...order.subarray(0, width)].sort((a, b) => each(a) - each(b))
  let [open, cost] = [w.x.p.count[i]!, 0]
  for (const c of ranked) {
    const units = Math.min(open, w.avail[c * w.items + i]!)
    cost += units * each(c)
    prices.pattern[c] = units
    open -= units
  }
  return open > 0 ? Infinity : cost
}

// Cost of serving item i from the set (bits of ranks in `order`), Infinity where it does not suffice or can't beat `limit`.
function costOfSet(w: Placement, prices: Prices, i: number, set: number, limit: number): number {
  const { order, rate } = prices
  let [open, cost] = [w.x.p.count[i]!, 0]
  for (let k = 0; set >> k > 0; k++) {
    if ((set & (1 << k)) === 0) continue
    const at = order[k]! * w.items + i
    const units = Math.min(open, w.avail[at]!)
    cost += w.fee[at]! + units * rate[order[k]!]!
    open -= units
    if (cost >= limit) return Infinity
  }
  return open > 0 ? Infinity : cost
}

function fillPattern(w: Placement, prices: Prices, i: number, set: number): void {
  let open = w.x.p.count[i]!
  for (let k = 0; set >> k > 0; k++) {
    if ((set & (1 << k)) === 0) continue
    const c = prices.order[k]!
    const units = Math.min(open, w.avail[c * w.items + i]!)
    prices.pattern[c] = units
    open -= units
  }
}

/** Sets prices of room by subgradient steps (M. Held, P. Wolfe, H. Crowder, "Validation of subgradient optimization",
 *  Mathematical Programming 6, 1974) so that the bound on line cost within the rooms rises; stops at `target`. Answers the
 *  best bound; the prices that gave it stay set, with `least` by item. `each` sees the prices of every round. */
export function setPrices(
  w: Placement,
  prices: Prices,
  target: () => number,
  rounds: number,
  each: () => void,
): number {
  const { columns, items } = w
  const { weight_price, volume_price } = prices
  const kept_weight = new Float64Array(columns)
  const kept_volume = new Float64Array(columns)
  weight_price.fill(0)
  volume_price.fill(0)
  let best = -Infinity
  for (let round = 0, reach = 1; round < rounds; round++) {
    const bound = priceAll(w, prices)
    if (bound > best) {
      best = bound
      kept_weight.set(weight_price)
      kept_volume.set(volume_price)
    } else reach *= 0.6
    if (best >= target()) break
    if (round % 4 === 0) each()
    const goal = target() === Infinity ? bound + 0.1 * Math.abs(bound) + 1 : target()
    if (best >= goal || !climb(w, prices, reach * Math.max(1, goal - bound))) break
  }
  weight_price.set(kept_weight)
  volume_price.set(kept_volume)
  for (let i = 0; i < items; i++) prices.least[i] = leastCost(w, prices, i)
  return best
}

function priceAll(w: Placement, prices: Prices): number {
  const { p } = w.x
  prices.weight_load.fill(0)
  prices.volume_load.fill(0)
  let bound = -roomPrice(w, prices)
  for (let i = 0; i < w.items; i++) {
    bound += leastCost(w, prices, i)
    for (let c = 0; c < w.real; c++) {
      prices.weight_load[c]! += prices.pattern[c]! * p.weight[i]!
      prices.volume_load[c]! += prices.pattern[c]! * p.volume[i]!
    }
  }
  return bound
}

/** Price of one unit of item i on column c, with the room that it takes. */
export function rateOf(w: Placement, prices: Prices, c: number, i: number): number {
  const { p } = w.x
  return w.unit[c * w.items + i]! + prices.weight_price[c]! * p.weight[i]! + prices.volume_price[c]! * p.volume[i]!
}

/** What the rooms are worth at the prices set. */
export function roomPrice(w: Placement, prices: Prices): number {
  let worth = 0
  for (let c = 0; c < w.real; c++) {
    worth += prices.weight_price[c]! * prices.weight_room[c]!
    if (prices.volume_price[c]! > 0) worth += prices.volume_price[c]! * prices.volume_room[c]!
  }
  return worth
}

// One step along what the loads exceed the rooms by, scaled per column so that grams and cubic millimetres weigh alike.
function climb(w: Placement, prices: Prices, reach: number): boolean {
  let norm = 0
  for (let c = 0; c < w.real; c++) {
    norm += excess(prices.weight_load[c]!, prices.weight_room[c]!, prices.weight_price[c]!) ** 2
    norm += excess(prices.volume_load[c]!, prices.volume_room[c]!, prices.volume_price[c]!) ** 2
  }
  if (norm < 1e-12) return false
  for (let c = 0; c < w.real; c++) {
    const weight = excess(prices.weight_load[c]!, prices.weight_room[c]!, prices.weight_price[c]!)
    const volume = excess(prices.volume_load[c]!, prices.volume_room[c]!, prices.volume_price[c]!)
    if (weight !== 0)
      prices.weight_price[c] = Math.max(0, prices.weight_price[c]! + (reach * weight) / norm / prices.weight_room[c]!)
    if (volume !== 0)
      prices.volume_price[c] = Math.max(0, prices.volume_price[c]! + (reach * volume) / norm / prices.volume_room[c]!)
  }
  return true
}

// Relative excess of load over room; 0 where there is room and no price to lower.
function excess(load: number, room: number, price: number): number {
  if (room === Infinity) return 0
  const over = load / room - 1
  return over < 0 && price === 0 ? 0 : over
}
