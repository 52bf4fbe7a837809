// The smallest change that would have decided an order otherwise, found by deciding again with it: goods at a place, room in a slot, what the rule allows.
import { raiseAt, raised } from '../modes/index.ts'
import { decidePlainly, samePlaces } from './decide-plainly.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { lookAtSite } from './look-at-sites.ts'
import type { Ground } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import type { Spent } from './source-order.ts'
import type { Candidate, Decision, Flip, Guided, Plan } from './types.ts'
import { isUrgent } from './urgency.ts'

/** Places that are tried, those that miss least first: each costs a decision or two. */
const PLACES_AT_MOST = 6
/** Nodes that the solver may search for it, the decision itself among them: of an order that was hard to decide it is not told. */
const NODES_AT_MOST = 1500

interface Question {
  readonly ground: Ground
  readonly guided: Guided
  readonly guidance: Guidance
  readonly decision: Decision
  readonly free: FreeStock
  readonly at: Date
  readonly spent: Spent
}

/** A change that grows with its amount; `plan` is what is decided with it, null where that is no other decision. */
interface Change {
  readonly candidate: Candidate
  readonly most: number
  plan(amount: number): Plan | null
}

/**
 * With it the decision is another one, with one less of it the same: for an order that leaves whole, goods at another place; for one that does
 * not, what is smallest in proportion to what there is now. `spent` is what the decision took; null where finding it would take too much.
 */
export function flipOf(
  ground: Ground,
  guided: Guided,
  decision: Decision,
  free: FreeStock,
  at: Date,
  spent: Spent,
): Flip | null {
  const { guidance } = decision
  if (guidance === null) return null
  const flip = smallest({ ground, guided, guidance, decision, free, at, spent })
  return spent.nodes > NODES_AT_MOST ? null : flip
}

function smallest(question: Question): Flip | null {
  const { decision, guidance } = question
  const { rest, plan } = decision
  const goods = leastOf('stock', stockChanges(question))
  if (plan !== null && rest.every((units) => units === 0)) return goods
  const wanted = decision.demand.lines.reduce((sum, line) => sum + line.quantity, 0)
  const { order_limit, radius_km } = guidance
  const sized: readonly [Flip | null, number][] = [
    [leastOf('order_limit', limitChanges(question)), Math.max(1, order_limit ?? 0)],
    [leastOf('radius', radiusChanges(question)), Math.max(1, radius_km ?? 0)],
    [leastOf('slot', slotChanges(question)), 1],
    [goods, wanted],
  ]
  const more = (flip: Flip) =>
    flip.amount - (flip.kind === 'order_limit' ? (order_limit ?? 0) : flip.kind === 'radius' ? (radius_km ?? 0) : 0)
  return sized
    .flatMap(([flip, there]) => (flip === null ? [] : [{ flip, size: more(flip) / there }]))
    .reduce<{ flip: Flip | null; size: number }>((best, one) => (one.size < best.size ? one : best), {
      flip: null,
      size: Infinity,
    }).flip
}

// The least amount of all changes that decides otherwise while one less of it does not.
function leastOf(kind: Flip['kind'], changes: readonly Change[]): Flip | null {
  let best: Flip | null = null
  for (const change of changes) {
    let high: number = best === null ? change.most : Math.min(change.most, best.amount - 1)
    let plan = high < 1 ? null : change.plan(high)
    if (plan === null) continue
    let low = 0
    while (low + 1 < high) {
      const middle = Math.floor((low + high) / 2)
      const less = change.plan(middle)
      if (less === null) low = middle
      else [high, plan] = [middle, less]
    }
    best = { kind, candidate: change.candidate, amount: high, plan }
  }
  return best
}

// What is decided with another rule or other stock; null where it is the same, or nothing.
function otherwise(
  { ground, guided, decision, at, spent }: Question,
  free: FreeStock,
  guidance?: [Guidance, Guidance],
): Plan | null {
  if (spent.nodes > NODES_AT_MOST) return null
  const guidances = guided.guidances.map((one) => (one === guidance?.[0] ? guidance[1] : one))
  const { plan } = decidePlainly(ground, { ...guided, guidances }, free, at, spent)
  return plan === null || samePlaces(plan, decision.plan) ? null : plan
}

function stockChanges(question: Question): Change[] {
  const { decision, free } = question
  return decision.candidates
    .filter(({ removed, blocked, whole }) => !whole && blocked.size === 0 && isOfStock(removed))
    .map((candidate) => ({ candidate, missing: missingAt(question, candidate) }))
    .map(({ candidate, missing }) => ({
      candidate,
      missing,
      most: missing.reduce((sum, [, units]) => sum + units, 0),
    }))
    .sort((a, b) => a.most - b.most || (a.candidate.km ?? Infinity) - (b.candidate.km ?? Infinity))
    .slice(0, PLACES_AT_MOST)
    .filter(({ candidate, missing }) => mightWin(question, candidate, missing))
    .map(({ candidate, missing, most }) => ({
      candidate,
      most,
      plan: (amount) => withGoods(question, candidate, missing, amount, () => otherwise(question, free)),
    }))
}

function isOfStock(removed: Candidate['removed']): boolean {
  return removed === null || removed === 'no_stock' || removed === 'rule_safety'
}

// What it would need to send all of the order, by SKU in the order of the lines.
function missingAt({ decision, guidance, free }: Question, { site }: Candidate): [sku: string, units: number][] {
  const wanted = new Map<string, number>()
  for (const { sku, quantity } of decision.demand.lines) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  const { location_id } = site.location
  const held = (sku: string) => free.beyond(location_id, sku, Infinity)
  return [...wanted].map(([sku, units]) => [
    sku,
    Math.max(0, units + guidance.safety_stock - free.at(location_id, sku) - held(sku)),
  ])
}

function withGoods<Answer>(
  { free }: Question,
  { site }: Candidate,
  missing: readonly [string, number][],
  amount: number,
  ask: () => Answer,
): Answer {
  const mark = free.mark()
  let left = amount
  for (const [sku, units] of missing) {
    const more = Math.min(left, units)
    left -= more
    if (more > 0) free.take(site.location.location_id, sku, -more)
  }
  const answer = ask()
  free.rewind(mark)
  return answer
}

// Whole at the first rule, an order moves only to a place that has all of it for no more: a look at one place instead of a decision.
function mightWin(question: Question, candidate: Candidate, missing: readonly [string, number][]): boolean {
  const { ground, guidance, decision, free, at } = question
  const { demand, plan, outcome, tried } = decision
  if (outcome !== 'placed' || plan === null || tried.length > 0 || !guidance.whole_first) return true
  if (isUrgent(ground, demand, at)) return true
  const there = withGoods(question, candidate, missing, Infinity, () =>
    lookAtSite(ground, guidance, demand, free, at, candidate.site),
  )
  const whole = demand.lines.map((line) => line.quantity)
  return there.removed === null && planOf([partOf(guidance, demand, there, whole)], 0).cost <= plan.cost
}

function limitChanges(question: Question): Change[] {
  const { ground, decision, guidance, free } = question
  const { order_limit } = guidance
  if (order_limit === null) return []
  return removedBy(decision, 'rule_limit').map((candidate) => {
    const { location_id } = candidate.site.location
    const taken = free.ordersAt(location_id)
    let most = order_limit + 1
    while (raised(most, raiseAt(ground.promotion, location_id)) <= taken) most++
    return {
      candidate,
      most,
      plan: (amount) => otherwise(question, free, [guidance, { ...guidance, order_limit: amount }]),
    }
  })
}

function radiusChanges(question: Question): Change[] {
  const { decision, guidance, free } = question
  return removedBy(decision, 'rule_radius')
    .filter(({ km }) => km !== null)
    .map((candidate) => ({
      candidate,
      most: Math.ceil(candidate.km ?? 0),
      plan: (amount) => otherwise(question, free, [guidance, { ...guidance, radius_km: amount }]),
    }))
}

function slotChanges(question: Question): Change[] {
  return removedBy(question.decision, 'capacity').map((candidate) => ({
    candidate,
    most: 1,
    plan: () => otherwise(question, question.free.withoutSlots(candidate.site.location.location_id)),
  }))
}

function removedBy({ candidates }: Decision, removal: Candidate['removed']): Candidate[] {
  return candidates
    .filter(({ removed }) => removed === removal)
    .sort((a, b) => (a.km ?? Infinity) - (b.km ?? Infinity))
    .slice(0, PLACES_AT_MOST)
}
