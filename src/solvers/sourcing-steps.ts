// Every choice of one rate step per shipping location that could hold the order and still beat the best answer.

import { eachCorner, priceOf, stepHolding, uptoOf } from './sourcing-ladder.ts'
import { type Placement, stepFor } from './sourcing-load.ts'
import type { Plan } from './sourcing-plan.ts'

export type StepChoice = { readonly steps: Float64Array; readonly price: number }

/** A lower hull of price over room: from `room` at `price`, segments of ascending slope. */
type Hull = { room: number; price: number; readonly length: number[]; readonly slope: number[] }

type Choosing = {
  readonly plan: Plan
  readonly least: Float64Array
  readonly most: Float64Array
  /** Of columns c and on, taken together: what weight, and what volume, costs at least. */
  readonly weight: readonly Hull[]
  readonly volume: readonly Hull[]
  readonly steps: Float64Array
  readonly choices: StepChoice[]
  readonly limit: number
  calls: number
  readonly most_calls: number
}

const glance = 200

/** Whether some choice of steps could hold the order and beat the best answer; true where a glance does not settle it. */
export function couldHold(plan: Plan): boolean {
  const choosing = begin(plan, 1, glance)
  chooseAll(choosing)
  return choosing.choices.length > 0 || choosing.calls > glance
}

/** All such choices, each with the price of its steps and of opening the locations; null when there are over `limit`. */
export function chooseSteps(plan: Plan, limit: number): StepChoice[] | null {
  const choosing = begin(plan, limit, 20 * limit)
  chooseAll(choosing)
  return choosing.calls > 20 * limit || choosing.choices.length >= limit ? null : choosing.choices
}

/** The choice of most room: what does not fit it fits none. */
export function widestSteps(plan: Plan): StepChoice {
  const { w } = plan
  let price = w.real > 0 ? -w.x.policy.penalty : 0
  const steps = new Float64Array(w.columns)
  for (let c = 0; c < w.real; c++) {
    steps[c] = stepFor(w, c, plan.weight_could[c]!, plan.volume_could[c]!)
    price += w.opening[c]! + priceOf(w.steps[c]!, steps[c]!)
  }
  return { steps, price }
}

function chooseAll(choosing: Choosing): void {
  const { w, lines, weight_left, volume_left } = choosing.plan
  let fixed = w.real > 0 ? -w.x.policy.penalty : 0
  for (let c = 0; c < w.real; c++) fixed += w.opening[c]!
  const rest = w.real < w.columns
  const budget = w.x.best - w.x.gain - lines - fixed
  choose(choosing, 0, budget, rest ? 0 : weight_left[0]!, rest ? 0 : volume_left[0]!, fixed)
}

function choose(choosing: Choosing, c: number, budget: number, weight: number, volume: number, price: number): void {
  const { plan, choices, steps } = choosing
  if (isSpent(choosing)) return
  choosing.calls++
  const { w } = plan
  if (c === w.real) {
    if (weight <= 0 && volume <= 0 && budget > 0) choices.push({ steps: steps.slice(), price })
    return
  }
  if (Math.max(priceOfRoom(choosing.weight[c]!, weight), priceOfRoom(choosing.volume[c]!, volume)) >= budget) return
  const ladder = w.steps[c]!
  for (let k = firstStep(choosing, c, weight, volume); k <= choosing.most[c]! && !isSpent(choosing); k++) {
    const step_price = priceOf(ladder, k)
    if (step_price >= budget) return
    if (k < choosing.most[c]! && priceOf(ladder, k + 1) <= step_price) continue // the next step has more room for it
    steps[c] = k
    const room = [roomFor(plan, c, k, false), roomFor(plan, c, k, true)] as const
    choose(choosing, c + 1, budget - step_price, weight - room[0], volume - room[1], price + step_price)
  }
}

function isSpent({ choices, limit, calls, most_calls }: Choosing): boolean {
  return choices.length >= limit || calls > most_calls
}

// The last column has to hold what the others leave: no step that is too small for it is tried. Where nothing costs anything the widest will do.
function firstStep({ plan, least, most }: Choosing, c: number, weight: number, volume: number): number {
  if (plan.w.steps[c]!.parcel_price === 0) return most[c]!
  return c + 1 < plan.w.real ? least[c]! : Math.max(least[c]!, stepFor(plan.w, c, weight, volume) - 1)
}

function priceOfRoom(hull: Hull, need: number): number {
  let left = need - hull.room
  let price = hull.price
  for (let k = 0; left > 0; k++) {
    if (k === hull.length.length) return Infinity
    price += Math.min(left, hull.length[k]!) * hull.slope[k]!
    left -= hull.length[k]!
  }
  return price
}

// Room of a step, no more than the column could use.
function roomFor(plan: Plan, c: number, step: number, volume: boolean): number {
  const { mm3_per_gram } = plan.w.steps[c]!
  const upto = uptoOf(plan.w.steps[c]!, step)
  if (!volume) return Math.min(upto, plan.weight_could[c]!)
  return mm3_per_gram > 0 ? Math.min(upto * mm3_per_gram, plan.volume_could[c]!) : plan.volume_could[c]!
}

function begin(plan: Plan, limit: number, most_calls: number): Choosing {
  const { w } = plan
  const [least, most] = [new Float64Array(w.real), new Float64Array(w.real)]
  const weight: Hull[] = new Array(w.real + 1).fill(null)
  const volume: Hull[] = new Array(w.real + 1).fill(null)
  weight[w.real] = { room: 0, price: 0, length: [], slope: [] }
  volume[w.real] = { room: 0, price: 0, length: [], slope: [] }
  for (let c = w.real - 1; c >= 0; c--) {
    least[c] = leastStep(w, c)
    most[c] = Math.max(least[c]!, stepFor(w, c, plan.weight_could[c]!, plan.volume_could[c]!))
    weight[c] = merge(hullOf(plan, c, least[c]!, most[c]!, false), weight[c + 1]!)
    volume[c] = merge(hullOf(plan, c, least[c]!, most[c]!, true), volume[c + 1]!)
  }
  return {
    plan,
    least,
    most,
    weight,
    volume,
    steps: new Float64Array(w.columns),
    choices: [],
    limit,
    calls: 0,
    most_calls,
  }
}

function hullOf(plan: Plan, c: number, least: number, most: number, volume: boolean): Hull {
  const steps = plan.w.steps[c]!
  const x: number[] = []
  const y: number[] = []
  eachCorner(steps, least, Math.max(least, Math.min(most, firstOfAll(plan, c, volume))), (k) => {
    const [room, price] = [roomFor(plan, c, k, volume), priceOf(steps, k)]
    while (x.length > 1 && below(x, y, room, price)) {
      x.pop()
      y.pop()
    }
    if (x.length > 0 && room <= x[x.length - 1]!) return
    x.push(room)
    y.push(price)
  })
  const hull: Hull = { room: x[0]!, price: y[0]!, length: [], slope: [] }
  for (let n = 1; n < x.length; n++) {
    hull.length.push(x[n]! - x[n - 1]!)
    hull.slope.push((y[n]! - y[n - 1]!) / (x[n]! - x[n - 1]!))
  }
  return hull
}

// A step that has all the room of one kind which the column could use: those above it are only dearer.
function firstOfAll(plan: Plan, c: number, volume: boolean): number {
  const steps = plan.w.steps[c]!
  if (!volume) return stepHolding(steps, plan.weight_could[c]!) + 1
  return steps.mm3_per_gram > 0 ? stepHolding(steps, plan.volume_could[c]! / steps.mm3_per_gram) + 1 : 0
}

// Whether the last corner lies on or above the line from the one before it to (px, py).
function below(x: readonly number[], y: readonly number[], px: number, py: number): boolean {
  const n = x.length
  return (y[n - 1]! - y[n - 2]!) * (px - x[n - 2]!) >= (py - y[n - 2]!) * (x[n - 1]! - x[n - 2]!)
}

function merge(a: Hull, b: Hull): Hull {
  const merged: Hull = { room: a.room + b.room, price: a.price + b.price, length: [], slope: [] }
  for (let i = 0, j = 0; i < a.slope.length || j < b.slope.length; ) {
    const from_a = j === b.slope.length || (i < a.slope.length && a.slope[i]! <= b.slope[j]!)
    merged.length.push(from_a ? a.length[i]! : b.length[j]!)
    merged.slope.push(from_a ? a.slope[i++]! : b.slope[j++]!)
  }
  return merged
}

// The step of what must go to column c: units that no other column has.
function leastStep(w: Placement, c: number): number {
  const { p } = w.x
  let [weight, volume] = [0, 0]
  for (let i = 0; i < w.items; i++) {
    let elsewhere = 0
    for (let k = 0; k < w.columns; k++) if (k !== c) elsewhere += w.avail[k * w.items + i]!
    const units = Math.max(0, p.count[i]! - elsewhere)
    weight += units * p.weight[i]!
    volume += units * p.volume[i]!
  }
  return stepFor(w, c, weight, volume)
}
