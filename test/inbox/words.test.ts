// What the inbox shows as a code has words in both languages: reasons, steps that failed, scans, causes of money, places that failed.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fixCodes, itemKinds } from '../../src/contracts/inbox.ts'
import { reasonCodes } from '../../src/contracts/order-intake.ts'
import { rejectionReasons } from '../../src/contracts/rejections.ts'
import { flow } from '../../src/flow.ts'
import { scanCodes } from '../../src/modules/tracking/rank-scans.ts'
import { KNOWN_AS, unmetText, VALUES_AS } from '../../web/console/inbox/words.ts'
import type { Text } from '../../web/console/text.ts'
import { formatFor } from '../../web/shared/format.ts'

const languages = ['en', 'zh-CN'].map(
  (language): Record<string, string> => JSON.parse(readFileSync(`web/console/locales/${language}.json`, 'utf8')),
)

/** What the constraint of a table's column allows. */
function allowed(constraint: string): string[] {
  const line = readFileSync('db/schema.sql', 'utf8')
    .split('\n')
    .find((one) => one.includes(` ${constraint} `))
  const codes = [...(line ?? '').matchAll(/'([a-z_]+)'::text/g)].map(([, code = '']) => code)
  expect(codes).not.toEqual([])
  return codes
}

const steps = [...new Set(flow.map(({ step }) => step.name))]
const reasons = [
  ...allowed('exception_reason_check'),
  ...allowed('short_pick_reason_check'),
  ...allowed('exception_kind_check'),
  ...rejectionReasons,
  ...reasonCodes,
  ...steps,
  ...['shortage', 'unmatched', 'refused_capture', 'refused_refund', 'parcel_lost', 'late_by_carrier'],
  ...['late_planned', 'late_released', 'late_picking', 'late_packed'],
]
const values: Readonly<Record<string, readonly string[]>> = {
  scan: scanCodes,
  stage: ['planned', 'released', 'picking', 'packed'],
  step: steps,
  cause: ['no_such_payment', 'unexpected'],
  failure: [
    'declined',
    'deadline',
    'underpaid',
    'page_closed',
    'no_provider',
    'method_not_offered',
    'no_payment_to_move',
  ],
}

test('every reason that an item, a preview or a line of evidence may have is said in Chinese and English', () => {
  for (const words of languages)
    expect(reasons.filter((code) => !KNOWN_AS.some((prefix) => `${prefix}.${code}` in words))).toEqual([])
})

test('every value that a source gives as a code is said in Chinese and English', () => {
  expect(Object.keys(VALUES_AS)).toEqual(Object.keys(values))
  for (const words of languages)
    for (const [code, known] of Object.entries(values))
      expect(known.filter((value) => !(`${VALUES_AS[code]}.${value}` in words))).toEqual([])
})

test('every kind of item, every fix and everything that a fix may set aside is named in Chinese and English', () => {
  const named = [
    ...itemKinds.map((kind) => `inbox_kind.${kind}`),
    ...fixCodes.map((fix) => `fix.${fix}`),
    ...[
      'excluded',
      'no_rule',
      'split',
      'rule_location',
      'rule_radius',
      'rule_capability',
      'rule_limit',
      'rule_safety',
    ].map((code) => `removed.${code}`),
  ]
  for (const words of languages) expect(named.filter((key) => !(key in words))).toEqual([])
})

const spoken: Text = {
  t: (key, values) => [key, ...Object.values(values ?? {})].join(' '),
  label: (prefix, code) => `${prefix}.${code}`,
  knows: (prefix) => prefix === 'reason',
  either: (en) => en,
  sentences: (...parts) => parts.join(' '),
  language: 'zh-CN',
  format: formatFor('zh-CN', 'Asia/Shanghai'),
}

test('what a way leaves over is said with its reason, and only to wait where the machine finds it a place', () => {
  const plan = { cost: 900, paid: 900, terms: [], arrives_at: null, late: null, parts: [] }
  expect([
    unmetText(spoken, { plan, unmet: 1, because: null }),
    unmetText(spoken, { plan, unmet: 1, because: 'rules' }),
    unmetText(spoken, { plan: null, unmet: 2, because: 'shortage' }),
  ]).toEqual(['inbox.some_left 1 1', 'inbox.some_wait 1 1 reason.rules', 'inbox.finds_nothing reason.shortage'])
})
