// How review decides: its policy, its rules document, and decisions on many holds at once.
import { type Static, Type } from 'typebox'
import { DecisionTaken, ReviewDecision } from './views-review.ts'
import { Id } from './views-shared.ts'

const Amounts = Type.Record(
  Type.String({ pattern: '^([A-Z]{3}|other)$' }),
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
)

export const ReviewPolicy = Type.Object(
  {
    /** Minutes until an answer is owed, and until the hold lapses. */
    answer_within_minutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
    lapses_after_minutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
    on_lapse: Type.Enum(['reject', 'release']),
    /** A decision takes effect after so many seconds; until then it can be taken back. */
    undo_seconds: Type.Integer({ minimum: 0, maximum: 600 }),
    /** Above this total, in minor units by currency (`other` for the rest), two people must approve. */
    four_eyes_above: Amounts,
  },
  { additionalProperties: false },
)
export type ReviewPolicy = Static<typeof ReviewPolicy>

export const ManyDecisions = Type.Object({
  hold_ids: Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }),
  ...ReviewDecision.properties,
})

export const ManyTaken = Type.Object({
  taken: Type.Array(DecisionTaken, { maxItems: 200 }),
  refused: Type.Array(Type.Object({ hold_id: Id, code: Type.String() }), { maxItems: 200 }),
})

export const ReviewRules = Type.Object({
  version_id: Type.String(),
  /** Rules that ship with Ordo, not yet changed. */
  shipped: Type.Boolean(),
  document: Type.Unknown(),
})
