// What would have decided otherwise: with the change the decision is another one, with one less of it the same, whatever the rule.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SlotBook, shiftOf } from '../capacity/index.ts'
import { samePlaces } from './decide-plainly.ts'
import { explain } from './explain-decision.ts'
import { FreeStock } from './free-stock.ts'
import { type Guidance, guidancesOf, nowhere, shippedGuidance } from './guidance.ts'
import { at, demandOf, freeOf, ground, order, SITES, stocks } from './rules.arbitrary.ts'
import { decide } from './rules.ts'
import { sentences } from './say-decision.ts'
import type { Decision, Demand, Flip } from './types.ts'

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) }
const rule = fc
  .record(
    {
      whole_first: fc.boolean(),
      max_parts: fc.integer({ min: 1, max: 3 }),
      split_penalty: fc.constantFrom(0, 400),
      safety_stock: fc.constantFrom(0, 1, 3),
      radius_km: fc.constantFrom(1, 150, 700),
      order_limit: fc.integer({ min: 0, max: 2 }),
      partial: fc.boolean(),
      locations: fc.subarray([...SITES], { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((row) => guidancesOf([{ rule: 'r', ...row }], nowhere)[0] ?? shippedGuidance)

interface World {
  readonly demand: Demand
  readonly guidance: Guidance
  free(): FreeStock
}

// What the decision would be with so much of the change, made by nothing but the change itself.
function decidedWith({ demand, guidance, free }: World, flip: Flip, amount: number): Decision {
  const there = free()
  let ruled = guidance
  const { location_id } = flip.candidate.site.location
  if (flip.kind === 'order_limit') ruled = { ...guidance, order_limit: amount }
  if (flip.kind === 'radius') ruled = { ...guidance, radius_km: amount }
  if (flip.kind === 'stock') {
    let left = amount
    for (const sku of new Set(demand.lines.map((line) => line.sku))) {
      const wanted = demand.lines.reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)
      const has = there.at(location_id, sku)
      const more = Math.min(left, Math.max(0, wanted + guidance.safety_stock - has))
      left -= more
      there.add(location_id, sku, has + more)
    }
  }
  return decide(ground, { demand, guidances: [ruled] }, there, at)
}

test('the change decides otherwise, and one less of it does not', () => {
  const told = new Map<string, number>()
  fc.assert(
    fc.property(stocks, order, rule, fc.nat(2), (units, wish, guidance, today) => {
      const free = () => {
        const there = freeOf(units)
        for (const site of SITES) there.countOrders(site, today)
        return there
      }
      const world = { demand: demandOf(wish, 0), guidance, free }
      const before = free()
      const decision = decide(ground, { demand: world.demand, guidances: [guidance] }, before, at)
      for (const site of SITES) expect(before.at(site, 'red')).toBe(free().at(site, 'red'))
      const { flip } = decision
      if (flip === null) return
      told.set(flip.kind, (told.get(flip.kind) ?? 0) + 1)
      const flipped = decidedWith(world, flip, flip.amount).plan
      expect(samePlaces(flipped, flip.plan)).toBe(true)
      expect(samePlaces(flipped, decision.plan)).toBe(false)
      expect(samePlaces(decidedWith(world, flip, flip.amount - 1).plan, decision.plan)).toBe(true)
    }),
    runs,
  )
  expect(told.get('stock')).toBeGreaterThan(0)
})

const one = (sku: string, quantity: number): Demand =>
  demandOf({ lines: [{ sku, quantity }], priority: 0, may_part: false, excluded: [] }, 0)
const stocked = (...rows: readonly [site: string, units: number][]) => {
  const free = new FreeStock()
  for (const [site, units] of rows) free.add(site, 'red', units)
  return free
}
const said = (decision: Decision) => {
  const by = { version_id: 'v', arm: null, failed: false }
  const { detail } = explain(ground, by, decision, () => null)
  return sentences({ currency: 'CNY', margin: null, outcome: decision.outcome }, detail)
    .map(({ en }) => en)
    .join(' ')
}

test('a split that whole orders come before is flipped by the one unit that makes a dear place whole, not by two at a cheap one', () => {
  const decision = decide(
    ground,
    { demand: { ...one('red', 4), may_part: true }, guidances: [shippedGuidance] },
    stocked(['A', 2], ['B', 2], ['D', 3]),
    at,
  )
  expect(decision.outcome).toBe('split')
  expect([decision.flip?.candidate.site.location.location_id, decision.flip?.amount]).toEqual(['D', 1])
  expect(decision.flip?.plan.cost).toBeGreaterThan(decision.plan?.cost ?? Infinity)
  expect(said(decision)).toContain('With 1 more unit in stock at D it would leave from D for')
})

test('an order that nothing sends tells what is smallest: goods, a slot, or what the rule allows', () => {
  const ask = (guidance: Partial<Guidance>, free: FreeStock) =>
    decide(ground, { demand: one('red', 3), guidances: [{ ...shippedGuidance, ...guidance }] }, free, at)
  const goods = ask({}, stocked(['A', 1], ['C', 1]))
  expect([goods.plan, goods.flip?.kind, goods.flip?.amount]).toEqual([null, 'stock', 1])
  expect(said(goods)).toMatch(/With 1 more unit in stock at A it would leave from (A and C|C and A) for/)
  const busy = stocked(['B', 9])
  busy.countOrders('B', 7)
  expect(said(ask({ order_limit: 6 }, busy))).toContain('If the rule allowed 8 orders a day at B it would leave from B')
  expect(said(ask({ radius_km: 200 }, stocked(['B', 9])))).toMatch(
    /If the rule reached 2\d\d km, as far as B, it would leave from B/,
  )
  const slot = { location_id: 'B', starts_at: at, ends_at: new Date(at.getTime() + 3_600_000) }
  const full = { ...slot, max_orders: 0, max_lines: null, max_seconds: null, orders: 0, lines: 0, seconds: 0 }
  const shift = { slots: [full], pace: { per_order_seconds: 60, per_line_seconds: 10 }, kept: 0 }
  const overdue = { orders: 0, lines: 0, seconds: 0 }
  const closed = new FreeStock(
    new Map(),
    new Map(),
    new SlotBook(new Map([['B', shiftOf({ ...shift, overdue }, at)]]), at),
  )
  closed.add('B', 'red', 9)
  expect(said(ask({}, closed))).toContain('With room for one more order in a slot of B it would leave from B')
})

test('of two places that cost the same the nearer one flips it, and none that is dearer', () => {
  const decision = decide(ground, { demand: one('red', 1), guidances: [shippedGuidance] }, stocked(['B', 1]), at)
  expect(decision.flip?.candidate.site.location.location_id).toBe('A')
  const near = decide(ground, { demand: one('red', 1), guidances: [shippedGuidance] }, stocked(['A', 1]), at)
  expect(near.flip).toBeNull()
})
