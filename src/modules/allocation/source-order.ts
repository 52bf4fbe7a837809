// One order by one rule: the exact solver's answer, the next best set of locations, and how far from the optimum it may be.
import { runnerUp, type Sourcing, sourceOrder as solve } from '../../solvers/sourcing.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { mustPart } from './keep-apart.ts'
import { type Posed, poseProblem, stockAt } from './pose-problem.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import type { Candidate, Demand, Plan } from './types.ts'

export interface Sourced {
  readonly plan: Plan
  readonly runner_up: Plan | null
  readonly gap: number | null
  readonly rest: readonly number[]
}

/** The search of one order stops after so many nodes and says what it has: an order of a thousand lines must not hold up a batch. */
const EFFORT = { max_nodes: 20_000 }
/** The next best is for the explanation: a good one will do. */
const NEXT_EFFORT = { max_nodes: 1000 }

const nothing: Sourcing = { parts: [], rest: [], cost: Infinity, bound: Infinity, optimal: true, explored: 0 }

/** How far the solver has searched, in nodes. */
export interface Spent {
  nodes: number
}

/** Null where the rule leaves no answer. */
export function sourceOrder(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  candidates: readonly Candidate[],
  free: FreeStock,
  spent: Spent = { nodes: 0 },
): Sourced | null {
  const open = candidates.filter((candidate) => candidate.removed === null).sort(nearer)
  if (open.length === 0) return null
  const max_parts = guidance.max_parts ?? ground.policy.max_parts
  const found = (wish: { max_parts: number; may_leave: boolean }, from = open): Sourced | null => {
    const posed = poseProblem(ground, guidance, demand, from, free, wish)
    const best = solve(posed.network, posed.order, EFFORT)
    spent.nodes += best.explored
    return best.parts.length === 0 ? null : sourcedOf(guidance, demand, from, posed, best, spent)
  }
  const whole = guidance.whole_first || max_parts === 1 ? open.filter((candidate) => candidate.whole) : []
  if (whole.length > 0) {
    const answer = found({ max_parts: 1, may_leave: false }, whole)
    if (answer !== null) return answer
  }
  if (covered(guidance, demand, open, free)) {
    const answer = found({ max_parts, may_leave: false })
    if (answer !== null) return answer
  }
  if (demand.may_part && guidance.partial) {
    const answer = found({ max_parts, may_leave: true })
    if (answer !== null) return answer
  }
  return fillInTurn(ground, guidance, demand, open, free, max_parts)
}

function nearer(a: Candidate, b: Candidate): number {
  const far = (candidate: Candidate) => candidate.km ?? Number.MAX_SAFE_INTEGER
  return far(a) - far(b) || (a.site.location.location_id < b.site.location.location_id ? -1 : 1)
}

/** Whether the sites together have every unit, by SKU. */
export function covered(guidance: Guidance, demand: Demand, open: readonly Candidate[], free: FreeStock): boolean {
  const wanted = new Map<string, number>()
  for (const line of demand.lines) wanted.set(line.sku, (wanted.get(line.sku) ?? 0) + line.quantity)
  return [...wanted].every(
    ([sku, units]) => open.reduce((sum, candidate) => sum + stockAt(guidance, candidate, sku, free), 0) >= units,
  )
}

function sourcedOf(
  guidance: Guidance,
  demand: Demand,
  open: readonly Candidate[],
  { network, order, exact }: Posed,
  best: Sourcing,
  spent: Spent,
): Sourced {
  const alone = order.split.max_parts === 1 && open.length === 1
  const next = alone ? nothing : runnerUp(network, order, best, NEXT_EFFORT)
  spent.nodes += next.explored
  const planned = (answer: Sourcing): Plan =>
    planOf(
      answer.parts.flatMap((part) => {
        const candidate = open[part.location]
        return candidate === undefined ? [] : [partOf(guidance, demand, candidate, part.quantity)]
      }),
      order.split.penalty,
    )
  const plan = planned(best)
  const leaves = (answer: Sourcing) => answer.rest.reduce((sum, units) => sum + units, 0)
  return {
    plan,
    // one that sends less is no rival
    runner_up: next.parts.length === 0 || leaves(next) > leaves(best) ? null : planned(next),
    gap: !exact ? null : best.optimal ? 0 : Math.max(0, best.cost - best.bound),
    rest: best.rest,
  }
}

// The search ran out before it found any answer: one site after the other gives what it has, the fullest first, within the same limits.
function fillInTurn(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  open: readonly Candidate[],
  free: FreeStock,
  max_parts: number,
): Sourced | null {
  if (mustPart(ground, demand) || guidance.whole_lines || guidance.min_part_value > 0 || guidance.min_rest_value > 0)
    return null
  const rest = demand.lines.map((line) => line.quantity)
  const parts: Plan['parts'][number][] = []
  const drawn = new Map<string, number>()
  for (const candidate of open.toSorted((a, b) => b.units - a.units)) {
    if (parts.length >= max_parts) break
    const quantity = demand.lines.map((line, index) => {
      const place = `${candidate.site.location.location_id} ${line.sku}`
      const taken = Math.min(rest[index] ?? 0, stockAt(guidance, candidate, line.sku, free) - (drawn.get(place) ?? 0))
      drawn.set(place, (drawn.get(place) ?? 0) + taken)
      rest[index] = (rest[index] ?? 0) - taken
      return taken
    })
    if (quantity.some((units) => units > 0)) parts.push(partOf(guidance, demand, candidate, quantity))
  }
  const short = rest.some((units) => units > 0)
  if (parts.length === 0 || (short && !(demand.may_part && guidance.partial))) return null
  const plan = planOf(parts, guidance.split_penalty ?? ground.policy.split_penalty_minor)
  return { plan, runner_up: null, gap: null, rest }
}
