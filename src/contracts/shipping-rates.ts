// Carriers and what they charge: the schemas of the facts carrier and rate_card, and of a quote.
import { type Static, Type } from 'typebox'
import { Currency, Key } from './catalog.ts'
import { Amount, Instant, orNull } from './views-shared.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Country = Type.String({ pattern: '^[A-Z]{2}$' })
const Region = Type.String({ minLength: 1, maxLength: 100 })
const Minor = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 })
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** An area that the carrier does not serve for now (停发, 超区); without regions the whole country. */
export const SuspendedArea = Type.Object(
  {
    country: Country,
    regions: Type.Optional(Type.Array(Region, { minItems: 1, maxItems: 500 })),
    from: Type.Optional(Instant),
    until: Type.Optional(Instant),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
  },
  closed,
)

export const CarrierFact = Type.Object(
  {
    name: Name,
    name_zh: Type.Optional(Name),
    state: Type.Optional(Type.Enum(['open', 'suspended'])),
    services: Type.Array(Type.Object({ service: Key, name: Name, name_zh: Type.Optional(Name) }, closed), {
      minItems: 1,
      maxItems: 50,
    }),
    /** How its tracking numbers are made: each # is a digit, all else stands as written. */
    tracking_pattern: Type.String({ minLength: 4, maxLength: 60, pattern: '^[A-Z0-9#-]+$' }),
    suspended_areas: Type.Optional(Type.Array(SuspendedArea, { maxItems: 200 })),
  },
  closed,
)
export type CarrierFact = Static<typeof CarrierFact>

/** Where a zone begins; what is absent does not matter. */
const ZoneFrom = Type.Object(
  {
    locations: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: 500 })),
    countries: Type.Optional(Type.Array(Country, { minItems: 1, maxItems: 300 })),
    regions: Type.Optional(Type.Array(Region, { minItems: 1, maxItems: 500 })),
  },
  closed,
)
const ZoneTo = Type.Object(
  {
    countries: Type.Optional(Type.Array(Country, { minItems: 1, maxItems: 300 })),
    regions: Type.Optional(Type.Array(Region, { minItems: 1, maxItems: 500 })),
    postcodes: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 12 }), { minItems: 1, maxItems: 500 })),
    same_region: Type.Optional(Type.Boolean()),
    /** Great-circle distance up to and including; a zone without it has no far end. */
    max_km: Type.Optional(Type.Integer({ minimum: 1, maximum: 21_000 })),
  },
  closed,
)

export const RateCardFact = Type.Object(
  {
    currency: Currency,
    /** The service levels of orders that this service answers. */
    levels: Type.Array(Key, { minItems: 1, maxItems: 20 }),
    /** Parcels up to and including, in grams, rising; the last is the heaviest parcel that is taken. */
    upto_grams: Type.Array(Type.Integer({ minimum: 1, maximum: 100_000_000 }), { minItems: 1, maxItems: 100 }),
    /** Cubic millimetres that count as one gram: 5,000 for the usual cm³ ÷ 5000; 0 where volume is free. */
    mm3_per_gram: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    /** Of each parcel, before fuel. */
    parcel_minor: Minor,
    /** On price and parcel together, in hundredths of a per cent. */
    fuel_basis_points: Type.Integer({ minimum: 0, maximum: 20_000 }),
    cash_on_delivery: Type.Optional(Type.Boolean()),
    /** When parcels are collected at the latest, local time of the location; its own cut-off where absent. */
    cut_off: Type.Optional(TimeOfDay),
    /** The first zone that fits counts. */
    zones: Type.Array(
      Type.Object(
        {
          zone: Key,
          from: Type.Optional(ZoneFrom),
          to: Type.Optional(ZoneTo),
          /** One for each step of upto_grams, never falling. */
          price_minor: Type.Array(Minor, { minItems: 1, maxItems: 100 }),
          transit_days: Type.Object(
            { p50: Type.Integer({ minimum: 0, maximum: 200 }), p90: Type.Integer({ minimum: 0, maximum: 400 }) },
            closed,
          ),
        },
        closed,
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  closed,
)
export type RateCardFact = Static<typeof RateCardFact>

const version = { version_id: Type.String(), valid_from: Type.String() }
export const CarrierView = Type.Object({ carrier: Type.String(), ...version, ...CarrierFact.properties })
export const RateCardView = Type.Object({
  carrier: Type.String(),
  service: Type.String(),
  ...version,
  ...RateCardFact.properties,
})

export const QuoteQuery = Type.Object({
  location_id: Key,
  country: Country,
  region: Type.Optional(Region),
  postcode: Type.Optional(Type.String({ maxLength: 20 })),
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  weight_grams: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  volume_mm3: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
})

export const QuoteView = Type.Object({
  carrier: Type.String(),
  service: Type.String(),
  zone: Type.String(),
  amount: Amount,
  currency: Type.String(),
  parcels: Type.Integer(),
  chargeable_grams: Type.Number(),
  distance_km: orNull(Type.Number()),
  transit_days: Type.Object({ p50: Type.Integer(), p90: Type.Integer() }),
})
export const QuoteList = Type.Object({ items: Type.Array(QuoteView, { maxItems: 200 }) })
