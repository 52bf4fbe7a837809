// Promises of the batch solver, held against every rule and, on small batches, against every way there is.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCase, cheapestOfAll } from './sourcing.arbitrary.ts'
import { sourceOrder } from './sourcing.ts'
import { type Batch, sourceBatch } from './sourcing-batch.ts'
import { brokenSharing } from './sourcing-batch-check.ts'

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) }
const effort = { rounds: 3, max_nodes: 20_000, groups: 200, seed: 7 }

// Several orders over the network of one: they contend for its stock, and for parts and lines at each location.
const batches: fc.Arbitrary<Batch> = fc
  .record({
    first: arbitraryCase(4),
    copies: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 5 }),
    waits: fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 6, maxLength: 6 }),
    limits: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 }),
  })
  .map(({ first: { network, order }, copies, waits, limits }) => {
    const orders = [order, ...copies.map((count) => ({ ...order, lines: order.lines.slice(0, count) }))].filter((one) =>
      one.lines.every((line) => line.kit < 0 || one === order),
    )
    return {
      network,
      orders: orders.map((one) => (one.unmet ? { ...one, unmet: one.unmet.slice(0, one.lines.length) } : one)),
      wait: waits.slice(0, orders.length),
      capacities: network.locations.flatMap((_, l) => [
        { location: l, per_part: 1, per_line: 0, most: limits[l]! },
        { location: l, per_part: 0, per_line: 1, most: 2 + limits[l + 4]! },
      ]),
    }
  })

test('no batch draws more stock or capacity than there is, or breaks a rule of one of its orders', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      expect(brokenSharing(batch, sourceBatch(batch, effort))).toEqual([])
    }),
    runs,
  )
})

test('the same batch gets the same answer', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      expect(sourceBatch(structuredClone(batch), effort)).toEqual(sourceBatch(batch, effort))
    }),
    runs,
  )
})

test('a batch of one order without limits is the order solved exactly', () => {
  fc.assert(
    fc.property(arbitraryCase(3), (one) => {
      const batch = { network: one.network, orders: [one.order], wait: [10_000], capacities: [] }
      const { cost } = sourceBatch(batch, { ...effort, max_nodes: 20_000_000 })
      expect(cost).toBeCloseTo(Math.min(10_000, cheapestOfAll(one)), 6)
    }),
    runs,
  )
})

test('where stock and capacity suffice, every order gets its own best answer', () => {
  fc.assert(
    fc.property(batches, (batch) => {
      const stock = Array.from(batch.network.stock, (units) => 1000 * units)
      const plenty = { ...batch, capacities: [], network: { ...batch.network, stock } }
      const alone = plenty.orders.map((order, o) => Math.min(plenty.wait[o]!, sourceOrder(plenty.network, order).cost))
      const { cost, bound } = sourceBatch(plenty, { ...effort, max_nodes: 20_000_000 })
      expect(cost).toBeCloseTo(
        alone.reduce((sum, one) => sum + one, 0),
        6,
      )
      expect(bound).toBeCloseTo(cost, 6)
    }),
    runs,
  )
})

const location = { capabilities: 0, handling_part: 0, handling_line: 0, load_part: 0, load_line: 0 }
const way = (price: number) => ({
  rates: { upto_grams: [1000], price: [price], mm3_per_gram: 0 },
  carbon_part: 0,
  carbon_gram: 0,
})
const oneLine = (prices: readonly number[]) => ({
  lines: [{ sku: 0, quantity: 1, weight_grams: 1, volume_mm3: 0, value: 0, needs: 0, kit: -1, hazard: 0 }],
  kits: [],
  lanes: prices.map(way),
  lateness: null,
  split: { penalty: 0, max_parts: 1, min_part_value: 0, min_rest_value: 0, lines: true },
  unmet: null,
})

test('the last unit goes to the order that would pay most elsewhere, whoever came first', () => {
  const batch = {
    network: { locations: [location, location], skus: 1, stock: [1, 9], depletion: null, keep_apart: [] },
    orders: [oneLine([10, 12]), oneLine([10, 90])],
    wait: [1000, 1000],
    capacities: [],
  }
  const { answers, cost, bound } = sourceBatch(batch)
  expect(answers.map((answer) => answer?.parts[0]?.location)).toEqual([1, 0])
  expect([cost, bound]).toEqual([22, 22])
})

test('a full location tells what one more part there would save', () => {
  const batch = {
    network: { locations: [location, location], skus: 1, stock: [9, 9], depletion: null, keep_apart: [] },
    orders: [oneLine([10, 30]), oneLine([10, 40]), oneLine([10, 50])],
    wait: [1000, 1000, 1000],
    capacities: [{ location: 0, per_part: 1, per_line: 0, most: 2 }],
  }
  const { cost, worth } = sourceBatch(batch)
  expect(cost).toBe(50)
  expect(worth[0]).toBeGreaterThanOrEqual(19.9)
  expect(worth[0]).toBeLessThanOrEqual(30.1)
})
