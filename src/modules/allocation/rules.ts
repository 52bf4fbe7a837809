// Which location sends what: the cheapest single site that has all, otherwise the cheapest set of sites; decided on values alone.
import type { FreeStock } from './free-stock.ts'
import { lookAtSites } from './look-at-sites.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import { splitOrder } from './split-order.ts'
import type { Decision, Demand, Part, Plan } from './types.ts'

/** Decides orders that share stock, the most urgent first, then the oldest; no unit is given twice. */
export function decideAll(ground: Ground, demands: readonly Demand[], free: FreeStock, at: Date): Decision[] {
  const inTurn = demands.toSorted(
    (a, b) =>
      b.priority - a.priority || a.placed_at.getTime() - b.placed_at.getTime() || (a.order_id < b.order_id ? -1 : 1),
  )
  return inTurn.map((demand) => {
    const decision = decide(ground, demand, free, at)
    for (const part of decision.plan?.parts ?? []) {
      demand.lines.forEach((line, index) => {
        const taken = part.quantity[index] ?? 0
        if (taken > 0) free.take(part.candidate.site.location.location_id, line.sku, taken)
      })
    }
    return decision
  })
}

/** Decides one order on what is free now; a location that has all of it comes before any split. */
export function decide(ground: Ground, demand: Demand, free: FreeStock, at: Date): Decision {
  const candidates = lookAtSites(ground, demand, free, at)
  const quantity = demand.lines.map((line) => line.quantity)
  const none = quantity.map(() => 0)
  const whole = candidates
    .filter((candidate) => candidate.whole && candidate.removed === null)
    .map((candidate) => planOf([partOf(demand, candidate, quantity)], 0))
    .sort((a, b) => compare(a, b, ground.unpriced))
  const [plan, runner_up = null, ...others] = whole
  if (plan !== undefined) return { demand, outcome: 'placed', plan, runner_up, others, candidates, rest: none }
  const split = splitOrder(ground, demand, candidates, free)
  if (split === null)
    return { demand, outcome: 'short', plan: null, runner_up: null, others: [], candidates, rest: quantity }
  const plans = split.plans.map((parts) =>
    planOf(
      parts.map((part) => partOf(demand, part.candidate, part.quantity)),
      ground.policy.split_penalty_minor,
    ),
  )
  const outcome = split.rest.some((units) => units > 0) ? 'short' : 'split'
  return {
    demand,
    outcome,
    plan: plans[0] ?? null,
    runner_up: plans[1] ?? null,
    others: [],
    candidates,
    rest: split.rest,
  }
}

// Dearer, farther, later in the alphabet: the order is total, so the same facts give the same answer. Without prices the distance decides.
function compare(a: Plan, b: Plan, by_distance: boolean): number {
  const [one] = a.parts
  const [other] = b.parts
  if (one === undefined || other === undefined) return a.cost - b.cost
  const far = (part: Part) => part.candidate.km ?? Number.MAX_SAFE_INTEGER
  const distance = far(one) - far(other)
  const cost = a.cost - b.cost
  const name = one.candidate.site.location.location_id < other.candidate.site.location.location_id ? -1 : 1
  return (by_distance ? distance || cost : cost || distance) || name
}
