// Rules as people work with them: kinds with their vocabulary, drafts, test cases, rehearsals, the shadow, and what went live by whom and why.
import { type Static, Type } from 'typebox'
import { degradedKinds } from './modes.ts'
import { Amount, BothTexts, Id, Instant, orNull } from './views-shared.ts'

export const RuleKindName = Type.String({ pattern: '^[a-z][a-z0-9_]{1,31}$' })
const Name = Type.String({ minLength: 1, maxLength: 120 })
const Why = Type.String({ minLength: 3, maxLength: 500 })
const Codes = Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 20 })
const closed = { additionalProperties: false } as const

/** A column of a table in the words of those who write rules. Money is in minor units of the base currency, weights in grams. */
export const RuleField = Type.Object({
  field: Type.String(),
  label: BothTexts,
  hint: orNull(BothTexts),
  /** Where it stands in the form: when, from, prefer, split, otherwise. */
  section: Type.String(),
  /** `prefix`: a text that is compared by its beginnings; `zones`: places, and what is preferred for each. */
  type: Type.Enum(['text', 'choice', 'number', 'money', 'weight', 'percent', 'flag', 'list', 'zones', 'prefix']),
  choices: Type.Array(Type.Object({ value: Type.String(), label: BothTexts }), { maxItems: 1000 }),
})
export type RuleField = Static<typeof RuleField>

export const RuleHits = Type.Array(
  Type.Object({
    rule_id: Type.String(),
    /** Different orders that it took for the first time, whether or not anything could be sent. */
    orders: Type.Integer(),
    /** Of these, those that it sent, whole or in part; null where rules send nothing. */
    sent: orNull(Type.Integer()),
  }),
  { maxItems: 2000 },
)

export const RuleActivation = Type.Object({
  activation_id: Id,
  version_id: Type.String(),
  replaced: Type.String(),
  restores: orNull(Type.String()),
  draft_id: orNull(Id),
  /** What the draft that went live was called. */
  draft_name: orNull(Type.String()),
  reason: Type.String(),
  tests_passed: Type.Integer(),
  tests_failed: Type.Integer(),
  activated_by: Type.String(),
  activated_at: Instant,
})
export type RuleActivation = Static<typeof RuleActivation>

export const RuleDraftRow = Type.Object({
  draft_id: Id,
  kind: Type.String(),
  name: Type.String(),
  based_on: Type.String(),
  revision: Type.Integer(),
  state: Type.String(),
  created_by: Type.String(),
  created_at: Instant,
  changed_by: Type.String(),
  changed_at: Instant,
})
export const RuleDraft = Type.Object({ ...RuleDraftRow.properties, document: Type.Unknown() })
export type RuleDraft = Static<typeof RuleDraft>

export const RuleTest = Type.Object({
  case_id: Id,
  name: Type.String(),
  /** The order as the rules see it; fields that are absent have their neutral value. */
  input: Type.Record(Type.String(), Type.Unknown()),
  expected: Codes,
})
export const RuleTestBody = Type.Object(
  {
    name: Name,
    input: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { maxProperties: 50 }),
    expected: Codes,
  },
  closed,
)

export const RuleKinds = Type.Object({
  items: Type.Array(
    Type.Object({ kind: Type.String(), title: BothTexts, version_id: Type.String(), shipped: Type.Boolean() }),
    { maxItems: 20 },
  ),
})

/** Everything that the screen of one kind shows at first. */
export const RulePolicy = Type.Object({
  kind: Type.String(),
  title: BothTexts,
  live: Type.Object({ version_id: Type.String(), shipped: Type.Boolean(), document: Type.Unknown() }),
  inputs: Type.Array(RuleField, { maxItems: 50 }),
  outputs: Type.Array(RuleField, { maxItems: 50 }),
  /** What each rule took in the last seven days, by full hours: a rule is the same in every version that has its id. */
  hits: RuleHits,
  drafts: Type.Array(RuleDraftRow, { maxItems: 50 }),
  tests: Type.Array(RuleTest, { maxItems: 200 }),
  history: Type.Array(RuleActivation, { maxItems: 100 }),
  shadow: orNull(Type.Object({ draft_id: Id, since: Instant })),
})
export type RulePolicy = Static<typeof RulePolicy>

export const RuleVersion = Type.Object({ version_id: Type.String(), document: Type.Unknown() })
export const NewRuleDraft = Type.Object({ name: Name, document: Type.Optional(Type.Unknown()) }, closed)
export const RuleDraftBody = Type.Object({ name: Name, document: Type.Unknown() }, closed)

/** Why a condition cannot be meant: it cannot be read, a word stands without the quotation marks of a text, or a text where a number belongs. */
export const ConditionFault = Type.Object({
  code: Type.Enum(['unreadable', 'bare_word', 'no_number']),
  /** What stands wrong; null where nothing can be read. */
  word: orNull(Type.String()),
  says: Type.String(),
})
export const ConditionBody = Type.Object({ text: Type.String({ maxLength: 2000 }) }, closed)
export const ConditionRead = Type.Object({ fault: orNull(ConditionFault) })

export const RuleTestResult = Type.Object({
  case_id: Id,
  name: Type.String(),
  passed: Type.Boolean(),
  expected: Codes,
  got: Codes,
})
export type RuleTestResult = Static<typeof RuleTestResult>
export const RuleTestRun = Type.Object({
  passed: Type.Integer(),
  failed: Type.Integer(),
  results: Type.Array(RuleTestResult, { maxItems: 200 }),
})
export type RuleTestRun = Static<typeof RuleTestRun>

/** What rules would do, or did, with one order. */
export const RuleOutcome = Type.Object({
  /** Two outcomes are the same where this is. */
  key: Type.String(),
  rule_id: orNull(Type.String()),
  says: BothTexts,
  cost: orNull(Amount),
  units: Type.Integer(),
  parts: Type.Integer(),
})
export type RuleOutcome = Static<typeof RuleOutcome>

export const RuleChange = Type.Object({ order_id: Id, number: Type.String(), live: RuleOutcome, draft: RuleOutcome })
export type RuleChange = Static<typeof RuleChange>

const Side = Type.Object({
  /** Of the orders that both sides send whole. */
  cost: Amount,
  unplaced: Type.Integer(),
  split: Type.Integer(),
  /** Units that leave; the others wait. */
  units: Type.Integer(),
})
export const RuleSimulation = Type.Object({
  orders: Type.Integer(),
  /** Of the newest orders, those of which everything has been cancelled: they are not decided. */
  cancelled: Type.Integer(),
  changed: Type.Integer(),
  compared: Type.Integer(),
  /** Orders that the draft fails on: they are in none of the sums. */
  failed: Type.Integer(),
  /** Kinds of values that have failed: both sides stand on the last good ones. */
  degraded: Type.Array(Type.Enum([...degradedKinds]), { maxItems: 3 }),
  currency: Type.String(),
  live: Side,
  draft: Side,
  changes: Type.Array(RuleChange, { maxItems: 200 }),
})
export type RuleSimulation = Static<typeof RuleSimulation>
export const SimulateRules = Type.Object({ orders: Type.Integer({ minimum: 1, maximum: 1000 }) }, closed)

export const StartShadow = Type.Object({ draft_id: Id }, closed)
const RuleShadow = Type.Object({
  draft_id: Id,
  orders: Type.Integer(),
  changed: Type.Integer(),
  failed: Type.Integer(),
  cost_live: Amount,
  cost_draft: Amount,
  changes: Type.Array(RuleChange, { maxItems: 200 }),
})

/** null: no draft runs in the shadow. */
export const RuleShadowNow = orNull(RuleShadow)
export const RuleTestMade = Type.Object({ case_id: Id })

/** Why it cannot wait although a promotion has frozen the rules; admins only. */
const DespiteFreeze = Type.Optional(Why)

export const ActivateRules = Type.Object(
  {
    draft_id: Id,
    /** The revision that was looked at: a draft that has changed since is not switched on. */
    revision: Type.Integer({ minimum: 1 }),
    reason: Why,
    /** Goes live although a test is red. */
    despite_tests: Type.Optional(Type.Boolean()),
    despite_freeze: DespiteFreeze,
  },
  closed,
)
export const RollBackRules = Type.Object(
  { version_id: Type.String({ minLength: 1, maxLength: 64 }), reason: Why, despite_freeze: DespiteFreeze },
  closed,
)
export const RulesWritten = Type.Object({ version_id: Type.String() })
