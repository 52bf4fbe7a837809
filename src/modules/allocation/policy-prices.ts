// What the allocation policy prices beside freight and handling: lateness, load, stock that a place runs out of, CO₂.
import type { AllocationPolicy } from '../../contracts/allocation.ts'
import { policyDefaults } from '../../contracts/policy-defaults.ts'

/** Amounts in minor units of the base currency. */
export interface PolicyPrices {
  /** A day that has begun after the promise, where the rule names no price. */
  readonly late_per_day: number
  /** A part from a location that is full for the next day. */
  readonly load: number
  /** All that a location has free of a SKU; a share of it costs its share. */
  readonly depletion: number
  /** A gram of CO₂. */
  readonly carbon_gram: number
  /** Grams of CO₂ for a kilometre: of each parcel, and of each gram of goods. */
  readonly parcel_km: number
  readonly gram_km: number
}

const GRAMS_PER_KILOGRAM = 1000
const GRAMS_PER_TONNE = 1_000_000

/** The prices of a policy, with those that stand where it is silent. */
export function pricesOf(policy: AllocationPolicy): PolicyPrices {
  const set = { ...policyDefaults, ...policy }
  return {
    late_per_day: set.late_per_day_minor,
    load: set.load_price_minor,
    depletion: set.depletion_price_minor,
    carbon_gram: set.carbon_price_minor / GRAMS_PER_KILOGRAM,
    parcel_km: set.carbon_parcel_km_grams,
    gram_km: set.carbon_tonne_km_grams / GRAMS_PER_TONNE,
  }
}

/** What taking one unit costs beside all else: its share of the units that the location has free now of the SKU. */
export function depletionOf({ depletion }: PolicyPrices, units: number): number {
  return units === 0 ? 0 : depletion / units
}

/** CO₂ of a way: grams for each parcel and for each gram of goods, and what a gram of it costs. */
export interface Emission {
  readonly parcel: number
  readonly gram: number
  readonly price: number
}

/** CO₂ over that distance; none where it is not known. */
export function emissionOver({ parcel_km, gram_km, carbon_gram }: PolicyPrices, km: number | null): Emission {
  return { parcel: parcel_km * (km ?? 0), gram: gram_km * (km ?? 0), price: carbon_gram }
}
