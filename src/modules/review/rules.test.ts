// The shipped rules on single cases, the case an order makes, and what an answer means.
import { expect, test } from 'vitest'
import { checkRules, compileRules } from '../../platform/rules.ts'
import { defaultPolicy, defaultRules } from './default-rules.ts'
import { caseOf, needsTwo, reasonsOf, type ScreenedOrder } from './rules.ts'

const plain: ScreenedOrder = {
  channel: 'shop',
  currency: 'CNY',
  total: 19_900n,
  payment_method: 'card',
  service_level: 'standard',
  attributes: {},
  ship_country: 'CN',
  ship_region: '浙江省',
  ship_city: '杭州市',
  ship_postcode: null,
  ship_lat: null,
  lines: [{ quantity: 2, category: 'toys', handling_classes: [] }],
  address_lines: ['文三路 1 号'],
  earlier_orders: 3,
}
const rules = compileRules(defaultRules)
async function codes(change: Partial<ScreenedOrder>): Promise<string[]> {
  const input = caseOf({ ...plain, ...change })
  const [answer] = await rules.evaluate([input])
  return reasonsOf(answer, input, 'v1').map((reason) => reason.code)
}
const line = plain.lines[0] ?? { quantity: 1, category: '', handling_classes: [] }

test('the shipped rules can be read cell by cell', () => {
  expect(checkRules(defaultRules)).toEqual([])
})

test('an ordinary order passes', async () => {
  expect(await codes({})).toEqual([])
  expect(await codes({ earlier_orders: null, address_lines: null })).toEqual([])
})

test('each shipped rule holds what it is there for', async () => {
  expect(await codes({ total: 2_000_001n })).toEqual(['large_amount'])
  expect(await codes({ total: 2_000_000n })).toEqual([])
  expect(await codes({ total: 400_001n, currency: 'JPY' })).toEqual(['large_amount'])
  expect(await codes({ total: 300_001n, currency: 'CHF' })).toEqual(['large_amount'])
  expect(await codes({ total: 500_001n, earlier_orders: 0 })).toEqual(['new_customer_high_value'])
  expect(await codes({ total: 300_001n, payment_method: 'cod' })).toEqual(['cod_high_value'])
  expect(await codes({ lines: [{ ...line, quantity: 300 }] })).toEqual(['unusual_quantity'])
  expect(await codes({ lines: Array.from({ length: 100 }, () => line) })).toEqual(['many_lines'])
  expect(await codes({ lines: [{ ...line, handling_classes: ['cold', 'medicine'] }] })).toEqual(['restricted_goods'])
  expect(await codes({ lines: [{ ...line, category: 'restricted' }] })).toEqual(['restricted_goods'])
  expect(await codes({ attributes: { blacklisted: true } })).toEqual(['blacklisted'])
  expect(await codes({ ship_city: null })).toEqual(['address_unclear'])
  expect(await codes({ address_lines: [' '] })).toEqual(['address_unclear'])
})

test('several reasons are told together, each once, with value and limit as people read them', async () => {
  const input = caseOf({
    ...plain,
    total: 2_500_000n,
    earlier_orders: 0,
    lines: [{ ...line, category: 'medicine', handling_classes: ['medicine'] }],
  })
  const [answer] = await rules.evaluate([input])
  const reasons = reasonsOf(answer, input, 'v7')
  expect(reasons.map((reason) => reason.code)).toEqual(['large_amount', 'new_customer_high_value', 'restricted_goods'])
  expect(reasons[0]).toMatchObject({
    text: { zh: '大额订单' },
    detail: { value: '25000.00 CNY', limit: '20000.00 CNY', weight: 'warning', rules: 'v7' },
  })
})

test('an answer that is no list of codes stops the batch instead of letting it pass', () => {
  expect(() => reasonsOf({ hold: true }, caseOf(plain), 'v1')).toThrow('list of codes')
  expect(() => reasonsOf([{ code: 'No Code!' }], caseOf(plain), 'v1')).toThrow('list of codes')
})

test('two people are needed above the limit of the currency, or of the others', () => {
  expect(needsTwo(defaultPolicy, 5_000_001n, 'CNY')).toBe(true)
  expect(needsTwo(defaultPolicy, 5_000_000n, 'CNY')).toBe(false)
  expect(needsTwo(defaultPolicy, 700_001n, 'CHF')).toBe(true)
  expect(needsTwo({ ...defaultPolicy, four_eyes_above: {} }, 10n ** 12n, 'CNY')).toBe(false)
})
