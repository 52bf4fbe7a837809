// Promises of exact decimals: nothing is lost between text and millionths, and rounding is half away from zero.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatMicro, fromMinor, parseMicro, timesMicro, toMinor } from './decimal.ts'

test('what is written is what was read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), (value) => {
      expect(parseMicro(formatMicro(value))).toBe(value)
    }),
  )
})

test.each([
  ['12.34', 12_340_000n],
  ['-0.001', -1_000n],
  ['+7', 7_000_000n],
  ['5.', 5_000_000n],
  ['1.50000000', 1_500_000n],
])('%s is %s millionths', (text, value) => {
  expect(parseMicro(text)).toBe(value)
})

test.each(['', 'abc', '1,5', '1e3', '0.0000001', '--1', '.', undefined])('%s is no decimal', (text) => {
  expect(parseMicro(text)).toBeUndefined()
})

test('half a minor unit is rounded away from zero', () => {
  expect(toMinor(5_000n, 2)).toBe(1n)
  expect(toMinor(-5_000n, 2)).toBe(-1n)
  expect(toMinor(4_999n, 2)).toBe(0n)
  expect(toMinor(1_500_000n, 0)).toBe(2n)
  expect(fromMinor(123n, 2)).toBe(1_230_000n)
})

test('a product that needs more than six places is none', () => {
  expect(timesMicro(1_500_000n, 2_000_000n)).toBe(3_000_000n)
  expect(timesMicro(1n, 1n)).toBeUndefined()
})
