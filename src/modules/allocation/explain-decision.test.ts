// What is kept of a decision stays small, in bytes as they are stored: with real ids, Chinese names, splits and many places.
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import type { AllocationPolicy } from '../../contracts/allocation.ts'
import { decideAll } from './decide-all.ts'
import { explain, KeptExplanation } from './explain-decision.ts'
import { FreeStock } from './free-stock.ts'
import { guidancesOf, nowhere } from './guidance.ts'
import { defaultPolicy, groundOf } from './prepare-ground.ts'
import { at, byRules, card, carrier, demandOf, location } from './rules.arbitrary.ts'

const uuid = (kind: number, index: number) => `01900000-0000-7000-8${kind}00-${String(index).padStart(12, '0')}`
const versioned = (kind: number, key: string, value: unknown, index = 0) => ({
  ...{ key, value, valid_from: at },
  version_id: uuid(kind, index),
})
const guidances = guidancesOf(
  [
    {
      rule: 'double-eleven-express',
      name_en: 'Express orders of the east leave from the nearest flagship warehouse',
      name_zh: '华东加急订单优先从最近的旗舰仓发出，其余按最低成本拆单',
    },
  ],
  nowhere,
)

// The bytes of what is kept of an order of `lines` articles over so many places, each of which has the `some` of every article.
function bytesOf(
  places: number,
  lines: number,
  some: (place: number, line: number) => number,
  prices: Partial<AllocationPolicy> = {},
): number {
  const sites = Array.from({ length: places }, (_, index) => {
    const { key, value } = location(`CN-HUADONG-${index}`, index % 12)
    return versioned(1, key, { ...(value as object), name_zh: `华东第${index}旗舰仓` }, index)
  })
  const ground = groundOf(
    new Map([
      ['location', sites],
      ['carrier', [versioned(2, 'SF', carrier)]],
      ['rate_card', ['standard', 'quick', 'air'].map((name, index) => versioned(3, `SF/${name}`, card, index))],
      ['policy', [versioned(4, 'allocation', { ...defaultPolicy, ...prices })]],
    ]),
    'CNY',
  )
  const free = new FreeStock()
  const wish = {
    lines: Array.from({ length: lines }, (_, line) => ({ sku: `HD-2026-${line}`, quantity: 5 })),
    ...{ priority: 0, may_part: true, excluded: [] },
  }
  sites.forEach(({ key }, place) => {
    wish.lines.forEach(({ sku }, line) => {
      free.add(key, sku, some(place, line))
    })
  })
  const demand = { ...demandOf(wish, 0), promised_at: at }
  const [decision] = decideAll(ground, byRules(guidances, [demand]), free, at)
  if (decision === undefined) throw new Error('not decided')
  const { detail } = explain(ground, { version_id: uuid(5, 0), arm: 'draft', failed: false }, decision, () => at)
  expect(Compile(KeptExplanation).Check(detail)).toBe(true)
  return Buffer.byteLength(JSON.stringify(detail))
}

test('an order that leaves whole is explained in two kilobytes, with twelve candidates or with fifty', () => {
  expect(bytesOf(12, 1, () => 9)).toBeLessThan(2048)
  expect(bytesOf(50, 3, (place) => (place % 3 === 0 ? 9 : 2))).toBeLessThan(2048)
})

test('one that nothing sends, and one split over five places, stay in three', () => {
  const every = { depletion_price_minor: 300, carbon_price_minor: 50 }
  expect(bytesOf(12, 3, () => 0)).toBeLessThan(2048)
  expect(bytesOf(12, 5, (place, line) => (place % 5 === line ? 5 : 0), every)).toBeLessThan(3072)
})
