// Degradations: what was decided with the last good values because rates, coordinates or rules failed, and what came of it.
import { type Static, Type } from 'typebox'
import { degradedKinds } from './modes.ts'
import { ActionView, Amount, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const reconciledResults = ['same', 'kept', 'moved', 'gone'] as const

/** Suspected: some orders, and nobody is told; failing; good again but not for long; over. */
export const degradationStates = ['suspected', 'failing', 'recovering', 'over'] as const
export type DegradationState = (typeof degradationStates)[number]

/** Why it is ended by hand. */
export const EndDegradation = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
  { additionalProperties: false },
)

export const DegradationView = Type.Object({
  degradation_id: Id,
  kind: Type.Enum([...degradedKinds]),
  cause: Type.String(),
  keys: Type.Array(Type.String(), { maxItems: 50 }),
  state: Type.Enum([...degradationStates]),
  since: Instant,
  /** When it was told; null: never. */
  opened_at: orNull(Instant),
  /** When it was seen failing last. */
  failed_at: Instant,
  ended_at: orNull(Instant),
  /** Ended by hand: by whom and why. */
  ended_by: orNull(Type.String()),
  end_reason: orNull(Type.String()),
  /** Decided under it; of these not yet priced again, as good as any, dearer and kept, moved, gone on their way before. */
  orders: Type.Object({
    decided: Type.Integer(),
    waiting: Type.Integer(),
    same: Type.Integer(),
    kept: Type.Integer(),
    moved: Type.Integer(),
    gone: Type.Integer(),
  }),
  currency: Type.String(),
  /** What the kept ones cost more than they need now, and what moving the others has saved. */
  dearer: Amount,
  saved: Amount,
  available_actions: Type.Array(ActionView, { maxItems: 1 }),
})
export type DegradationView = Static<typeof DegradationView>

export const DegradationQuery = Type.Object(PageQuery)
export const DegradationList = pageOf(DegradationView)

export const ReconciledOrder = Type.Object({
  decision_id: Id,
  order_id: Id,
  number: Type.String(),
  decided_at: Instant,
  /** null: not yet priced again. */
  result: orNull(Type.Enum([...reconciledResults])),
  /** Freight and handling by the good values: from where it lay, and the best there was. */
  cost_now: orNull(Amount),
  cost_best: orNull(Amount),
})
export type ReconciledOrder = Static<typeof ReconciledOrder>
export const ReconciledList = pageOf(ReconciledOrder)
