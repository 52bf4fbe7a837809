// The tests of significance against values of R 4.3 and of the papers they come from.
import { expect, test } from 'vitest'
import { judge } from './judge-experiment.ts'
import { proportions, studentTail, welch } from './significance.ts'

test.each([
  [2.228138851964939, 10, 0.05],
  [1.959963984540054, Infinity, 0.05],
  [12.706204736432095, 1, 0.05],
  [0, 5, 1],
  [3.169272667175838, 10, 0.01],
])('Student: beyond ±%d with %d degrees of freedom lies %d', (t, freedom, p) => {
  expect(studentTail(t, freedom)).toBeCloseTo(p, 5)
})

test('Welch: the yields of two fields of unequal variance', () => {
  // t = (20 − 22) / sqrt(4/10 + 16/20), 27.98 degrees of freedom
  const { difference, low, high, p } = welch({ n: 10, mean: 22, variance: 4 }, { n: 20, mean: 20, variance: 16 })
  expect(difference).toBe(-2)
  expect(p).toBeCloseTo(studentTail(2 / Math.sqrt(1.2), 27.982), 4)
  expect([low + high, high - low]).toEqual([expect.closeTo(-4, 9), expect.closeTo(2 * 2.0485 * Math.sqrt(1.2), 3)])
})

test('Newcombe 1998, table II (a): 56 of 70 against 48 of 80', () => {
  const { difference, low, high } = proportions({ n: 80, hits: 48 }, { n: 70, hits: 56 })
  expect([difference, low, high]).toEqual([
    expect.closeTo(0.2, 9),
    expect.closeTo(0.0524, 4),
    expect.closeTo(0.3339, 4),
  ])
})

test('shares that are all alike differ in nothing, and an interval never leaves what shares can be', () => {
  expect(proportions({ n: 100, hits: 0 }, { n: 100, hits: 0 })).toMatchObject({ difference: 0, p: 1 })
  const { low, high } = proportions({ n: 10, hits: 0 }, { n: 10, hits: 10 })
  expect(low).toBeGreaterThan(0)
  expect(high).toBeLessThanOrEqual(1)
})

test('where there is no difference, one look in twenty shows one', () => {
  // a fixed sequence of pseudo-random numbers: linear congruential, the constants of Numerical Recipes
  let state = 35
  const random = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
  const sample = () => {
    const values = Array.from({ length: 60 }, () => random() ** 2)
    const mean = values.reduce((sum, value) => sum + value, 0) / 60
    return { n: 60, mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 59 }
  }
  const found = Array.from({ length: 2000 }, () => welch(sample(), sample())).filter(({ p }) => p < 0.05).length
  expect(found / 2000).toBeGreaterThan(0.03)
  expect(found / 2000).toBeLessThan(0.07)
})

const arm = {
  orders: 2000,
  whole: 2000,
  cost_mean: 1000,
  cost_variance: 10_000,
  sent: 2000,
  split: 200,
  promised: 2000,
  promise_kept: 1800,
  unallocated: 0,
  failed: 0,
}

test('cost is compared only where both arms send the same orders', () => {
  const cheaper = { ...arm, cost_mean: 900 }
  expect(judge(arm, cheaper, 'CNY')[0]).toMatchObject({ enough: true, withheld: null, difference: -100 })
  // it leaves the dear ones behind
  const left = { ...cheaper, whole: 1940, sent: 1940, unallocated: 60 }
  const cost = judge(arm, left, 'CNY')[0]
  expect(cost).toMatchObject({ enough: false, withheld: 'unlike', difference: null, p: null })
  expect(cost?.says.en).toContain('the arms do not send the same orders')
  expect(cost?.says.zh).toContain('两组发出的订单不同')
  // less than a point, and chance hardly explains it
  expect(judge(arm, { ...cheaper, whole: 1990, sent: 1990, unallocated: 10 }, 'CNY')[0]?.withheld).toBe('unlike')
  // it sends the cheap half of them
  expect(judge(arm, { ...cheaper, whole: 1900 }, 'CNY')[0]?.withheld).toBe('unlike')
  expect(judge(arm, { ...cheaper, whole: 1999, sent: 1999, unallocated: 1 }, 'CNY')[0]?.withheld).toBe(null)
})

test('nothing is judged where the draft, or the live rules, failed on more than 1 % of their arm', () => {
  expect(judge(arm, { ...arm, failed: 20 }, 'CNY').map(({ withheld }) => withheld)).toEqual(Array(4).fill(null))
  for (const [live, draft] of [
    [arm, { ...arm, failed: 21 }],
    [{ ...arm, failed: 21 }, arm],
  ] as const)
    expect(judge(live, draft, 'CNY').map(({ withheld }) => withheld)).toEqual(Array(4).fill('failures'))
})

test('a difference of shares is told in percentage points, one of costs in money', () => {
  const [cost, split] = judge(arm, { ...arm, cost_mean: 1100, split: 240 }, 'CNY')
  expect(split?.says.en).toMatch(
    /: \+2\.0 percentage points with the draft, 95 % interval \+0\.1 to \+3\.9 percentage points/,
  )
  expect(split?.says.zh).toMatch(/草稿组 \+2\.0 个百分点，95% 区间 \+0\.1 至 \+3\.9 个百分点/)
  expect(cost?.says.en).toMatch(/: \+1\.00 CNY with the draft, 95 % interval \+0\.94 to \+1\.06 CNY/)
})
