// What a rule asks of a decision: where from, what it prefers, how it may be split, and what happens where that finds no answer.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Address, type ZoneEntry as Zone, zoneFor, zoneKinds } from './match-places.ts'

const open = { additionalProperties: true } as const
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Names = Type.Array(Name, { maxItems: 200 })
const Money = Type.Number({ minimum: 0, maximum: 1_000_000_000 })
const Percent = Type.Number({ minimum: 0, maximum: 1000 })
const Told = Type.String({ maxLength: 200 })
/** An empty cell is no key, `null` in a cell is null: both say "as the policy has it". */
const maybe = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]))

const ZoneEntry = Type.Object(
  {
    by: Type.Enum([...zoneKinds]),
    of: Type.Array(Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }), { minItems: 1, maxItems: 200 }),
    prefer: Names,
  },
  { additionalProperties: false },
)

export const onFailure = ['next', 'wait', 'backorder', 'park', 'cancel'] as const

/** One row's answer, by the columns of the table. */
export const RuleAnswer = Type.Object(
  {
    rule: Name,
    name_en: maybe(Told),
    name_zh: maybe(Told),
    locations: maybe(Names),
    groups: maybe(Names),
    types: maybe(Names),
    capabilities: maybe(Names),
    radius_km: maybe(Type.Number({ minimum: 0, maximum: 50_000 })),
    order_limit: maybe(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
    safety_stock: maybe(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    weight_shipping: maybe(Percent),
    weight_handling: maybe(Percent),
    cost_per_km: maybe(Money),
    late_per_day: maybe(Money),
    prefer: maybe(Names),
    zones: maybe(
      Type.Union([Type.Record(Type.String({ maxLength: 100 }), Names), Type.Array(ZoneEntry, { maxItems: 200 })]),
    ),
    bonus: maybe(Money),
    whole_first: maybe(Type.Boolean()),
    max_parts: maybe(Type.Integer({ minimum: 1, maximum: 20 })),
    split_penalty: maybe(Money),
    min_part_value: maybe(Money),
    min_rest_value: maybe(Money),
    whole_lines: maybe(Type.Boolean()),
    partial: maybe(Type.Boolean()),
    on_failure: maybe(Type.Enum([...onFailure])),
    wait_minutes: maybe(Type.Integer({ minimum: 1, maximum: 43_200 })),
    park_in: maybe(Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' })),
    cancel_hours: maybe(Type.Integer({ minimum: 1, maximum: 2160 })),
  },
  open,
)
type RuleAnswer = Static<typeof RuleAnswer>

export interface Guidance {
  readonly rule_id: string
  readonly name: { readonly en: string; readonly zh: string }
  /** null: any. */
  readonly locations: ReadonlySet<string> | null
  readonly groups: ReadonlySet<string> | null
  readonly types: ReadonlySet<string> | null
  readonly capabilities: readonly string[]
  readonly radius_km: number | null
  /** Orders a day that a location takes at most by this rule; null: no limit. */
  readonly order_limit: number | null
  /** Units of each SKU that stay at a location. */
  readonly safety_stock: number
  /** Per cent of the money. */
  readonly weight_shipping: number
  readonly weight_handling: number
  readonly cost_per_km: number
  /** null: as the policy has it. */
  readonly late_per_day: number | null
  /** Locations or groups that are preferred, for all or for this address; the others carry the bonus as a cost. */
  readonly prefer: ReadonlySet<string>
  /** The entry of the zone map that counts for this address; null for none. */
  readonly zone: Zone | null
  readonly bonus: number
  /** A single location that has all comes before any split, however cheap; otherwise money decides. */
  readonly whole_first: boolean
  /** null: as the policy has it. */
  readonly max_parts: number | null
  readonly split_penalty: number | null
  readonly min_part_value: number
  readonly min_rest_value: number
  readonly whole_lines: boolean
  /** What is there may leave while the rest waits, where the order allows it. */
  readonly partial: boolean
  readonly on_failure: (typeof onFailure)[number]
  readonly wait_minutes: number
  readonly queue: string
  readonly cancel_hours: number
}

const Answers = Compile(Type.Array(Type.Unknown(), { maxItems: 2000 }))
const answerValidator = Compile(RuleAnswer)
const RULES_AT_MOST = 20
/** What a rule has that says no number of its own. */
export const WAIT_MINUTES = 60
export const CANCEL_HOURS = 72

/** What the rows that take an order to this address ask, in their order; throws where a row answers something else. */
export function guidancesOf(answer: unknown, to: Address): Guidance[] {
  if (!Answers.Check(answer)) throw new Error('the allocation rules did not answer a list')
  return answer.slice(0, RULES_AT_MOST).map((row) => {
    const findings = answerFindings(row)
    if (!answerValidator.Check(row)) throw new Error(`an allocation rule cannot be followed: ${findings.join('; ')}`)
    return guidanceOf(row, to)
  })
}

const ZONES_ARE =
  'must be a list of {"by": "postcode", "city", "region" or "country", "of": [places], "prefer": [locations or groups]}, or {region: [locations or groups]}'

/** What is wrong with the answer of a row; empty where it can be followed. */
export function answerFindings(row: unknown): string[] {
  if (answerValidator.Check(row)) return []
  // of one cell the first finding says enough
  const told = new Map<string, string>()
  for (const { instancePath, message } of answerValidator.Errors(row)) {
    const column = instancePath.split('/')[1] ?? 'rule'
    if (!told.has(column)) told.set(column, column === 'zones' ? ZONES_ARE : message)
  }
  return [...told].slice(0, 5).map(([column, message]) => `${column}: ${message}`)
}

function guidanceOf(row: RuleAnswer, to: Address): Guidance {
  const zone = row.zones == null ? null : zoneFor(entriesOf(row.zones), to)
  const setOf = (names: readonly string[] | null | undefined) =>
    names == null || names.length === 0 ? null : new Set(names)
  return {
    rule_id: row.rule,
    name: { en: row.name_en ?? row.rule, zh: row.name_zh ?? row.name_en ?? row.rule },
    locations: setOf(row.locations),
    groups: setOf(row.groups),
    types: setOf(row.types),
    capabilities: row.capabilities ?? [],
    radius_km: row.radius_km ?? null,
    order_limit: row.order_limit ?? null,
    safety_stock: row.safety_stock ?? 0,
    weight_shipping: row.weight_shipping ?? 100,
    weight_handling: row.weight_handling ?? 100,
    cost_per_km: row.cost_per_km ?? 0,
    late_per_day: row.late_per_day ?? null,
    prefer: new Set([...(row.prefer ?? []), ...(zone?.prefer ?? [])]),
    zone,
    bonus: row.bonus ?? 0,
    whole_first: row.whole_first ?? true,
    max_parts: row.max_parts ?? null,
    split_penalty: row.split_penalty ?? null,
    min_part_value: row.min_part_value ?? 0,
    min_rest_value: row.min_rest_value ?? 0,
    whole_lines: row.whole_lines ?? false,
    partial: row.partial ?? true,
    on_failure: row.on_failure ?? 'next',
    wait_minutes: row.wait_minutes ?? WAIT_MINUTES,
    queue: row.park_in ?? '',
    cancel_hours: row.cancel_hours ?? CANCEL_HOURS,
  }
}

// A map that is no list names regions.
function entriesOf(zones: NonNullable<RuleAnswer['zones']>): readonly Zone[] {
  return Array.isArray(zones)
    ? zones
    : Object.entries(zones).map(([region, prefer]) => ({ by: 'region', of: [region], prefer }))
}

/** An address of which nothing is known. */
export const nowhere: Address = { country: '', region: null, city: null, postcode: null }

/** The rule that every order follows while nobody has written another: the cheapest way, whole before split. */
export const shippedGuidance: Guidance = guidanceOf(
  {
    rule: 'cheapest',
    name_en: 'Cheapest location that has all, otherwise the cheapest split',
    name_zh: '整单成本最低优先，否则按最低成本拆单',
  },
  nowhere,
)

/** The rule without what it leaves out: what it weighs where somebody else has chosen the place. */
export function unruled(guidance: Guidance): Guidance {
  return {
    ...guidance,
    locations: null,
    groups: null,
    types: null,
    capabilities: [],
    radius_km: null,
    order_limit: null,
    safety_stock: 0,
  }
}
