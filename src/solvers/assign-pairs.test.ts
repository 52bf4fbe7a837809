// Pairs of locations and knapsacks against plain enumeration: exact is exact.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { priceCapacity, roundOfKnapsacks, startKnapsacks } from './assign-bound.ts'
import { type Dense, dense } from './assign-model.ts'
import { dealAnew, startPairs } from './assign-pairs.ts'
import { emptyState, move, overload } from './assign-search.ts'

const ORDERS = 8
const numbers = (most: number) => fc.array(fc.integer({ min: 1, max: most }), { minLength: ORDERS, maxLength: ORDERS })
const two = (most: number) => fc.tuple(numbers(most), numbers(most))
const problems = fc.record({
  cost: two(30),
  weight: two(9),
  capacity: fc.tuple(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 12, max: 40 })),
})

/** Every way to deal the orders out, with its cost; those that exceed a capacity are left out. */
function deals({ cost, weight, capacity, locations, orders }: Dense): { cost: number; at: number[] }[] {
  return Array.from({ length: 2 ** orders }, (_, bits) => {
    const at = Array.from({ length: orders }, (_, j) => (bits >> j) & 1)
    const sum = (of: Float64Array, l?: number) =>
      at.reduce((all, to, j) => (l === undefined || to === l ? all + of[j * locations + to]! : all), 0)
    const fits = [0, 1].every((l) => sum(weight, l) <= capacity[l]!)
    return { cost: fits ? sum(cost) : Infinity, at }
  }).filter(({ cost }) => cost < Infinity)
}

test('two locations are dealt out at the least cost, and left alone where nothing is saved', () => {
  fc.assert(
    fc.property(problems, fc.nat(), fc.tuple(fc.nat(40), fc.nat(40)), (problem, pick, tenths) => {
      const d = dense({ ...problem, sense: 'min' })
      const all = deals(d)
      const begin = all[pick % Math.max(1, all.length)]
      if (begin === undefined) return
      const s = emptyState(d)
      for (const [j, l] of begin.at.entries()) move(s, j, l)
      const price = Float64Array.from(tenths, (tenth) => tenth / 10)
      const least = Math.min(...all.map(({ cost }) => cost))
      expect(dealAnew(s, startPairs(), price, 0, 1, 1 - 1e-6)).toBe(begin.cost > least)
      expect(s.cost).toBeCloseTo(least)
      expect(overload(s)).toBe(0)
    }),
  )
})

test('a location picks what pays most for its capacity', () => {
  fc.assert(
    fc.property(problems, fc.array(fc.nat(400), { minLength: ORDERS, maxLength: ORDERS }), (problem, tenths) => {
      const d = dense({ ...problem, sense: 'min' })
      const k = startKnapsacks(d, priceCapacity(d, Infinity, 50))
      if (k === null) throw new Error('weights are whole')
      const price = Float64Array.from(tenths, (tenth) => tenth / 10)
      k.order_price.set(price)
      const most = [0, 1].map((l) =>
        Math.max(
          ...Array.from({ length: 2 ** ORDERS }, (_, bits) => {
            let [gain, load] = [0, 0]
            for (let j = 0; j < ORDERS; j++) {
              if (((bits >> j) & 1) === 0) continue
              gain += price[j]! - d.cost[j * 2 + l]!
              load += d.weight[j * 2 + l]!
            }
            return load <= d.capacity[l]! ? gain : 0
          }),
        ),
      )
      const bound = price.reduce((sum, one) => sum + one, 0) - most[0]! - most[1]!
      expect(roundOfKnapsacks(k, Infinity)).toBeCloseTo(bound, 6)
    }),
  )
})
