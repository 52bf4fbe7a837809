// A lower bound for sourcing: the order as facility location, bounded by dual ascent.
//
// Every price of shipping is replaced by a straight line under its steps; what remains is choosing sources (facilities)
// with an opening price to serve items (clients), some in part only. The bound is Erlenkotter's dual ascent (D. Erlenkotter,
// "A dual-based procedure for uncapacitated facility location", Operations Research 26(6), 1978), extended by the share of
// an item that a source can serve: raising item i's price v costs each source share × max(0, v − cost) of its slack.

import { eachCorner, priceOf, type Steps, stepHolding, uptoOf } from './sourcing-ladder.ts'
import type { SplitPolicy } from './sourcing-model.ts'
import type { Prepared } from './sourcing-prepare.ts'

/** Where a source stands in the search. */
export const undecided = 0
export const included = 1
export const excluded = 2

export type Relaxation = {
  readonly items: number
  /** Real sources, and one more where units may stay unmet. */
  readonly facilities: number
  /** `[f * items + i]`: price of all of item i from f (Infinity: none of it), and the share of it that f can serve. */
  readonly cost: Float64Array
  readonly share: Float64Array
  readonly opening: Float64Array
  /** By item, facilities that can serve it by ascending cost: `ranked[i * facilities + k]`, k < width[i]. */
  readonly ranked: Int32Array
  readonly width: Int32Array
  /** Dual prices and slack of the last bound. */
  readonly dual: Float64Array
  readonly slack: Float64Array
  /** Items whose price can rise no more. */
  readonly stuck: Uint8Array
}

/** The straight line under the steps between `least` and `most` grams, not below 0 at 0, that is highest at `at`:
 *  [price at 0, price per gram]. */
export function lineUnder(steps: Steps, least: number, most: number, at: number): [number, number] {
  const x: number[] = []
  const y: number[] = []
  eachCorner(steps, stepHolding(steps, least), stepHolding(steps, most), (k) => {
    const [px, py] = [Math.min(uptoOf(steps, k), most), priceOf(steps, k)]
    while (x.length > 1 && turnsDown(x, y, px, py)) {
      x.pop()
      y.pop()
    }
    x.push(px)
    y.push(py)
  })
  let line: [number, number] = [y[0]!, 0]
  for (let n = 1; n < x.length && x[n - 1]! < at; n++) {
    const slope = (y[n]! - y[n - 1]!) / (x[n]! - x[n - 1]!)
    const start = y[n]! - slope * x[n]!
    if (start < 0) break
    line = [start, slope]
  }
  return line
}

function turnsDown(x: readonly number[], y: readonly number[], px: number, py: number): boolean {
  const n = x.length
  return (y[n - 1]! - y[n - 2]!) * (px - x[n - 2]!) >= (py - y[n - 2]!) * (x[n - 1]! - x[n - 2]!)
}

/** Builds the relaxation with the lines tangent at `1 / parts` of the order's load. */
export function relax(p: Prepared, policy: SplitPolicy, steps: readonly Steps[], parts: number): Relaxation {
  const { items, sources } = p
  const rest = p.unmet[0]! < Infinity
  const facilities = sources + (rest ? 1 : 0)
  const r: Relaxation = {
    items,
    facilities,
    cost: new Float64Array(facilities * items).fill(Infinity),
    share: new Float64Array(facilities * items),
    opening: new Float64Array(facilities),
    ranked: new Int32Array(items * facilities),
    width: new Int32Array(items),
    dual: new Float64Array(items),
    slack: new Float64Array(facilities),
    stuck: new Uint8Array(items),
  }
  for (let s = 0; s < sources; s++) relaxSource(r, p, policy, steps[s]!, s, parts)
  for (let i = 0; i < items; i++) {
    if (rest) {
      r.cost[sources * items + i] = p.unmet[i]! * p.count[i]!
      r.share[sources * items + i] = 1
    }
    rankItem(r, i)
  }
  return r
}

function relaxSource(r: Relaxation, p: Prepared, policy: SplitPolicy, steps: Steps, s: number, parts: number): void {
  const { items } = p
  let [weight, volume] = [0, 0]
  for (let i = 0; i < items; i++) {
    weight += p.count[i]! * p.weight[i]!
    volume += p.count[i]! * p.volume[i]!
  }
  const by_volume = steps.mm3_per_gram > 0 && volume / steps.mm3_per_gram > weight
  let [least, most] = [Infinity, 0]
  for (let i = 0; i < items; i++) {
    const units = p.avail[s * items + i]!
    if (units === 0 || (!policy.lines && units < p.count[i]!)) continue
    const grams = by_volume ? p.volume[i]! / steps.mm3_per_gram : p.weight[i]!
    least = Math.min(least, grams)
    most += units * grams
  }
  const at = (by_volume ? volume / steps.mm3_per_gram : weight) / parts
  const [start, slope] = least < Infinity ? lineUnder(steps, least, most, Math.min(at, most)) : [0, 0]
  r.opening[s] = p.fixed[s]! + policy.penalty + start
  for (let i = 0; i < items; i++) {
    const units = p.avail[s * items + i]!
    if (units === 0 || (!policy.lines && units < p.count[i]!)) continue
    const share = Math.min(1, units / p.count[i]!)
    const grams = by_volume ? p.volume[i]! / steps.mm3_per_gram : p.weight[i]!
    r.share[s * items + i] = share
    r.cost[s * items + i] = p.fee[s * items + i]! / share + (p.unit[s * items + i]! + slope * grams) * p.count[i]!
  }
}

function rankItem(r: Relaxation, i: number): void {
  const { ranked, cost, items } = r
  const from = i * r.facilities
  let width = 0
  for (let f = 0; f < r.facilities; f++) {
    const price = cost[f * items + i]!
    if (price === Infinity) continue
    let k = width++
    while (k > 0 && cost[ranked[from + k - 1]! * items + i]! > price) {
      ranked[from + k] = ranked[from + k - 1]!
      k--
    }
    ranked[from + k] = f
  }
  r.width[i] = width
}

/** Lower bound of all answers that use every included and no excluded facility; Infinity when an item can't be served.
 *  Leaves in `slack` what the bound rises by, at least, when an undecided facility is included. */
export function ascend(r: Relaxation, state: Uint8Array): number {
  const { items, facilities, cost, opening, ranked, width, dual, slack } = r
  let bound = 0
  for (let f = 0; f < facilities; f++) {
    slack[f] = Math.max(0, opening[f]!)
    if (state[f] === included) bound += opening[f]!
    else if (state[f] === undecided && opening[f]! < 0) bound += opening[f]!
  }
  for (let i = 0; i < items; i++) {
    let k = 0
    while (k < width[i]! && state[ranked[i * facilities + k]!] === excluded) k++
    if (k === width[i]!) return Infinity
    dual[i] = cost[ranked[i * facilities + k]! * items + i]!
    bound += dual[i]!
  }
  r.stuck.fill(0)
  for (let rising = items; rising > 0; ) {
    rising = 0
    for (let i = 0; i < items; i++) {
      if (r.stuck[i] === 1) continue
      const rise = raise(r, state, i)
      if (rise < 0) r.stuck[i] = 1
      else {
        bound += rise
        rising++
      }
    }
  }
  return bound
}

// Raises one item's price to the next cost level, or as far as slack allows; answers the bound's gain, -1 when it can't rise.
function raise(r: Relaxation, state: Uint8Array, i: number): number {
  const { items, facilities, cost, share, ranked, dual, slack } = r
  const level = dual[i]!
  const from = i * facilities
  let rate = 1
  let rise = Infinity
  let k = 0
  for (; k < r.width[i]!; k++) {
    const f = ranked[from + k]!
    if (state[f] === excluded) continue
    const at = f * items + i
    if (cost[at]! > level) {
      rise = Math.min(rise, cost[at]! - level)
      break
    }
    if (state[f] === included) rate -= share[at]!
    else rise = Math.min(rise, slack[f]! / share[at]!)
  }
  if (rate <= 1e-9 || rise <= 1e-9 || rise === Infinity) return -1
  for (let j = 0; j < k; j++) {
    const f = ranked[from + j]!
    if (state[f] === undecided) slack[f]! -= rise * share[f * items + i]!
  }
  dual[i] = level + rise
  return rate * rise
}
