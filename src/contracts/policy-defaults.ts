// What holds where the allocation policy is silent, and before a merchant has set one; without a schema, so that a screen can show it.

export const policyDefaults = {
  split_penalty_minor: 500,
  max_parts: 5,
  attempts_at_most: 5,
  /** Twice what a second delivery annoys, so that the quicker service is taken wherever it costs less than that more. */
  late_per_day_minor: 1000,
  load_price_minor: 500,
  depletion_price_minor: 0,
  carbon_price_minor: 0,
  /** Grams of CO₂ equivalents that road freight emits for a tonne and a kilometre: mean of heavy lorries in Europe (EEA, 2021). */
  carbon_tonne_km_grams: 137,
  carbon_parcel_km_grams: 0,
  reconcile_saving_minor: 100,
} as const

export const urgentLevels = ['express', 'next_day', 'same_day'] as const
