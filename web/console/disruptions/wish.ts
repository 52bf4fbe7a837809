// What the dialog of a new disruption asks for: the scope that it means, and what is still missing; pure.
import type { DisruptionScope, disruptionReasons } from '../../../src/contracts/disruptions.ts'
import type { useLocations } from '../frame/places.ts'

export type Places = ReturnType<typeof useLocations>

export const KINDS = ['locations', 'region', 'radius'] as const
type Kind = (typeof KINDS)[number]

export interface Wish {
  readonly name: string
  readonly reason: (typeof disruptionReasons)[number]
  readonly kind: Kind
  readonly locations: readonly string[]
  readonly country: string
  readonly regions: readonly string[]
  readonly postcodes: readonly string[]
  readonly centre: string
  readonly km: number
  readonly from: string
  readonly until: string
  readonly note: string
}

export const EMPTY: Wish = {
  name: '',
  reason: 'disaster',
  kind: 'locations',
  locations: [],
  country: '',
  regions: [],
  postcodes: [],
  centre: '',
  km: 200,
  from: '',
  until: '',
  note: '',
}

/** What has to be filled in yet, in the order of the fields. */
export function missingIn(wish: Wish): ('name' | 'locations' | 'country' | 'centre' | 'until_later')[] {
  const isScoped = {
    locations: wish.locations.length > 0,
    region: wish.country !== '',
    radius: wish.centre !== '',
  }[wish.kind]
  return [
    ...(wish.name.trim() === '' ? (['name'] as const) : []),
    ...(isScoped ? [] : [ASKED[wish.kind]]),
    ...(wish.from !== '' && wish.until !== '' && wish.until <= wish.from ? (['until_later'] as const) : []),
  ]
}

const ASKED = { locations: 'locations', region: 'country', radius: 'centre' } as const

/** The scope as it is sent; null where it is not whole. */
export function scopeOf(wish: Wish, places: Places): DisruptionScope | null {
  if (wish.kind === 'locations') return wish.locations.length === 0 ? null : { locations: [...wish.locations] }
  if (wish.kind === 'region') {
    if (wish.country === '') return null
    return {
      region: {
        country: wish.country,
        ...(wish.regions.length === 0 ? {} : { regions: [...wish.regions] }),
        ...(wish.postcodes.length === 0 ? {} : { postcodes: [...wish.postcodes] }),
      },
    }
  }
  const centre = places.find((place) => place.location_id === wish.centre)
  return centre === undefined ? null : { radius: { lat: centre.lat, lon: centre.lon, km: wish.km } }
}
