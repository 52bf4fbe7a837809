// Why these locations: candidates, what removed each, cost terms, the winner, the runner-up and what would flip it.
import { type Static, Type } from 'typebox'
import { degradedKinds } from './modes.ts'
import { Amount, BothTexts, Id, Instant, orNull } from './views-shared.ts'

/** Terms: shipping, handling, split, lateness, preference, load, depletion, carbon; only those that count are present. */
export const CostTerm = Type.Object({ term: Type.String(), amount: Amount })

export const flipKinds = ['stock', 'order_limit', 'slot', 'radius'] as const
export type FlipKind = (typeof flipKinds)[number]

export const Candidate = Type.Object({
  /** The locations of this plan; more than one is a split. */
  locations: Type.Array(
    Type.Object({
      location_id: Type.String(),
      name: Type.String(),
      name_zh: orNull(Type.String()),
      distance_km: orNull(Type.Number()),
      units: Type.Integer(),
    }),
    { maxItems: 20 },
  ),
  verdict: Type.Enum(['chosen', 'runner_up', 'considered', 'removed']),
  /** Why it was removed: no_stock, closed, cut_off, no_carrier, capability, excluded, out_of_area, capacity; by a rule:
   *  rule_location, rule_radius, rule_capability, rule_limit, rule_safety. */
  removed_by: orNull(Type.String()),
  removed_detail: orNull(Type.String()),
  cost: orNull(Amount),
  terms: Type.Array(CostTerm, { maxItems: 12 }),
  /** Grams of CO₂ that freight emits on the way, by weight and distance; null where they are not known. */
  carbon_grams: orNull(Type.Integer()),
  carrier: orNull(Type.String()),
  service: orNull(Type.String()),
  arrives_at: orNull(Instant),
})
export type Candidate = Static<typeof Candidate>

export const AllocationDecision = Type.Object({
  decision_id: Id,
  at: Instant,
  /** Why it ran: first, short_pick, rejected, closure, manual. */
  cause: Type.String(),
  outcome: Type.Enum(['placed', 'split', 'short']),
  currency: Type.String(),
  candidates: Type.Array(Candidate, { maxItems: 100 }),
  /** What would make the runner-up win: its margin in money. */
  margin: orNull(Amount),
  /** The rule that decided, with the version of the rules; null before rules were kept. */
  rule: orNull(Type.Object({ version_id: Type.String(), rule_id: Type.String(), name: BothTexts })),
  /** Rules that were asked before it, and what stood in the way. */
  tried: Type.Array(Type.Object({ rule_id: Type.String(), because: Type.String() }), { maxItems: 20 }),
  /** Whether no cheaper way exists within the rule; otherwise by how much the cost may be above it, where known. */
  optimal: Type.Boolean(),
  gap: orNull(Amount),
  /** The smallest change of one thing at one location that would have decided otherwise: `amount` units more in stock, room in a slot for so many
   *  orders, or a rule that allows so many orders a day or kilometres; `locations` would then send it for `cost`. */
  flip: orNull(
    Type.Object({
      kind: Type.Enum([...flipKinds]),
      location_id: Type.String(),
      amount: Type.Integer(),
      cost: Amount,
      locations: Type.Array(Type.String(), { maxItems: 30 }),
    }),
  ),
  /** It did not get its first choice: what was scarce there was kept for orders that it saves more. `worth`: to them; null where some could not
   *  leave without it. `saved`: what all cost less than one after the other; null where more of them leave, or sooner. */
  scarce: orNull(
    Type.Object({
      locations: Type.Array(Type.String(), { maxItems: 30 }),
      cost: Amount,
      worth: orNull(Amount),
      saved: orNull(Amount),
    }),
  ),
  /** Where a person decided, above the machine: the kind of decision, why, who. */
  by_hand: orNull(Type.Object({ kind: Type.String(), reason: Type.String(), by: Type.String() })),
  /** What was scarce was given in turn, because no division was found within the bound on the work. */
  in_turn: Type.Boolean(),
  /** Kinds of values that had failed: it stands on the last good ones. */
  degraded: Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 }),
  /** The arm of the experiment that it was part of; null for none. */
  arm: orNull(Type.Enum(['live', 'draft'])),
  /** The versions of facts that it read, kind and version. */
  read: Type.Array(Type.Object({ kind: Type.String(), version: Type.String() }), { maxItems: 50 }),
})
export type AllocationDecision = Static<typeof AllocationDecision>

/** Where an order goes, to a tenth of a degree: enough for a map, too little to find a door. null where it is not known. */
export const Destination = orNull(Type.Object({ lat: Type.Number(), lon: Type.Number() }))

/** What of an order waits for a place, and when it is tried again. */
export const WaitingView = Type.Object({
  reason: Type.String(),
  units: Type.Integer(),
  /** Where a rule has parked it. */
  queue: orNull(Type.String()),
  /** When the clock tries it again; null where only a change or a person does. */
  try_again_at: orNull(Instant),
  /** When its rule cancels it, where it is not tried any more before; null for never. */
  cancelled_at: orNull(Instant),
  /** What happens then: slot, near, limit, suspension, place_back, reopening, rule_wait, rule_date. */
  try_because: orNull(Type.String()),
  /** What happens at that moment, and what else makes it be tried, in words. */
  says: Type.Array(BothTexts, { maxItems: 5 }),
})
export type WaitingView = Static<typeof WaitingView>

/** Newest first; empty before the first allocation. */
export const OrderAllocation = Type.Object({
  items: Type.Array(AllocationDecision, { maxItems: 20 }),
  destination: Destination,
  waiting: orNull(WaitingView),
})
export type OrderAllocation = Static<typeof OrderAllocation>
