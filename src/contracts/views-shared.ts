// What every screen's data is made of: times, amounts, pages, actions with their blockers, texts in both languages.
import { type Static, type TSchema, Type } from 'typebox'

/** An instant in ISO 8601, UTC. */
export const Instant = Type.String({ format: 'date-time' })

/** Whole minor units of the currency beside it. */
export const Amount = Type.Integer()

export const Id = Type.String({ format: 'uuid' })

/** The value, or null where there is none: screens never meet a missing field. */
export function orNull<Schema extends TSchema>(schema: Schema) {
  return Type.Union([schema, Type.Null()])
}

/** A page of a list; `next_cursor` is null on the last one. */
export function pageOf<Schema extends TSchema>(item: Schema, maxItems = 200) {
  return Type.Object({ items: Type.Array(item, { maxItems }), next_cursor: orNull(Type.String()) })
}

export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 400 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
}

/** A text that a rule or a person wrote for people, in both languages. */
export const BothTexts = Type.Object({ en: Type.String(), zh: Type.String() })

/**
 * What stands in the way of an action. `code` is translated by the screen (`blocker.<code>`); the rest fills the sentence in.
 * Codes: hold, state, already_shipped, nothing_left, payment_pending, backordered, not_permitted, in_warehouse, undo_running.
 */
export const Blocker = Type.Object({
  code: Type.String(),
  hold_id: Type.Optional(Id),
  /** The kind of the hold, the state, the permission … that blocks. */
  detail: Type.Optional(Type.String()),
})
export type Blocker = Static<typeof Blocker>

/** Every action that the object knows, possible now or not, and for the caller. */
export const ActionView = Type.Object({
  action: Type.String(),
  allowed: Type.Boolean(),
  blocked_by: Type.Array(Blocker, { maxItems: 20 }),
})
export type ActionView = Static<typeof ActionView>

export const Done = Type.Object({ ok: Type.Literal(true) })

/** A count that stops at a thousand: 1000 means "more than 999". */
export const Count = Type.Integer({ minimum: 0, maximum: 1000 })
