// Orders to locations with capacity, one location each, at the least cost (or the most gain): good answers within a time,
// with a bound that says how good.

import { type Knapsacks, type Prices, priceCapacity, roundOfKnapsacks, startKnapsacks } from './assign-bound.ts'
import { dive } from './assign-dive.ts'
import { type Assigned, type Assignment, type Dense, dense, type Limits } from './assign-model.ts'
import { dealAnew, type Pairs, startPairs } from './assign-pairs.ts'
import { descend, emptyState, move, narrow, overload, type State } from './assign-search.ts'
import { type Random, seeded } from './random.ts'

export type * from './assign-model.ts'

/** Rounds of search without a clock; the same input gives the same answer. */
export const byRounds: Limits = { seconds: Infinity, now: () => 0, max_rounds: 300, seed: 1 }

type Run = {
  readonly d: Dense
  readonly limits: Limits
  readonly random: Random
  readonly deadline: number
  readonly prices: Prices
  readonly s: State
  readonly pairs: Pairs | null
  best: number
  location_of: Int32Array | null
  bound: number
  rounds: number
  dives: number
}

const capacity_rounds = 2000
const tried_locations = 8
const rounds_between_dives = 3
const dives_between_whole = 8
const knapsack_rounds = 40
// Milliseconds: the round under way at the deadline is still finished.
const most_of_a_second = 970
// Rounds without an answer after which a kick may help; large instances are usually there much sooner.
const patient_rounds = 100
const most_noise = 0.15
const reach_to_dive = 0.02
// In shares of the gap to the bound: an answer this close to the best is worth dealing its pairs of locations out anew.
const near_best = 3

/** Assigns every order to one location within the capacities. Deterministic for a seed when rounds, not time, stop it.
 *  Throws RangeError when the matrices do not fit each other. */
export function assign(problem: Assignment, limits: Limits = byRounds): Assigned {
  const d = dense(problem)
  const deadline = limits.now() + most_of_a_second * limits.seconds
  const prices = priceCapacity(d, Infinity, capacity_rounds)
  const run: Run = {
    d,
    limits,
    random: seeded(limits.seed),
    deadline,
    prices,
    s: emptyState(d),
    pairs: d.weight.every(Number.isInteger) ? startPairs() : null,
    best: Infinity,
    location_of: null,
    bound: -Infinity,
    rounds: 0,
    dives: 0,
  }
  raiseBound(run, prices.bound)
  if (prices.bound < Infinity) improve(run)
  return report(problem, run)
}

function report(problem: Assignment, run: Run): Assigned {
  const sign = problem.sense === 'max' ? -1 : 1
  const bound = Number.isFinite(run.bound) ? sign * run.bound : null
  if (!run.location_of) return { location_of: null, cost: Number.NaN, bound, optimal: false, rounds: run.rounds }
  return {
    location_of: [...run.location_of],
    cost: sign * run.best,
    bound,
    optimal: run.best <= run.bound,
    rounds: run.rounds,
  }
}

function raiseBound(run: Run, bound: number): void {
  const proven = run.d.whole ? Math.ceil(bound - 1e-6) : bound
  run.bound = Math.max(run.bound, Math.min(proven, run.best))
}

function improve(run: Run): void {
  const { s, d, prices, limits, random } = run
  narrow(s, prices.price, Infinity, tried_locations)
  for (let j = 0; j < d.orders; j++) move(s, j, s.near[j * d.locations]!)
  const usual = prices.price.reduce((sum, p) => sum + p, 0) / d.locations
  for (let l = 0; l < d.locations; l++) s.penalty[l] = Math.max(prices.price[l]!, usual, 1e-3)
  const knapsacks = startKnapsacks(d, prices)
  const half = run.deadline - 600 * limits.seconds
  for (; run.rounds < limits.max_rounds && run.best > run.bound; run.rounds++) {
    if (limits.now() >= run.deadline) return
    descend(s, Math.floor(random() * d.orders))
    settle(run)
    if (run.best === Infinity) {
      // Penalties that rise together leave a tight instance where it is.
      if (run.rounds >= patient_rounds && run.rounds % 3 === 2) kick(run)
      continue
    }
    if (knapsacks && knapsacks.reach > reach_to_dive && limits.now() < half) fromKnapsacks(run, knapsacks)
    else if (knapsacks && run.rounds % rounds_between_dives === 0) fromDive(run, knapsacks)
    else kick(run)
  }
}

// Keeps a state without overload if it is the best; lowers penalties then, raises those of overloaded locations otherwise.
function settle(run: Run): void {
  const { d, s, prices } = run
  const feasible = overload(s) <= 1e-9
  for (let l = 0; l < d.locations; l++) {
    if (feasible) s.penalty[l]! *= 0.9
    else if (s.load[l]! > d.capacity[l]!) s.penalty[l]! *= 1.2
  }
  if (!feasible) return
  if (s.cost - run.best <= near_best * (run.best - run.bound)) dealOut(run)
  if (s.cost >= run.best - 1e-9) return
  let cost = 0
  for (let j = 0; j < d.orders; j++) cost += d.cost[j * d.locations + s.location_of[j]!]!
  run.best = cost
  run.location_of = s.location_of.slice()
  narrow(s, prices.price, run.best - prices.bound, tried_locations)
}

// Deals the orders of two locations out anew, every two in turn, until none gets cheaper.
function dealOut({ d, s, pairs, prices, limits, deadline }: Run): void {
  if (!pairs) return
  const step = d.whole ? 1 - 1e-6 : 1e-6
  const pair = Array.from({ length: d.locations * d.locations }, (_, at) => at).filter(
    (at) => at % d.locations > Math.floor(at / d.locations),
  )
  for (let [at, stale] = [0, 0]; stale < pair.length; at = (at + 1) % pair.length, stale++) {
    if (limits.now() >= deadline) return
    const [a, b] = [Math.floor(pair[at]! / d.locations), pair[at]! % d.locations]
    if (dealAnew(s, pairs, prices.price, a, b, step)) stale = -1
  }
}

// Tightens the bound, and starts again from what the knapsacks chose: orders served twice stay where cheapest, those not
// served stay where they were.
function fromKnapsacks(run: Run, knapsacks: Knapsacks): void {
  const { d, s } = run
  for (let n = 0; n < knapsack_rounds; n++) raiseBound(run, roundOfKnapsacks(knapsacks, run.best))
  for (let j = 0; j < d.orders; j++) {
    let [best, to] = [Infinity, -1]
    for (let l = 0; l < d.locations; l++) {
      if (knapsacks.server[j * d.locations + l] === 0) continue
      if (d.cost[j * d.locations + l]! < best) [best, to] = [d.cost[j * d.locations + l]!, l]
    }
    if (to >= 0 && to !== s.location_of[j]) move(s, j, to)
  }
}

// Starts again from a dive: first on all orders, then on those of a few locations, the others kept as in the best answer.
// What it could not place goes where it costs least, overload or not.
function fromDive(run: Run, knapsacks: Knapsacks): void {
  const { d, s, limits, random } = run
  const spent = () => limits.now() >= run.deadline
  const whole = run.dives++ % dives_between_whole === 0
  const kept = whole ? new Int32Array(d.orders).fill(-1) : keepMost(run)
  const found = dive(knapsacks, kept, run.best, run.dives === 1 ? 0 : most_noise * random(), random, spent)
  for (let j = 0; j < d.orders; j++) {
    const to = found[j]! >= 0 ? found[j]! : s.near[j * d.locations]!
    if (to !== s.location_of[j]) move(s, j, to)
  }
}

// The best answer, less the orders at two or more locations, drawn until there are enough of them.
function keepMost({ d, random, location_of }: Run): Int32Array {
  const kept = location_of ? location_of.slice() : new Int32Array(d.orders).fill(-1)
  const free = 80 + Math.floor(random() * 80)
  const left = Array.from({ length: d.locations }, (_, l) => l)
  for (let freed = 0; (freed < free || left.length > d.locations - 2) && left.length > 0; ) {
    const [l] = left.splice(Math.floor(random() * left.length), 1)
    for (let j = 0; j < d.orders; j++) {
      if (kept[j] !== l) continue
      kept[j] = -1
      freed++
    }
  }
  return kept
}

// Moves a few orders to others of their near locations, from here or, now and then, from the best answer.
function kick(run: Run): void {
  const { random, d, s } = run
  if (run.location_of && random() < 0.3) {
    for (let j = 0; j < d.orders; j++) if (s.location_of[j] !== run.location_of[j]) move(s, j, run.location_of[j]!)
  }
  const moves = 2 + Math.floor(random() * Math.max(3, d.orders / 12))
  for (let n = 0; n < moves; n++) {
    const j = Math.floor(random() * d.orders)
    move(s, j, s.near[j * d.locations + Math.floor(random() * s.reach[j]!)]!)
  }
}
