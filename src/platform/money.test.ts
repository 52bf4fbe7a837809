// M4: money is split without losing or making a cent, whatever the order of events.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMinor, parseMinor, priceTimes, shareOfUnits, split, sum } from './money.ts'

const RUNS = { numRuns: process.env.ORDO_LONG === '1' ? 100_000 : 10_000 }
const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })

test('M4 the parts of a split are the whole, and each within one minor unit of its share', () => {
  fc.assert(
    fc.property(
      amount,
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 30 }),
      (total, weights) => {
        const parts = split(total, weights)
        const all = sum(weights)
        expect(sum(parts)).toBe(total)
        if (all > 0n)
          for (const [index, part] of parts.entries())
            expect(
              part * all - total * (weights[index] ?? 0n) < all && part * all - total * (weights[index] ?? 0n) > -all,
            ).toBe(true)
      },
    ),
    RUNS,
  )
})

test('M4 shares of units add up to the whole in whatever pieces they are taken', () => {
  fc.assert(
    fc.property(
      amount,
      fc.integer({ min: 1, max: 500 }),
      fc.array(fc.nat(500), { maxLength: 6 }),
      (total, units, cuts) => {
        const marks = [0, ...cuts.map((cut) => cut % (units + 1)).sort((a, b) => a - b), units]
        const pieces = marks.slice(1).map((mark, index) => shareOfUnits(total, units, marks[index] ?? 0, mark))
        expect(sum(pieces)).toBe(total)
      },
    ),
    RUNS,
  )
})

test('M4 an amount written is read as the same amount', () => {
  fc.assert(
    fc.property(amount, fc.constantFrom('CNY', 'JPY', 'KWD'), (value, currency) => {
      expect(parseMinor(formatMinor(value, currency), currency)).toBe(value)
    }),
    RUNS,
  )
})

test('a price with six places times a quantity is rounded once, half away from zero', () => {
  expect(priceTimes('0.005', 1, 'CNY')).toBe(1n)
  expect(priceTimes('0.333333', 3, 'CNY')).toBe(100n)
  expect(priceTimes('12.5', 3, 'JPY')).toBe(38n)
  expect(priceTimes('abc', 1, 'CNY')).toBeNull()
})
