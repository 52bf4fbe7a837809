// Which orders hurry, and where they leave from: the places that have all of it and still keep the promise, of these the soonest there.
import { DAY_MS, HOUR_MS } from '../../platform/clock.ts'
import type { Ground } from './prepare-ground.ts'
import type { Candidate, Demand } from './types.ts'

/** Paid for speed, flagged by a priority above 0, or promised within a day. */
export function isUrgent(
  { urgent_levels }: Pick<Ground, 'urgent_levels'>,
  demand: Pick<Demand, 'priority' | 'service_level' | 'promised_at'>,
  at: Date,
): boolean {
  if (demand.priority > 0 || urgent_levels.has(demand.service_level)) return true
  return demand.promised_at !== null && demand.promised_at.getTime() - at.getTime() <= DAY_MS
}

/**
 * The candidates with only those left in the choice that are there within the same hour as the soonest, by the services that are so soon; the
 * promise keeps slower ones in where there is no difference in hours to gain. null where no single place has all of it and keeps the promise.
 */
export function soonest(demand: Demand, candidates: readonly Candidate[]): readonly Candidate[] | null {
  const promised = demand.promised_at?.getTime() ?? Infinity
  const first = (candidate: Candidate) =>
    Math.min(...candidate.ways.map((way) => way.arrives_at?.getTime() ?? Infinity))
  const able = candidates.filter((candidate) => candidate.removed === null && candidate.whole)
  const best = Math.min(...able.map(first))
  if (!(best <= promised) || best === Infinity) return null
  const latest = best + HOUR_MS
  return candidates.map((candidate): Candidate => {
    if (candidate.removed !== null) return candidate
    const ways = candidate.ways.filter((way) => (way.arrives_at?.getTime() ?? Infinity) <= latest)
    return candidate.whole && ways.length > 0 ? { ...candidate, ways } : { ...candidate, removed: 'slower' }
  })
}
