// Which locations a scope means, and which of their work leaves before it begins or after it is over; decided on values alone.
import type { DisruptionScope } from '../../contracts/disruptions.ts'
import { distanceKm } from '../shipping/index.ts'

export interface ScopedPlace {
  readonly location_id: string
  readonly country: string
  readonly region: string
  readonly city: string
  readonly postcode?: string
  readonly lat: number
  readonly lon: number
}

/** Whether a location lies in the scope: named, in the region, or within the radius. */
export function inScope(scope: DisruptionScope, place: ScopedPlace): boolean {
  if (scope.locations?.includes(place.location_id)) return true
  if (scope.region !== undefined && inRegion(scope.region, place)) return true
  const km = scope.radius === undefined ? null : distanceKm(scope.radius, place)
  return scope.radius !== undefined && km !== null && km <= scope.radius.km
}

function inRegion(region: NonNullable<DisruptionScope['region']>, place: ScopedPlace): boolean {
  if (region.country !== place.country) return false
  const narrower = [
    region.regions?.includes(place.region),
    region.cities?.includes(place.city),
    region.postcodes?.some((prefix) => place.postcode?.startsWith(prefix) ?? false),
  ].filter((met) => met !== undefined)
  return narrower.length === 0 || narrower.includes(true)
}

export type KeepCause = 'leaves_before' | 'leaves_after'

/** Why work with these hand-over times need not move: all of it leaves before the disruption begins, or only after it is over. */
export function keptBecause(ship_by: readonly Date[], from: Date, until: Date | null, now: Date): KeepCause | null {
  if (ship_by.length === 0) return null
  if (from > now && ship_by.every((at) => at <= from)) return 'leaves_before'
  return until !== null && ship_by.every((at) => at >= until) ? 'leaves_after' : null
}
