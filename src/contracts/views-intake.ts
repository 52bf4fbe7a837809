// What needs a person before or beside the flow: staged messages, imports, dead letters, money without an order.
import { type Static, Type } from 'typebox'
import { Amount, BothTexts, Count, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

/** A well-formed order that could not become one, with typed reasons; `fix` says what to do. */
export const StagedItem = Type.Object({
  staged_id: Id,
  channel: Type.String(),
  external_id: Type.String(),
  received_at: Instant,
  attempts: Type.Integer(),
  state: Type.Enum(['waiting', 'replayed', 'dismissed']),
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      pointer: orNull(Type.String()),
      detail: orNull(Type.String()),
      text: Type.Optional(BothTexts),
    }),
    { maxItems: 100 },
  ),
})
export type StagedItem = Static<typeof StagedItem>
export const StagedList = Type.Object({ ...pageOf(StagedItem).properties, total: Count })
export type StagedList = Static<typeof StagedList>
export const StagedQuery = Type.Object({
  state: Type.Optional(Type.Enum(['waiting', 'replayed', 'dismissed'])),
  ...PageQuery,
})
export const Replayed = Type.Object({
  state: Type.Enum(['waiting', 'replayed']),
  order_id: orNull(Id),
  reasons: StagedItem.properties.reasons,
})

export const ImportView = Type.Object({
  import_id: Id,
  name: Type.String(),
  state: Type.Enum(['running', 'done', 'failed', 'cancelled']),
  started_at: Instant,
  ended_at: orNull(Instant),
  rows_read: Type.Integer(),
  accepted: Type.Integer(),
  staged: Type.Integer(),
  rejected: Type.Integer(),
})
export type ImportView = Static<typeof ImportView>
export const ImportList = Type.Object({ items: Type.Array(ImportView, { maxItems: 100 }) })

export const DeadLetterView = Type.Object({
  job_id: Id,
  step: Type.String(),
  subject: Id,
  subject_number: orNull(Type.String()),
  attempts: Type.Integer(),
  error: Type.String(),
  died_at: Instant,
})
export type DeadLetterView = Static<typeof DeadLetterView>
export const DeadLetterList = Type.Object({ items: Type.Array(DeadLetterView, { maxItems: 200 }) })

/** Money that came without an order that awaits it. */
export const UnmatchedPayment = Type.Object({
  callback_id: Id,
  intent_id: orNull(Id),
  provider: orNull(Type.String()),
  reference: orNull(Type.String()),
  currency: Type.String(),
  amount: Amount,
  at: Instant,
  state: Type.Enum(['waiting', 'matched', 'returned']),
})
export const UnmatchedList = Type.Object({ items: Type.Array(UnmatchedPayment, { maxItems: 200 }) })
export type UnmatchedList = Static<typeof UnmatchedList>
