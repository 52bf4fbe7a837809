// Promises of assignment, held against every way there is on small instances.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Assignment, assign } from './assign.ts'

const instances: fc.Arbitrary<Assignment> = fc
  .record({ locations: fc.integer({ min: 1, max: 3 }), orders: fc.integer({ min: 1, max: 6 }) })
  .chain(({ locations, orders }) => {
    const matrix = (most: number) =>
      fc.array(fc.array(fc.integer({ min: 1, max: most }), { minLength: orders, maxLength: orders }), {
        minLength: locations,
        maxLength: locations,
      })
    return fc.record({
      cost: matrix(50),
      weight: matrix(10),
      capacity: fc.array(fc.integer({ min: 5, max: 30 }), { minLength: locations, maxLength: locations }),
      sense: fc.constantFrom('min' as const, 'max' as const),
    })
  })

function bestOfAll({ cost, weight, capacity, sense }: Assignment): number | null {
  let best: number | null = null
  const left = [...capacity]
  const walk = (j: number, sum: number): void => {
    if (j === cost[0]!.length) {
      best = best === null ? sum : sense === 'min' ? Math.min(best, sum) : Math.max(best, sum)
      return
    }
    for (let l = 0; l < left.length; l++) {
      if (weight[l]![j]! > left[l]!) continue
      left[l]! -= weight[l]![j]!
      walk(j + 1, sum + cost[l]![j]!)
      left[l]! += weight[l]![j]!
    }
  }
  walk(0, 0)
  return best
}

test('the answer keeps every capacity, costs what it says, and is as good as the best of all ways', () => {
  fc.assert(
    fc.property(instances, (problem) => {
      const { location_of, cost } = assign(problem)
      const best = bestOfAll(problem)
      if (location_of === null) {
        expect(best).toBeNull()
        return
      }
      const load = problem.capacity.map(() => 0)
      location_of.forEach((l, j) => {
        load[l]! += problem.weight[l]![j]!
      })
      expect(load.every((units, l) => units <= problem.capacity[l]!)).toBe(true)
      expect(location_of.reduce((sum, l, j) => sum + problem.cost[l]![j]!, 0)).toBe(cost)
      expect(cost).toBe(best)
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) },
  )
})

test('the bound is never passed by the best of all ways', () => {
  fc.assert(
    fc.property(instances, (problem) => {
      const { bound } = assign(problem)
      const best = bestOfAll(problem)
      if (bound === null || best === null) return
      if (problem.sense === 'min') expect(bound).toBeLessThanOrEqual(best + 1e-6)
      else expect(bound).toBeGreaterThanOrEqual(best - 1e-6)
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) },
  )
})

test('the same instance gets the same answer', () => {
  fc.assert(
    fc.property(instances, (problem) => {
      expect(assign(structuredClone(problem))).toEqual(assign(problem))
    }),
    { numRuns: 50 },
  )
})

test('the search ends at its time, though it has rounds left', () => {
  let milliseconds = 0
  const now = () => {
    milliseconds += 10
    return milliseconds
  }
  const cost = [0, 1, 2].map((l) => Array.from({ length: 40 }, (_, j) => 10 + ((7 * j + 13 * l) % 31)))
  const weight = [0, 1, 2].map((l) => Array.from({ length: 40 }, (_, j) => 5 + ((11 * j + 5 * l) % 17)))
  const answer = assign(
    { cost, weight, capacity: [190, 190, 190], sense: 'min' },
    { seconds: 1, now, max_rounds: 1_000_000, seed: 1 },
  )
  expect(milliseconds).toBeLessThan(3000)
  expect(answer.location_of).not.toBeNull()
})

test('orders that no location has room for get no answer', () => {
  const answer = assign({ cost: [[1, 1]], weight: [[9, 9]], capacity: [10], sense: 'min' })
  expect(answer.location_of).toBeNull()
  expect(answer.cost).toBeNaN()
})
