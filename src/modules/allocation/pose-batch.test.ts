// A batch of orders under different rules: each keeps its own safety stock, its own weights and its own refusals, and the problem prices what the plan costs.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sourceBatch } from '../../solvers/sourcing-batch.ts'
import { decideAll } from './decide-all.ts'
import { decidePlainly } from './decide-plainly.ts'
import { FreeStock } from './free-stock.ts'
import { type Guidance, shippedGuidance } from './guidance.ts'
import { lookAtSites } from './look-at-sites.ts'
import { type Contender, poseBatch } from './pose-batch.ts'
import { defaultPolicy, groundOf } from './prepare-ground.ts'
import { partOf, planOf } from './price-parts.ts'
import { at, demandOf, fact, facts, freeOf, order, SITES, stocks } from './rules.arbitrary.ts'
import type { Decision, Demand } from './types.ts'

const policy = { ...defaultPolicy, depletion_price_minor: 90, carbon_price_minor: 900, carbon_parcel_km_grams: 3 }
const ground = groundOf(new Map([...facts, ['policy', [fact('allocation', policy)]]]), 'CNY')
const rule = (change: Partial<Guidance>): Guidance => ({ ...shippedGuidance, ...change })
const rules = fc
  .record({
    safety_stock: fc.constantFrom(0, 1, 4),
    weight_handling: fc.constantFrom(0, 100, 250),
    weight_shipping: fc.constantFrom(100, 40),
  })
  .map(rule)

function contenderOf(demand: Demand, guidance: Guidance, free: FreeStock): Contender {
  return {
    ...{ demand, guidance, guidances: [guidance] },
    own: decidePlainly(ground, { demand, guidances: [guidance] }, free, at),
    options: lookAtSites(ground, guidance, demand, free, at),
    delay_hours: [],
    max_parts: ground.policy.max_parts,
    penalty: ground.policy.split_penalty_minor,
  }
}

test('what the batch is priced by is what each part costs by the rule of its order, and what no rule gives is not taken', () => {
  fc.assert(
    fc.property(stocks, fc.array(fc.tuple(order, rules), { minLength: 2, maxLength: 5 }), (units, all) => {
      const free = freeOf(units)
      const contenders = all.map(([wish, guidance], index) => contenderOf(demandOf(wish, index), guidance, free))
      const posed = poseBatch(ground, contenders, free, 10_000)
      const { answers } = sourceBatch(posed.batch, { rounds: 2, max_nodes: 2000, groups: 20, seed: 1 })
      for (const [index, { demand, guidance, options }] of contenders.entries())
        for (const { location, quantity, cost } of answers[index]?.parts ?? []) {
          const candidate = options.find(({ site }) => site === posed.sites[location])
          if (candidate === undefined) throw new Error('a place that is no option')
          expect(cost).toBeCloseTo(planOf([partOf(guidance, demand, candidate, quantity)], 0).cost, 6)
          const drawn = new Map<string, number>()
          demand.lines.forEach(({ sku, line_no }, line) => {
            drawn.set(sku, (drawn.get(sku) ?? 0) + (quantity[line] ?? 0))
            const { location_id } = candidate.site.location
            if (demand.excluded.has(`${line_no} ${location_id}`)) expect(quantity[line]).toBe(0)
          })
          for (const [sku, taken] of drawn)
            if (taken > 0)
              expect(taken).toBeLessThanOrEqual(
                free.at(candidate.site.location.location_id, sku) - guidance.safety_stock,
              )
        }
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) },
  )
})

const far = { lat: 29, lon: 108.6 }
const wants = (
  index: number,
  lines: readonly [sku: string, units: number][],
  to: Partial<Demand['to']> = {},
): Demand => {
  const wish = {
    lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
    priority: 0,
    may_part: false,
    excluded: [],
  }
  const demand = demandOf(wish, index)
  return { ...demand, to: { ...demand.to, ...to }, placed_at: new Date(at.getTime() + index) }
}
const stocked = (rows: readonly (readonly [site: string, sku: string, units: number])[]) => {
  const free = new FreeStock()
  for (const row of rows) free.add(...row)
  return free
}
const sitesOf = (decisions: readonly Decision[]) =>
  Object.fromEntries(
    decisions.map(({ demand, plan }) => [
      demand.order_id,
      plan?.parts.map(({ candidate }) => candidate.site.location.location_id).join() ?? null,
    ]),
  )
const plain = groundOf(facts, 'CNY')

test('a rule that leaves five units where they are does not keep them from an order whose rule leaves none', () => {
  const free = stocked([
    ['A', 'red', 6],
    ['B', 'red', 50],
  ])
  const near_b = { lat: 31, lon: 112 }
  const guided = [
    // the older one saves a cent at A, the second four yuan with all six units; the third may take one of them
    { demand: wants(0, [['red', 1]], near_b), guidances: [rule({ safety_stock: 0 })] },
    { demand: wants(1, [['red', 6]], far), guidances: [rule({ safety_stock: 0 })] },
    { demand: wants(2, [['red', 1]], near_b), guidances: [rule({ safety_stock: 5 })] },
  ]
  expect(sitesOf(decideAll(plain, guided, free, at))).toEqual({ 'order-0': 'B', 'order-1': 'A', 'order-2': 'B' })
  expect([free.at('A', 'red'), free.at('B', 'red')]).toEqual([0, 48])
})

test('a place that refused one line of an order still sends the others when the batch is divided', () => {
  const refused = {
    ...wants(
      1,
      [
        ['green', 1],
        ['red', 1],
      ],
      far,
    ),
    excluded: new Set(['1 A']),
  }
  const free = stocked([
    ['A', 'red', 1],
    ['A', 'green', 9],
    ['B', 'red', 50],
    ['B', 'green', 50],
  ])
  const contender = contenderOf(refused, rule({ whole_first: false, split_penalty: 0 }), free)
  const { batch, sites } = poseBatch(plain, [contender], free, 10_000)
  const at_a = sites.findIndex(({ location }) => location.location_id === SITES[0])
  expect(batch.orders[0]?.lanes[at_a]?.barred).toEqual([0])
})
