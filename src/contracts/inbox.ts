// The inbox: everything that needs a person as one ranked list, with the fixes that fit and what each would do.
import { type Static, Type } from 'typebox'
import { Key } from './catalog.ts'
import { PlaceChoice, PlaceOutlook, SeenWay } from './hand.ts'
import type { Permission } from './permissions.ts'
import { Amount, BothTexts, Count, Id, Instant, orNull, PageQuery, pageOf } from './views-shared.ts'

export const itemKinds = [
  'allocation',
  'special',
  'promise',
  'stock',
  'address',
  'payment',
  'parcel',
  'lost',
  'review',
  'hold',
  'staged',
  'dead_letter',
] as const
export const ItemKind = Type.Enum([...itemKinds])
export type ItemKind = (typeof itemKinds)[number]

/** Who sees items of a kind: whoever sees what they come from. */
export const kindPermits: Readonly<Record<ItemKind, Permission>> = {
  allocation: 'allocation.read',
  special: 'allocation.read',
  promise: 'warehouse.read',
  stock: 'stock.read',
  address: 'intake.read',
  payment: 'payment.read',
  parcel: 'shipping.read',
  lost: 'returns.read',
  review: 'review.read',
  hold: 'orders.read',
  staged: 'intake.read',
  dead_letter: 'jobs.read',
}

export const fixCodes = [
  'try_again',
  'lift_exclusion',
  'send_from',
  'wait',
  'move_in_time',
  'upgrade_service',
  'tell_customer',
  'cancel_missing',
  'approve',
  'reject',
  'release_hold',
  'replay',
  'dismiss',
  'match',
  'return_money',
  'ask_again',
  'retry_job',
  'parcel_solved',
  'parcel_delivered',
  'parcel_lost',
  'refund_lost',
  'resent',
] as const
export const FixCode = Type.Enum([...fixCodes])
export type FixCode = (typeof fixCodes)[number]

const Name = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9][a-z0-9_-]*$' })

/** What an applied fix answers for stock, money and promise; `words` says it in a sentence. */
export const FixEffect = Type.Object({
  /** Units that become free for others. */
  units_freed: Type.Integer(),
  money: orNull(Type.Object({ refunded: Amount, currency: Type.String() })),
  promise: Type.Enum(['none', 'kept', 'later', 'dropped', 'unknown']),
  /** How late work would leave and arrive; null where the fix changes nothing of that. */
  way: orNull(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      service: orNull(Type.String()),
      /** Freight and handling, now and then; null where its present service is not on file. */
      cost_now: orNull(Amount),
      cost: orNull(Amount),
      currency: Type.String(),
      arrives_now: orNull(Instant),
      arrives_at: Instant,
    }),
  ),
  /** What trying again now comes to; null where the fix looks for no place. */
  outlook: orNull(PlaceOutlook),
  /** Where it has to be said which place is meant: those that fit best, the first is suggested. */
  choices: Type.Array(PlaceChoice, { maxItems: 6 }),
  /** The version of the order that was looked at; null where it does not matter. */
  version: orNull(Type.Integer()),
  words: BothTexts,
})
export type FixEffect = Static<typeof FixEffect>

export const FixView = Type.Object({
  fix: FixCode,
  allowed: Type.Boolean(),
  /** The permission that is lacking where it is not allowed. */
  lacks: orNull(Type.String()),
  /** What has to be said with it. */
  needs: orNull(Type.Enum(['reason', 'order_number', 'until'])),
  /** It can be taken back for some seconds. */
  undo: Type.Boolean(),
  effect: FixEffect,
})
export type FixView = Static<typeof FixView>

export const InboxItem = Type.Object({
  item_id: Id,
  kind: ItemKind,
  source_id: Id,
  order_id: orNull(Id),
  /** An order number, a message's id, a tracking number, a step. */
  title: Type.String(),
  reason: Type.String(),
  value: orNull(Amount),
  currency: orNull(Type.String()),
  due_at: Instant,
  /** The smaller the earlier. */
  rank: Type.Integer(),
  why: BothTexts,
  state: Type.Enum(['open', 'snoozed', 'closed']),
  queue: orNull(Type.String()),
  assignee: orNull(Id),
  claimed_at: orNull(Instant),
  snoozed_until: orNull(Instant),
  /** A fix that was applied and has not taken effect yet. */
  fix: orNull(Type.String()),
  opened_at: Instant,
  closed_at: orNull(Instant),
  outcome: orNull(Type.String()),
})
export type InboxItem = Static<typeof InboxItem>

export const InboxQuery = Type.Object({
  kind: Type.Optional(ItemKind),
  queue: Type.Optional(Name),
  /** Mine: claimed by or assigned to whoever asks. */
  view: Type.Optional(Type.Enum(['open', 'mine', 'snoozed'])),
  ...PageQuery,
})

export const InboxPage = pageOf(InboxItem)

const Counted = Type.Object({ name: Type.String(), count: Count })
export const InboxCounts = Type.Object({
  open: Count,
  mine: Count,
  snoozed: Count,
  kinds: Type.Array(Counted, { maxItems: 20 }),
  queues: Type.Array(Counted, { maxItems: 50 }),
})
export type InboxCounts = Static<typeof InboxCounts>

export const ItemEntry = Type.Object({
  at: Instant,
  actor: Type.String(),
  what: Type.String(),
  detail: orNull(Type.String()),
})

export const InboxCase = Type.Object({
  item: InboxItem,
  /** What it rests on: `code` is translated by the screen; `text` is there where a rule has words of its own. */
  evidence: Type.Array(Type.Object({ code: Type.String(), value: orNull(Type.String()), text: orNull(BothTexts) }), {
    maxItems: 30,
  }),
  order: orNull(
    Type.Object({
      number: Type.String(),
      commercial: Type.String(),
      placed_at: Instant,
      promised_at: orNull(Instant),
      total: Amount,
      currency: Type.String(),
      city: orNull(Type.String()),
      lines: Type.Array(
        Type.Object({
          line_no: Type.Integer(),
          sku: Type.String(),
          title: orNull(Type.String()),
          ordered: Type.Integer(),
          waiting: Type.Integer(),
        }),
        { maxItems: 50 },
      ),
    }),
  ),
  /** The first is what is suggested. */
  fixes: Type.Array(FixView, { maxItems: 20 }),
  history: Type.Array(ItemEntry, { maxItems: 100 }),
})
export type InboxCase = Static<typeof InboxCase>

const Reason = Type.String({ minLength: 1, maxLength: 500 })
export const FixWish = {
  fix: FixCode,
  reason: Type.Optional(Reason),
  order_number: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  until: Type.Optional(Instant),
  /** Which place is meant, where the fix offers several; to lift exclusions without one: all that are out. */
  location_id: Type.Optional(Key),
  /** The version of the order that was looked at: somebody who was faster is not overruled. */
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The way that was shown: a worse one is not taken. */
  seen: Type.Optional(SeenWay),
}
export const ApplyFix = Type.Object(FixWish, { additionalProperties: false })
export type ApplyFix = Static<typeof ApplyFix>

export const FixApplied = Type.Object({
  item_id: Id,
  /** closed: the case is over; waiting: it comes back by itself if it does not help. */
  state: Type.Enum(['closed', 'waiting']),
  undo_until: orNull(Instant),
})
export type FixApplied = Static<typeof FixApplied>

export const Snooze = Type.Object({ until: Instant, note: Type.Optional(Reason) }, { additionalProperties: false })
export const Assignment = Type.Object(
  { assignee: Type.Optional(orNull(Id)), queue: Type.Optional(orNull(Name)) },
  { additionalProperties: false },
)
export const ItemNote = Type.Object({ text: Reason }, { additionalProperties: false })

const perKind = (value: ReturnType<typeof Type.Number>) =>
  Type.Object(
    {
      allocation: value,
      special: value,
      promise: value,
      stock: value,
      address: value,
      payment: value,
      parcel: value,
      lost: value,
      review: value,
      hold: value,
      staged: value,
      dead_letter: value,
    },
    { additionalProperties: false },
  )

/** rank = money at stake × weight of the kind ÷ hours left; money in minor units of the base currency. */
export const InboxPolicy = Type.Object(
  {
    weights: perKind(Type.Number({ minimum: 0.01, maximum: 1000 })),
    /** Hours until an answer is owed, where the thing has no date of its own. */
    hours: perKind(Type.Number({ minimum: 0.25, maximum: 8760 })),
    /** What a thing counts whose money is not known, and what everything counts at least. */
    unknown_value_minor: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    least_value_minor: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
    /** A claim that its person has left alone for so long may be taken over. */
    claim_minutes: Type.Integer({ minimum: 5, maximum: 10_080 }),
    queues: Type.Array(
      Type.Object(
        {
          queue: Name,
          name: Type.String({ minLength: 1, maxLength: 60 }),
          name_zh: Type.String({ minLength: 1, maxLength: 60 }),
          /** Only people with this skill are given items by rule; null: nobody is. */
          skill: orNull(Name),
        },
        { additionalProperties: false },
      ),
      { maxItems: 50 },
    ),
    /** The first that fits sends an item to its queue; empty lists fit everything. */
    routes: Type.Array(
      Type.Object(
        {
          queue: Name,
          kinds: Type.Array(ItemKind, { maxItems: 12 }),
          handling_classes: Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }),
          from_value_minor: Type.Integer({ minimum: 0 }),
        },
        { additionalProperties: false },
      ),
      { maxItems: 50 },
    ),
  },
  { additionalProperties: false },
)
export type InboxPolicy = Static<typeof InboxPolicy>

export const StaffSkills = Type.Object({
  items: Type.Array(Type.Object({ staff_id: Id, skills: Type.Array(Name, { maxItems: 20 }) }), { maxItems: 500 }),
})
export const SkillList = Type.Object(
  { skills: Type.Array(Name, { maxItems: 20, uniqueItems: true }) },
  { additionalProperties: false },
)
