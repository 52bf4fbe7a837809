// The policy lab: comparisons that decide orders of the past again under two sets of rules, and experiments that give a share of new orders to a draft.
import { type Static, Type } from 'typebox'
import { ActionView, Amount, BothTexts, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

const closed = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Whole = Type.Integer({ minimum: 0 })

/**
 * Whose decisions a side shows. `happened`: what was decided in fact, by the kept reasons. `then`: the rules that were live at each time.
 * `live`: those that are live when it starts. `draft`: an open draft as it is when it starts. `version`: an earlier version.
 */
export const LabSide = Type.Union([
  Type.Object({ of: Type.Literal('happened') }, closed),
  Type.Object({ of: Type.Literal('then') }, closed),
  Type.Object({ of: Type.Literal('live') }, closed),
  Type.Object({ of: Type.Literal('draft'), draft_id: Id }, closed),
  Type.Object({ of: Type.Literal('version'), version_id: Type.String({ minLength: 1, maxLength: 64 }) }, closed),
])
export type LabSide = Static<typeof LabSide>

export const labClocks = ['decided', 'placed'] as const
export const labStocks = ['of_that_time', 'unlimited'] as const
export const labFacts = ['of_that_time', 'now'] as const

/** What the orders are decided on. */
export const LabGround = Type.Object(
  {
    /** When an order is decided: as it was in fact (when it was placed where it never was), or when it was placed. */
    clock: Type.Enum([...labClocks]),
    /** `of_that_time`: the stock ledger of then, without what these orders took. `unlimited`: every location has every article. */
    stock: Type.Enum([...labStocks]),
    /** Locations, rates and closures as they stood at each time, or all as they stand now. */
    facts: Type.Enum([...labFacts]),
  },
  closed,
)
export type LabGround = Static<typeof LabGround>

/** Which orders: a period of placing, an import, or both together. `ground` as far as it is not `decided`, `of_that_time`, `of_that_time`. */
export const NewComparison = Type.Object(
  {
    name: Name,
    period: Type.Optional(Type.Object({ from: Instant, to: Instant }, closed)),
    import_id: Type.Optional(Id),
    channel: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    a: LabSide,
    b: LabSide,
    ground: Type.Optional(Type.Partial(LabGround, closed)),
  },
  closed,
)
export type NewComparison = Static<typeof NewComparison>

export const comparisonStates = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export type ComparisonState = (typeof comparisonStates)[number]

/** What one side comes to. Money in minor units of the base currency. */
export const LabFigures = Type.Object({
  /** Orders that leave, at least in part, and of them those in more than one part. */
  sent: Whole,
  split: Whole,
  parts: Whole,
  /** null where it is not known: what happened keeps parts, not parcels. */
  parcels: orNull(Whole),
  shipping: Amount,
  handling: Amount,
  /** Mean kilometres of a part to its customer; null where no place is known. */
  km_mean: orNull(Type.Number()),
  /** CO₂ of the freight of all orders, by distance and weight; null where nothing is known of it. Nobody pays it: its price only steers. */
  carbon_grams: orNull(Whole),
  /** Orders with a promise whose arrival is known, and of them those that arrive in time, nine times of ten. */
  promised: Whole,
  promise_kept: Whole,
  /** Mean days by which those that leave come after their promise, 0 for one in time; null where none has one. */
  late_days_mean: orNull(Type.Number()),
  /** Orders of which nothing leaves, and units that stay behind in all orders. */
  unallocated: Whole,
  units: Whole,
  units_waiting: Whole,
})
export type LabFigures = Static<typeof LabFigures>

const Sides = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Object({ a: schema, b: schema })

const Load = Type.Object({ orders: Whole, units: Whole })

/** A finding or a simplification that a reader must know to judge the figures. */
export const LabNote = Type.Object({ code: Type.String(), text: BothTexts })
export type LabNote = Static<typeof LabNote>

export const ComparisonView = Type.Object({
  comparison_id: Id,
  name: Type.String(),
  state: Type.Enum([...comparisonStates]),
  /** Why it failed. */
  failure: orNull(LabNote),
  period: orNull(Type.Object({ from: Instant, to: Instant })),
  import_id: orNull(Id),
  channel: orNull(Type.String()),
  /** With the name of the draft or version as it was when it started. */
  a: Type.Object({ side: LabSide, title: BothTexts, version_id: orNull(Type.String()) }),
  b: Type.Object({ side: LabSide, title: BothTexts, version_id: orNull(Type.String()) }),
  ground: LabGround,
  created_at: Instant,
  created_by: Type.String(),
  started_at: orNull(Instant),
  ended_at: orNull(Instant),
  /** Orders replayed so far, and all. */
  progress: Type.Object({ done: Whole, all: Whole }),
  currency: Type.String(),
  figures: Sides(LabFigures),
  /** Shipping and handling of the orders that both sides send in the same number of units: the only ones whose cost compares. */
  compared: Type.Object({ orders: Whole, cost_a: Amount, cost_b: Amount }),
  changed: Type.Object({
    all: Whole,
    dearer: Whole,
    cheaper: Whole,
    more_parts: Whole,
    fewer_parts: Whole,
    later: Whole,
    sooner: Whole,
    unallocated: Whole,
    allocated: Whole,
  }),
  /** The orders that each rule took, by its id; '' where none did. */
  rules: Type.Array(Type.Object({ rule_id: Type.String(), name: BothTexts, a: Whole, b: Whole }), { maxItems: 500 }),
  locations: Type.Array(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      a: Load,
      b: Load,
    }),
    { maxItems: 1000 },
  ),
  /** Orders of which something of then is not known any more: where they went (erased), or what was decided. */
  lost: Type.Object({ destinations: Whole, reasons: Whole }),
  notes: Type.Array(LabNote, { maxItems: 20 }),
  available_actions: Type.Array(ActionView, { maxItems: 5 }),
})
export type ComparisonView = Static<typeof ComparisonView>

export const ComparisonRow = Type.Pick(ComparisonView, [
  'comparison_id',
  'name',
  'state',
  'period',
  'import_id',
  'channel',
  'a',
  'b',
  'created_at',
  'created_by',
  'ended_at',
  'progress',
  'currency',
  'compared',
  'available_actions',
])
export type ComparisonRow = Static<typeof ComparisonRow>
export const ComparisonList = pageOf(ComparisonRow)
export const ComparisonQuery = Type.Object({ ...PageQuery })

export const changedFilters = [
  'dearer',
  'cheaper',
  'more_parts',
  'fewer_parts',
  'later',
  'sooner',
  'unallocated',
  'allocated',
] as const

/** One side of an order. */
export const LabOutcome = Type.Object({
  says: BothTexts,
  rule_id: orNull(Type.String()),
  rule_name: orNull(BothTexts),
  /** Shipping and handling; null where nothing leaves. */
  cost: orNull(Amount),
  units: Whole,
  waiting: Whole,
  parts: Whole,
  km: orNull(Type.Number()),
  arrives_at: orNull(Instant),
})
export type LabOutcome = Static<typeof LabOutcome>

export const ChangedOrder = Type.Object({
  order_id: Id,
  number: Type.String(),
  /** The instant at which it was decided in the replay. */
  decided_at: Instant,
  promised_at: orNull(Instant),
  a: LabOutcome,
  b: LabOutcome,
  /** Cost of b less that of a; null where they do not compare. */
  difference: orNull(Amount),
  what: Type.Array(Type.Enum([...changedFilters]), { maxItems: 8 }),
})
export type ChangedOrder = Static<typeof ChangedOrder>
/** The largest difference of cost first. */
export const ChangedOrders = pageOf(ChangedOrder)
export const ChangedQuery = Type.Object({ ...PageQuery, what: Type.Optional(Type.Enum([...changedFilters])) })

/** The work that each side gives a location over time; by hour up to eight days, otherwise by day (UTC). */
export const LabLoad = Type.Object({
  step: Type.Enum(['hour', 'day']),
  points: Type.Array(Type.Object({ at: Instant, a: Load, b: Load }), { maxItems: 2000 }),
})
export type LabLoad = Static<typeof LabLoad>
export const LabLoadQuery = Type.Object({ location_id: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })) })

/** What may be picked for a comparison. */
export const LabChoices = Type.Object({
  /** When the first and the newest order was placed; null where there is none. */
  orders: orNull(Type.Object({ from: Instant, to: Instant })),
  channels: Type.Array(Type.Object({ channel: Type.String(), name: Type.String() }), { maxItems: 1000 }),
  drafts: Type.Array(
    Type.Object({ draft_id: Id, name: Type.String(), revision: Type.Integer(), changed_at: Instant }),
    {
      maxItems: 50,
    },
  ),
  /** Versions that are or were live, the newest first; the shipped one without `since` where it was never switched back to. */
  versions: Type.Array(
    Type.Object({ version_id: Type.String(), reason: Type.String(), since: orNull(Instant), live: Type.Boolean() }),
    { maxItems: 100 },
  ),
  imports: Type.Array(
    Type.Object({
      import_id: Id,
      name: Type.String(),
      channel: Type.String(),
      orders: Whole,
      started_at: Instant,
    }),
    { maxItems: 100 },
  ),
  limits: Type.Object({ orders: Whole, running: Whole, kept: Whole, kept_days: Whole }),
})
export type LabChoices = Static<typeof LabChoices>
