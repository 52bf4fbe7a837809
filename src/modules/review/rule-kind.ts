// Review as a kind of rules: its words, how a case is answered, how recent orders are rehearsed, how rules are set directly.
import type { RuleField, RuleOutcome } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { checkRules, compileRules, type RulesFinding, rulesOf } from '../../platform/rules.ts'
import { loadOrders, newestOrders, type OrderFacts } from '../orders/index.ts'
import { putRules, type Rehearsal, type RuleKind, type VersionedRules } from '../policies/index.ts'
import { caseFields, defaultRules, outputFields, SHIPPED } from './default-rules.ts'
import { casesOf } from './make-cases.ts'
import { reviewProblem } from './problems.ts'
import { KIND, reviewKinds } from './read-rules.ts'
import { type Reason, type ReviewCaseInput, reasonsOf } from './rules.ts'

/** A case of which a test says nothing: an order that passes. */
const neutral: ReviewCaseInput = {
  channel: '',
  currency: 'CNY',
  total: 0,
  payment_method: 'reference',
  service_level: 'standard',
  country: '',
  units: 1,
  largest_line: 1,
  lines: 1,
  earlier_orders: null,
  categories: [],
  handling_classes: [],
  address_problem: '',
  blacklisted: false,
}
const known = new Set(Object.keys(neutral))

export const reviewRuleKind: RuleKind = {
  kind: KIND,
  title: { en: 'Review', zh: '审单' },
  shipped: { version_id: SHIPPED, document: defaultRules },
  columns: { inputs: [...known], outputs: outputFields },
  vocabulary: async () => ({ inputs: inputs(), outputs: outputs() }),
  check,
  evaluate: async (document, cases) => {
    const filled = cases.map((one) => ({
      ...neutral,
      ...Object.fromEntries(Object.entries(one).filter(([name]) => known.has(name))),
    }))
    const answers = await compileRules(document).evaluate(filled)
    return filled.map((one, index) => reasonsOf(answers[index], one, '').map((reason) => reason.code))
  },
  agrees: (expected, got) => [...expected].sort().join() === [...got].sort().join(),
  numbersOf: async (tx, order_ids) =>
    new Map((await loadOrders(tx, order_ids, { lock: false })).map((order) => [order.order_id, order.number])),
  rehearse,
}

/** Sets the rules from now on; throws rules_unreadable with the cells that cannot be read. */
export async function putReviewRules(tx: Tx, document: unknown, reason = 'set directly'): Promise<string> {
  const findings = checkRules(document)
  if (findings.length > 0) {
    throw reviewProblem(
      'rules_unreadable',
      {},
      findings.map(({ place, says }) => ({ code: 'unreadable', pointer: place, detail: says })),
    )
  }
  return putRules(tx, reviewRuleKind, document, reason)
}

async function check(document: unknown): Promise<RulesFinding[]> {
  const [answer] = await compileRules(document).evaluate([neutral])
  try {
    reasonsOf(answer, neutral, '')
    return []
  } catch (error) {
    return [{ place: '/nodes', says: error instanceof Error ? error.message : String(error) }]
  }
}

async function rehearse(tx: Tx, live: VersionedRules, draft: VersionedRules, limit: number): Promise<Rehearsal> {
  const orders = await loadOrders(
    tx,
    (await newestOrders(tx, limit)).map((row) => row.order_id),
    { lock: false },
  )
  const cases = await casesOf(tx, await currentFacts(tx, reviewKinds), orders)
  const answers = async (rules: VersionedRules) => rulesOf(rules.version_id, rules.document).evaluate(cases)
  const [before, after] = [await answers(live), await answers(draft)]
  const rows = orders.flatMap((order, index) => {
    const one = cases[index]
    if (one === undefined) return []
    const { order_id, number } = order
    const told = (answer: unknown) => outcomeOf(order, reasonsOf(answer, one, ''))
    return [{ order_id, number, live: told(before[index]), draft: told(after[index]) }]
  })
  return { rows, cancelled: 0, degraded: [] }
}

/** What the rules say about an order, as people compare it; a held order has no part that leaves. */
export function outcomeOf(order: OrderFacts, reasons: readonly Reason[]): RuleOutcome {
  const codes = reasons.map((reason) => reason.code).sort()
  const passes = codes.length === 0
  return {
    key: codes.join(),
    rule_id: codes[0] ?? null,
    says: passes
      ? { en: 'passes', zh: '通过' }
      : {
          en: `held: ${reasons.map((reason) => reason.text.en).join('; ')}`,
          zh: `拦截：${reasons.map((reason) => reason.text.zh).join('；')}`,
        },
    cost: null,
    units: passes ? order.lines.reduce((sum, line) => sum + line.ordered, 0) : 0,
    parts: passes ? 1 : 0,
  }
}

const labels: Readonly<Record<(typeof caseFields)[number], readonly [RuleField['type'], string, string]>> = {
  channel: ['text', 'Channel', '渠道'],
  currency: ['text', 'Currency', '币种'],
  total: ['number', 'Total, in minor units of the order’s currency', '订单金额（订单币种最小单位）'],
  payment_method: ['choice', 'Payment', '支付方式'],
  units: ['number', 'Units', '件数'],
  largest_line: ['number', 'Units of the largest line', '最大单行件数'],
  lines: ['number', 'Lines', '订单行数'],
  earlier_orders: ['number', 'Earlier orders of the buyer', '买家历史订单数'],
  categories: ['list', 'Contains category', '包含品类'],
  handling_classes: ['list', 'Contains handling class', '包含特殊作业类别'],
  address_problem: ['text', 'Trouble with the address', '地址问题'],
  blacklisted: ['flag', 'Buyer on the blacklist', '买家在黑名单中'],
}

function inputs(): RuleField[] {
  return caseFields.map((field) => {
    const [type, en, zh] = labels[field]
    const choices = field === 'payment_method' ? ['reference', 'card', 'wallet', 'cod', 'transfer'] : []
    return fieldOf(field, 'when', type, en, zh, choices)
  })
}

function outputs(): RuleField[] {
  return [
    fieldOf('code', 'then', 'text', 'Reason code', '原因代码'),
    fieldOf('weight', 'then', 'choice', 'Weight', '严重程度', ['warning', 'danger']),
    fieldOf('field', 'then', 'choice', 'Evidence shown', '展示的依据', caseFields),
    fieldOf('limit', 'then', 'number', 'Limit shown', '展示的阈值'),
    fieldOf('en', 'then', 'text', 'Reason in English', '英文原因'),
    fieldOf('zh', 'then', 'text', 'Reason in Chinese', '中文原因'),
  ]
}

function fieldOf(
  field: string,
  section: string,
  type: RuleField['type'],
  en: string,
  zh: string,
  choices: readonly string[] = [],
): RuleField {
  const both = choices.map((value) => ({ value, label: { en: value, zh: value } }))
  return { field, section, type, label: { en, zh }, hint: null, choices: both }
}
