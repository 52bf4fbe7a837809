// An order as a channel tells it, and what Ordo answers: the schemas of POST /orders, /orders/bulk and the staging routes.
import { type Static, Type } from 'typebox'
import { Currency, Key, PaymentMethod, SkuCode } from './catalog.ts'
import { StagedItem, StagedQuery } from './views-intake.ts'
import { Id, Instant, orNull } from './views-shared.ts'

export const LINES_AT_MOST = 2_000
export const ORDERS_AT_MOST = 5_000
export const CHARGES_AT_MOST = 100

const closed = { additionalProperties: false } as const
const text = (maxLength: number) => Type.String({ maxLength })
const name = (maxLength: number) => Type.String({ minLength: 1, maxLength })
/** Whole minor units of the order's currency; may be negative where a figure takes away. */
const Minor = Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
const PlainMinor = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** Major units as text, at most six places: "12.34". */
const Price = Type.String({
  pattern: '^[0-9]{1,12}(\\.[0-9]{1,6})?$',
  description: 'Major units as text, at most six places',
})
/** The channel's own number of an order or a line: no blanks at its ends, no control characters. */
export const ExternalId = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: '^[^\\s\\u0000-\\u001f\\u007f]([^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f])?$',
})
const Moment = Type.String({ format: 'date-time', maxLength: 40 })

export const TaxPart = Type.Object(
  {
    name: Type.Optional(text(100)),
    rate: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}(\\.[0-9]{1,6})?$' })),
    jurisdiction: Type.Optional(text(100)),
    amount: Minor,
  },
  closed,
)

export const IntakeLine = Type.Object(
  {
    external_line_id: Type.Optional(ExternalId),
    sku: SkuCode,
    title: Type.Optional(text(300)),
    quantity: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
    unit_price: Price,
    gross: Type.Optional(PlainMinor),
    discount: Type.Optional(PlainMinor),
    tax: Type.Optional(PlainMinor),
    taxes: Type.Optional(Type.Array(TaxPart, { maxItems: 10 })),
    net: Type.Optional(PlainMinor),
  },
  closed,
)
export type IntakeLine = Static<typeof IntakeLine>

export const ChargeKind = Type.Union([
  Type.Literal('shipping'),
  Type.Literal('fee'),
  Type.Literal('discount'),
  Type.Literal('tip'),
  Type.Literal('adjustment'),
])

/** What is paid beside the goods: a discount is negative, an adjustment may be either, every other kind is positive. */
export const IntakeCharge = Type.Object(
  { kind: ChargeKind, title: Type.Optional(text(300)), amount: Minor, tax: Type.Optional(Minor) },
  closed,
)
export type IntakeCharge = Static<typeof IntakeCharge>

export const IntakeOrder = Type.Object(
  {
    channel: Key,
    external_id: ExternalId,
    placed_at: Moment,
    currency: Currency,
    prices_include_tax: Type.Boolean(),
    lines: Type.Array(IntakeLine, { minItems: 1, maxItems: LINES_AT_MOST }),
    charges: Type.Optional(Type.Array(IntakeCharge, { maxItems: CHARGES_AT_MOST })),
    totals: Type.Optional(
      Type.Object(
        {
          lines: Type.Optional(Minor),
          charges: Type.Optional(Minor),
          tax: Type.Optional(Minor),
          total: Type.Optional(PlainMinor),
        },
        closed,
      ),
    ),
    payment: Type.Object(
      {
        method: PaymentMethod,
        provider: Type.Optional(Key),
        reference: Type.Optional(name(200)),
        deadline_at: Type.Optional(Moment),
      },
      closed,
    ),
    customer: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(text(200)),
          email: Type.Optional(text(254)),
          phone: Type.Optional(text(40)),
          locale: Type.Optional(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
        },
        closed,
      ),
    ),
    ship_to: Type.Object(
      {
        country: Type.String({ pattern: '^[A-Z]{2}$' }),
        region: Type.Optional(text(100)),
        city: Type.Optional(text(100)),
        district: Type.Optional(text(100)),
        postcode: Type.Optional(text(20)),
        address_lines: Type.Optional(Type.Array(text(300), { maxItems: 6 })),
        lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
        lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
      },
      closed,
    ),
    service_level: Type.Optional(Key),
    priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
    note: Type.Optional(text(2_000)),
    attributes: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' }),
        Type.Union([text(500), Type.Number(), Type.Boolean()]),
        { maxProperties: 50, additionalProperties: false },
      ),
    ),
  },
  closed,
)
export type IntakeOrder = Static<typeof IntakeOrder>

/** Why a message is not an order yet. Codes are stable; a reason names values of the message, never personal data. */
export const reasonCodes = [
  'malformed',
  'unknown_channel',
  'unknown_sku',
  'currency_mismatch',
  'totals_mismatch',
  'total_negative',
  'charge_sign',
  'amount_too_large',
  'discount_exceeds_line',
  'address_incomplete',
  'payment_method_not_taken',
  'line_limit',
  'no_lines',
  'order_exists',
] as const
export type ReasonCode = (typeof reasonCodes)[number]

export interface Reason {
  readonly code: ReasonCode
  /** Where in the message, as a JSON pointer. */
  readonly pointer: string | null
  /** Which SKU, which figures: never personal data. */
  readonly detail: string | null
}

export const AcceptedOrder = Type.Object({
  state: Type.Literal('accepted'),
  order_id: Type.String(),
  number: Type.String(),
  channel: Type.String(),
  external_id: Type.String(),
})
export type AcceptedOrder = Static<typeof AcceptedOrder>

export const StagedOrder = Type.Object({
  state: Type.Literal('staged'),
  staged_id: Type.String(),
  channel: Type.String(),
  external_id: Type.String(),
  reasons: StagedItem.properties.reasons,
})

export const BulkOrders = Type.Object(
  { orders: Type.Array(Type.Unknown(), { minItems: 1, maxItems: ORDERS_AT_MOST }) },
  closed,
)

export const BulkResult = Type.Object({
  index: Type.Integer(),
  status: Type.Integer({ description: '201 accepted, 202 staged, 409 conflict, 422 malformed' }),
  replayed: Type.Optional(Type.Boolean()),
  channel: Type.Optional(Type.String()),
  external_id: Type.Optional(Type.String()),
  order_id: Type.Optional(Type.String()),
  number: Type.Optional(Type.String()),
  staged_id: Type.Optional(Type.String()),
  reasons: Type.Optional(StagedItem.properties.reasons),
  problem: Type.Optional(Type.Object({ code: Type.String(), title: Type.String() }, { additionalProperties: true })),
})
export const BulkReply = Type.Object({
  received: Type.Integer(),
  accepted: Type.Integer(),
  repeated: Type.Integer(),
  staged: Type.Integer(),
  refused: Type.Integer(),
  results: Type.Array(BulkResult, { maxItems: ORDERS_AT_MOST }),
})

export const StagedFilter = Type.Object({
  ...StagedQuery.properties,
  code: Type.Optional(Type.Enum([...reasonCodes])),
  sku: Type.Optional(SkuCode),
})

/** A staged message with all that is known of it; the message itself holds personal data and is shown with people.reveal only. */
export const StagedView = Type.Object({
  ...StagedItem.properties,
  source: Type.String(),
  order_id: orNull(Id),
  tried_at: Instant,
  settled_at: orNull(Instant),
  settled_by: orNull(Type.String()),
  note: orNull(Type.String()),
  available_actions: Type.Array(Type.String(), { maxItems: 5 }),
})

export const ReplayMany = Type.Object(
  { code: Type.Optional(Type.Enum([...reasonCodes])), sku: Type.Optional(SkuCode), channel: Type.Optional(Key) },
  closed,
)
export const ReplayStarted = Type.Object({ scheduled: Type.Integer() })
export const Dismissal = Type.Object({ reason: name(500) }, closed)
