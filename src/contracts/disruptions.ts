// Disruptions: locations that send nothing for a while, the plan for what was open there, what became of it, and the way back.
import { type Static, Type } from 'typebox'
import { Key } from './catalog.ts'
import { degradedKinds } from './modes.ts'
import { ActionView, Amount, BothTexts, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

const Prefix = Type.String({ minLength: 1, maxLength: 20 })
const Place = Type.String({ minLength: 1, maxLength: 100 })

/** Which locations: those named, those in a region, those within a radius; whichever of the three is met. */
export const DisruptionScope = Type.Object(
  {
    locations: Type.Optional(Type.Array(Key, { minItems: 1, maxItems: 200 })),
    region: Type.Optional(
      Type.Object(
        {
          country: Type.String({ pattern: '^[A-Z]{2}$' }),
          regions: Type.Optional(Type.Array(Place, { minItems: 1, maxItems: 50 })),
          cities: Type.Optional(Type.Array(Place, { minItems: 1, maxItems: 100 })),
          postcodes: Type.Optional(Type.Array(Prefix, { minItems: 1, maxItems: 200 })),
        },
        { additionalProperties: false },
      ),
    ),
    radius: Type.Optional(
      Type.Object(
        {
          lat: Type.Number({ minimum: -90, maximum: 90 }),
          lon: Type.Number({ minimum: -180, maximum: 180 }),
          km: Type.Number({ minimum: 1, maximum: 5000 }),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
)
export type DisruptionScope = Static<typeof DisruptionScope>

export const disruptionReasons = [
  'disaster',
  'flood',
  'fire',
  'power',
  'strike',
  'stocktake',
  'move',
  'systems',
  'other',
] as const

export const disruptionStates = [
  'draft',
  'planned',
  'applying',
  'active',
  'undoing',
  'undone',
  'ended',
  'discarded',
] as const
export type DisruptionState = (typeof disruptionStates)[number]

/** The fact that takes locations out of every decision while it is valid; `from` and `until` bound it further. */
export const DisruptionFact = Type.Object(
  {
    locations: Type.Array(Key, { minItems: 1, maxItems: 1000 }),
    reason: Type.Enum([...disruptionReasons]),
    from: Instant,
    until: orNull(Instant),
  },
  { additionalProperties: false },
)

export const NewDisruption = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    reason: Type.Enum([...disruptionReasons]),
    note: Type.Optional(Type.String({ maxLength: 1000 })),
    scope: DisruptionScope,
    /** Now where absent. */
    from: Type.Optional(Instant),
    /** Until somebody ends it where absent. */
    until: Type.Optional(orNull(Instant)),
  },
  { additionalProperties: false },
)

const Count = Type.Integer({ minimum: 0 })

/** Sums of the plan: orders by what it says, units, days late before and after, costs in minor units of `currency`. */
export const DisruptionTotals = Type.Object({
  orders: Count,
  units: Count,
  unmet: Count,
  to_move: Count,
  to_part: Count,
  to_inbox: Count,
  to_keep: Count,
  late_before: Count,
  late_after: Count,
  cost_before: Amount,
  cost_after: Amount,
})

/** How many orders ended how; `waiting` are still to be settled; `unplaced` were asked back, and neither went anywhere nor stay where they were. */
export const DisruptionProgress = Type.Object({
  waiting: Count,
  moved: Count,
  part: Count,
  inbox: Count,
  kept: Count,
  waits: Count,
  gone: Count,
  returned: Count,
  elsewhere: Count,
  stays: Count,
  unplaced: Count,
})
export type DisruptionProgress = Static<typeof DisruptionProgress>

export const DisruptionView = Type.Object({
  disruption_id: Id,
  name: Type.String(),
  reason: Type.Enum([...disruptionReasons]),
  note: orNull(Type.String()),
  state: Type.Enum([...disruptionStates]),
  scope: DisruptionScope,
  locations: Type.Array(
    Type.Object({ location_id: Type.String(), name: Type.String(), name_zh: orNull(Type.String()) }),
    {
      maxItems: 1000,
    },
  ),
  from: Instant,
  until: orNull(Instant),
  currency: Type.String(),
  /** Kinds of values that had failed when it was planned: the plan stands on the last good ones. */
  degraded: Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 }),
  created_at: Instant,
  created_by: Type.String(),
  planned_at: orNull(Instant),
  applied_at: orNull(Instant),
  ended_at: orNull(Instant),
  totals: DisruptionTotals,
  progress: DisruptionProgress,
  available_actions: Type.Array(ActionView, { maxItems: 10 }),
})
export type DisruptionView = Static<typeof DisruptionView>

export const DisruptionList = pageOf(DisruptionView)
export const DisruptionQuery = Type.Object({
  ...PageQuery,
  state: Type.Optional(Type.Enum(['open', 'ended'])),
})

export const affectedPlans = ['move', 'part', 'inbox', 'keep', 'unplanned'] as const
export const affectedResults = ['moved', 'part', 'inbox', 'kept', 'waits', 'gone'] as const
export const affectedBacks = ['asked', 'returned', 'elsewhere', 'stays', 'inbox', 'waits', 'gone'] as const

const Units = Type.Object({ location_id: Type.String(), units: Count })

export const AffectedOrder = Type.Object({
  order_id: Id,
  number: Type.String(),
  units: Count,
  unmet: Count,
  plan: Type.Enum([...affectedPlans]),
  /** What stands in the way of another place, or why it is kept. */
  cause: orNull(Type.String()),
  cause_text: orNull(BothTexts),
  // at most as many as an order has parts: five, thirty where a rule allows it
  from: Type.Array(Units, { maxItems: 200 }),
  to: Type.Array(Units, { maxItems: 200 }),
  cost_before: orNull(Amount),
  cost_after: orNull(Amount),
  promised_at: orNull(Instant),
  arrives_before: orNull(Instant),
  arrives_after: orNull(Instant),
  result: orNull(Type.Enum([...affectedResults])),
  back: orNull(Type.Enum([...affectedBacks])),
  back_cause: orNull(Type.String()),
})
export type AffectedOrder = Static<typeof AffectedOrder>
export const AffectedList = pageOf(AffectedOrder)
export const AffectedQuery = Type.Object({
  ...PageQuery,
  plan: Type.Optional(Type.Enum([...affectedPlans])),
  result: Type.Optional(Type.Enum([...affectedResults])),
})
