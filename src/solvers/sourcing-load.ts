// What each shipping location holds while an order is placed: loads, rate steps, stock, and whether the rest can still fit.

import type { SplitPolicy } from './sourcing-model.ts'
import type { Prepared } from './sourcing-prepare.ts'
import type { Relaxation, Steps } from './sourcing-relax.ts'

/** What is shared by all placements of one search; `best` falls as better answers are found. */
export type Search = {
  readonly p: Prepared
  readonly policy: SplitPolicy
  readonly steps: readonly Steps[]
  readonly relaxation: Relaxation
  readonly max_nodes: number
  nodes: number
  best: number
  /** `[f * items + i]` units of the best answer; the last row, where units may stay unmet, is the rest. */
  best_units: Float64Array | null
}

export type Placement = {
  readonly x: Search
  readonly at: readonly number[]
  /** Columns: the sources that ship, then the rest if it is in. */
  readonly real: number
  readonly columns: number
  readonly sequence: Int32Array
  /** By depth: least line cost, weight and volume of the items from there on, and what each column could still take of them. */
  readonly line_cost: Float64Array
  readonly weight_left: Float64Array
  readonly volume_left: Float64Array
  readonly weight_could: Float64Array
  readonly volume_could: Float64Array
  readonly fixed: number
  readonly weight: Float64Array
  readonly volume: Float64Array
  readonly value: Float64Array
  readonly lines: Int32Array
  readonly hazard: Int32Array
  readonly step: Int32Array
  readonly units: Float64Array
  readonly stock: Float64Array
}

export const tolerance = 1e-7

/** Units of item i that column c can take now: stock, and no hazard class kept apart from one already there. */
export function free(w: Placement, c: number, i: number): number {
  const { p } = w.x
  const f = w.at[c]!
  if (f === p.sources) return p.count[i]!
  let units = p.avail[f * p.items + i]!
  if (p.apart[i] !== 0 && w.lines[c]! > 0) {
    for (let j = 0; j < p.items; j++) if (w.units[c * p.items + j]! > 0 && (p.hazard[j]! & p.apart[i]!) !== 0) return 0
  }
  if (!p.contested) return units
  for (let k = 0; k < p.skus_of[i]!.length; k++) {
    units = Math.min(units, Math.floor(w.stock[p.row[f]! * p.skus + p.skus_of[i]![k]!]! / p.draws[i]![k]!))
  }
  return units
}

/** Puts units of item i on column c, whose rate card climbs to the step that its load needs. */
export function put(w: Placement, c: number, i: number, units: number): void {
  load(w, c, i, units)
  w.lines[c]!++
  w.units[c * w.x.p.items + i] = units
  if (c === w.real) return
  const steps = w.x.steps[w.at[c]!]!
  while (w.weight[c]! > steps.upto[w.step[c]!]! || beyondVolume(w, steps, c, w.step[c]!)) w.step[c]!++
}

/** Undoes `put`. */
export function take(w: Placement, c: number, i: number, units: number): void {
  load(w, c, i, -units)
  w.lines[c]!--
  w.units[c * w.x.p.items + i] = 0
  if (c === w.real) return
  const steps = w.x.steps[w.at[c]!]!
  while (w.step[c]! > 0 && w.weight[c]! <= steps.upto[w.step[c]! - 1]! && !beyondVolume(w, steps, c, w.step[c]! - 1))
    w.step[c]!--
}

function load(w: Placement, c: number, i: number, units: number): void {
  const { p } = w.x
  w.weight[c]! += units * p.weight[i]!
  w.volume[c]! += units * p.volume[i]!
  w.value[c]! += units * p.value[i]!
  if (!p.contested || c === w.real) return
  const row = p.row[w.at[c]!]! * p.skus
  for (let k = 0; k < p.skus_of[i]!.length; k++) w.stock[row + p.skus_of[i]![k]!]! -= units * p.draws[i]![k]!
}

function beyondVolume(w: Placement, steps: Steps, c: number, step: number): boolean {
  return steps.mm3_per_gram > 0 && w.volume[c]! > steps.upto[step]! * steps.mm3_per_gram
}

/** Whether what is placed so far, and the least that the rest can cost, stays below the best answer known. */
export function couldBeat(w: Placement, d: number, spent: number, extra = 0): boolean {
  let limit = w.x.best - tolerance - w.fixed - spent - extra - w.line_cost[d]!
  for (let c = 0; c < w.real; c++) limit -= w.x.steps[w.at[c]!]!.price[w.step[c]!]!
  if (!(limit > 0)) return false
  return w.real < w.columns || fits(w, d, 0, limit, w.weight_left[d]!, w.volume_left[d]!)
}

// Whether columns c and on can take the load by steps that add less than `limit` to the price of those they stand on.
function fits(w: Placement, d: number, c: number, limit: number, weight: number, volume: number): boolean {
  if (weight <= 0 && volume <= 0) return true
  if (c === w.real) return false
  const steps = w.x.steps[w.at[c]!]!
  const [could_weight, could_volume] = [w.weight_could[d * w.columns + c]!, w.volume_could[d * w.columns + c]!]
  const base = steps.price[w.step[c]!]!
  for (let k = w.step[c]!; k < steps.upto.length; k++) {
    const extra = steps.price[k]! - base
    if (extra >= limit) return false
    const weight_room = steps.upto[k]! - w.weight[c]!
    const volume_room = steps.mm3_per_gram > 0 ? steps.upto[k]! * steps.mm3_per_gram - w.volume[c]! : Infinity
    if (
      fits(
        w,
        d,
        c + 1,
        limit - extra,
        weight - Math.min(weight_room, could_weight),
        volume - Math.min(volume_room, could_volume),
      )
    )
      return true
    if (weight_room >= could_weight && volume_room >= could_volume) return false
  }
  return false
}
