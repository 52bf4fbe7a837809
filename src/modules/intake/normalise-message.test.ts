// Promises of the canonical text: it is RFC 8785, it forgets what means nothing and nothing else.
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IntakeOrder } from '../../contracts/order-intake.ts'
import { intakeOrder } from './intake-order.arbitrary.ts'
import { canonicalText, hasForbiddenText, normalise, plainPrice } from './normalise-message.ts'

const plain: IntakeOrder = {
  channel: 'shop',
  external_id: 'A-1',
  placed_at: '2026-03-01T08:00:00Z',
  currency: 'CNY',
  prices_include_tax: true,
  lines: [{ sku: 'TEA', quantity: 2, unit_price: '12.5' }],
  payment: { method: 'reference' },
  ship_to: { country: 'CN', city: '杭州' },
}

test('the canonical text is what RFC 8785 asks for, for any order', () => {
  fc.assert(
    fc.property(intakeOrder, (order) => {
      expect(canonicalText(order)).toBe(canonicalize(normalise(order)))
    }),
    { numRuns: 1000 },
  )
})

test('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(intakeOrder, (order) => {
      const once = canonicalText(order)
      const again: IntakeOrder = JSON.parse(once)
      expect(canonicalText(again)).toBe(once)
    }),
    { numRuns: 500 },
  )
})

test('key order, blanks, defaults and empty fields do not make another order', () => {
  const wordy: IntakeOrder = {
    ship_to: { city: ' 杭州 ', country: 'CN', region: '', address_lines: [' '] },
    payment: { method: 'reference' },
    note: '  ',
    priority: 0,
    service_level: 'standard',
    attributes: {},
    charges: [],
    customer: { name: '' },
    lines: [{ unit_price: '012.500', quantity: 2, discount: 0, tax: 0, taxes: [], title: '', sku: 'TEA' }],
    prices_include_tax: true,
    currency: 'CNY',
    placed_at: '2026-03-01T16:00:00+08:00',
    external_id: 'A-1',
    channel: 'shop',
  }
  expect(canonicalText(wordy)).toBe(canonicalText(plain))
})

test.each<[string, Partial<IntakeOrder>]>([
  ['quantity', { lines: [{ sku: 'TEA', quantity: 3, unit_price: '12.5' }] }],
  ['price', { lines: [{ sku: 'TEA', quantity: 2, unit_price: '12.51' }] }],
  ['city', { ship_to: { country: 'CN', city: '宁波' } }],
  ['note', { note: 'ring twice' }],
  ['attribute', { attributes: { gift: true } }],
  ['payment', { payment: { method: 'cod' } }],
  ['total', { totals: { total: 2500 } }],
])('another %s makes another order', (_field, change) => {
  expect(canonicalText({ ...plain, ...change })).not.toBe(canonicalText(plain))
})

test('letters that look the same are the same letters', () => {
  const composed = canonicalText({ ...plain, customer: { name: 'Renée' } })
  expect(canonicalText({ ...plain, customer: { name: 'Rene\u0301e' } })).toBe(composed)
})

test.each([
  ['0', '0'],
  ['000', '0'],
  ['007.10', '7.1'],
  ['12.000000', '12'],
  ['0.000001', '0.000001'],
])('the price %s is written %s', (given, written) => {
  expect(plainPrice(given)).toBe(written)
})

test('text that PostgreSQL cannot keep is found, and text that only looks so is let through', () => {
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'a\u0000b' }))).toBe(true)
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'half \ud83d pair' }))).toBe(true)
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'whole 😀 pair' }))).toBe(false)
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'a text about \\u0000 and \\ud83d' }))).toBe(false)
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'odd backslashes \\\\\\u0000' }))).toBe(false)
  expect(hasForbiddenText(canonicalText({ ...plain, note: 'both \\\u0000' }))).toBe(true)
})
