// During a promotion orders that do not hurry are collected: those of a few seconds are decided together, at full seconds, so that none came first.
import { earlierOf, SECOND_MS } from '../../platform/clock.ts'
import type { NewJob } from '../../platform/engine/index.ts'
import { ALLOCATE } from './follow-failures.ts'
import type { Ground } from './prepare-ground.ts'
import type { Demand } from './types.ts'
import { isUrgent } from './urgency.ts'

/** Jobs for the orders that are collected: due when the cadence strikes next, or when the promotion is over. */
export function collectOrders(
  ground: Ground,
  demands: readonly Demand[],
  at: Date,
  isFresh: (order_id: string) => boolean,
): NewJob[] {
  const { promotion } = ground
  if (promotion === null || promotion.cadence_seconds === null) return []
  const every_ms = promotion.cadence_seconds * SECOND_MS
  const strikes_at = new Date((Math.floor(at.getTime() / every_ms) + 1) * every_ms)
  const due_at = earlierOf(strikes_at, new Date(promotion.until))
  return demands
    .filter((demand) => isFresh(demand.order_id) && !isUrgent(ground, demand, at))
    .map(({ order_id }) => ({
      step: ALLOCATE,
      subject: order_id,
      due_at,
      payload: { cause: 'first', collected: true },
    }))
}
