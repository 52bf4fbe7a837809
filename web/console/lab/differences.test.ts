// The lab's figures: what is better is called better, what is unknown stays unknown, and the verdict compares only what compares.
import { expect, test } from 'vitest'
import type { LabFigures } from '../../../src/contracts/lab.ts'
import { differencesOf, verdictOf } from './differences.ts'
import { sideKey, sideOf } from './side-key.ts'

const figures = (change: Partial<LabFigures> = {}): LabFigures => ({
  sent: 100,
  split: 10,
  parts: 110,
  parcels: 110,
  shipping: 100_000,
  handling: 20_000,
  km_mean: 400,
  carbon_grams: 12_345,
  promised: 50,
  promise_kept: 45,
  late_days_mean: 0.5,
  unallocated: 5,
  units: 200,
  units_waiting: 8,
  ...change,
})

const byName = (a: LabFigures, b: LabFigures) => new Map(differencesOf({ a, b }).map((one) => [one.name, one]))

test('fewer splits, kilometres and orders without a place are better, and more promises kept', () => {
  const found = byName(figures(), figures({ split: 5, km_mean: 300, unallocated: 7, promise_kept: 49 }))
  expect(found.get('split_rate')).toMatchObject({ a: 0.1, b: 0.05, better: true })
  expect(found.get('km_mean')).toMatchObject({ by: -100, better: true })
  expect(found.get('unallocated')).toMatchObject({ by: 2, better: false })
  expect(found.get('promise_rate')).toMatchObject({ b: 0.98, better: true })
  expect(found.get('sent')).toMatchObject({ by: 0, better: null })
})

test('what one side does not know has no difference, and shares of nothing are unknown', () => {
  const found = byName(figures({ parcels: null, promised: 0, promise_kept: 0 }), figures())
  expect(found.get('parcels')).toMatchObject({ a: null, b: 110, by: null, better: null })
  expect(found.get('promise_rate')).toMatchObject({ a: null, by: null })
})

test('freight and CO₂ of all orders are neither better nor worse: who sends more pays more', () => {
  const found = byName(figures(), figures({ shipping: 1, carbon_grams: 1_345, late_days_mean: 0.75 }))
  expect(found.get('shipping')?.better).toBeNull()
  expect(found.get('carbon')).toMatchObject({ unit: 'kg', a: 12.345, by: -11, better: null })
  expect(found.get('late_days')).toMatchObject({ by: 0.25, better: false })
})

test('the verdict takes its cost from the orders that compare', () => {
  const both = { a: figures(), b: figures({ promise_kept: 33, unallocated: 4, units_waiting: 58 }) }
  const compared = { orders: 90, cost_a: 100_000, cost_b: 96_900 }
  expect(verdictOf({ compared, figures: both })).toEqual({
    orders: 90,
    cost: -3_100,
    cost_share: -0.031,
    promises: -12,
    unallocated: -1,
    waiting: 50,
  })
  const silent = figures({ promised: 0, promise_kept: 0 })
  expect(verdictOf({ compared, figures: { a: silent, b: silent } }).promises).toBeNull()
  expect(verdictOf({ compared: { orders: 0, cost_a: 0, cost_b: 0 }, figures: both }).cost_share).toBeNull()
})

test.each([
  { of: 'live' },
  { of: 'then' },
  { of: 'happened' },
  { of: 'draft', draft_id: 'd-1' },
  { of: 'version', version_id: 'shipped:1' },
] as const)('side $of survives its field', (side) => {
  expect(sideOf(sideKey(side))).toEqual(side)
})
