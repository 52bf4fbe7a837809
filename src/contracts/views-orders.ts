// What the order list and the order page read, apart from money, allocation and warehouse (files of their own).
import { type Static, Type } from 'typebox'
import { ActionView, Amount, BothTexts, Count, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const Commercial = Type.Enum(['draft', 'placed', 'confirmed', 'closed', 'cancelled', 'rejected'])
export const MoneyState = Type.Enum([
  'none',
  'unpaid',
  'pending',
  'authorised',
  'partly_captured',
  'captured',
  'on_delivery',
  'partly_refunded',
  'refunded',
  'voided',
  'failed',
])
/** How far the least advanced living unit of the order is; `mixed` never: a part that runs ahead shows as partly_*. */
export const FulfilmentState = Type.Enum([
  'open',
  'backordered',
  'partly_reserved',
  'reserved',
  'allocated',
  'released',
  'picking',
  'packed',
  'partly_shipped',
  'shipped',
  'delivered',
  'returned',
  'cancelled',
])
export const ServiceState = Type.Enum(['clear', 'held', 'exception', 'return'])

/** The four axes: never one status. */
export const Axes = Type.Object({
  commercial: Commercial,
  money: MoneyState,
  fulfilment: FulfilmentState,
  service: ServiceState,
})
export type Axes = Static<typeof Axes>

export const BlockedAction = Type.Enum(['confirm', 'allocate', 'release', 'ship'])

/** Tabs that ship with Ordo; `awaiting_payment`: placed, payment not met; `to_ship`: confirmed with units not shipped. */
export const OrderTab = Type.Enum([
  'all',
  'open',
  'held',
  'awaiting_payment',
  'backordered',
  'to_ship',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
])
export type OrderTab = Static<typeof OrderTab>

/** q: order number, external id, phone or its last four, name, SKU, tracking number; equality or prefix. */
export const OrderListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 120 })),
  tab: Type.Optional(OrderTab),
  commercial: Type.Optional(Commercial),
  channel: Type.Optional(Type.String({ maxLength: 64 })),
  hold: Type.Optional(Type.String({ maxLength: 64 })),
  sku: Type.Optional(Type.String({ maxLength: 64 })),
  placed_from: Type.Optional(Instant),
  placed_to: Type.Optional(Instant),
  ...PageQuery,
})
export type OrderListQuery = Static<typeof OrderListQuery>

export const OrderListItem = Type.Object({
  order_id: Id,
  number: Type.String(),
  channel: Type.String(),
  external_id: Type.String(),
  placed_at: Instant,
  axes: Axes,
  holds: Type.Array(Type.String(), { maxItems: 20 }),
  priority: Type.Integer(),
  currency: Type.String(),
  total: Amount,
  units: Type.Integer(),
  line_count: Type.Integer(),
  first_title: orNull(Type.String()),
  /** Masked by the caller's role. */
  customer_name: orNull(Type.String()),
  ship_city: orNull(Type.String()),
  ship_region: orNull(Type.String()),
  ship_country: Type.String(),
  promised_at: orNull(Instant),
  /** Which criterion found it, where q was given. */
  matched: Type.Optional(Type.Enum(['number', 'external_id', 'phone', 'name', 'sku', 'tracking'])),
})
export type OrderListItem = Static<typeof OrderListItem>
export const OrderList = pageOf(OrderListItem)
export type OrderList = Static<typeof OrderList>

/** Live counts of tabs and of the caller's saved views (by view_id); those named in `more` stopped counting at the figure given. */
export const OrderCounts = Type.Object({
  tabs: Type.Record(Type.String(), Count),
  views: Type.Record(Type.String(), Count),
  more: Type.Array(Type.String(), { maxItems: 100 }),
})
export type OrderCounts = Static<typeof OrderCounts>

/** `query` is an OrderListQuery without its page; the web also keeps its columns in it. */
export const SavedView = Type.Object({
  view_id: Id,
  name: Type.String(),
  shared: Type.Boolean(),
  own: Type.Boolean(),
  query: Type.Record(Type.String(), Type.String()),
})
export type SavedView = Static<typeof SavedView>
export const SavedViews = Type.Object({ items: Type.Array(SavedView, { maxItems: 50 }) })
export const NewSavedView = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60 }),
  shared: Type.Boolean(),
  query: Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200 })),
})

/** Every unit of a line is in exactly one of these. */
export const Buckets = Type.Object({
  open: Type.Integer(),
  backordered: Type.Integer(),
  reserved: Type.Integer(),
  allocated: Type.Integer(),
  released: Type.Integer(),
  picked: Type.Integer(),
  packed: Type.Integer(),
  shipped: Type.Integer(),
  delivered: Type.Integer(),
  return_requested: Type.Integer(),
  returned: Type.Integer(),
  restocked: Type.Integer(),
  written_off: Type.Integer(),
  lost: Type.Integer(),
  cancelled: Type.Integer(),
})
export type Buckets = Static<typeof Buckets>

export const OrderLineView = Type.Object({
  line_no: Type.Integer(),
  sku: Type.String(),
  title: orNull(Type.String()),
  ordered: Type.Integer(),
  unit_price: Type.String(),
  gross: Amount,
  discount: Amount,
  tax: Amount,
  net: Amount,
  buckets: Buckets,
  shortage_reason: orNull(Type.String()),
})
export type OrderLineView = Static<typeof OrderLineView>

export const ChargeView = Type.Object({
  kind: Type.String(),
  title: orNull(Type.String()),
  amount: Amount,
  tax: Amount,
})

export const HoldReason = Type.Object({
  code: Type.String(),
  text: Type.Optional(BothTexts),
  detail: Type.Optional(
    Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  ),
})
export type HoldReason = Static<typeof HoldReason>

export const HoldView = Type.Object({
  hold_id: Id,
  kind: Type.String(),
  line_no: orNull(Type.Integer()),
  reasons: Type.Array(HoldReason, { maxItems: 50 }),
  blocks: Type.Array(BlockedAction, { maxItems: 4 }),
  owner: orNull(Type.String()),
  placed_at: Instant,
  placed_by: Type.String(),
  expires_at: orNull(Instant),
})
export type HoldView = Static<typeof HoldView>

/** `masked`: name, phone, mail and address lines are shortened (138****0000) until a disclosure. */
export const PersonView = Type.Object({
  masked: Type.Boolean(),
  name: orNull(Type.String()),
  email: orNull(Type.String()),
  phone: orNull(Type.String()),
  address_lines: Type.Array(Type.String(), { maxItems: 10 }),
  district: orNull(Type.String()),
  note: orNull(Type.String()),
  erased: Type.Boolean(),
})
export type PersonView = Static<typeof PersonView>

export const ShipTo = Type.Object({
  country: Type.String(),
  region: orNull(Type.String()),
  city: orNull(Type.String()),
  postcode: orNull(Type.String()),
})

export const OrderNote = Type.Object({ note_id: Id, text: Type.String(), by: Type.String(), at: Instant })

/** Actions of an order: cancel, change_address, hold, resume, approve, reject, refund, retry_payment, request_return, reallocate. */
export const OrderDetail = Type.Object({
  order_id: Id,
  number: Type.String(),
  channel: Type.String(),
  external_id: Type.String(),
  network_id: Type.String(),
  axes: Axes,
  revision: Type.Integer(),
  version: Type.Integer(),
  priority: Type.Integer(),
  service_level: Type.String(),
  shortage_policy: Type.Enum(['split', 'wait', 'cancel']),
  placed_at: Instant,
  received_at: Instant,
  confirmed_at: orNull(Instant),
  closed_at: orNull(Instant),
  cancel_reason: orNull(Type.String()),
  promise: orNull(
    Type.Object({
      ship_by: orNull(Instant),
      promised_at: orNull(Instant),
      risk: Type.Enum(['none', 'at_risk', 'late', 'kept', 'missed']),
    }),
  ),
  currency: Type.String(),
  prices_include_tax: Type.Boolean(),
  lines_total: Amount,
  charges_total: Amount,
  tax_total: Amount,
  total: Amount,
  payment_method: Type.String(),
  lines: Type.Array(OrderLineView, { maxItems: 2000 }),
  charges: Type.Array(ChargeView, { maxItems: 200 }),
  holds: Type.Array(HoldView, { maxItems: 50 }),
  person: orNull(PersonView),
  ship_to: ShipTo,
  notes: Type.Array(OrderNote, { maxItems: 100 }),
  /** The customer's own page of this order, signed. */
  tracking_url: orNull(Type.String()),
  available_actions: Type.Array(ActionView, { maxItems: 20 }),
})
export type OrderDetail = Static<typeof OrderDetail>

/** The timeline: newest last. `data` holds ids, states, quantities, amounts; never personal data. */
export const OrderEvent = Type.Object({
  event_id: Id,
  type: Type.String(),
  version: Type.Integer(),
  at: Instant,
  actor: Type.String(),
  actor_name: orNull(Type.String()),
  data: Type.Unknown(),
})
export type OrderEvent = Static<typeof OrderEvent>
export const OrderEvents = pageOf(OrderEvent)
export type OrderEvents = Static<typeof OrderEvents>

export const NewHold = Type.Object({
  kind: Type.Enum(['manual', 'address', 'customer_request', 'fraud_check']),
  note: Type.String({ minLength: 1, maxLength: 500 }),
  blocks: Type.Array(BlockedAction, { minItems: 1, maxItems: 4 }),
  line_no: Type.Optional(Type.Integer()),
  expires_at: Type.Optional(Instant),
})
export const NewNote = Type.Object({ text: Type.String({ minLength: 1, maxLength: 2000 }) })
export const Disclosure = Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) })
