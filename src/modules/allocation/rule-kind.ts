// Allocation as a kind of rules: its words, what a row may ask, how a case is answered, how recent orders are rehearsed.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Tx } from '../../platform/db.ts'
import { compileRules, RulesDocument, type RulesFinding } from '../../platform/rules.ts'
import { channels, locations } from '../catalog/index.ts'
import { loadOrders } from '../orders/index.ts'
import type { RuleKind } from '../policies/index.ts'
import { answerColumns, caseColumns, SHIPPED, SHIPPED_BEFORE, shippedRules } from './default-rules.ts'
import { answerFindings, guidancesOf, nowhere } from './guidance.ts'
import { loosened } from './loosen-cells.ts'
import type { AllocationCase } from './make-demand.ts'
import { plainCity } from './match-places.ts'
import { KIND } from './read-rules.ts'
import { rehearse } from './rehearse-orders.ts'
import { knownWords, newestPlaces } from './store-rehearsal.ts'
import { type Choices, fieldsOf, namedLevel } from './vocabulary.ts'

/** A case of which a test says nothing. */
const neutral: AllocationCase = {
  channel: '',
  service_level: 'standard',
  priority: 0,
  hours_to_promise: null,
  value: 0,
  lines: 1,
  units: 1,
  weight_grams: 0,
  categories: [],
  handling_classes: [],
  country: '',
  region: '',
  city: '',
  postcode: '',
  cod: false,
  queue: '',
}
const known = new Map<string, unknown>(Object.entries(neutral))

// What a test says of a case; a text that is none would stop the rules, which an order never does.
function caseFrom(input: object): AllocationCase {
  const said = Object.entries(input).filter(
    ([name, value]) => known.has(name) && (typeof known.get(name) !== 'string' || typeof value === 'string'),
  )
  return { ...neutral, ...Object.fromEntries(said) }
}

export const allocationRuleKind: RuleKind = {
  kind: KIND,
  title: { en: 'Allocation', zh: '分仓' },
  shipped: { version_id: SHIPPED, document: shippedRules },
  shipped_before: SHIPPED_BEFORE,
  columns: { inputs: caseColumns, outputs: answerColumns },
  vocabulary: async (tx) => {
    const choices = await choicesOf(tx)
    return { inputs: fieldsOf('inputs', choices), outputs: fieldsOf('outputs', choices) }
  },
  check: checkAnswers,
  evaluate: async (document, inputs) => {
    const answers = await compileRules(document, loosened).evaluate(inputs.map(caseFrom))
    return answers.map((answer) => guidancesOf(answer, nowhere).map((guidance) => guidance.rule_id))
  },
  // the rules that are asked first must be those, in that order
  agrees: (expected, got) =>
    expected.length === 0 ? got.length === 0 : expected.every((rule_id, index) => got[index] === rule_id),
  numbersOf: async (tx, order_ids) =>
    new Map((await loadOrders(tx, order_ids, { lock: false })).map((order) => [order.order_id, order.number])),
  rehearse,
}

async function choicesOf(tx: Tx): Promise<Choices> {
  const plain = (values: Iterable<string>) =>
    [...new Set(values)].sort().map((value) => ({ value, label: { en: value, zh: value } }))
  const sites = [...(await locations(tx)).values()]
  const named = sites.map((site) => ({
    value: site.location_id,
    label: { en: `${site.location_id} ${site.name}`, zh: `${site.location_id} ${site.name_zh ?? site.name}` },
  }))
  const groups = plain(sites.flatMap((site) => site.groups ?? []))
  const words = [...(await knownWords(tx)), ...(await newestPlaces(tx))]
  const wordsOf = (kind: string) => words.filter((row) => row.kind === kind).map((row) => row.word)
  const of = (kind: string) => plain(wordsOf(kind))
  return {
    channel: [...(await channels(tx)).values()].map((one) => ({
      value: one.channel,
      label: { en: one.name, zh: one.name_zh ?? one.name },
    })),
    service_level: plain(['standard', 'express', ...wordsOf('service_level')]).map(namedLevel),
    country: plain(sites.map((site) => site.country)),
    region: plain([...sites.map((site) => site.region), ...wordsOf('region')]),
    city: plain(distinctCities([...sites.map((site) => site.city), ...wordsOf('city')])),
    categories: of('category'),
    handling_classes: of('handling_class'),
    locations: named,
    groups,
    prefer: [...named, ...groups],
    zones: [...named, ...groups],
    capabilities: plain(sites.flatMap((site) => site.capabilities)),
  }
}

// Of a city that is spelt in several ways the first spelling.
function distinctCities(cities: readonly string[]): Iterable<string> {
  return new Map(cities.map((city) => [plainCity(city), city] as const).reverse()).values()
}

const open = { additionalProperties: true } as const
const tableValidator = Compile(
  Type.Object(
    {
      hitPolicy: Type.Literal('collect'),
      inputs: Type.Array(Type.Object({ id: Type.String() }, open), { maxItems: 50 }),
      rules: Type.Array(Type.Record(Type.String(), Type.String()), { maxItems: 2000 }),
    },
    open,
  ),
)
const documentValidator = Compile(RulesDocument)

// Every row's answer is looked at, whatever its conditions: they are blanked for the look.
async function checkAnswers(document: unknown): Promise<RulesFinding[]> {
  const blank = blanked(document)
  if (blank === null) return [{ place: '/nodes', says: 'there must be one table, of the hit policy collect' }]
  const [answer] = await compileRules(blank).evaluate([neutral])
  if (!Array.isArray(answer)) return [{ place: '/nodes', says: 'the table must answer a list: hit policy collect' }]
  if (answer.length === 0) return [{ place: '/nodes', says: 'there is no rule' }]
  const seen = new Set<string>()
  return answer.flatMap((row: unknown, index): RulesFinding[] => {
    const place = `row ${index + 1}`
    const findings = answerFindings(row).map((says) => ({ place, says }))
    const rule_id = nameOf(row)
    if (rule_id === null) return findings
    if (seen.has(rule_id)) findings.push({ place, says: `rule: ${rule_id} is the name of two rules` })
    seen.add(rule_id)
    return findings
  })
}

function nameOf(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'rule' in row && typeof row.rule === 'string' ? row.rule : null
}

function blanked(document: unknown): RulesDocument | null {
  if (!documentValidator.Check(document)) return null
  const [table, ...others] = document.nodes.filter((node) => node.type === 'decisionTableNode')
  if (table === undefined || others.length > 0 || !tableValidator.Check(table.content)) return null
  const { inputs, rules } = table.content
  const empty = Object.fromEntries(inputs.map((column) => [column.id, '']))
  const content = { ...table.content, rules: rules.map((row) => ({ ...row, ...empty })) }
  return { ...document, nodes: document.nodes.map((node) => (node === table ? { ...node, content } : node)) }
}
