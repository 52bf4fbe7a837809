// Promises of resolving: money is kept as it came and adds up, all that is wrong is said at once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IntakeOrder } from '../../contracts/order-intake.ts'
import { sum } from '../../platform/money.ts'
import { settleMoney } from './check-money.ts'
import { intakeOrder } from './intake-order.arbitrary.ts'
import { type Catalogue, resolve } from './rules.ts'

const now = new Date('2026-03-01T08:00:00Z')

const shop: Catalogue = {
  channels: new Map([
    [
      'shop',
      {
        channel: 'shop',
        name: 'Shop',
        network: 'cn',
        currency: 'CNY',
        locale: 'zh-CN',
        shortage_policy: 'split',
        payment_methods: ['reference', 'card'],
        payment_deadline_minutes: 30,
        unknown_sku: 'stage',
        version_id: 'v1',
        valid_from: now,
      },
    ],
  ]),
  sold: new Set(['TEA', 'POT']),
}

const tea = { sku: 'TEA', quantity: 2, unit_price: '12.50' }
const plain: IntakeOrder = {
  channel: 'shop',
  external_id: 'A-1',
  placed_at: '2026-03-01T07:59:00Z',
  currency: 'CNY',
  prices_include_tax: true,
  lines: [tea],
  payment: { method: 'reference', reference: 'pay-1' },
  ship_to: { country: 'CN', city: '杭州', address_lines: ['文三路 1 号'] },
}

function resolved(change: Partial<IntakeOrder> = {}) {
  const { order } = resolve({ ...plain, ...change }, shop, now)
  if (order === null) throw new Error('expected an order')
  return order
}

function reasons(change: Partial<IntakeOrder>) {
  return (resolve({ ...plain, ...change }, shop, now).reasons ?? []).map(({ code, pointer }) => `${code} ${pointer}`)
}

test('a plain order resolves with its network, its policy and its sums', () => {
  const order = resolved()
  expect(order).toMatchObject({ network_id: 'cn', shortage_policy: 'split', priority: 0, service_level: 'standard' })
  expect(order.totals).toEqual({ lines_total: 2500n, charges_total: 0n, tax_total: 0n, total: 2500n })
  expect(order.payment).toEqual({ method: 'reference', reference: 'pay-1' })
  expect(order.person).toMatchObject({ address_lines: ['文三路 1 号'], locale: 'zh-CN', name: null })
})

test('an order of nobody has no person', () => {
  expect(resolved({ ship_to: { country: 'CN', city: '杭州' } }).person).toBeNull()
})

test('a card must pay before the deadline of its channel, a reference has none', () => {
  expect(resolved({ payment: { method: 'card', provider: 'sandbox' } }).payment).toEqual({
    method: 'card',
    provider: 'sandbox',
    deadline_at: new Date('2026-03-01T08:30:00Z'),
  })
})

test('prices without tax are paid with tax', () => {
  const order = resolved({
    prices_include_tax: false,
    lines: [{ ...tea, discount: 500, tax: 260 }],
    charges: [{ kind: 'shipping', amount: 1000, tax: 130 }],
  })
  expect(order.lines[0]).toMatchObject({ gross: 2500n, discount: 500n, tax: 260n, net: 2260n })
  expect(order.totals).toEqual({ lines_total: 2260n, charges_total: 1130n, tax_total: 390n, total: 3390n })
})

test('prices with tax are paid as they stand', () => {
  const order = resolved({
    lines: [{ ...tea, tax: 288 }],
    charges: [
      { kind: 'shipping', amount: 1000, tax: 115 },
      { kind: 'discount', amount: -300 },
    ],
  })
  expect(order.totals).toEqual({ lines_total: 2500n, charges_total: 700n, tax_total: 403n, total: 3200n })
})

test('one minor unit a line is rounding and the channel’s total stands', () => {
  const order = resolved({ lines: [tea, { sku: 'POT', quantity: 3, unit_price: '3.333333' }], totals: { total: 3502 } })
  expect(order.lines[1]).toMatchObject({ gross: 1000n })
  expect(order.charges).toEqual([{ charge_no: 1, kind: 'rounding', title: null, amount: 2n, tax: 0n }])
  expect(order.totals.total).toBe(3502n)
})

test('more than one minor unit a line is a mismatch', () => {
  expect(reasons({ lines: [tea], totals: { total: 2502 } })).toEqual(['totals_mismatch /totals/total'])
  expect(reasons({ lines: [{ ...tea, net: 2498 }] })).toEqual(['totals_mismatch /lines/0/net'])
  expect(reasons({ lines: [{ ...tea, gross: 2503 }] })).toEqual(['totals_mismatch /lines/0/gross'])
})

test('where the channel tells no total, what its lines say is the total', () => {
  const order = resolved({ lines: [{ ...tea, net: 2499 }] })
  expect(order.totals.total).toBe(2499n)
  expect(order.charges[0]).toMatchObject({ kind: 'rounding', amount: -1n })
})

test('everything that is wrong is said at once', () => {
  const wrong = reasons({
    channel: 'shop',
    currency: 'EUR',
    lines: [
      { sku: 'NONE', quantity: 1, unit_price: '1' },
      { ...tea, discount: 9999 },
    ],
    charges: [{ kind: 'discount', amount: 5 }],
    payment: { method: 'cod' },
    ship_to: { country: 'CN' },
    totals: { tax: 77 },
  })
  expect(wrong.toSorted()).toEqual([
    'address_incomplete /ship_to',
    'charge_sign /charges/0/amount',
    'currency_mismatch /currency',
    'discount_exceeds_line /lines/1/discount',
    'payment_method_not_taken /payment/method',
    'total_negative /totals',
    'totals_mismatch /totals/tax',
    'unknown_sku /lines/0/sku',
  ])
})

test('an order with two thousand unknown SKUs gives a hundred reasons', () => {
  const lines = Array.from({ length: 2000 }, (_, index) => ({ sku: `NO-${index}`, quantity: 1, unit_price: '1' }))
  expect(reasons({ lines })).toHaveLength(100)
})

test('an unknown channel is a reason, not an error', () => {
  expect(reasons({ channel: 'nowhere' })).toEqual(['unknown_channel /channel'])
})

test('an amount beyond 2^53 − 1 is a reason, not a wrong number', () => {
  expect(reasons({ lines: [{ sku: 'TEA', quantity: 10_000_000, unit_price: '999999999999' }] })).toContain(
    'amount_too_large /lines/0',
  )
})

test('whatever comes, the totals are the sums of what is kept', () => {
  fc.assert(
    fc.property(intakeOrder, (order) => {
      const { lines, charges, totals } = settleMoney(order)
      const paid = charges.map((charge) => charge.amount + (order.prices_include_tax ? 0n : charge.tax))
      expect(totals.lines_total).toBe(sum(lines.map((line) => line.net)))
      expect(totals.charges_total).toBe(sum(paid))
      expect(totals.total).toBe(totals.lines_total + totals.charges_total)
      expect(totals.tax_total).toBe(sum([...lines, ...charges].map((part) => part.tax)))
      for (const line of lines)
        expect(line.net).toBe(line.gross - line.discount + (order.prices_include_tax ? 0n : line.tax))
      if (order.totals?.total !== undefined) expect(totals.total).toBe(BigInt(order.totals.total))
    }),
    { numRuns: 2000 },
  )
})
