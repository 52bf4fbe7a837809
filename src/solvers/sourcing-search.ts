// Searches the cheapest way to ship one prepared order: single locations first, then sets of locations by branch and bound.

import { chargeableGrams, ratePrice } from './sourcing-cost.ts'
import { guess, placeSet, type Tree } from './sourcing-guess.ts'
import { stepsUpTo } from './sourcing-ladder.ts'
import { type Allowed, leastGain, type Search, tolerance } from './sourcing-load.ts'
import type { SplitPolicy } from './sourcing-model.ts'
import type { Prepared } from './sourcing-prepare.ts'
import { ascend, excluded, included, type Relaxation, relax, undecided } from './sourcing-relax.ts'
import { settleAll } from './sourcing-tasks.ts'

/** `units[s * items + i]` (a last row is what stays unmet), null when nothing was found. */
export type Found = { units: Float64Array | null; cost: number; bound: number; optimal: boolean; explored: number }

const most_parts = 30
// Bounding one set takes about as long as this many nodes of a walk within it.
const nodes_to_bound = 20

/** Exact unless it runs out of nodes. */
export function search(p: Prepared, policy: SplitPolicy, max_nodes: number, allowed: Allowed | null = null): Found {
  const single = cheapestSingle(p, policy, allowed)
  if (single.cost < Infinity && splitBound(p, policy) >= single.cost - tolerance) {
    return { units: single.units, cost: single.cost, bound: single.cost, optimal: true, explored: p.sources }
  }
  return searchSets(p, policy, max_nodes, allowed, single)
}

// The cheapest location that ships all of the order alone, where stock is not contested.
function cheapestSingle(
  p: Prepared,
  policy: SplitPolicy,
  allowed: Allowed | null,
): { units: Float64Array | null; cost: number } {
  const { items } = p
  let [best, source] = [Infinity, -1]
  if (p.contested || policy.max_parts < 1) return { units: null, cost: best }
  let [weight, volume] = [0, 0]
  for (let i = 0; i < items; i++) {
    weight += p.count[i]! * p.weight[i]!
    volume += p.count[i]! * p.volume[i]!
  }
  for (let s = 0; s < p.sources; s++) {
    let cost = p.fixed[s]!
    for (let i = 0; i < items; i++) {
      if (p.avail[s * items + i]! < p.count[i]!) cost = Infinity
      else cost += p.fee[s * items + i]! + p.unit[s * items + i]! * p.count[i]!
    }
    if (cost >= best) continue
    cost += ratePrice(p.rates[s]!, chargeableGrams(p.rates[s]!, weight, volume))
    if (cost >= best || (allowed && !allowed([s]))) continue
    best = cost
    source = s
  }
  if (source < 0) return { units: null, cost: Infinity }
  const units = new Float64Array((p.sources + 1) * items)
  units.set(p.count, source * items)
  return { units, cost: best }
}

// What any answer of two parts, or of one and a rest, costs at least.
function splitBound(p: Prepared, policy: SplitPolicy): number {
  const { items, sources } = p
  let [base, regret] = [0, Infinity]
  for (let i = 0; i < items; i++) {
    let line = p.unmet[i]! * p.count[i]!
    let unit = Infinity
    for (let s = 0; s < sources; s++) {
      const avail = p.avail[s * items + i]!
      if (avail === 0) continue
      unit = Math.min(unit, p.unit[s * items + i]!)
      line = Math.min(line, (p.fee[s * items + i]! / avail + p.unit[s * items + i]!) * p.count[i]!)
    }
    base += line
    unit = Math.min(unit, p.unmet[i]!)
    if (p.unmet[i]! < Infinity) regret = Math.min(regret, p.unmet[i]! + unit * (p.count[i]! - 1) - line)
  }
  let [first, second] = [Infinity, Infinity]
  for (let s = 0; s < sources; s++) {
    const open = p.fixed[s]! + p.rates[s]!.price[0]!
    if (open < first) [first, second] = [open, first]
    else if (open < second) second = open
  }
  const one_and_rest = regret === Infinity ? Infinity : base + Math.min(0, first) + Math.max(0, regret)
  return Math.min(base + first + second + policy.penalty, one_and_rest)
}

function searchSets(
  p: Prepared,
  policy: SplitPolicy,
  max_nodes: number,
  allowed: Allowed | null,
  single: { units: Float64Array | null; cost: number },
): Found {
  const nothing: Found = { units: null, cost: Infinity, bound: Infinity, optimal: true, explored: 0 }
  if (p.items === 0) return { ...nothing, units: new Float64Array(0), cost: 0, bound: 0 }
  if (p.sources === 0 && p.unmet[0] === Infinity) return nothing
  const steps = p.rates.map((rates, s) => stepsUpTo(rates, heaviestLoad(p, s)))
  const { relaxations, root } = tightest(p, policy, steps)
  const tree: Tree = {
    p,
    policy,
    steps,
    max_nodes,
    gain: leastGain(p, policy),
    allowed,
    max_parts: Math.min(policy.max_parts, most_parts),
    relaxation: relaxations[0]!,
    relaxations,
    state: new Uint8Array(p.sources + 1),
    nodes: p.sources,
    pause: 0,
    best: single.cost,
    best_units: single.units,
    open: Infinity,
    waiting: [],
  }
  guess(tree)
  narrow(tree, root)
  explore(tree, [], 0)
  const open = Math.min(tree.open, settleAll(tree, tree.waiting))
  const optimal = open >= tree.best - tree.gain
  return {
    units: tree.best_units,
    cost: tree.best,
    bound: Math.min(tree.best, Math.max(open, root)),
    optimal,
    explored: tree.nodes,
  }
}

function heaviestLoad(p: Prepared, s: number): number {
  let [weight, volume] = [0, 0]
  for (let i = 0; i < p.items; i++) {
    weight += p.avail[s * p.items + i]! * p.weight[i]!
    volume += p.avail[s * p.items + i]! * p.volume[i]!
  }
  return chargeableGrams(p.rates[s]!, weight, volume)
}

// Relaxations with lines tangent at a half, a third, a fifth and the whole of the load; the one that bounds best goes first.
function tightest(
  p: Prepared,
  policy: SplitPolicy,
  steps: Search['steps'],
): { relaxations: Relaxation[]; root: number } {
  const state = new Uint8Array(p.sources + 1)
  const ranked = [2, 3, 5, 1].map((parts) => {
    const relaxation = relax(p, policy, steps, parts)
    return { relaxation, bound: ascend(relaxation, state) }
  })
  ranked.sort((a, b) => (a.bound < b.bound ? 1 : -1))
  return { relaxations: ranked.map(({ relaxation }) => relaxation), root: ranked[0]!.bound - policy.penalty }
}

// Drops facilities whose inclusion alone costs more than the best answer known: `root` and the slack are of the tightest bound.
function narrow(tree: Tree, root: number): void {
  const { relaxation: r, state } = tree
  for (let f = 0; f < r.facilities; f++) if (root + r.slack[f]! >= tree.best - tree.gain) state[f] = excluded
  for (let i = 0; i < r.items; i++) {
    const from = i * r.facilities
    let width = 0
    for (let k = 0; k < r.width[i]!; k++) {
      const f = r.ranked[from + k]!
      if (state[f] === undecided) r.ranked[from + width++] = f
    }
    r.width[i] = width
  }
}

// Looks at all answers that use every facility of `set`, none excluded, and perhaps undecided ones.
function explore(tree: Tree, set: readonly number[], floor: number): void {
  const { p, relaxation, state } = tree
  tree.nodes += nodes_to_bound
  if (tree.nodes > tree.max_nodes) {
    tree.open = Math.min(tree.open, floor)
    return
  }
  const parts = set.length - (state[p.sources] === included ? 1 : 0)
  const closed = parts >= tree.max_parts ? closeReal(tree) : []
  const bound = ascend(relaxation, state) - tree.policy.penalty
  if (bound < tree.best - tree.gain) {
    const missing = worstCovered(tree)
    if (missing === -1 && set.length > 0) placeSet(tree, set)
    if (missing >= -1) branch(tree, set, missing, bound)
  }
  for (const f of closed) state[f] = undecided
}

function closeReal(tree: Tree): number[] {
  const closed: number[] = []
  for (let s = 0; s < tree.p.sources; s++) {
    if (tree.state[s] !== undecided) continue
    tree.state[s] = excluded
    closed.push(s)
  }
  return closed
}

// The item that the included facilities can't serve and the fewest undecided could; -1: all are served; -2: one can't be.
function worstCovered(tree: Tree): number {
  const { p, state, relaxation: r } = tree
  let [worst, fewest] = [-1, Infinity]
  for (let i = 0; i < p.items; i++) {
    let [served, reachable, choices] = [0, 0, 0]
    for (let k = 0; k < r.width[i]!; k++) {
      const f = r.ranked[i * r.facilities + k]!
      if (state[f] === excluded) continue
      const units = f === p.sources ? p.count[i]! : p.avail[f * p.items + i]!
      reachable += units
      if (state[f] === included) served += units
      else choices++
    }
    if (reachable < p.count[i]!) return -2
    if (served >= p.count[i]! || choices >= fewest) continue
    worst = i
    fewest = choices
  }
  return worst
}

// Undecided facilities (that serve the missing item, if there is one) whose inclusion keeps the bound below the best, best
// first. Those whose inclusion would not are excluded for all that follows, and listed in `hopeless`.
function candidates(
  tree: Tree,
  missing: number,
  bound: number,
  hopeless: number[],
): { facility: number; bound: number }[] {
  const { p, state, relaxation: r } = tree
  const list: { facility: number; bound: number }[] = []
  for (let f = 0; f < r.facilities; f++) {
    if (state[f] !== undecided) continue
    if (bound + r.slack[f]! >= tree.best - tree.gain) {
      state[f] = excluded
      hopeless.push(f)
    } else if (missing < 0 || r.share[f * p.items + missing]! > 0) {
      list.push({ facility: f, bound: bound + r.slack[f]! })
    }
  }
  return list.sort((a, b) => a.bound - b.bound || a.facility - b.facility)
}

function branch(tree: Tree, set: readonly number[], missing: number, floor: number): void {
  const hopeless: number[] = []
  const list = candidates(tree, missing, floor, hopeless)
  for (const { facility, bound } of list) {
    if (bound < tree.best - tree.gain) {
      tree.state[facility] = included
      explore(tree, [...set, facility], Math.max(floor, bound))
    }
    tree.state[facility] = excluded
  }
  for (const { facility } of list) tree.state[facility] = undecided
  for (const f of hopeless) tree.state[f] = undecided
}
