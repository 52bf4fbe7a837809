// The division of a batch made real: each order's part of it checked again on what is there in its turn, priced and explained as any decision.
import type { PricedBatch, Served } from '../../solvers/sourcing-batch.ts'
import { outcomeWith, samePlaces } from './decide-plainly.ts'
import type { FreeStock } from './free-stock.ts'
import { optionsOf } from './look-at-options.ts'
import type { Contender, PosedBatch } from './pose-batch.ts'
import { stockAt } from './pose-problem.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import { decide, takeFrom } from './rules.ts'
import type { Candidate, Decision, Part, Plan } from './types.ts'

/** Who must leave units where they are takes before those who need not, of these books first who was promised something soonest; what the division leaves out, or what no longer fits, is decided on the rest. All is taken from `free`. */
export function realiseAnswers(
  ground: Ground,
  { contenders, sites }: PosedBatch,
  answer: PricedBatch,
  free: FreeStock,
  at: Date,
): Decision[] {
  const promise = ({ demand }: Contender) => demand.promised_at?.getTime() ?? Infinity
  const left: Contender[] = []
  const decisions: Decision[] = []
  const keep = (decision: Decision) => {
    takeFrom(free, decision)
    decisions.push(decision)
  }
  const served = contenders.map((contender, index) => ({ contender, served: answer.answers[index] ?? null }))
  const kept = ({ guidance }: Contender) => guidance.safety_stock
  const first = (a: Contender, b: Contender) => kept(b) - kept(a) || compare(promise(a), promise(b))
  for (const one of served.toSorted((a, b) => first(a.contender, b.contender))) {
    const plan = one.served === null ? null : planFor(ground, one.contender, sites, one.served, free, at)
    if (plan === null) left.push(one.contender)
    else keep(decisionOf(ground, one.contender, plan, one.served?.rest ?? [], free, at))
  }
  for (const contender of contenders) if (left.includes(contender)) keep(decide(ground, contender, free, at))
  return decisions
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}

// null where a place has no room for it any more, or where it would be split though one place has all of it.
function planFor(
  ground: Ground,
  { guidance, demand, penalty }: Contender,
  sites: PosedBatch['sites'],
  served: Served,
  free: FreeStock,
  at: Date,
): Plan | null {
  const { options } = optionsOf(ground, guidance, demand, free, at)
  const open = new Map(options.filter(({ removed }) => removed === null).map((one) => [one.site, one]))
  if (guidance.whole_first && served.parts.length > 1 && [...open.values()].some(({ whole }) => whole)) return null
  const parts: Part[] = []
  for (const { location, quantity } of served.parts) {
    const site = sites[location]
    const candidate = site === undefined ? undefined : open.get(site)
    if (candidate === undefined || !has(candidate, quantity)) return null
    parts.push(partOf(guidance, demand, candidate, quantity))
  }
  return planOf(parts, penalty)

  function has(candidate: Candidate, quantity: readonly number[]): boolean {
    const wanted = new Map<string, number>()
    for (const [index, { sku }] of demand.lines.entries())
      wanted.set(sku, (wanted.get(sku) ?? 0) + (quantity[index] ?? 0))
    return [...wanted].every(([sku, units]) => units <= stockAt(guidance, candidate, sku, free))
  }
}

// Explained by what it would do with all that is still there in its turn: next best is the cheapest of what is dearer.
function decisionOf(
  ground: Ground,
  contender: Contender,
  plan: Plan,
  rest: readonly number[],
  free: FreeStock,
  at: Date,
): Decision {
  const { own, guidance } = contender
  const alone = decide(ground, contender, free, at)
  if (samePlaces(alone.plan, plan)) return alone
  const known = alone.guidance === guidance ? [alone.plan, alone.runner_up, ...alone.others] : []
  const [runner_up = null, ...others] = known
    .flatMap((one) => (one !== null && one.cost >= plan.cost && !samePlaces(one, plan) ? [one] : []))
    .sort((a, b) => a.cost - b.cost)
  const chosen = new Map(plan.parts.map(({ candidate }) => [candidate.site, candidate]))
  return {
    ...alone,
    guidance,
    tried: own.tried,
    outcome: outcomeWith(plan, rest),
    plan,
    runner_up,
    others,
    flip: null,
    gap: own.plan === null ? null : Math.max(0, plan.cost - own.plan.cost),
    candidates: alone.candidates.map((candidate) => chosen.get(candidate.site) ?? candidate),
    rest,
  }
}
