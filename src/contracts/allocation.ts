// How allocation decides and how it tells: its policy, the explanation with sentences, the queue of what nothing can send.
import { type Static, Type } from 'typebox'
import { AllocationDecision, Destination, WaitingView } from './views-allocation.ts'
import { Amount, BothTexts, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

const HandlingClass = Type.String({ minLength: 1, maxLength: 64 })

/** Amounts in minor units of the tenant's base currency. */
export const AllocationPolicy = Type.Object(
  {
    /** For each parcel source beyond the first, beside what it costs: what a second delivery annoys. */
    split_penalty_minor: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
    max_parts: Type.Integer({ minimum: 1, maximum: 20 }),
    /** Places that may be tried again after a refusal; then a person looks. */
    attempts_at_most: Type.Integer({ minimum: 1, maximum: 50 }),
    /** What a part costs more from a location that is full for the next day; it grows with the square of the fill. 500 where absent. */
    load_price_minor: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    /** What each day that has begun after the promise costs, where the rule names no price; 1000 where absent: twice the usual split penalty. */
    late_per_day_minor: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    /** What it costs to take all that a location has free of a SKU; a share costs its share. 0 where absent. */
    depletion_price_minor: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    /** What a kilogram of CO₂ costs; 0 where absent: it is shown and does not decide. */
    carbon_price_minor: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    /** Grams of CO₂ for a tonne and a kilometre; 137 where absent, the mean of road freight in Europe. */
    carbon_tonne_km_grams: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    /** Grams of CO₂ that each parcel adds for a kilometre; 0 where absent. */
    carbon_parcel_km_grams: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
    /** Pairs of handling classes that may not travel in one part: their lines leave as parts of their own, from one location or several. */
    keep_apart: Type.Optional(Type.Array(Type.Tuple([HandlingClass, HandlingClass]), { maxItems: 50 })),
    /** What was decided with last good values and costs more than now: moved where nobody has touched it, or only listed (where absent). */
    reconcile: Type.Optional(Type.Enum(['list', 'move'])),
    /** What a move must save at least; 100 where absent. */
    reconcile_saving_minor: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    /** Service levels that are urgent; express, next_day and same_day where absent. */
    urgent_levels: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 20 })),
  },
  { additionalProperties: false },
)
export type AllocationPolicy = Static<typeof AllocationPolicy>

/** How often it was set, which is what an edit names: it is the ETag. 0 where the policy of Ordo holds. */
const revision = Type.Integer({ minimum: 0 })
export const AllocationPolicyRead = Type.Object({ ...AllocationPolicy.properties, revision })
export type AllocationPolicyRead = Static<typeof AllocationPolicyRead>

export const PolicyWritten = Type.Object({ version_id: Type.String() })
export const AllocationPolicyWritten = Type.Object({ ...PolicyWritten.properties, revision })
/** Why the policy is changed; kept with its version. */
export const PolicyChange = Type.Object({ reason: Type.Optional(Type.String({ maxLength: 500 })) })

/** What one unit of `from` is worth in `to`, by the key `from/to`; a decimal text with at most eight places. */
export const CurrencyRate = Type.Object(
  { rate: Type.String({ pattern: '^[0-9]{1,9}([.][0-9]{1,8})?$' }) },
  { additionalProperties: false },
)

export const ExplainedAllocation = Type.Object({
  destination: Destination,
  waiting: orNull(WaitingView),
  items: Type.Array(
    Type.Object({
      ...AllocationDecision.properties,
      cost: orNull(Amount),
      /** The same in words: the choice, the next best, what would flip it, what was removed and why. */
      says: Type.Array(BothTexts, { maxItems: 20 }),
    }),
    { maxItems: 20 },
  ),
})
export type ExplainedAllocation = Static<typeof ExplainedAllocation>

export const AllocationException = Type.Object({
  exception_id: Id,
  order_id: Id,
  number: Type.String(),
  network_id: Type.String(),
  reason: Type.String(),
  skus: Type.Array(Type.String(), { maxItems: 2000 }),
  units: Type.Integer(),
  value: Amount,
  currency: Type.String(),
  opened_at: Instant,
  /** Where a rule has parked it. */
  queue: orNull(Type.String()),
  /** When the clock tries it again, for the last time where its rule cancels it then, null where only a change or a person does; and what happens
   *  then: slot, near, limit, suspension, place_back, reopening, rule_wait, rule_date. */
  try_again_at: orNull(Instant),
  try_because: orNull(Type.String()),
  /** What makes it be tried again as soon as it is gone: capacity, no_carrier, out_of_area. */
  hindrances: Type.Array(Type.String(), { maxItems: 20 }),
})
/** It is tried soon after; what came of it is read from the order. */
export const AllocationAsked = Type.Object({ order_id: Id })
export const ExceptionQuery = Type.Object(PageQuery)
export const ExceptionList = pageOf(AllocationException)
