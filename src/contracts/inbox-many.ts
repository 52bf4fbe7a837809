// One fix for many items of the inbox: what it would do to them together, and what became of each.
import { type Static, Type } from 'typebox'
import { FixCode, FixWish, Snooze } from './inbox.ts'
import { Amount, BothTexts, Count, Id, orNull } from './views-shared.ts'

// Each item has a way of its own.
const { seen: _seen, version: _version, location_id: _place, ...oneForAll } = FixWish
export const ApplyMany = Type.Object(
  { ...oneForAll, item_ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) },
  { additionalProperties: false },
)

export const SnoozeMany = Type.Object(
  { ...Snooze.properties, item_ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) },
  { additionalProperties: false },
)

export const PreviewMany = Type.Object(
  { item_ids: Type.Array(Id, { minItems: 1, maxItems: 50 }) },
  { additionalProperties: false },
)

/** What each fix would do to many items at once: for how many it fits, and the sum of its effects on them. */
export const ManyPreview = Type.Object({
  items: Count,
  fixes: Type.Array(
    Type.Object({
      fix: FixCode,
      needs: orNull(Type.Enum(['reason', 'order_number', 'until'])),
      /** Items that it fits, as far as the caller may apply it. */
      fits: Count,
      units_freed: Type.Integer(),
      money: Type.Array(Type.Object({ refunded: Amount, currency: Type.String() }), { maxItems: 50 }),
      /** What leaving in time costs more than now. */
      dearer: Type.Array(Type.Object({ amount: Type.Integer(), currency: Type.String() }), { maxItems: 50 }),
      /** What trying again now comes to, where the fix looks for places: items of which everything finds one, and what that costs. */
      places: orNull(
        Type.Object({
          found: Count,
          costs: Type.Array(Type.Object({ amount: Amount, currency: Type.String() }), { maxItems: 50 }),
        }),
      ),
      words: BothTexts,
    }),
    { maxItems: 20 },
  ),
})
export type ManyPreview = Static<typeof ManyPreview>

export const ManyApplied = Type.Object({
  items: Type.Array(
    Type.Object({
      item_id: Id,
      state: Type.Enum(['closed', 'waiting', 'refused']),
      code: orNull(Type.String()),
      text: orNull(BothTexts),
    }),
    { maxItems: 50 },
  ),
})
