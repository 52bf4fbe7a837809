// Decisions by hand about one order: what a person may ask, what it would cost and when it arrives, and what was decided before.
import { type Static, Type } from 'typebox'
import { Key } from './catalog.ts'
import { degradedKinds } from './modes.ts'
import { CostTerm } from './views-allocation.ts'
import { Amount, Id, Instant, orNull } from './views-shared.ts'

export const handKinds = ['allocate', 'move', 'split', 'merge', 'lock', 'unlock', 'priority'] as const
export type HandKind = (typeof handKinds)[number]
/** What is kept of what people decided; `service` and `lift` are decided from the inbox. */
export const decisionKinds = [...handKinds, 'service', 'lift'] as const

const LineUnits = Type.Object(
  {
    line_no: Type.Integer({ minimum: 1, maximum: 100_000 }),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
)
export type LineUnits = Static<typeof LineUnits>
const Lines = Type.Array(LineUnits, { minItems: 1, maxItems: 500 })

/**
 * `allocate`: units that wait for a place, to `parts`. `move`: open work of `fulfilment_id`, whole or `lines` of it, to `location_id`. `split`:
 * `lines` leave `fulfilment_id` for a fulfilment order of their own. `merge`: `fulfilment_ids` of one location become one. `lock`: every later
 * decision may choose `location_id` only, until `unlock`. `priority`: above 0 the order hurries.
 */
const fields = {
  kind: Type.Enum([...handKinds]),
  /** The version of the order that was looked at: somebody who was faster is not overruled. */
  version: Type.Integer({ minimum: 1 }),
  /** Without `lines` the part takes all that no other part names. */
  parts: Type.Optional(
    Type.Array(Type.Object({ location_id: Key, lines: Type.Optional(Lines) }, { additionalProperties: false }), {
      minItems: 1,
      maxItems: 20,
    }),
  ),
  fulfilment_id: Type.Optional(Id),
  fulfilment_ids: Type.Optional(Type.Array(Id, { minItems: 2, maxItems: 20, uniqueItems: true })),
  location_id: Type.Optional(Key),
  lines: Type.Optional(Lines),
  priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
}

export const HandPreview = Type.Object(fields, { additionalProperties: false })
export type HandPreview = Static<typeof HandPreview>

export const HandDecision = Type.Object(
  { ...fields, reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' }) },
  { additionalProperties: false },
)
export type HandDecision = Static<typeof HandDecision>

export const HandOutlook = Type.Object({
  /** In minor units of `currency`; what counts for the choice, lateness and load included. null where it cannot be priced. */
  cost: orNull(Amount),
  /** The same without load and scarcity, which move with whatever else is booked. */
  paid: orNull(Amount),
  terms: Type.Array(CostTerm, { maxItems: 12 }),
  /** With the customer at the latest, nine times of ten. */
  arrives_at: orNull(Instant),
  late: orNull(Type.Boolean()),
  parts: Type.Array(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      units: Type.Integer(),
      distance_km: orNull(Type.Number()),
      service: orNull(Type.String()),
    }),
    { maxItems: 50 },
  ),
})
export type HandOutlook = Static<typeof HandOutlook>

const PlaceName = { location_id: Type.String(), name: Type.String(), name_zh: orNull(Type.String()) }

/** What looking for a place comes to for units that wait for one. */
export const PlaceOutlook = Type.Object({
  currency: Type.String(),
  /** From where, by which service, for what and when; null where nothing finds a place. */
  plan: orNull(HandOutlook),
  units: Type.Integer(),
  /** Units that still have no place, and why: a reason of the queue. */
  unmet: Type.Integer(),
  because: orNull(Type.String()),
  /** Locations that have goods of what still has no place, or have refused them, each with what keeps it from sending them; the nearest first. */
  stands: Type.Array(Type.Object({ ...PlaceName, code: Type.String() }), { maxItems: 5 }),
  /** Kinds of values that have failed: it is weighed with the last good ones. */
  degraded: Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 }),
})
export type PlaceOutlook = Static<typeof PlaceOutlook>

/** One of several ways to give waiting units a place above the machine. */
export const PlaceChoice = Type.Object({
  /** The location that sends them, or that is let in again; null for all that are out. */
  place: orNull(Type.Object(PlaceName)),
  /** What is set aside: by what the rules would leave the location out, or why it has been out; `until` where that ends by itself. */
  set_aside: Type.Array(Type.Object({ code: Type.String(), until: orNull(Instant) }), { maxItems: 20 }),
  /** Where `place` is null: every location that is let in again; `until` where it would be by itself. */
  lets_in: Type.Array(Type.Object({ ...PlaceName, until: orNull(Instant) }), { maxItems: 50 }),
  outlook: PlaceOutlook,
})
export type PlaceChoice = Static<typeof PlaceChoice>

/** What a person was shown of one way to send it. */
export const SeenWay = Type.Object(
  {
    /** What is paid: the cost of a way, `paid` of a plan. null where none was shown. */
    cost: orNull(Amount),
    arrives_at: Instant,
    /** From where it leaves, and with how many units. */
    location_id: Type.Optional(Key),
    units: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { additionalProperties: false },
)

export const HandPreviewed = Type.Object({
  order_id: Id,
  version: Type.Integer(),
  kind: Type.Enum([...handKinds]),
  currency: Type.String(),
  promised_at: orNull(Instant),
  units: Type.Integer(),
  /** The same units as they lie now; null where they have no place, or none moves. */
  before: orNull(HandOutlook),
  after: orNull(HandOutlook),
  /** What the machine would choose for them now; null where it finds nothing, none moves, or work is only split. */
  machine: orNull(HandOutlook),
  /** What the rules would have left out, or what was refused before: a person may overrule it. */
  warnings: Type.Array(Type.Object({ code: Type.String(), location_id: Type.String() }), { maxItems: 50 }),
  /** Kinds of values that have failed: it is weighed with the last good ones. */
  degraded: Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 }),
})
export type HandPreviewed = Static<typeof HandPreviewed>

export const HandDecided = Type.Object({
  decision_id: Id,
  order_id: Id,
  version: Type.Integer(),
  kind: Type.Enum([...handKinds]),
})

export const HandHistory = Type.Object({
  items: Type.Array(
    Type.Object({
      decision_id: Id,
      kind: Type.Enum([...decisionKinds]),
      reason: Type.String(),
      by: Type.String(),
      at: Instant,
      /** Locations that it names. */
      locations: Type.Array(Type.String(), { maxItems: 50 }),
      priority: orNull(Type.Integer()),
    }),
    { maxItems: 100 },
  ),
  /** The location that the order is locked to. */
  locked: orNull(Type.String()),
  version: Type.Integer(),
})
