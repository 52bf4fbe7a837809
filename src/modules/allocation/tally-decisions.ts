// What decisions about the same orders are worth all together, in the order of what matters: units that leave, urgent ones soon, whole ones whole, money.
import { HOUR_MS } from '../../platform/clock.ts'
import { PER_KM } from './pose-problem.ts'
import type { Ground } from './prepare-ground.ts'
import type { Decision } from './types.ts'
import { isUrgent } from './urgency.ts'

export interface Tally {
  /** Units that stay. */
  readonly unmet: number
  /** Hours until urgent orders are there, all together. */
  readonly hours: number
  /** Orders split by a rule that would rather have them whole. */
  readonly parted: number
  /** Minor units as the choice counts them; without rate cards kilometres stand for freight. */
  readonly cost: number
}

/** Sums up decisions. */
export function tallyOf(ground: Ground, decisions: readonly Decision[], at: Date): Tally {
  let [unmet, hours, parted, cost] = [0, 0, 0, 0]
  for (const { demand, guidance, plan, rest } of decisions) {
    for (const units of rest) unmet += units
    if (plan === null) continue
    if (guidance?.whole_first === true && plan.parts.length > 1) parted += 1
    cost += plan.cost
    let latest = 0
    for (const { candidate, offer } of plan.parts) {
      if (offer === null) cost += (candidate.km ?? 0) * PER_KM
      latest = Math.max(latest, (offer?.arrives_at?.getTime() ?? 0) - at.getTime())
    }
    if (isUrgent(ground, demand, at)) hours += Math.floor(latest / HOUR_MS)
  }
  return { unmet, hours, parted, cost }
}

/** Less than half a minor unit is no difference. */
const HALF = 0.5

/** Whether the first is better than the second. */
export function isBetter(one: Tally, other: Tally): boolean {
  return (
    (one.unmet - other.unmet ||
      one.hours - other.hours ||
      one.parted - other.parted ||
      (Math.abs(one.cost - other.cost) < HALF ? 0 : one.cost - other.cost)) < 0
  )
}

/** What one costs less than the other; null where they differ in more than money. */
export function savedBy(one: Tally, other: Tally): number | null {
  const alike = one.unmet === other.unmet && one.hours === other.hours && one.parted === other.parted
  return alike ? Math.max(0, other.cost - one.cost) : null
}
