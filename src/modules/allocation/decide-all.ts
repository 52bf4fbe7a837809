// A batch of orders: decided in turn, and where they stood in each other's way decided together, so that money and not the turn says who gets what is scarce.

import { decidePlainly, samePlaces } from './decide-plainly.ts'
import { decideTogether } from './decide-together.ts'
import { findContention } from './find-contention.ts'
import type { FreeStock } from './free-stock.ts'
import type { Ground } from './prepare-ground.ts'
import { decide, inTurn, takeFrom } from './rules.ts'
import type { Decision, Demand, Guided } from './types.ts'
import { isUrgent } from './urgency.ts'

/**
 * Decides orders that share stock, slots and limits; no unit is given twice. Urgent ones come first, then those with a higher priority: of
 * what is scarce among equals the cheapest division in all is found.
 */
export function decideAll(ground: Ground, guided: readonly Guided[], free: FreeStock, at: Date): Decision[] {
  const ranks = Map.groupBy(
    inTurn(ground, guided, at),
    ({ demand }) => `${isUrgent(ground, demand, at)} ${demand.priority}`,
  )
  return [...ranks.values()].flatMap((rank) => decideRank(ground, rank, free, at))
}

function decideRank(ground: Ground, guided: readonly Guided[], free: FreeStock, at: Date): Decision[] {
  const start = free.mark()
  const decisions = guided.map((one) => {
    const decision = decide(ground, one, free, at)
    takeFrom(free, decision)
    return decision
  })
  if (guided.length === 1) return decisions
  const { limited, skus, of_room } = findContention(decisions, free)
  if (limited.length === 0) return decisions
  free.rewind(start)
  const asked = new Map(guided.map((one) => [one.demand, one]))
  const displaced = limited.some((decision) => {
    const one = asked.get(decision.demand)
    return one !== undefined && !samePlaces(decidePlainly(ground, one, free, at).plan, decision.plan)
  })
  if (displaced) {
    const contends = ({ lines }: Demand) => of_room || lines.some(({ sku }) => skus.has(sku))
    return decideTogether(ground, { guided, decisions, contends }, free, at)
  }
  for (const decision of decisions) takeFrom(free, decision)
  return decisions
}
