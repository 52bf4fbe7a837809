// The review queue: one case at a time, with evidence, the time left and an undo of ten seconds.
import { type Static, Type } from 'typebox'
import { BlockedAction, HoldReason, PersonView, ShipTo } from './views-orders.ts'
import { Amount, Count, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const ReviewQuery = Type.Object({
  kind: Type.Optional(Type.String({ maxLength: 64 })),
  order_id: Type.Optional(Id),
  ...PageQuery,
})

/** What the case rests on: `code` is translated by the screen, `value` and `limit` are shown beside it. */
export const Evidence = Type.Object({
  code: Type.String(),
  weight: Type.Enum(['info', 'warning', 'danger', 'good']),
  value: orNull(Type.String()),
  limit: orNull(Type.String()),
})
export type Evidence = Static<typeof Evidence>

export const ReviewCase = Type.Object({
  hold_id: Id,
  order_id: Id,
  number: Type.String(),
  channel: Type.String(),
  kind: Type.String(),
  reasons: Type.Array(HoldReason, { maxItems: 50 }),
  blocks: Type.Array(BlockedAction, { maxItems: 4 }),
  evidence: Type.Array(Evidence, { maxItems: 50 }),
  placed_at: Instant,
  /** When the hold lapses, and when an answer is owed to the customer. */
  expires_at: orNull(Instant),
  due_at: orNull(Instant),
  owner: orNull(Type.String()),
  /** A decision that waits out its undo, if any. */
  pending: orNull(
    Type.Object({ decision: Type.Enum(['approve', 'reject', 'hold']), effective_at: Instant, by: Type.String() }),
  ),
  /** Above an amount a second person must agree; `first_by` is who has agreed already. */
  four_eyes: Type.Object({ required: Type.Boolean(), first_by: orNull(Type.String()) }),
  currency: Type.String(),
  total: Amount,
  payment_method: Type.String(),
  order_placed_at: Instant,
  person: orNull(PersonView),
  ship_to: ShipTo,
  lines: Type.Array(
    Type.Object({
      line_no: Type.Integer(),
      sku: Type.String(),
      title: orNull(Type.String()),
      quantity: Type.Integer(),
      net: Amount,
    }),
    { maxItems: 200 },
  ),
  line_count: Type.Integer(),
  history: Type.Object({ orders: Count, total: Amount, first_order_at: orNull(Instant), returns: Count }),
})
export type ReviewCase = Static<typeof ReviewCase>

/** Oldest due first; total counts to 999+. */
export const ReviewQueue = Type.Object({ ...pageOf(ReviewCase, 50).properties, total: Count })
export type ReviewQueue = Static<typeof ReviewQueue>

/** hold: keep it, ask again after `minutes`. */
export const ReviewDecision = Type.Object({
  decision: Type.Enum(['approve', 'reject', 'hold']),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 10080 })),
})
export type ReviewDecision = Static<typeof ReviewDecision>

/** Takes effect at `effective_at`, ten seconds on; until then DELETE takes it back. */
export const DecisionTaken = Type.Object({
  hold_id: Id,
  decision: Type.Enum(['approve', 'reject', 'hold']),
  effective_at: Instant,
  needs_second: Type.Boolean(),
})
export type DecisionTaken = Static<typeof DecisionTaken>
