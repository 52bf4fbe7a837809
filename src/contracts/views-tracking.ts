// The customer's page: one sentence that answers, then the steps, the parcels, and why it is late if it is.
import { type Static, Type } from 'typebox'
import { Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'
import { ScanView } from './views-warehouse.ts'

export const TrackForm = Type.Object({
  number: Type.String({ minLength: 4, maxLength: 40 }),
  phone_tail: Type.String({ minLength: 4, maxLength: 4 }),
})

/** The merchant as the customer knows it; colour is #rrggbb. */
export const ShopView = Type.Object({
  code: Type.String(),
  name: Type.String(),
  colour: orNull(Type.String()),
  help_url: orNull(Type.String()),
  help_phone: orNull(Type.String()),
  locale: Type.Enum(['zh-CN', 'en']),
})
export type ShopView = Static<typeof ShopView>

/**
 * The sentence: arriving (from … to), out_for_delivery, delivered (at), preparing, checking (under review), awaiting_payment, awaiting_stock (with a date where known),
 * partly_shipped, problem (carrier exception), cancelled, returned.
 */
export const TrackAnswer = Type.Object({
  code: Type.Enum([
    'arriving',
    'out_for_delivery',
    'delivered',
    'preparing',
    'checking',
    'awaiting_payment',
    'awaiting_stock',
    'partly_shipped',
    'problem',
    'cancelled',
    'returned',
  ]),
  earliest: orNull(Instant),
  latest: orNull(Instant),
  at: orNull(Instant),
})
export type TrackAnswer = Static<typeof TrackAnswer>

export const TrackStep = Type.Object({
  code: Type.Enum(['placed', 'confirmed', 'packed', 'shipped', 'delivered']),
  at: orNull(Instant),
  state: Type.Enum(['done', 'now', 'next', 'skipped']),
})

export const TrackParcel = Type.Object({
  tracking_number: orNull(Type.String()),
  carrier_name: Type.String(),
  carrier_url: orNull(Type.String()),
  state: Type.Enum([
    'packed',
    'handed_over',
    'in_transit',
    'out_for_delivery',
    'delivered',
    'exception',
    'returned',
    'lost',
  ]),
  earliest: orNull(Instant),
  latest: orNull(Instant),
  delivered_at: orNull(Instant),
  /** Only by signed link. */
  items: Type.Array(Type.Object({ title: Type.String(), quantity: Type.Integer() }), { maxItems: 200 }),
  /** Newest first. */
  scans: Type.Array(ScanView, { maxItems: 100 }),
})
export type TrackParcel = Static<typeof TrackParcel>

/** level brief (number + phone tail): state, city and days only; full (signed link): items, address line, parcels in detail. */
export const TrackingView = Type.Object({
  shop: ShopView,
  level: Type.Enum(['brief', 'full']),
  number: Type.String(),
  placed_at: Instant,
  answer: TrackAnswer,
  steps: Type.Array(TrackStep, { maxItems: 5 }),
  /** Late against what was promised first: the cause and what is done about it, translated by the page (`late.<cause>`). */
  late: orNull(
    Type.Object({
      promised_at: Instant,
      cause: Type.Enum(['backlog', 'stock', 'carrier', 'weather', 'address', 'payment', 'unknown']),
      refundable: Type.Boolean(),
    }),
  ),
  parcels: Type.Array(TrackParcel, { maxItems: 50 }),
  /** Not yet in a parcel; only by signed link. */
  waiting_items: Type.Array(Type.Object({ title: Type.String(), quantity: Type.Integer() }), { maxItems: 200 }),
  destination: Type.Object({
    country: Type.String(),
    region: orNull(Type.String()),
    city: orNull(Type.String()),
    name: orNull(Type.String()),
    address: orNull(Type.String()),
  }),
  time_zone: Type.String(),
})
export type TrackingView = Static<typeof TrackingView>

/** The customer's page of an order, signed: for colleagues who send it on. */
export const TrackingLink = Type.Object({ url: Type.String() })

/** A parcel that a person must look at. */
export const ParcelException = Type.Object({
  exception_id: Id,
  kind: Type.Enum(['stuck', 'trouble', 'lost', 'returned']),
  code: orNull(Type.String()),
  opened_at: Instant,
  parcel_id: Id,
  fulfilment_id: Id,
  carrier: Type.String(),
  tracking_number: orNull(Type.String()),
  promised_at: orNull(Instant),
})
export type ParcelException = Static<typeof ParcelException>
export const ParcelExceptionList = pageOf(ParcelException)
export const ParcelExceptionQuery = Type.Object(PageQuery)
export const CloseException = Type.Object({
  outcome: Type.Enum(['solved', 'lost', 'delivered']),
  note: Type.Optional(Type.String({ maxLength: 500 })),
})
export const ExceptionClosed = Type.Object({ exception_id: Id })
