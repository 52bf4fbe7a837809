// The retry schedule of webhooks: ten tries within three days, never at the same moment for everybody.
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS } from '../clock.ts'
import { seededRandomness } from '../ids.ts'
import { ATTEMPTS_AT_MOST, waitAfter } from './retry-schedule.ts'

const wanted_seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

test('E8 the waits follow Standard Webhooks, shortened by 5 to 15 per cent', () => {
  const randomness = seededRandomness(7)
  for (let round = 0; round < 200; round++) {
    const waits = wanted_seconds.map((_, index) => waitAfter(index + 1, randomness) ?? Number.NaN)
    for (const [index, seconds] of wanted_seconds.entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds * 850)
      expect(waits[index]).toBeLessThanOrEqual(seconds * 950)
    }
    const total = waits.reduce((sum, wait) => sum + wait, 0)
    expect(total).toBeLessThan(3 * DAY_MS)
    expect(total).toBeGreaterThan(60 * HOUR_MS)
  }
})

test('E8 there are ten attempts and no eleventh', () => {
  expect(ATTEMPTS_AT_MOST).toBe(10)
  expect(waitAfter(10, seededRandomness(1))).toBeNull()
})
