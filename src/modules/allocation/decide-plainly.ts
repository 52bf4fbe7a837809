// One order decided: rule by rule until one has an answer, each answered by the exact solver; on values alone.

import { hindrance } from './find-hindrance.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { mustPart } from './keep-apart.ts'
import { lookAtSites } from './look-at-sites.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import { type Spent, sourceOrder } from './source-order.ts'
import type { Candidate, Decision, Demand, Guided, Plan, TriedRule } from './types.ts'
import { isUrgent, soonest } from './urgency.ts'

/** Decides one order on what is free now, without the change that would have decided otherwise; `spent` is told how far the solver searched. */
export function decidePlainly(
  ground: Ground,
  { demand, guidances }: Guided,
  free: FreeStock,
  at: Date,
  spent: Spent = { nodes: 0 },
): Decision {
  const tried: TriedRule[] = []
  let candidates: readonly Candidate[] = []
  for (const guidance of guidances) {
    const all = lookAtSites(ground, guidance, demand, free, at)
    const preferred = atHome(demand, all) ?? (isUrgent(ground, demand, at) ? soonest(demand, all) : null)
    const first = preferred === null ? null : sourceOrder(ground, guidance, demand, preferred, free, spent)
    candidates = first === null || preferred === null ? all : preferred
    const found = first ?? sourceOrder(ground, guidance, demand, all, free, spent)
    if (found !== null) {
      const { plan, runner_up, gap, rest } = found
      const short = rest.some((units) => units > 0)
      return {
        ...undecided(demand),
        guidance,
        tried,
        outcome: outcomeWith(plan, rest),
        plan,
        runner_up,
        others: short || mustPart(ground, demand) ? [] : othersOf(guidance, demand, candidates, [plan, runner_up]),
        gap,
        candidates,
        rest,
      }
    }
    tried.push({ guidance, because: hindrance(guidance, demand, candidates, free), candidates })
    if (guidance.on_failure !== 'next') break
  }
  return { ...undecided(demand), guidance: tried.at(-1)?.guidance ?? null, tried: tried.slice(0, -1), candidates }
}

/** Whether two plans take the same units from the same places. */
export function samePlaces(one: Plan | null, other: Plan | null): boolean {
  const key = (plan: Plan) =>
    plan.parts
      .map(({ candidate, quantity }) => `${candidate.site.location.location_id}:${quantity.join()}`)
      .sort()
      .join(';')
  return one === null || other === null ? one === other : key(one) === key(other)
}

/** How an order is sent by a plan that leaves this rest. */
export function outcomeWith(plan: Plan, rest: readonly number[]): Decision['outcome'] {
  return rest.some((units) => units > 0) ? 'short' : plan.parts.length === 1 ? 'placed' : 'split'
}

// The candidates with only those left in the choice where it was before; null where those do not have all of it.
function atHome({ home, lines }: Demand, candidates: readonly Candidate[]): readonly Candidate[] | null {
  if (home.size === 0) return null
  const mine = candidates.filter(({ site, removed }) => removed === null && home.has(site.location.location_id))
  const whole = lines.every((line, index) => mine.reduce((sum, one) => sum + (one.can[index] ?? 0), 0) >= line.quantity)
  if (!whole) return null
  return candidates.map((one) => (one.removed !== null || mine.includes(one) ? one : { ...one, removed: 'elsewhere' }))
}

/** An order of which nothing is sent. */
export function undecided(demand: Demand): Decision {
  return {
    demand,
    guidance: null,
    tried: [],
    outcome: 'short',
    plan: null,
    runner_up: null,
    others: [],
    flip: null,
    gap: 0,
    scarce: null,
    in_turn: false,
    candidates: [],
    rest: demand.lines.map((line) => line.quantity),
  }
}

const OTHERS_AT_MOST = 6

// Other locations that have all of it, for the explanation: the nearest, the cheapest of them first.
function othersOf(
  guidance: Guidance,
  demand: Demand,
  candidates: readonly Candidate[],
  shown: readonly (Plan | null)[],
): Plan[] {
  const single = new Set(
    shown.flatMap((plan) => (plan?.parts.length === 1 ? plan.parts : [])).map((part) => part.candidate),
  )
  const whole = demand.lines.map((line) => line.quantity)
  return candidates
    .filter((candidate) => candidate.whole && candidate.removed === null && !single.has(candidate))
    .sort((a, b) => (a.km ?? 0) - (b.km ?? 0))
    .slice(0, OTHERS_AT_MOST)
    .map((candidate) => planOf([partOf(guidance, demand, candidate, whole)], 0))
    .sort((a, b) => a.cost - b.cost)
}
