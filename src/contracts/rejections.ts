// "Cannot send": why a location rejects a fulfilment order, what each reason does, and the numbers by location and reason.
import { type Static, Type } from 'typebox'
import { Id, Instant, orNull } from './views-shared.ts'

/** What a reason does to the stock of the units, for which lines of the order the place is out from then on, and for how long. */
export interface RejectionEffect {
  /** `missing`: what was still to be picked is written off; `unfit`: all of it lies unsellable; `kept`: nothing changes. */
  readonly stock: 'missing' | 'unfit' | 'kept'
  readonly out_for: 'lines' | 'order'
  /** `day`: until midnight at the place. */
  readonly lasts: 'ever' | 'day'
}

export const rejectionReasons = [
  'no_stock_found',
  'damaged',
  'quality',
  'no_capacity',
  'closing_early',
  'cannot_handle_goods',
  'other',
] as const
export type RejectionReason = (typeof rejectionReasons)[number]

export const rejectionEffects: Readonly<Record<RejectionReason, RejectionEffect>> = {
  no_stock_found: { stock: 'missing', out_for: 'lines', lasts: 'ever' },
  damaged: { stock: 'unfit', out_for: 'lines', lasts: 'ever' },
  quality: { stock: 'unfit', out_for: 'lines', lasts: 'ever' },
  no_capacity: { stock: 'kept', out_for: 'order', lasts: 'day' },
  closing_early: { stock: 'kept', out_for: 'order', lasts: 'day' },
  cannot_handle_goods: { stock: 'kept', out_for: 'lines', lasts: 'ever' },
  other: { stock: 'kept', out_for: 'order', lasts: 'ever' },
}

/** Without lines all that has not left; `version` is that of the fulfilment order as it was read. `other` asks for a note. */
export const Rejection = Type.Object(
  {
    reason: Type.Enum([...rejectionReasons]),
    version: Type.Integer({ minimum: 1 }),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    lines: Type.Optional(
      Type.Array(
        Type.Object({
          fulfilment_line_no: Type.Integer({ minimum: 1 }),
          quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
        }),
        { minItems: 1, maxItems: 2000 },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Rejection = Static<typeof Rejection>

export const RejectionQuery = Type.Object({
  location: Type.Optional(Type.String({ maxLength: 64 })),
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92 })),
})

/** Locations that rejected something in these days, the most often first, and the newest rejections. */
export const RejectionReport = Type.Object({
  since: Instant,
  locations: Type.Array(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      rejections: Type.Integer(),
      units: Type.Integer(),
      /** Fulfilment orders that it was given in these days; counted to a hundred thousand. */
      fulfilments: Type.Integer(),
      reasons: Type.Array(
        Type.Object({ reason: Type.Enum([...rejectionReasons]), rejections: Type.Integer(), units: Type.Integer() }),
        { maxItems: rejectionReasons.length },
      ),
    }),
    { maxItems: 500 },
  ),
  newest: Type.Array(
    Type.Object({
      rejection_id: Id,
      fulfilment_id: Id,
      location_id: Type.String(),
      reason: Type.Enum([...rejectionReasons]),
      note: orNull(Type.String()),
      orders: Type.Array(Type.Object({ order_id: Id, number: Type.String() }), { maxItems: 20 }),
      units: Type.Integer(),
      out_until: orNull(Instant),
      at: Instant,
    }),
    { maxItems: 50 },
  ),
})
export type RejectionReport = Static<typeof RejectionReport>
