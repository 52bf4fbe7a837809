// Modes: a promotion freezes rules, raises limits and decides orders in batches, from when until when, who and why.
import { type Static, Type } from 'typebox'
import { Key } from './catalog.ts'
import { ActionView, BothTexts, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

const closed = { additionalProperties: false } as const
const Why = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' })

export const promotionStates = ['planned', 'active', 'ended', 'cancelled'] as const
export type PromotionState = (typeof promotionStates)[number]

const settings = {
  /** Rules may not change: nothing goes live and nothing back, except by an admin with a reason. */
  frozen: Type.Boolean(),
  /** Limits of slots and of the orders a day that rules allow, in per cent of what they are; null leaves them. */
  limits_percent: orNull(Type.Integer({ minimum: 100, maximum: 1000 })),
  /** Where limits are raised; null: everywhere. */
  locations: orNull(Type.Array(Key, { minItems: 1, maxItems: 200 })),
  /** Orders that do not hurry are collected for so long and decided together; null: each as it comes. */
  cadence_seconds: orNull(Type.Integer({ minimum: 5, maximum: 900 })),
}

export const NewPromotion = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }),
    reason: Why,
    /** Now where absent. */
    from: Type.Optional(Instant),
    until: Instant,
    ...settings,
  },
  closed,
)
export type NewPromotion = Static<typeof NewPromotion>

/** As decisions read it. */
export const PromotionFact = Type.Object({ name: Type.String(), from: Instant, until: Instant, ...settings })
export type PromotionFact = Static<typeof PromotionFact>

export const FreezeOverride = Type.Object({
  at: Instant,
  by: Type.String(),
  what: Type.String(),
  reason: Type.String(),
})

/** A later end; `version` is the one that was looked at. */
export const ExtendPromotion = Type.Object(
  { until: Instant, reason: Why, version: Type.Integer({ minimum: 1 }) },
  closed,
)
export type ExtendPromotion = Static<typeof ExtendPromotion>

export const PromotionExtension = Type.Object({
  at: Instant,
  by: Type.String(),
  until_before: Instant,
  until: Instant,
  reason: Type.String(),
})

export const PromotionView = Type.Object({
  promotion_id: Id,
  name: Type.String(),
  reason: Type.String(),
  state: Type.Enum([...promotionStates]),
  version: Type.Integer(),
  from: Instant,
  until: Instant,
  ...settings,
  created_at: Instant,
  created_by: Type.String(),
  ended_at: orNull(Instant),
  ended_by: orNull(Type.String()),
  /** What was changed although rules were frozen, the newest first. */
  overrides: Type.Array(FreezeOverride, { maxItems: 50 }),
  /** Later ends that it was given, the newest first. */
  extensions: Type.Array(PromotionExtension, { maxItems: 50 }),
  available_actions: Type.Array(ActionView, { maxItems: 3 }),
})
export type PromotionView = Static<typeof PromotionView>

export const PromotionQuery = Type.Object(PageQuery)
export const PromotionList = pageOf(PromotionView)

/** Values that decisions stand on and that can fail: rates, where addresses are, rules. */
export const degradedKinds = ['rates', 'geo', 'rules'] as const
export type DegradedKind = (typeof degradedKinds)[number]

/** As decisions read it. */
export const DegradationFact = Type.Object({
  degradation_id: Id,
  since: Instant,
  cause: Type.String(),
  keys: Type.Array(Type.String(), { maxItems: 50 }),
})
export type DegradationFact = Static<typeof DegradationFact>

/** What is out of the ordinary now: for the banner of the console. */
export const ModesNow = Type.Object({
  promotion: orNull(
    Type.Object({
      promotion_id: Id,
      name: Type.String(),
      from: Instant,
      until: Instant,
      ...settings,
      says: BothTexts,
    }),
  ),
  /** Decided with last good values. */
  degraded: Type.Array(
    Type.Object({
      degradation_id: Id,
      kind: Type.Enum([...degradedKinds]),
      since: Instant,
      cause: Type.String(),
      says: BothTexts,
    }),
    { maxItems: 3 },
  ),
})
export type ModesNow = Static<typeof ModesNow>
