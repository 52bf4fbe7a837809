// Places as they are kept with an affected order: [location, line, sku, units], and where its units are to go: [location, units].
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { HeldPlace } from '../allocation/index.ts'

const Places = Compile(
  Type.Array(Type.Tuple([Type.String(), Type.Integer(), Type.String(), Type.Integer()]), { maxItems: 100_000 }),
)
const Targets = Compile(Type.Array(Type.Tuple([Type.String(), Type.Integer()]), { maxItems: 1000 }))

export function keptPlaces(held: readonly HeldPlace[]): string {
  return JSON.stringify(held.map(({ location_id, line_no, sku, quantity }) => [location_id, line_no, sku, quantity]))
}

export function placesIn(value: unknown): HeldPlace[] {
  if (!Places.Check(value)) return []
  return value.map(([location_id, line_no, sku, quantity]) => ({ location_id, line_no, sku, quantity }))
}

export function targetsIn(value: unknown): { location_id: string; units: number }[] {
  return Targets.Check(value) ? value.map(([location_id, units]) => ({ location_id, units })) : []
}

/** Units by location. */
export function unitsByLocation(held: readonly HeldPlace[]): { location_id: string; units: number }[] {
  return [...Map.groupBy(held, (place) => place.location_id)].map(([location_id, mine]) => ({
    location_id,
    units: mine.reduce((sum, place) => sum + place.quantity, 0),
  }))
}

const Free = Compile(Type.Array(Type.Tuple([Type.String(), Type.String(), Type.Integer()]), { maxItems: 100_000 }))

/** Free units by location and SKU. */
export function freeIn(value: unknown): { location_id: string; sku: string; free: number }[] {
  return Free.Check(value) ? value.map(([location_id, sku, free]) => ({ location_id, sku, free })) : []
}
