// Orders that contend for stock or room, decided as one: the batch solver's division, made real order by order, and kept only where it is better in all.
import { type PricedBatch, sourceBatchWithin } from '../../solvers/sourcing-batch.ts'
import { decidePlainly, samePlaces } from './decide-plainly.ts'
import type { FreeStock } from './free-stock.ts'
import { optionsOf } from './look-at-options.ts'
import { type Contender, type PosedBatch, poseBatch } from './pose-batch.ts'
import type { Ground } from './prepare-ground.ts'
import { realiseAnswers } from './realise-answers.ts'
import { takeFrom } from './rules.ts'
import { isBetter, savedBy, tallyOf } from './tally-decisions.ts'
import type { Decision, Demand, Guided } from './types.ts'

/** Work, not time, so that the same batch gets the same answer: about a second. 200 orders that all contend for four sites took 250,000 to 370,000. */
export const NODES_AT_MOST = 1_000_000
const effort = (orders: number) => ({ rounds: 2, max_nodes: 300, groups: 10 * orders, seed: 1 })

/** What was decided in turn, and which of the orders contend. */
export interface InTurn {
  readonly guided: readonly Guided[]
  readonly decisions: readonly Decision[]
  contends(demand: Demand): boolean
}

/**
 * The same orders with what is scarce divided so that all together are better; as they were in turn where no such division is found. `free`
 * is what was there before them; what they get is taken from it.
 */
export function decideTogether(
  ground: Ground,
  { guided, decisions, contends }: InTurn,
  free: FreeStock,
  at: Date,
  nodes_at_most = NODES_AT_MOST,
): Decision[] {
  const start = free.mark()
  const contenders = guided.flatMap((one) => (contends(one.demand) ? contenderOf(ground, one, free, at) : []))
  const among = new Map(contenders.map((contender) => [contender.demand, contender]))
  for (const decision of decisions) if (!among.has(decision.demand)) takeFrom(free, decision)
  const before = decisions.filter(({ demand }) => among.has(demand))
  const dear = Math.max(1, ...[...contenders.map(({ own }) => own), ...before].map(({ plan }) => plan?.cost ?? 0))
  const posed = poseBatch(ground, contenders, free, dear)
  const answer = sourceBatchWithin(posed.batch, effort(contenders.length), nodes_at_most)
  const found = answer === null ? [] : realiseAnswers(ground, posed, answer, free, at)
  const [then, now] = [tallyOf(ground, before, at), tallyOf(ground, found, at)]
  const better = answer !== null && isBetter(now, then)
  if (!better) {
    free.rewind(start)
    for (const decision of decisions) takeFrom(free, decision)
  }
  const saved = better ? savedBy(now, then) : 0
  const told = (decision: Decision): Decision => {
    const contender = among.get(decision.demand)
    if (contender === undefined) return decision
    if (answer === null) return { ...decision, in_turn: true }
    return withScarce(decision, contender.own, worthTo(posed, answer, contender, dear), saved)
  }
  // in the order in which they took
  return (better ? [...decisions.filter(({ demand }) => !among.has(demand)), ...found] : decisions).map(told)
}

// What can go back where it was does so, and what nothing could send even as the first has nothing to contend for.
function contenderOf(ground: Ground, one: Guided, free: FreeStock, at: Date): Contender[] {
  const { demand } = one
  const own = decidePlainly(ground, one, free, at)
  const { guidance } = own
  if (own.plan === null || guidance === null) return []
  if (own.plan.parts.every(({ candidate }) => demand.home.has(candidate.site.location.location_id))) return []
  return [
    {
      ...one,
      own,
      guidance,
      ...optionsOf(ground, guidance, demand, free, at),
      max_parts: guidance.max_parts ?? ground.policy.max_parts,
      penalty: guidance.split_penalty ?? ground.policy.split_penalty_minor,
    },
  ]
}

function withScarce(decision: Decision, own: Decision, price: number | null, saved: number | null): Decision {
  if (own.plan === null || samePlaces(own.plan, decision.plan)) return decision
  const above = decision.plan === null ? 0 : Math.max(0, decision.plan.cost - own.plan.cost)
  const gap = decision.gap === null ? null : Math.max(decision.gap, above)
  return { ...decision, gap, flip: null, scarce: { own: own.plan, price, saved } }
}

// What the others would pay for what its own way takes. Where some of them could not leave without it, it has no price in money.
function worthTo(
  { sites, skus, batch }: PosedBatch,
  answer: PricedBatch,
  { own, demand }: Contender,
  dear: number,
): number | null {
  const prices = new Map(answer.scarce.map(({ location, sku, price }) => [`${location} ${sku}`, price]))
  let sum = 0
  for (const { candidate, quantity } of own.plan?.parts ?? []) {
    const location = sites.indexOf(candidate.site)
    demand.lines.forEach((line, index) => {
      sum += (quantity[index] ?? 0) * (prices.get(`${location} ${skus.indexOf(line.sku)}`) ?? 0)
    })
    batch.capacities.forEach((capacity, k) => {
      const lines = quantity.filter((units) => units > 0).length
      if (capacity.location === location)
        sum += (capacity.per_part + capacity.per_line * lines) * (answer.worth[k] ?? 0)
    })
  }
  return sum > dear ? null : Math.round(sum)
}
