// What a merchant tells about its sites, its shops and its goods: the schemas of networks, locations, channels and SKUs.
import { type Static, Type } from 'typebox'

export const Key = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]*$' })
export const Currency = Type.String({ pattern: '^[A-Z]{3}$' })
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Money = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
const closed = { additionalProperties: false } as const

export const NetworkFact = Type.Object({ name: Name, name_zh: Type.Optional(Name) }, closed)
export type NetworkFact = Static<typeof NetworkFact>

/** When people work at a location, by its own clock: weekly windows (1 is Monday, 7 Sunday), less the days that are closed. */
export const OpeningHours = Type.Object(
  {
    weekly: Type.Array(
      Type.Object(
        {
          days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
          from: TimeOfDay,
          to: TimeOfDay,
        },
        closed,
      ),
      { minItems: 1, maxItems: 21 },
    ),
    closed_on: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), { maxItems: 366 })),
  },
  closed,
)
export type OpeningHours = Static<typeof OpeningHours>

const Limit = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Pace = Type.Number({ minimum: 0, maximum: 600 })
/** What a location gets ready in a slot at most, whichever limit is reached first, and how long its work takes until that is learned. */
export const SlotCapacity = Type.Object(
  {
    slot_minutes: Type.Integer({ minimum: 15, maximum: 1440 }),
    orders: Type.Optional(Limit),
    lines: Type.Optional(Limit),
    minutes: Type.Optional(Limit),
    /** Share of each limit that only urgent orders may book, until the slot begins. None where absent. */
    urgent_percent: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
    minutes_per_order: Pace,
    minutes_per_line: Pace,
  },
  closed,
)
export type SlotCapacity = Static<typeof SlotCapacity>

export const LocationFact = Type.Object(
  {
    name: Name,
    name_zh: Type.Optional(Name),
    network: Key,
    type: Type.Union([Type.Literal('warehouse'), Type.Literal('store'), Type.Literal('supplier')]),
    state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    region: Type.String({ maxLength: 100 }),
    city: Type.String({ maxLength: 100 }),
    postcode: Type.Optional(Type.String({ maxLength: 20 })),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    time_zone: Type.String({ minLength: 1, maxLength: 64 }),
    capabilities: Type.Array(Key, { maxItems: 30 }),
    /** Groups that rules name: "east", "flagship", "clearance". */
    groups: Type.Optional(Type.Array(Key, { maxItems: 20 })),
    handling_per_order_minor: Money,
    handling_per_line_minor: Money,
    cut_off: TimeOfDay,
    /** Always open where absent. */
    hours: Type.Optional(OpeningHours),
    /** Without limit where absent. */
    capacity: Type.Optional(SlotCapacity),
  },
  closed,
)
export type LocationFact = Static<typeof LocationFact>

export const PaymentMethod = Type.Union([
  Type.Literal('reference'),
  Type.Literal('card'),
  Type.Literal('wallet'),
  Type.Literal('cod'),
  Type.Literal('transfer'),
])

export const ChannelFact = Type.Object(
  {
    name: Name,
    name_zh: Type.Optional(Name),
    network: Key,
    currency: Currency,
    locale: Type.Union([Type.Literal('zh-CN'), Type.Literal('en')]),
    shortage_policy: Type.Union([Type.Literal('split'), Type.Literal('wait'), Type.Literal('cancel')]),
    payment_methods: Type.Array(PaymentMethod, { minItems: 1, maxItems: 5 }),
    payment_deadline_minutes: Type.Integer({ minimum: 1, maximum: 43_200 }),
    unknown_sku: Type.Literal('stage'),
  },
  closed,
)
export type ChannelFact = Static<typeof ChannelFact>

const skuFields = {
  name: Name,
  name_zh: Type.Optional(Type.Union([Name, Type.Null()])),
  category: Type.Optional(Type.String({ maxLength: 100 })),
  state: Type.Optional(Type.Union([Type.Literal('active'), Type.Literal('retired')])),
  weight_grams: Type.Integer({ minimum: 0, maximum: 100_000_000 }),
  length_mm: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  width_mm: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  height_mm: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  handling_classes: Type.Optional(Type.Array(Key, { maxItems: 10 })),
  gtin: Type.Optional(Type.Union([Type.String({ pattern: '^[0-9]{8,14}$' }), Type.Null()])),
  price_minor: Type.Optional(Type.Union([Money, Type.Null()])),
  currency: Type.Optional(Type.Union([Currency, Type.Null()])),
}
export const SkuCode = Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000-\\u001f]+$' })
export const SkuBody = Type.Object(skuFields, closed)
export type SkuBody = Static<typeof SkuBody>
export const SkuItem = Type.Object({ sku: SkuCode, ...skuFields }, closed)
export type SkuItem = Static<typeof SkuItem>

export const SkuView = Type.Object({
  sku: Type.String(),
  name: Type.String(),
  name_zh: Type.Union([Type.String(), Type.Null()]),
  category: Type.String(),
  state: Type.String(),
  weight_grams: Type.Integer(),
  length_mm: Type.Integer(),
  width_mm: Type.Integer(),
  height_mm: Type.Integer(),
  handling_classes: Type.Array(Type.String(), { maxItems: 10 }),
  gtin: Type.Union([Type.String(), Type.Null()]),
  price_minor: Type.Union([Type.Integer(), Type.Null()]),
  currency: Type.Union([Type.String(), Type.Null()]),
  updated_at: Type.String(),
})

const version = { version_id: Type.String(), valid_from: Type.String() }
/** As the fact, with what screens never miss: a Chinese name or null, the network under its full name. */
const shown = { ...version, name_zh: Type.Union([Type.String(), Type.Null()]) }
const { name_zh: _network_zh, ...networkFields } = NetworkFact.properties
const { name_zh: _location_zh, ...locationFields } = LocationFact.properties
const { name_zh: _channel_zh, ...channelFields } = ChannelFact.properties
export const NetworkView = Type.Object({ network_id: Type.String(), ...shown, ...networkFields })
export const LocationView = Type.Object({
  location_id: Type.String(),
  network_id: Type.String(),
  ...shown,
  ...locationFields,
})
/** How often it was set, which is what an edit names: it is the ETag. */
const revision = Type.Integer({ minimum: 0 })
export const LocationRead = Type.Object({ ...LocationView.properties, revision })
export const ChannelView = Type.Object({
  channel: Type.String(),
  network_id: Type.String(),
  ...shown,
  ...channelFields,
})

/** What a change of a network, location or channel answers: its new version. */
export const Written = Type.Object({ version_id: Type.String() })
export const LocationWritten = Type.Object({ ...Written.properties, revision })
