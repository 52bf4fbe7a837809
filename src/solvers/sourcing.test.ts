// Promises of the one-order solver, held against every way there is on small orders.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCase, cheapestOfAll, withOwnTerms } from './sourcing.arbitrary.ts'
import { runnerUp, sourceOrder } from './sourcing.ts'
import { brokenRules } from './sourcing-check.ts'

// Cases of one-gram steps and contested stock need more nodes than orders from life.
const patient = { max_nodes: 20_000_000 }
const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 300) }

test('the answer is the cheapest of all ways to share the order out', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryCase(3), withOwnTerms(arbitraryCase(3))), (one) => {
      const answer = sourceOrder(one.network, one.order, patient)
      expect(answer.optimal).toBe(true)
      expect(answer.cost).toBeCloseTo(cheapestOfAll(one), 6)
    }),
    runs,
  )
})

test('the runner-up is the cheapest answer from another set of locations', () => {
  fc.assert(
    fc.property(arbitraryCase(3), (one) => {
      const best = sourceOrder(one.network, one.order, patient)
      fc.pre(best.cost < Infinity)
      const used = [...new Set(best.parts.map((part) => part.location))].join()
      const second = runnerUp(one.network, one.order, best, patient)
      expect(second.cost).toBeCloseTo(
        cheapestOfAll(one, (locations) => locations.join() === used),
        6,
      )
      expect(brokenRules(one.network, one.order, second)).toEqual([])
    }),
    runs,
  )
})

test('no answer breaks a rule, and its parts and rest are the order', () => {
  fc.assert(
    fc.property(fc.oneof(arbitraryCase(6), withOwnTerms(arbitraryCase(6))), ({ network, order }) => {
      expect(brokenRules(network, order, sourceOrder(network, order))).toEqual([])
    }),
    runs,
  )
})

test('one more location never makes the best answer worse', () => {
  fc.assert(
    fc.property(arbitraryCase(5), ({ network, order }) => {
      const fewer = { ...order, lanes: order.lanes.map((lane, l) => (l === order.lanes.length - 1 ? null : lane)) }
      expect(sourceOrder(network, order).cost).toBeLessThanOrEqual(sourceOrder(network, fewer).cost + 1e-6)
    }),
    runs,
  )
})

test('the same order gets the same answer', () => {
  fc.assert(
    fc.property(arbitraryCase(6), ({ network, order }) => {
      expect(sourceOrder(network, order)).toEqual(sourceOrder(structuredClone(network), structuredClone(order)))
    }),
    runs,
  )
})

test('a search cut short still answers within the rules and says how far off it may be', () => {
  fc.assert(
    fc.property(arbitraryCase(6), fc.integer({ min: 1, max: 40 }), ({ network, order }, max_nodes) => {
      const short = sourceOrder(network, order, { max_nodes })
      const full = sourceOrder(network, order)
      expect(brokenRules(network, order, short)).toEqual([])
      expect(short.bound).toBeLessThanOrEqual(full.cost + 1e-6)
      if (short.optimal) expect(short.cost).toBeCloseTo(full.cost, 6)
    }),
    runs,
  )
})
