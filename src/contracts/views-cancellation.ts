// Cancelling with a preview: the same body asks what would happen and makes it happen.
import { type Static, Type } from 'typebox'
import { Amount, Id, orNull } from './views-shared.ts'

/** Without `lines` all that has not left the warehouse. */
export const CancelOrder = Type.Object({
  reason: Type.Enum(['customer_request', 'out_of_stock', 'fraud', 'address', 'duplicate', 'price_error', 'other']),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  lines: Type.Optional(
    Type.Array(Type.Object({ line_no: Type.Integer(), quantity: Type.Integer({ minimum: 1 }) }), {
      minItems: 1,
      maxItems: 2000,
    }),
  ),
})
export type CancelOrder = Static<typeof CancelOrder>

/** What goes back on sale, what the customer gets back, what cannot be stopped any more. */
export const CancellationPreview = Type.Object({
  order_id: Id,
  whole: Type.Boolean(),
  lines: Type.Array(
    Type.Object({
      line_no: Type.Integer(),
      sku: Type.String(),
      title: orNull(Type.String()),
      cancelled: Type.Integer(),
      /** Units that stay, because they are shipped or beyond. */
      kept: Type.Integer(),
      /** Of the cancelled: reserved network stock set free, location stock set free, goods to put back by hand. */
      freed: Type.Integer(),
      put_back: Type.Integer(),
    }),
    { maxItems: 2000 },
  ),
  money: Type.Object({
    currency: Type.String(),
    total_before: Amount,
    total_after: Amount,
    to_void: Amount,
    to_refund: Amount,
  }),
  warehouse: Type.Array(
    Type.Object({
      fulfilment_id: Id,
      location_id: Type.String(),
      effect: Type.Enum(['cancelled', 'shrunk', 'put_back']),
    }),
    { maxItems: 100 },
  ),
})
export type CancellationPreview = Static<typeof CancellationPreview>

/** One command over many orders from the list; each is answered for itself. */
export const BulkAnswer = Type.Object({
  items: Type.Array(Type.Object({ order_id: Id, ok: Type.Boolean(), code: orNull(Type.String()) }), { maxItems: 200 }),
})
export type BulkAnswer = Static<typeof BulkAnswer>
