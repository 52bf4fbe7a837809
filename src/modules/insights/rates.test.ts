// Promises of the rates: what is counted twice counts once, what is old is forgotten.
import { expect, test } from 'vitest'
import { countFrom, emptyRates, minutesOf, passed, speedOf, takeIn } from './rates.ts'

const NOW = 1_800_000_000

test('the first look counts the whole hour, the next only what may have changed', () => {
  const rates = emptyRates()
  expect(countFrom(rates, NOW)).toBe(NOW - 3600)
  takeIn(rates, [], NOW - 3600, NOW)
  expect(countFrom(rates, NOW + 1)).toBe(NOW - 10)
})

test('a bucket that is counted again replaces what was known of it', () => {
  const rates = emptyRates()
  takeIn(rates, [{ bucket: NOW - 10, type: 'order.placed', count: 20 }], NOW - 3600, NOW)
  takeIn(rates, [{ bucket: NOW - 10, type: 'order.placed', count: 25 }], NOW - 10, NOW + 1)
  expect(passed(rates, ['order.placed'], 60, NOW + 1)).toBe(25)
})

test('the speed is that of the last ten seconds that are over, the peak the best five of the hour', () => {
  const rates = emptyRates()
  const counts = [
    { bucket: NOW - 1800, type: 'order.placed', count: 100 },
    { bucket: NOW - 10, type: 'order.placed', count: 20 },
    { bucket: NOW - 5, type: 'order.placed', count: 30 },
    { bucket: NOW, type: 'order.placed', count: 7 },
  ]
  takeIn(rates, counts, NOW - 3600, NOW + 2)
  expect(speedOf(rates, NOW + 2)).toEqual({ now: 5, peak: 20 })
})

test('an hour is sixty minutes of which the last is running, and nothing of it is lost', () => {
  const rates = emptyRates()
  takeIn(
    rates,
    [
      { bucket: NOW - 600, type: 'order.shipped', count: 3 },
      { bucket: NOW, type: 'order.placed', count: 2 },
    ],
    NOW - 3600,
    NOW + 20,
  )
  const points = minutesOf(rates, NOW + 20)
  expect(points).toHaveLength(60)
  expect(points.at(-1)).toMatchObject({ placed: 2, seconds: 20 })
  expect(points.reduce((sum, point) => sum + point.shipped, 0)).toBe(3)
})

test('what is older than an hour is forgotten', () => {
  const rates = emptyRates()
  takeIn(rates, [{ bucket: NOW, type: 'order.placed', count: 9 }], NOW - 3600, NOW)
  takeIn(rates, [], NOW + 3595, NOW + 3605)
  expect(rates.buckets.size).toBe(0)
})
