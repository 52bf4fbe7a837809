// What is kept of a decision: the rule, candidates, what removed each, costs by cause, the next best, what would flip it, the facts it read.
import { type Static, Type } from 'typebox'
import { type DegradedKind, degradedKinds } from '../../contracts/modes.ts'
import { flipKinds } from '../../contracts/views-allocation.ts'
import { zoneKinds } from './match-places.ts'
import type { Ground } from './prepare-ground.ts'
import type { Candidate, Decision, Flip, Part, Plan, RuledBy } from './types.ts'

const Text = Type.String({ maxLength: 200 })
const OrNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])
// at most 30 parts: as many as the search allows
const Place = Type.Tuple([Text, OrNull(Type.Number()), Type.Integer(), OrNull(Text)])

/** Short names, because millions of these are kept: about 600 bytes for four locations. */
export const KeptExplanation = Type.Object({
  /** Lines and units that were asked for, and how many of them stay unplaced. */
  lines: Type.Integer(),
  units: Type.Integer(),
  rest: Type.Integer(),
  plans: Type.Array(
    Type.Object({
      /** Location, kilometres, units, service. */
      p: Type.Array(Place, { maxItems: 30 }),
      v: Type.Enum(['chosen', 'runner_up', 'considered', 'removed']),
      removed: Type.Optional(Text),
      cost: Type.Optional(Type.Number()),
      ship: Type.Optional(Type.Number()),
      hand: Type.Optional(Type.Number()),
      split: Type.Optional(Type.Number()),
      late: Type.Optional(Type.Number()),
      load: Type.Optional(Type.Number()),
      depl: Type.Optional(Type.Number()),
      carb: Type.Optional(Type.Number()),
      /** Grams of CO₂. */
      co2: Type.Optional(Type.Integer()),
      pref: Type.Optional(Type.Number()),
      at: Type.Optional(Text),
    }),
    { maxItems: 20 },
  ),
  /** Candidates that are not listed, by what removed them (`dearer`: nothing did). */
  more: Type.Optional(Type.Record(Text, Type.Integer())),
  /** The rule that decided: version of the rules, its id, its name in English and Chinese. */
  rule: Type.Optional(Type.Tuple([Text, Text, Text, Text])),
  /** By what of the address its zone map counted, and the first of what it prefers there; the address itself may have to be forgotten. */
  zone: Type.Optional(Type.Tuple([Type.Enum([...zoneKinds]), Type.Array(Text, { minItems: 1, maxItems: 5 })])),
  /** Rules that were asked before it and found no answer, and what stood in the way. */
  tried: Type.Optional(Type.Array(Type.Tuple([Text, Text]), { maxItems: 20 })),
  /** How far above the optimum it may be, in minor units; absent: proven to be the cheapest; null: not known. */
  gap: Type.Optional(OrNull(Type.Number())),
  /** Location, units that it missed, what it would have cost: with them it would have sent all of it. Otherwise the kind of the change and the locations too. */
  flip: Type.Optional(
    Type.Union([
      Type.Tuple([Text, Type.Integer(), Type.Number()]),
      Type.Tuple([Text, Type.Integer(), Type.Number(), Type.Enum([...flipKinds]), Type.Array(Text, { maxItems: 30 })]),
    ]),
  ),
  /** Scarce things were kept for others: locations of its own first choice, its cost, what those things are worth, what all cost less together. */
  scarce: Type.Optional(
    Type.Tuple([Type.Array(Text, { maxItems: 30 }), Type.Number(), OrNull(Type.Number()), OrNull(Type.Number())]),
  ),
  /** What was scarce was given in turn: the division reached the bound on its work. */
  in_turn: Type.Optional(Type.Literal(true)),
  /** Kinds of values that had failed. */
  degraded: Type.Optional(Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 })),
  /** The arm of the experiment that it was part of. */
  arm: Type.Optional(Type.Enum(['live', 'draft'])),
  /** The rules of that arm failed on it, and others decided. */
  arm_failed: Type.Optional(Type.Literal(true)),
  /** Versions of facts: kind, version id. Whatever else was read follows from the time of the decision. */
  read: Type.Array(Type.Tuple([Text, Text]), { maxItems: 50 }),
})
export type KeptExplanation = Static<typeof KeptExplanation>
type KeptPlan = KeptExplanation['plans'][number]

const PLANS_AT_MOST = 12
const ZONE_NAMES_AT_MOST = 5

export interface Explained {
  readonly detail: KeptExplanation
  readonly cost: number | null
  readonly margin: number | null
}

/** `arrives` tells when a plan is with the customer at the latest, nine times of ten. */
export function explain(
  ground: Ground,
  by: RuledBy,
  decision: Decision,
  arrives: (plan: Plan) => Date | null,
  degraded: readonly DegradedKind[] = [],
): Explained {
  const { plan, runner_up, others, candidates, demand } = decision
  const priced: KeptPlan[] = []
  const keep = (one: Plan | null, v: KeptPlan['v']) => {
    if (one !== null) priced.push(keptPlan(one, v, arrives(one)))
  }
  keep(plan, 'chosen')
  keep(runner_up, 'runner_up')
  for (const other of others.slice(0, PLANS_AT_MOST / 2)) keep(other, 'considered')
  const shown = new Set([plan, runner_up, ...others].flatMap((one) => one?.parts ?? []).map((part) => part.candidate))
  const hidden = candidates.filter((candidate) => !shown.has(candidate)).sort((a, b) => b.units - a.units)
  const listed = hidden.slice(0, PLANS_AT_MOST - priced.length)
  const more: Record<string, number> = {}
  if (others.length > PLANS_AT_MOST / 2) more.dearer = others.length - PLANS_AT_MOST / 2
  for (const candidate of hidden.slice(listed.length))
    more[removalOf(candidate)] = (more[removalOf(candidate)] ?? 0) + 1
  const detail: KeptExplanation = {
    lines: demand.lines.length,
    units: demand.lines.reduce((sum, line) => sum + line.quantity, 0),
    rest: decision.rest.reduce((sum, units) => sum + units, 0),
    plans: [...priced, ...listed.map(keptRemoval)],
    ...(Object.keys(more).length === 0 ? {} : { more }),
    ...guidanceKept(by, decision),
    ...(degraded.length === 0 ? {} : { degraded: [...degraded] }),
    read: versionsOf(ground, [plan, runner_up]),
  }
  const margin = plan === null || runner_up === null ? null : Math.round(runner_up.cost - plan.cost)
  return { detail, cost: plan === null ? null : Math.round(plan.cost), margin }
}

function guidanceKept(
  { version_id, arm, failed }: RuledBy,
  { guidance, tried, gap, flip, scarce, in_turn }: Decision,
): Partial<KeptExplanation> {
  const kept: Partial<KeptExplanation> = {}
  if (guidance !== null) kept.rule = [version_id, guidance.rule_id, guidance.name.en, guidance.name.zh]
  const { zone = null, bonus = 0 } = guidance ?? {}
  if (zone !== null && bonus > 0 && zone.prefer.length > 0)
    kept.zone = [zone.by, zone.prefer.slice(0, ZONE_NAMES_AT_MOST)]
  if (tried.length > 0) kept.tried = tried.map((one) => [one.guidance.rule_id, one.because])
  if (gap !== 0) kept.gap = gap === null ? null : Math.ceil(gap)
  if (flip !== null) kept.flip = flipKept(flip)
  if (scarce !== null) {
    const { own, price, saved } = scarce
    const from = own.parts.map(({ candidate }) => candidate.site.location.location_id)
    kept.scarce = [from, Math.round(own.cost), price, saved === null ? null : Math.round(saved)]
  }
  if (in_turn) kept.in_turn = true
  if (arm !== null) kept.arm = arm
  if (failed) kept.arm_failed = true
  return kept
}

function flipKept({ kind, candidate, amount, plan }: Flip): NonNullable<KeptExplanation['flip']> {
  const { location_id } = candidate.site.location
  const places = plan.parts.map((part) => part.candidate.site.location.location_id)
  const cost = Math.round(plan.cost)
  if (kind === 'stock' && places.length === 1 && places[0] === location_id) return [location_id, amount, cost]
  return [location_id, amount, cost, kind, places]
}

function keptPlan(plan: Plan, v: KeptPlan['v'], arrives_at: Date | null): KeptPlan {
  const sum = (pick: (part: Part) => number) => Math.round(plan.parts.reduce((total, part) => total + pick(part), 0))
  return {
    p: plan.parts.map(({ candidate, quantity, offer }): KeptPlan['p'][number] => [
      candidate.site.location.location_id,
      kilometres(candidate),
      quantity.reduce((total, units) => total + units, 0),
      offer?.service.name ?? null,
    ]),
    v,
    cost: Math.round(plan.cost),
    ship: sum((part) => part.shipping),
    hand: sum((part) => part.handling),
    ...(plan.split === 0 ? {} : { split: plan.split }),
    ...termOf(
      'late',
      sum((part) => part.lateness),
    ),
    ...termOf(
      'load',
      sum((part) => part.load),
    ),
    ...termOf(
      'depl',
      sum((part) => part.depletion),
    ),
    ...termOf(
      'carb',
      sum((part) => part.carbon),
    ),
    ...termOf(
      'co2',
      sum((part) => part.carbon_grams),
    ),
    ...termOf(
      'pref',
      sum((part) => part.preference),
    ),
    ...(arrives_at === null ? {} : { at: arrives_at.toISOString() }),
  }
}

function termOf(name: 'late' | 'load' | 'depl' | 'carb' | 'co2' | 'pref', amount: number): Partial<KeptPlan> {
  return amount === 0 ? {} : { [name]: amount }
}

// Not removed by a filter and yet in no plan: it has only a part of the goods.
function removalOf(candidate: Candidate): string {
  return candidate.removed ?? 'no_stock'
}

function keptRemoval(candidate: Candidate): KeptPlan {
  const { location_id } = candidate.site.location
  return {
    p: [[location_id, kilometres(candidate), candidate.units, null]],
    v: 'removed',
    removed: removalOf(candidate),
  }
}

function kilometres(candidate: Candidate): number | null {
  return candidate.km === null ? null : Math.round(candidate.km)
}

function versionsOf(ground: Ground, plans: readonly (Plan | null)[]): [string, string][] {
  const read = new Map<string, string>()
  if (ground.policy_version !== null) read.set(ground.policy_version, 'policy')
  for (const part of plans.flatMap((plan) => plan?.parts ?? [])) {
    read.set(part.candidate.site.location.version_id, 'location')
    if (part.offer === null) continue
    read.set(part.offer.service.card.version_id, 'rate_card')
    read.set(part.offer.service.carrier.version_id, 'carrier')
  }
  return [...read].slice(0, 50).map(([version, kind]) => [kind, version])
}
