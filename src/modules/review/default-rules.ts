// The rules that ship with Ordo: one decision table with numbers to begin with, and the texts of its reasons.
import type { ReviewPolicy } from '../../contracts/review.ts'
import type { RulesDocument } from '../../platform/rules.ts'

/** What a table may look at, in the order of its columns; a document may name any of them. */
export const caseFields = [
  'channel',
  'currency',
  'total',
  'payment_method',
  'units',
  'largest_line',
  'lines',
  'earlier_orders',
  'categories',
  'handling_classes',
  'address_problem',
  'blacklisted',
] as const
type CaseField = (typeof caseFields)[number]

export const defaultPolicy: ReviewPolicy = {
  answer_within_minutes: 240,
  lapses_after_minutes: 2880,
  on_lapse: 'reject',
  undo_seconds: 10,
  four_eyes_above: {
    CNY: 5_000_000,
    USD: 700_000,
    EUR: 700_000,
    GBP: 600_000,
    BRL: 4_000_000,
    JPY: 1_000_000,
    other: 700_000,
  },
}

/** In minor units: 20,000 yuan, 3,000 dollars … */
const LARGE = { CNY: 2_000_000, USD: 300_000, EUR: 300_000, GBP: 250_000, BRL: 1_500_000, JPY: 400_000 } as const
const NEW_CUSTOMER = { CNY: 500_000, USD: 80_000, EUR: 80_000, GBP: 70_000, BRL: 400_000, JPY: 100_000 } as const
const CASH = { CNY: 300_000, USD: 40_000, EUR: 40_000, GBP: 35_000, BRL: 200_000, JPY: 50_000 } as const
const OTHER_LARGE = 300_000
const UNITS_OF_A_LINE = 300
const LINES = 100
const RESTRICTED = ['restricted', 'dangerous', 'age_restricted', 'medicine']

export const reasonTexts: Readonly<Record<string, { en: string; zh: string }>> = {
  blacklisted: { en: 'The buyer is on the blacklist', zh: '买家在黑名单中' },
  large_amount: { en: 'Large amount', zh: '大额订单' },
  new_customer_high_value: { en: 'High value, and the first order of this buyer', zh: '新客户高价值订单' },
  cod_high_value: { en: 'High value, paid on delivery', zh: '货到付款高价值订单' },
  unusual_quantity: { en: 'Unusual quantity of one article', zh: '单品数量异常' },
  many_lines: { en: 'Unusually many lines', zh: '订单行数异常' },
  restricted_goods: { en: 'Goods that must be checked before they are sold', zh: '含需审核的限制类商品' },
  address_unclear: { en: 'The address is not clear enough to deliver', zh: '地址不清晰，无法配送' },
}

type Cells = Partial<Record<CaseField, string>>
interface Outputs {
  readonly code: string
  readonly weight: 'warning' | 'danger'
  readonly field: CaseField
  readonly limit?: number
}

/** What a row may answer. */
export const outputFields = ['code', 'weight', 'field', 'limit', 'en', 'zh'] as const

function row(id: string, cells: Cells, { code, weight, field, limit }: Outputs): Record<string, string> {
  const text = reasonTexts[code]
  const out = { code, weight, field, en: text?.en ?? code, zh: text?.zh ?? code }
  return {
    _id: id,
    ...Object.fromEntries(caseFields.map((name) => [name, cells[name] ?? ''])),
    ...Object.fromEntries(Object.entries(out).map(([name, value]) => [name, JSON.stringify(value)])),
    limit: limit === undefined ? 'null' : String(limit),
  }
}

function byCurrency(
  name: string,
  limits: Readonly<Record<string, number>>,
  cells: Cells,
  code: string,
): Record<string, string>[] {
  return Object.entries(limits).map(([currency, limit]) =>
    row(
      `${name}-${currency}`,
      { currency: JSON.stringify(currency), total: `> ${limit}`, ...cells },
      { code, weight: 'warning', field: 'total', limit },
    ),
  )
}

const rows = [
  row('blacklist', { blacklisted: 'true' }, { code: 'blacklisted', weight: 'danger', field: 'blacklisted' }),
  ...byCurrency('large', LARGE, {}, 'large_amount'),
  row(
    'large-other',
    { currency: `not in ${JSON.stringify(Object.keys(LARGE))}`, total: `> ${OTHER_LARGE}` },
    { code: 'large_amount', weight: 'warning', field: 'total', limit: OTHER_LARGE },
  ),
  ...byCurrency('new', NEW_CUSTOMER, { earlier_orders: '0' }, 'new_customer_high_value'),
  ...byCurrency('cash', CASH, { payment_method: '"cod"' }, 'cod_high_value'),
  row(
    'quantity',
    { largest_line: `>= ${UNITS_OF_A_LINE}` },
    { code: 'unusual_quantity', weight: 'warning', field: 'largest_line', limit: UNITS_OF_A_LINE },
  ),
  row('lines', { lines: `>= ${LINES}` }, { code: 'many_lines', weight: 'warning', field: 'lines', limit: LINES }),
  row(
    'classes',
    { handling_classes: `some($, # in ${JSON.stringify(RESTRICTED)})` },
    { code: 'restricted_goods', weight: 'danger', field: 'handling_classes' },
  ),
  row(
    'categories',
    { categories: `some($, # in ${JSON.stringify(RESTRICTED)})` },
    { code: 'restricted_goods', weight: 'danger', field: 'categories' },
  ),
  row(
    'address',
    { address_problem: 'not in [""]' },
    { code: 'address_unclear', weight: 'warning', field: 'address_problem' },
  ),
]

const place = (x: number) => ({ x, y: 0 })

/** The document as the editor of decision tables (JDM) opens it. */
export const defaultRules: RulesDocument = {
  nodes: [
    { id: 'order', type: 'inputNode', name: 'Order', position: place(0), content: {} },
    {
      id: 'review',
      type: 'decisionTableNode',
      name: 'Review',
      position: place(320),
      content: {
        hitPolicy: 'collect',
        inputs: caseFields.map((name) => ({ id: name, name, field: name })),
        outputs: outputFields.map((name) => ({ id: name, name, field: name })),
        rules: rows,
      },
    },
    { id: 'reasons', type: 'outputNode', name: 'Reasons', position: place(640), content: {} },
  ],
  edges: [
    { id: 'order-review', type: 'edge', sourceId: 'order', targetId: 'review' },
    { id: 'review-reasons', type: 'edge', sourceId: 'review', targetId: 'reasons' },
  ],
}

/** The version that decisions name while the shipped rules or policy are in use; another number for other contents. */
export const SHIPPED = 'shipped-1'
