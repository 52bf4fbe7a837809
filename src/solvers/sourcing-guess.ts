// Sets of locations: a first good one from the dual prices, and quick placements on any, before the exact ones.

import { type Search, tolerance } from './sourcing-load.ts'
import { makePlan } from './sourcing-plan.ts'
import type { Relaxation } from './sourcing-relax.ts'
import { settle } from './sourcing-settle.ts'
import { couldHold } from './sourcing-steps.ts'
import type { Waiting } from './sourcing-tasks.ts'

export type Tree = Search & {
  readonly state: Uint8Array
  /** The tightest relaxation at the root, and all of them. */
  readonly relaxation: Relaxation
  readonly relaxations: readonly Relaxation[]
  readonly max_parts: number
  readonly waiting: Waiting[]
  /** Least bound of what the search had to leave unexplored. */
  open: number
}

/** Tries a set that covers the order at low dual prices, then swaps of one member while they lower its bound. */
export function guess(tree: Tree): void {
  const set = coverGreedily(tree)
  if (!set) return
  let bound = relaxedCost(tree, tree.relaxation, set)
  for (let improved = true; improved; ) {
    improved = false
    for (let k = 0; k < set.length; k++) {
      for (let f = 0; f < tree.relaxation.facilities; f++) {
        const before = set[k]!
        if (set.includes(f)) continue
        set[k] = f
        const now = covers(tree, set) ? relaxedCost(tree, tree.relaxation, set) : Infinity
        if (now < bound - tolerance) {
          bound = now
          improved = true
        } else set[k] = before
      }
    }
  }
  placeSet(tree, set)
}

// Facilities that save most of the dual prices not covered yet, for what they cost; null when max_parts do not suffice.
function coverGreedily(tree: Tree): number[] | null {
  const { p, relaxation: r } = tree
  const set: number[] = []
  const open = p.count.slice()
  while (open.some((units) => units > 0)) {
    let [best, facility] = [0, -1]
    for (let f = 0; f < r.facilities; f++) {
      if (set.includes(f)) continue
      let worth = 0
      for (let i = 0; i < p.items; i++) worth += (Math.min(open[i]!, unitsOf(tree, f, i)) / p.count[i]!) * r.dual[i]!
      const value = worth / Math.max(1, r.opening[f]!)
      if (value > best) [best, facility] = [value, f]
    }
    if (facility < 0 || set.length > tree.max_parts) return null
    set.push(facility)
    for (let i = 0; i < p.items; i++) open[i]! -= Math.min(open[i]!, unitsOf(tree, facility, i))
  }
  return set.filter((f) => f < p.sources).length > tree.max_parts ? null : set
}

function unitsOf({ p, relaxation }: Tree, f: number, i: number): number {
  if (relaxation.share[f * p.items + i] === 0) return 0
  return f === p.sources ? p.count[i]! : p.avail[f * p.items + i]!
}

function covers(tree: Tree, set: readonly number[]): boolean {
  for (let i = 0; i < tree.p.items; i++) {
    let units = 0
    for (const f of set) units += unitsOf(tree, f, i)
    if (units < tree.p.count[i]!) return false
  }
  return true
}

/** Offers a quick placement on the set, which then waits for an exact one, unless bounds say that it can't be best. */
export function placeSet(tree: Tree, set: readonly number[]): void {
  const facilities = [...set].sort((a, b) => a - b)
  const bound = setBound(tree, facilities)
  if (bound >= tree.best - tree.gain || (tree.allowed && !tree.allowed(facilities))) return
  const plan = makePlan(tree, facilities)
  if (!plan || !couldHold(plan)) return
  settle(plan.w, plan.by_weight)
  tree.waiting.push({ plan, bound })
}

// What the set costs at least when nothing else is added, by the relaxation that tells most.
function setBound(tree: Tree, set: readonly number[]): number {
  let best = -Infinity
  for (const relaxation of tree.relaxations) best = Math.max(best, relaxedCost(tree, relaxation, set))
  return best
}

// Openings, and each item where the lines make it cheapest.
function relaxedCost(tree: Tree, { items, opening, cost, share }: Relaxation, set: readonly number[]): number {
  let bound = -tree.policy.penalty
  for (const f of set) bound += opening[f]!
  for (let i = 0; i < items; i++) {
    let least = Infinity
    for (const f of set) if (share[f * items + i]! > 0) least = Math.min(least, cost[f * items + i]!)
    bound += least
  }
  return bound
}
