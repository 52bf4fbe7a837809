// What sending costs: a rate card is compiled once, then a quote is a look at its zones and one at its weight steps.
import type { RateCardFact } from '../../contracts/shipping-rates.ts'
import { chargeableGrams, parcelsFor, ratePrice } from '../../solvers/sourcing-cost.ts'
import type { RateCard as PriceSteps } from '../../solvers/sourcing-model.ts'
import { distanceKm } from './rates-distance.ts'

export interface Origin {
  readonly location_id: string
  readonly country: string
  readonly region: string
  readonly lat: number
  readonly lon: number
}

export interface Destination {
  readonly country: string
  readonly region: string | null
  readonly postcode: string | null
  readonly lat: number | null
  readonly lon: number | null
}

/** Where something is, spelt so that it compares; make it once for many looks. */
export interface Address {
  readonly country: string
  readonly region: string
  readonly postcode: string
}

export interface Goods {
  readonly weight_grams: number
  readonly volume_mm3: number
}

export interface TransitDays {
  readonly p50: number
  readonly p90: number
}

/** A zone with its prices as they are charged: parcel and fuel are in them. */
export interface PricedZone {
  readonly zone: string
  readonly steps: PriceSteps
  readonly transit_days: TransitDays
  /** Whether parcels from this location are in the zone; the same for every order. */
  readonly leaves: (from: Origin) => boolean
  readonly reaches: (from: Address, to: Address, km: number | null) => boolean
}

export interface RateCard {
  readonly carrier: string
  readonly service: string
  readonly version_id: string
  readonly currency: string
  readonly levels: ReadonlySet<string>
  readonly cash_on_delivery: boolean
  readonly cut_off: string | null
  readonly zones: readonly PricedZone[]
}

export interface Quote {
  readonly carrier: string
  readonly service: string
  readonly zone: string
  readonly amount: bigint
  readonly currency: string
  readonly parcels: number
  readonly chargeable_grams: number
  readonly distance_km: number | null
  readonly transit_days: TransitDays
}

const plain = (text: string) => text.trim().toLowerCase()
const setOf = (texts: readonly string[] | undefined) => (texts === undefined ? null : new Set(texts.map(plain)))

/** Compiles a rate card; its key is `carrier/service`. */
export function compileCard(key: string, version_id: string, fact: RateCardFact): RateCard {
  const [carrier = '', service = ''] = key.split('/')
  const { currency, levels, cash_on_delivery = false, cut_off = null } = fact
  const zones = fact.zones.map((zone): PricedZone => {
    const steps = {
      upto_grams: fact.upto_grams,
      price: zone.price_minor.map((price) =>
        Number(withFuel(BigInt(fact.parcel_minor + price), fact.fuel_basis_points)),
      ),
      mm3_per_gram: fact.mm3_per_gram,
    }
    return { zone: zone.zone, steps, transit_days: zone.transit_days, ...compileZone(zone) }
  })
  return { carrier, service, version_id, currency, levels: new Set(levels), cash_on_delivery, cut_off, zones }
}

const FULL_BASIS_POINTS = 10_000n

// Half a minor unit is charged as a whole one.
function withFuel(amount: bigint, fuel_basis_points: number): bigint {
  return (amount * (FULL_BASIS_POINTS + BigInt(fuel_basis_points)) + FULL_BASIS_POINTS / 2n) / FULL_BASIS_POINTS
}

function compileZone({ from, to }: RateCardFact['zones'][number]): Pick<PricedZone, 'leaves' | 'reaches'> {
  const from_locations = setOf(from?.locations)
  const from_countries = setOf(from?.countries)
  const from_regions = setOf(from?.regions)
  const to_countries = setOf(to?.countries)
  const to_regions = setOf(to?.regions)
  const postcodes = to?.postcodes?.map(plain) ?? null
  const same_region = to?.same_region
  const max_km = to?.max_km ?? null
  return {
    leaves: (origin) =>
      (from_locations === null || from_locations.has(plain(origin.location_id))) &&
      (from_countries === null || from_countries.has(plain(origin.country))) &&
      (from_regions === null || from_regions.has(plain(origin.region))),
    reaches: (origin, address, km) => {
      if (to_countries !== null && !to_countries.has(address.country)) return false
      if (to_regions !== null && !to_regions.has(address.region)) return false
      if (max_km !== null && (km === null || km > max_km)) return false
      if (postcodes !== null && !postcodes.some((prefix) => address.postcode.startsWith(prefix))) return false
      return same_region === undefined || same_region === sameRegion(origin, address)
    },
  }
}

function sameRegion(one: Address, other: Address): boolean {
  return other.region !== '' && one.country === other.country && one.region === other.region
}

/** Spells a place so that it compares: lower case, without blanks around. */
export function addressOf(place: { country: string; region: string | null; postcode?: string | null }): Address {
  return { country: plain(place.country), region: plain(place.region ?? ''), postcode: plain(place.postcode ?? '') }
}

/** The zone of the card that counts for this way: the first that fits; null where the card does not serve it. */
export function zoneOf(card: RateCard, from: Origin, to: Destination, km: number | null): PricedZone | null {
  const [origin, address] = [addressOf(from), addressOf(to)]
  return card.zones.find((zone) => zone.leaves(from) && zone.reaches(origin, address, km)) ?? null
}

/** What `goods` cost in this zone, in the card's currency: parcels up to the heaviest step, each at its step. */
export function priceIn(zone: PricedZone, goods: Goods): { amount: bigint; parcels: number; chargeable_grams: number } {
  const chargeable_grams = chargeableGrams(zone.steps, goods.weight_grams, goods.volume_mm3)
  return {
    amount: BigInt(ratePrice(zone.steps, chargeable_grams)),
    parcels: parcelsFor(zone.steps, chargeable_grams),
    chargeable_grams,
  }
}

/** The price of sending `goods` from a location to an address with one service; null where it does not go there. */
export function quote(card: RateCard, way: { from: Origin; to: Destination } & Goods): Quote | null {
  const distance_km = distanceKm(way.from, way.to)
  const zone = zoneOf(card, way.from, way.to, distance_km)
  if (zone === null) return null
  const { carrier, service, currency } = card
  return {
    carrier,
    service,
    zone: zone.zone,
    currency,
    distance_km,
    transit_days: zone.transit_days,
    ...priceIn(zone, way),
  }
}
