// An order among others that contend: every place that it could be sent from, urgent ones with how much later than the soonest each is there.
import { HOUR_MS } from '../../platform/clock.ts'
import type { FreeStock } from './free-stock.ts'
import type { Guidance } from './guidance.ts'
import { lookAtSites } from './look-at-sites.ts'
import type { Contender } from './pose-batch.ts'
import type { Ground } from './prepare-ground.ts'
import type { Candidate, Demand } from './types.ts'
import { isUrgent, soonest } from './urgency.ts'

/** The places with what is free now; of an urgent order that a single place can send in time, only such places, each by its soonest services. */
export function optionsOf(
  ground: Ground,
  guidance: Guidance,
  demand: Demand,
  free: FreeStock,
  at: Date,
): Pick<Contender, 'options' | 'delay_hours'> {
  const all = lookAtSites(ground, guidance, demand, free, at)
  if (!isUrgent(ground, demand, at) || soonest(demand, all) === null) return { options: all, delay_hours: [] }
  const options = all.map(hurried)
  const arrivals = options.map((candidate) => (candidate.removed === null ? arrivalOf(candidate) : Infinity))
  const best = Math.min(...arrivals)
  return { options, delay_hours: arrivals.map((at) => (at === Infinity ? 0 : Math.floor((at - best) / HOUR_MS))) }
}

function arrivalOf({ ways }: Candidate): number {
  return Math.min(...ways.map((way) => way.arrives_at?.getTime() ?? Infinity))
}

function hurried(candidate: Candidate): Candidate {
  if (candidate.removed !== null) return candidate
  const latest = arrivalOf(candidate) + HOUR_MS
  const ways = candidate.ways.filter((way) => (way.arrives_at?.getTime() ?? Infinity) <= latest)
  return candidate.whole && ways.length > 0 ? { ...candidate, ways } : { ...candidate, removed: 'slower' }
}
