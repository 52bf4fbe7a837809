// What kept a rule from an answer: first what kept the locations that it names, and too little of the goods before its limits on splitting.
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { isNamed } from './look-at-sites.ts'
import { covered } from './source-order.ts'
import type { Candidate, Demand, TriedRule } from './types.ts'

/** What stood most in the way of a rule that found no answer. */
export function hindrance(
  guidance: Guidance,
  demand: Demand,
  candidates: readonly Candidate[],
  free: FreeStock,
): TriedRule['because'] {
  const own = ownOf(guidance, candidates)
  const open = own.filter(({ removed }) => removed === null)
  if (open.length === 0) return mostOf(own) ?? 'no_location'
  // a part of it could have left, or all of it in parts
  if (demand.may_part || covered(guidance, demand, open, free)) return 'split'
  if (covered(guidance, demand, own, free)) return mostOf(own.filter(({ units }) => units > 0)) ?? 'no_stock'
  return covered({ ...guidance, safety_stock: 0 }, demand, own, free) ? 'rule_safety' : 'no_stock'
}

// The locations that the rule sends from, those near enough and able among them; where there are none, those that came nearest to it.
function ownOf(guidance: Guidance, candidates: readonly Candidate[]): readonly Candidate[] {
  const named = candidates.filter(({ site }) => isNamed(guidance, site.location))
  const near = named.filter(({ removed }) => removed !== 'rule_radius')
  const able = near.filter(({ removed }) => removed !== 'rule_capability')
  return [able, near, named].find((some) => some.length > 0) ?? candidates
}

// What removed most of them.
function mostOf(candidates: readonly Candidate[]): TriedRule['because'] | null {
  const counts = new Map<TriedRule['because'], number>()
  for (const { removed } of candidates) if (removed !== null) counts.set(removed, (counts.get(removed) ?? 0) + 1)
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? null
}
