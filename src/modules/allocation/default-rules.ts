// The allocation rules that ship with Ordo, and the columns of every table of them.
import type { RulesDocument } from '../../platform/rules.ts'
import { RuleAnswer, shippedGuidance } from './guidance.ts'

/** What a table may look at, in the order of its columns. */
export const caseColumns = [
  'channel',
  'service_level',
  'priority',
  'hours_to_promise',
  'value',
  'lines',
  'units',
  'weight_grams',
  'categories',
  'handling_classes',
  'country',
  'region',
  'city',
  'postcode',
  'cod',
  'queue',
] as const

export const answerColumns: readonly string[] = Object.keys(RuleAnswer.properties)

const place = (x: number) => ({ x, y: 0 })

/** A document of these rows, each with its cells by column; columns that a row does not name are empty. */
export function rulesDocument(rows: readonly Readonly<Record<string, string>>[]): RulesDocument {
  const empty = Object.fromEntries([...caseColumns, ...answerColumns].map((name) => [name, '']))
  return {
    nodes: [
      { id: 'order', type: 'inputNode', name: 'Order', position: place(0), content: {} },
      {
        id: 'allocation',
        type: 'decisionTableNode',
        name: 'Allocation',
        position: place(320),
        content: {
          hitPolicy: 'collect',
          inputs: caseColumns.map((name) => ({ id: name, name, field: name })),
          outputs: answerColumns.map((name) => ({ id: name, name, field: name })),
          rules: rows.map((row) => ({ ...empty, ...row })),
        },
      },
      { id: 'answers', type: 'outputNode', name: 'Rules that take it', position: place(640), content: {} },
    ],
    edges: [
      { id: 'order-allocation', type: 'edge', sourceId: 'order', targetId: 'allocation' },
      { id: 'allocation-answers', type: 'edge', sourceId: 'allocation', targetId: 'answers' },
    ],
  }
}

const { rule_id, name } = shippedGuidance

/** One rule that takes every order and leaves everything to the policy. */
export const shippedRules: RulesDocument = rulesDocument([
  { _id: rule_id, rule: JSON.stringify(rule_id), name_en: JSON.stringify(name.en), name_zh: JSON.stringify(name.zh) },
])

/** The version that decisions name while the shipped rules are in use; another number for other contents. */
export const SHIPPED = 'shipped-2'
/** The same without the city of the address. */
export const SHIPPED_BEFORE: readonly string[] = ['shipped-1']
