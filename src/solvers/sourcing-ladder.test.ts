// Promises of the ladder of steps: the formula beyond the table is the price of every parcel, and the size of an order costs no time.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runnerUp, sourceOrder } from './sourcing.ts'
import { brokenRules } from './sourcing-check.ts'
import { ratePrice } from './sourcing-cost.ts'
import { eachCorner, priceOf, stepHolding, stepsUpTo, table_at_most, uptoOf } from './sourcing-ladder.ts'
import type { Network, Order, RateCard } from './sourcing-model.ts'

const card = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 7 }),
    fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 7, maxLength: 7 }),
  )
  .map(([upto, prices]): RateCard => {
    const ascending = (list: number[]) => list.toSorted((a, b) => a - b)
    return { upto_grams: ascending(upto), price: ascending(prices.slice(0, upto.length)), mm3_per_gram: 0 }
  })

test('a step beyond the table holds and costs what full parcels and one with the rest do', () => {
  fc.assert(
    fc.property(card, fc.integer({ min: 0, max: 5000 }), (rates, grams) => {
      const steps = stepsUpTo(rates, 5000)
      const k = stepHolding(steps, grams)
      expect(priceOf(steps, k)).toBe(ratePrice(rates, grams))
      expect(uptoOf(steps, k)).toBeGreaterThanOrEqual(grams)
      if (k > 0) expect(uptoOf(steps, k - 1)).toBeLessThan(Math.max(grams, uptoOf(steps, 0) + 1))
      expect(uptoOf(steps, steps.last)).toBeGreaterThanOrEqual(5000)
      expect(steps.upto.length).toBeLessThanOrEqual(Math.max(table_at_most, steps.period))
    }),
  )
})

test('every corner of the lower hull is among the steps that are looked at', () => {
  fc.assert(
    fc.property(card, fc.nat(300), fc.nat(300), (rates, least, more) => {
      const steps = stepsUpTo(rates, 20_000)
      const [from, to] = [Math.min(least, steps.last), Math.min(least + more, steps.last)]
      const seen = new Set<number>()
      eachCorner(steps, from, to, (k) => seen.add(k))
      for (let k = from; k <= to; k++) {
        if (seen.has(k)) continue
        const [before, after] = [k - steps.period, k + steps.period]
        expect(before).toBeGreaterThanOrEqual(from)
        expect(after).toBeLessThan(to)
        expect(2 * uptoOf(steps, k)).toBe(uptoOf(steps, before) + uptoOf(steps, after))
        expect(2 * priceOf(steps, k)).toBe(priceOf(steps, before) + priceOf(steps, after))
      }
      expect(seen.size).toBeLessThanOrEqual(3 * steps.period + 1)
    }),
  )
})

const site = { capabilities: 0, handling_part: 100, handling_line: 10, load_part: 0, load_line: 0 }
const lane = (more: number) => ({
  rates: { upto_grams: [1000, 30_000], price: more < 0 ? [0, 0] : [500 + more, 2900 + 3 * more], mm3_per_gram: 5000 },
  carbon_part: 0,
  carbon_gram: 0,
})

function heavy(stock: readonly number[], prices: readonly number[]): { network: Network; order: Order } {
  const line = { sku: 0, quantity: 10_000_000, weight_grams: 100_000_000, volume_mm3: 1 }
  return {
    network: { locations: stock.map(() => site), skus: 1, stock, depletion: null, keep_apart: [] },
    order: {
      lines: [{ ...line, value: 100, needs: 0, kit: -1, hazard: 0 }],
      kits: [],
      lanes: prices.map(lane),
      lateness: null,
      split: { penalty: 500, max_parts: 5, min_part_value: 0, min_rest_value: 0, lines: true },
      unmet: null,
    },
  }
}

test.each([
  ['of thirty milliard parcels that one place has', [1e7, 1e7, 1e7], [0, 10, 20], 1],
  ['that no place has alone', [6e6, 7e6, 5e6], [0, 10, 20], 2],
  ['that is sent for nothing', [6e6, 7e6, 5e6], [-1, -1, -1], 2],
])('an order %s is answered within the bound on the work', (_, stock, prices, parts) => {
  const { network, order } = heavy(stock, prices)
  const answer = sourceOrder(network, order, { max_nodes: 2000 })
  const second = runnerUp(network, order, answer, { max_nodes: 1000 })
  expect(brokenRules(network, order, answer)).toEqual([])
  expect(brokenRules(network, order, second)).toEqual([])
  expect(answer.parts.length).toBe(parts)
  // what is not proven is at most the last parcel and the penalty
  if (parts === 1) expect(answer.cost - answer.bound).toBeLessThan(4000)
  expect(answer.explored).toBeLessThan(4000)
  expect(second.cost).toBeGreaterThanOrEqual(answer.bound)
})
