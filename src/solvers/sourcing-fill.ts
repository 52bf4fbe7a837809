// A quick placement within given room: each item where it is cheapest at the prices of room, then overloads moved away.

import { clear, free, type Placement, record, shift } from './sourcing-load.ts'
import { leastCost, type Prices, rateOf } from './sourcing-price.ts'

const most_moves = 100

/** Offers a placement that keeps within the rooms as an answer, if repair finds one. Leaves the placement empty. */
export function fill(w: Placement, prices: Prices): void {
  if (start(w, prices)) {
    let moves = 0
    while (moves++ < most_moves && relieve(w, prices));
    if (overloaded(w, prices) < 0) {
      while (moves++ < most_moves && cheapen(w, prices));
      record(w)
    }
  }
  clear(w)
}

function start(w: Placement, prices: Prices): boolean {
  for (let i = 0; i < w.items; i++) {
    leastCost(w, prices, i)
    for (let c = 0; c < w.columns; c++) {
      const units = prices.pattern[c]!
      if (units === 0) continue
      if (free(w, c, i) < units) return false
      shift(w, c, i, units)
    }
  }
  return true
}

/** Units of item i that column c can take within its room. */
export function mostUnits(w: Placement, prices: Prices, c: number, i: number): number {
  const { p } = w.x
  let units = free(w, c, i)
  if (c === w.real || units === 0) return units
  if (p.weight[i]! > 0) units = Math.min(units, Math.floor((prices.weight_room[c]! - w.weight[c]!) / p.weight[i]!))
  if (p.volume[i]! > 0) units = Math.min(units, Math.floor((prices.volume_room[c]! - w.volume[c]!) / p.volume[i]!))
  return Math.max(0, units)
}

// The column that exceeds its room most, in proportion; -1 when none does.
function overloaded(w: Placement, prices: Prices): number {
  let [worst, column] = [1 + 1e-12, -1]
  for (let c = 0; c < w.real; c++) {
    const load = Math.max(w.weight[c]! / prices.weight_room[c]!, w.volume[c]! / prices.volume_room[c]!)
    if (load > worst) [worst, column] = [load, c]
  }
  return column
}

// Moves units off the most overloaded column where it costs least for what it relieves; false when no move helps.
function relieve(w: Placement, prices: Prices): boolean {
  const c = overloaded(w, prices)
  if (c < 0) return false
  const { p, policy } = w.x
  const over_weight = Math.max(0, w.weight[c]! - prices.weight_room[c]!)
  const over_volume = Math.max(0, w.volume[c]! - prices.volume_room[c]!)
  let [best, item, column, most] = [Infinity, -1, -1, 0]
  for (let i = 0; i < w.items; i++) {
    const here = w.units[c * w.items + i]!
    if (here === 0) continue
    const needed = Math.max(unitsFor(over_weight, p.weight[i]!), unitsFor(over_volume, p.volume[i]!))
    for (let d = 0; d < w.columns; d++) {
      const units = d === c ? 0 : Math.min(here, needed, mostUnits(w, prices, d, i))
      if (units === 0 || (!policy.lines && units < here)) continue
      const relief =
        Math.min(over_weight, units * p.weight[i]!) / prices.weight_room[c]! +
        Math.min(over_volume, units * p.volume[i]!) / prices.volume_room[c]!
      const price =
        movePrice(w, i, c, d, units) +
        units *
          (rateOf(w, prices, d, i) - rateOf(w, prices, c, i) - w.unit[d * w.items + i]! + w.unit[c * w.items + i]!)
      if (relief > 0 && price / relief < best) [best, item, column, most] = [price / relief, i, d, units]
    }
  }
  if (item < 0) return false
  shift(w, c, item, -most)
  shift(w, column, item, most)
  return true
}

function unitsFor(excess: number, each: number): number {
  if (excess <= 0) return 0
  return each > 0 ? Math.ceil(excess / each) : Infinity
}

// What moving units of item i from c to d adds to fees and unit prices.
function movePrice(w: Placement, i: number, c: number, d: number, units: number): number {
  const [from, to] = [c * w.items + i, d * w.items + i]
  let price = units * (w.unit[to]! - w.unit[from]!)
  if (w.units[to] === 0) price += w.fee[to]!
  if (w.units[from] === units) price -= w.fee[from]!
  return price
}

// Makes the first move within the rooms that saves fees or unit prices.
function cheapen(w: Placement, prices: Prices): boolean {
  for (let i = 0; i < w.items; i++) {
    for (let c = 0; c < w.columns; c++) {
      const here = w.units[c * w.items + i]!
      if (here === 0) continue
      for (let d = 0; d < w.columns; d++) {
        if (d === c) continue
        const units = Math.min(here, mostUnits(w, prices, d, i))
        if (units === 0 || (!w.x.policy.lines && units < here) || movePrice(w, i, c, d, units) > -1e-6) continue
        shift(w, c, i, -units)
        shift(w, d, i, units)
        return true
      }
    }
  }
  return false
}
