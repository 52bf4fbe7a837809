// A quick good placement on chosen locations: greedy, then moves of units from part to part while they save money.

import { priceOf, uptoOf } from './sourcing-ladder.ts'
import { clear, free, type Placement, record, shift, stepFor } from './sourcing-load.ts'

const most_moves = 200

/** Places all items and improves the placement; offers it as an answer. Leaves the placement empty. */
export function settle(w: Placement, sequence: Int32Array): void {
  let whole = true
  for (let d = 0; d < w.items && whole; d++) whole = placeGreedily(w, sequence[d]!)
  if (whole) {
    for (let moves = 0; moves < most_moves && improve(w); moves++);
    record(w)
  }
  clear(w)
}

function placeGreedily(w: Placement, i: number): boolean {
  let open = w.x.p.count[i]!
  while (open > 0) {
    let [best, column, most] = [Infinity, -1, 0]
    for (let c = 0; c < w.columns; c++) {
      const units = Math.min(open, free(w, c, i))
      if (units <= 0 || (!w.x.policy.lines && units < open)) continue
      const each = change(w, c, i, units) / units
      if (each < best) [best, column, most] = [each, c, units]
    }
    if (column < 0) return false
    shift(w, column, i, most)
    open -= most
  }
  return true
}

// What column c's price changes by when `units` of item i come (or go, where negative).
function change(w: Placement, c: number, i: number, units: number): number {
  const { p } = w.x
  const at = c * w.items + i
  const before = w.units[at]!
  let price = units * w.unit[at]!
  if (before === 0) price += w.fee[at]!
  else if (before + units === 0) price -= w.fee[at]!
  if (c === w.real) return price
  const steps = w.steps[c]!
  if (w.lines[c] !== 0) price -= priceOf(steps, stepFor(w, c, w.weight[c]!, w.volume[c]!))
  else price += w.opening[c]!
  if (w.lines[c] === 1 && before > 0 && before + units === 0) return price - w.opening[c]!
  const step = stepFor(w, c, w.weight[c]! + units * p.weight[i]!, w.volume[c]! + units * p.volume[i]!)
  return price + priceOf(steps, step)
}

// Makes the first move found that saves money.
function improve(w: Placement): boolean {
  for (let i = 0; i < w.items; i++) {
    for (let c = 0; c < w.columns; c++) {
      if (w.units[c * w.items + i] === 0) continue
      for (let d = 0; d < w.columns; d++) {
        if (d !== c && moveSome(w, i, c, d)) return true
      }
    }
  }
  return false
}

// Tries to move all units, those that bring c down a step, and those that d takes within its step.
function moveSome(w: Placement, i: number, c: number, d: number): boolean {
  const most = Math.min(w.units[c * w.items + i]!, free(w, d, i))
  if (most <= 0 || (!w.x.policy.lines && most < w.x.p.count[i]!)) return false
  if (saves(w, i, c, d, most)) return true
  if (!w.x.policy.lines || most === 1) return false
  const down = c < w.real ? unitsOverStep(w, c, i) : 0
  if (down > 0 && down < most && saves(w, i, c, d, down)) return true
  const fit = d < w.real ? unitsWithinStep(w, d, i) : 0
  return fit > 0 && fit < most && saves(w, i, c, d, fit)
}

function saves(w: Placement, i: number, c: number, d: number, units: number): boolean {
  if (change(w, c, i, -units) + change(w, d, i, units) > -1e-6) return false
  shift(w, c, i, -units)
  shift(w, d, i, units)
  return true
}

function unitsOverStep(w: Placement, c: number, i: number): number {
  const { p } = w.x
  const { mm3_per_gram } = w.steps[c]!
  const step = stepFor(w, c, w.weight[c]!, w.volume[c]!)
  if (step === 0) return 0
  const room = uptoOf(w.steps[c]!, step - 1)
  const weight = p.weight[i]! > 0 ? Math.ceil((w.weight[c]! - room) / p.weight[i]!) : 0
  const volume =
    mm3_per_gram > 0 && p.volume[i]! > 0 ? Math.ceil((w.volume[c]! - room * mm3_per_gram) / p.volume[i]!) : 0
  return Math.max(weight, volume)
}

function unitsWithinStep(w: Placement, d: number, i: number): number {
  const { p } = w.x
  const { mm3_per_gram } = w.steps[d]!
  const room = uptoOf(w.steps[d]!, stepFor(w, d, w.weight[d]!, w.volume[d]!))
  const weight = p.weight[i]! > 0 ? Math.floor((room - w.weight[d]!) / p.weight[i]!) : Infinity
  const volume =
    mm3_per_gram > 0 && p.volume[i]! > 0 ? Math.floor((room * mm3_per_gram - w.volume[d]!) / p.volume[i]!) : Infinity
  return Math.min(weight, volume)
}
