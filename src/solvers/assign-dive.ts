// Dives on the knapsack bound: where the knapsacks agree for many rounds, the order is settled; the rest is priced again.
//
// The average of the knapsacks' answers over rounds of subgradient steps tends to the linear optimum over whole knapsacks
// (F. Barahona, R. Anbil, "The volume algorithm", Mathematical Programming 87, 2000), which is close to a good assignment.

import { type Knapsacks, roundOfKnapsacks } from './assign-bound.ts'
import type { Random } from './random.ts'

const rounds_a_step = 12
const averaging = 0.15
const agreed = 0.9

/** Settles orders one after the other from prices of a good bound, disturbed by `noise` of themselves; those that have a
 *  location in `kept` stay there. Answers a location for each order, -1 where none has room. `spent` true stops it. Leaves the
 *  knapsacks as they were. */
export function dive(
  k: Knapsacks,
  kept: Int32Array,
  best: number,
  noise: number,
  random: Random,
  spent: () => boolean,
): Int32Array {
  const { d, room, settled, order_price } = k
  const [prices, bound, reach, stale] = [order_price.slice(), k.bound, k.reach, k.stale]
  const location_of = kept.slice()
  const share = new Float64Array(d.orders * d.locations)
  let [paid, unsettled] = [0, 0]
  for (let j = 0; j < d.orders; j++) {
    const l = kept[j]!
    if (l < 0) {
      unsettled++
      order_price[j]! *= 1 + noise * (random() - 0.5)
      continue
    }
    settled[j] = 1
    room[l]! -= d.weight[j * d.locations + l]!
    paid += d.cost[j * d.locations + l]!
  }
  for (let open = unsettled, step = 0; open > 0 && !spent(); step++) {
    k.bound = -Infinity
    k.stale = 0
    k.reach = step === 0 ? 0.3 : 0.2
    const rounds = step === 0 ? 4 * rounds_a_step : rounds_a_step
    for (let n = 0; n < rounds; n++) {
      roundOfKnapsacks(k, best - paid)
      const weight = n === 0 && step === 0 ? 1 : averaging
      for (let at = 0; at < share.length; at++) share[at] = (1 - weight) * share[at]! + weight * k.server[at]!
    }
    const fixed = settleSome(k, location_of, share, Math.max(1, Math.ceil(open * 0.06)))
    if (fixed.count === 0) break
    open -= fixed.count
    paid += fixed.cost
  }
  order_price.set(prices)
  room.set(d.capacity)
  settled.fill(0)
  k.bound = bound
  k.reach = reach
  k.stale = stale
  return location_of
}

// Settles the orders that the knapsacks agree on most: all that are agreed, and at least `least` of those that fit.
function settleSome(
  k: Knapsacks,
  location_of: Int32Array,
  share: Float64Array,
  least: number,
): { count: number; cost: number } {
  const { d, room, settled } = k
  const { locations, orders, weight } = d
  const ranked: { at: number; value: number }[] = []
  for (let j = 0; j < orders; j++) {
    if (settled[j] === 1) continue
    let [most, to] = [-1, -1]
    for (let l = 0; l < locations; l++) {
      const at = j * locations + l
      if (weight[at]! > room[l]! || d.cost[at]! === Infinity) continue
      if (share[at]! > most) [most, to] = [share[at]!, at]
    }
    if (to >= 0) ranked.push({ at: to, value: most })
  }
  ranked.sort((a, b) => b.value - a.value || a.at - b.at)
  let [count, cost] = [0, 0]
  for (const { at, value } of ranked) {
    if (count >= least && value < agreed) break
    const [j, l] = [Math.floor(at / locations), at % locations]
    if (weight[at]! > room[l]!) continue
    room[l]! -= weight[at]!
    settled[j] = 1
    location_of[j] = l
    cost += d.cost[at]!
    count++
  }
  return { count, cost }
}
