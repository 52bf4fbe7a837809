// The warehouse's plain screen and the fulfilment part of the order page: queues, fulfilment orders, parcels.
import { type Static, Type } from 'typebox'
import { ActionView, Count, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const FulfilmentState = Type.Enum([
  'planned',
  'released',
  'picking',
  'packed',
  'shipped',
  'delivered',
  'lost',
  'cancelled',
])

export const FulfilmentQuery = Type.Object({
  location: Type.Optional(Type.String({ maxLength: 64 })),
  state: Type.Optional(FulfilmentState),
  q: Type.Optional(Type.String({ maxLength: 64 })),
  ...PageQuery,
})

export const FulfilmentLine = Type.Object({
  fulfilment_line_no: Type.Integer(),
  order_id: Id,
  order_number: Type.String(),
  line_no: Type.Integer(),
  sku: Type.String(),
  title: orNull(Type.String()),
  quantity: Type.Integer(),
  picked: Type.Integer(),
  packed: Type.Integer(),
})
export type FulfilmentLine = Static<typeof FulfilmentLine>

/** A scan as the carrier told it; `code` is translated by the screen (`scan.<code>`). */
export const ScanView = Type.Object({
  code: Type.String(),
  at: Instant,
  place: orNull(Type.String()),
  text: orNull(Type.String()),
})
export type ScanView = Static<typeof ScanView>

export const ParcelView = Type.Object({
  parcel_id: Id,
  fulfilment_id: Id,
  location_id: Type.String(),
  carrier: Type.String(),
  service: Type.String(),
  tracking_number: orNull(Type.String()),
  state: Type.Enum([
    'packed',
    'labelled',
    'handed_over',
    'in_transit',
    'out_for_delivery',
    'delivered',
    'exception',
    'returned',
    'lost',
    'cancelled',
  ]),
  weight_grams: orNull(Type.Integer()),
  /** The label as PDF, once there is one. */
  label_url: orNull(Type.String()),
  handed_over_at: orNull(Instant),
  delivered_at: orNull(Instant),
  promised_at: orNull(Instant),
  lines: Type.Array(
    Type.Object({
      order_id: Id,
      line_no: Type.Integer(),
      sku: Type.String(),
      title: orNull(Type.String()),
      quantity: Type.Integer(),
    }),
    { maxItems: 2000 },
  ),
  scans: Type.Array(ScanView, { maxItems: 200 }),
})
export type ParcelView = Static<typeof ParcelView>

/** Actions: pick, short_pick, reject, pack, unpack, hand_over. `version` is raised by each change of state and each rejection. */
export const FulfilmentView = Type.Object({
  fulfilment_id: Id,
  location_id: Type.String(),
  state: FulfilmentState,
  version: Type.Integer(),
  carrier: Type.String(),
  service: Type.String(),
  ship_by: orNull(Instant),
  promised_at: orNull(Instant),
  released_at: orNull(Instant),
  created_at: Instant,
  lines: Type.Array(FulfilmentLine, { maxItems: 2000 }),
  parcels: Type.Array(ParcelView, { maxItems: 200 }),
  available_actions: Type.Array(ActionView, { maxItems: 20 }),
})
export type FulfilmentView = Static<typeof FulfilmentView>

/** Earliest ship_by first. */
export const FulfilmentList = pageOf(FulfilmentView, 100)
export type FulfilmentList = Static<typeof FulfilmentList>

/** All fulfilment orders and parcels that carry lines of one order. */
export const OrderFulfilments = Type.Object({ items: Type.Array(FulfilmentView, { maxItems: 100 }) })
export type OrderFulfilments = Static<typeof OrderFulfilments>

/** What lies in each queue of each location. */
export const WarehouseQueues = Type.Object({
  items: Type.Array(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      planned: Count,
      released: Count,
      picking: Count,
      packed: Count,
      late: Count,
      oldest_released_at: orNull(Instant),
    }),
    { maxItems: 500 },
  ),
})
export type WarehouseQueues = Static<typeof WarehouseQueues>

/** scan_id is made by the handheld: the same id again is the same scan and counts once. */
const PickedLines = Type.Array(
  Type.Object({
    fulfilment_line_no: Type.Integer(),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    scan_id: Type.Optional(Id),
  }),
  { minItems: 1, maxItems: 2000 },
)

/** Without lines everything that is left. */
export const Pick = Type.Object({ lines: Type.Optional(PickedLines) })
/** What was not found goes back to allocation, this location left out. */
export const ShortPick = Type.Object({ lines: PickedLines, reason: Type.Enum(['missing', 'damaged', 'wrong_item']) })
/** Without parcels everything picked goes into one. */
export const Pack = Type.Object({
  parcels: Type.Optional(
    Type.Array(
      Type.Object({
        parcel_id: Type.Optional(Id),
        weight_grams: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
        lines: PickedLines,
      }),
      {
        minItems: 1,
        maxItems: 200,
      },
    ),
  ),
})
export const HandOver = Type.Object({ note: Type.Optional(Type.String({ maxLength: 200 })) })
