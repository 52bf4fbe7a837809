// What the allocation policy prices beside freight and handling: lateness, load, stock that a place runs out of, CO₂.
import type { AllocationPolicy } from '../../contracts/allocation.ts'

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

/** Twice what a second delivery annoys, so that the quicker service is taken wherever it costs less than that more. */
const LATE_PER_DAY = 1000
const LOAD = 500
/** Grams of CO₂ equivalents that road freight emits for a tonne and a kilometre: mean of heavy lorries in Europe (EEA, 2021). */
const TONNE_KM = 137
const GRAMS_PER_KILOGRAM = 1000
const GRAMS_PER_TONNE = 1_000_000

/** The prices of a policy, with those that stand where it is silent. */
export function pricesOf(policy: AllocationPolicy): PolicyPrices {
  return {
    late_per_day: policy.late_per_day_minor ?? LATE_PER_DAY,
    load: policy.load_price_minor ?? LOAD,
    depletion: policy.depletion_price_minor ?? 0,
    carbon_gram: (policy.carbon_price_minor ?? 0) / GRAMS_PER_KILOGRAM,
    parcel_km: policy.carbon_parcel_km_grams ?? 0,
    gram_km: (policy.carbon_tonne_km_grams ?? TONNE_KM) / GRAMS_PER_TONNE,
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
