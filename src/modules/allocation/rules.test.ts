// Properties of allocation on values alone: stock is never broken, parts and rest are the order, a single location that has all comes first.
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import type { RateCardFact } from '../../contracts/shipping-rates.ts'
import type { Fact } from '../../platform/facts.ts'
import { explain, KeptExplanation } from './explain-decision.ts'
import { FreeStock } from './free-stock.ts'
import { type Guidance, guidancesOf, shippedGuidance } from './guidance.ts'
import { converter, groundOf } from './prepare-ground.ts'
import { decideAll } from './rules.ts'
import type { Decision, Demand } from './types.ts'

const byRules = (guidances: readonly Guidance[], demands: readonly Demand[]) =>
  demands.map((demand) => ({ demand, guidances }))
const shipped = (demands: readonly Demand[]) => byRules([shippedGuidance], demands)

const at = new Date('2026-03-02T02:00:00Z')
const SITES = ['A', 'B', 'C', 'D']
const SKUS = ['red', 'green', 'blue']
const fact = (key: string, value: unknown): Fact => ({ key, value, version_id: `v-${key}`, valid_from: at })

const location = (key: string, index: number, capabilities: readonly string[] = []) =>
  fact(key, {
    name: key,
    network: 'N',
    type: 'warehouse',
    state: 'open',
    country: 'CN',
    region: key,
    city: key,
    lat: 30 + index,
    lon: 110 + index * 2,
    time_zone: 'Asia/Shanghai',
    capabilities,
    groups: index < 2 ? ['east'] : ['west'],
    handling_per_order_minor: 100 + index,
    handling_per_line_minor: 10,
    cut_off: '16:00',
  })
const card: RateCardFact = {
  currency: 'CNY',
  levels: ['standard'],
  upto_grams: [1000, 5000],
  mm3_per_gram: 0,
  parcel_minor: 0,
  fuel_basis_points: 0,
  zones: [
    { zone: 'near', to: { max_km: 250 }, price_minor: [500, 900], transit_days: { p50: 1, p90: 2 } },
    { zone: 'far', price_minor: [900, 1900], transit_days: { p50: 2, p90: 4 } },
  ],
}
const carrier = { name: 'SF', services: [{ service: 'standard', name: 'Standard' }], tracking_pattern: 'SF####' }
const facts = new Map<string, readonly Fact[]>([
  ['location', SITES.map((key, index) => location(key, index, key === 'D' ? ['cold'] : []))],
  ['carrier', [fact('SF', carrier)]],
  ['rate_card', [fact('SF/standard', card)]],
])
const ground = groundOf(facts, 'CNY')

const stocks = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 12, maxLength: 12 })
const order = fc.record({
  lines: fc.array(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  priority: fc.integer({ min: 0, max: 2 }),
  may_part: fc.boolean(),
  excluded: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...SITES)), { maxLength: 2 }),
})
type Wish = typeof order extends fc.Arbitrary<infer One> ? One : never

function demandOf(wish: Wish, index: number): Demand {
  return {
    order_id: `order-${index}`,
    network_id: 'N',
    priority: wish.priority,
    placed_at: at,
    service_level: 'standard',
    channel: 'shop',
    promised_at: null,
    queue: '',
    total_minor: 10_000,
    cash_on_delivery: false,
    may_part: wish.may_part,
    to: { country: 'CN', region: 'A', postcode: null, lat: 30, lon: 110 },
    lines: wish.lines.map((line, place) => ({
      ...line,
      line_no: place + 1,
      weight_grams: 400,
      volume_mm3: 0,
      handling_classes: [],
      category: '',
      value_minor: 1000,
    })),
    excluded: new Set(wish.excluded.map(([line_no, site]) => `${line_no} ${site}`)),
  }
}

function freeOf(units: readonly number[]): FreeStock {
  const free = new FreeStock()
  for (const [row, site] of SITES.entries()) {
    for (const [column, sku] of SKUS.entries()) free.add(site, sku, units[row * SKUS.length + column] ?? 0)
  }
  return free
}

const takenOf = ({ plan }: Decision, index: number) =>
  (plan?.parts ?? []).reduce((sum, part) => sum + (part.quantity[index] ?? 0), 0)

test('no set of decisions takes a unit that is not there, and parts and rest are always the order', () => {
  fc.assert(
    fc.property(stocks, fc.array(order, { minLength: 1, maxLength: 6 }), (units, wishes) => {
      const decisions = decideAll(ground, shipped(wishes.map(demandOf)), freeOf(units), at)
      expect(decisions).toHaveLength(wishes.length)
      const drawn = new Map<string, number>()
      for (const decision of decisions) {
        decision.demand.lines.forEach((line, index) => {
          expect(takenOf(decision, index) + (decision.rest[index] ?? 0)).toBe(line.quantity)
          for (const part of decision.plan?.parts ?? []) {
            const place = `${part.candidate.site.location.location_id} ${line.sku}`
            const taken = part.quantity[index] ?? 0
            expect(taken).toBeGreaterThanOrEqual(0)
            if (taken > 0)
              expect(decision.demand.excluded.has(`${line.line_no} ${part.candidate.site.location.location_id}`)).toBe(
                false,
              )
            drawn.set(place, (drawn.get(place) ?? 0) + taken)
          }
        })
      }
      for (const [row, site] of SITES.entries()) {
        for (const [column, sku] of SKUS.entries()) {
          expect(drawn.get(`${site} ${sku}`) ?? 0).toBeLessThanOrEqual(units[row * SKUS.length + column] ?? 0)
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('a location that has all of an order sends all of it, and none that does is cheaper', () => {
  fc.assert(
    fc.property(stocks, order, (units, wish) => {
      const demand = demandOf(wish, 0)
      const free = freeOf(units)
      const needed = Map.groupBy(demand.lines, (line) => line.sku)
      const able = SITES.filter(
        (site) =>
          demand.lines.every((line) => !demand.excluded.has(`${line.line_no} ${site}`)) &&
          [...needed].every(
            ([sku, lines]) => free.at(site, sku) >= lines.reduce((sum, line) => sum + line.quantity, 0),
          ),
      )
      const [decision] = decideAll(ground, shipped([demand]), freeOf(units), at)
      if (able.length === 0) {
        expect(decision?.outcome).not.toBe('placed')
        return
      }
      expect(decision?.outcome).toBe('placed')
      expect(decision?.plan?.parts).toHaveLength(1)
      expect(able).toContain(decision?.plan?.parts[0]?.candidate.site.location.location_id)
      const others = [decision?.runner_up, ...(decision?.others ?? [])].flatMap((plan) => plan ?? [])
      expect(others).toHaveLength(able.length - 1)
      for (const other of others) expect(other.cost).toBeGreaterThanOrEqual(decision?.plan?.cost ?? 0)
    }),
    { numRuns: 400 },
  )
})

test('an order that must not be parted is sent whole or not at all', () => {
  fc.assert(
    fc.property(stocks, order, (units, wish) => {
      const [decision] = decideAll(ground, shipped([{ ...demandOf(wish, 0), may_part: false }]), freeOf(units), at)
      const rest = decision?.rest.reduce((sum, left) => sum + left, 0) ?? 0
      if (rest > 0) expect(decision?.plan).toBeNull()
    }),
    { numRuns: 200 },
  )
})

test('the same facts give the same answer, in whatever order the orders come', () => {
  fc.assert(
    fc.property(stocks, fc.array(order, { minLength: 2, maxLength: 5 }), (units, wishes) => {
      const demands = wishes.map(demandOf)
      const places = (list: readonly Demand[]) =>
        decideAll(ground, shipped(list), freeOf(units), at)
          .map((decision) => [
            decision.demand.order_id,
            decision.plan?.parts.map((part) => [part.candidate.site.location.location_id, part.quantity]),
          ])
          .sort()
      expect(places(demands.toReversed())).toEqual(places(demands))
    }),
  )
})

const named = fc.subarray([...SITES], { minLength: 1 })
const answer = fc.record(
  {
    locations: named,
    groups: fc.constantFrom(['east'], ['west'], ['east', 'west']),
    types: fc.constantFrom(['warehouse'], ['warehouse', 'store']),
    capabilities: fc.constantFrom([], [], [], ['cold']),
    radius_km: fc.integer({ min: 100, max: 1500 }),
    order_limit: fc.integer({ min: 1, max: 3 }),
    safety_stock: fc.integer({ min: 0, max: 1 }),
    weight_shipping: fc.integer({ min: 0, max: 300 }),
    weight_handling: fc.integer({ min: 0, max: 300 }),
    cost_per_km: fc.integer({ min: 0, max: 9 }),
    prefer: named,
    zones: fc.constant({ A: ['B'] }),
    bonus: fc.integer({ min: 0, max: 900 }),
    whole_first: fc.boolean(),
    max_parts: fc.integer({ min: 1, max: 4 }),
    split_penalty: fc.integer({ min: 0, max: 900 }),
    min_part_value: fc.constantFrom(0, 0, 1500),
    whole_lines: fc.boolean(),
    partial: fc.boolean(),
    on_failure: fc.constantFrom('next', 'wait', 'park'),
  },
  { requiredKeys: [] },
)
const rulebook = fc
  .array(answer, { minLength: 1, maxLength: 3 })
  .map((rows) => guidancesOf(rows.map((row, place) => ({ rule: `r${place}`, ...row }))))

test('a rule never widens what is forbidden: stock, exclusions, wholeness and its own limits hold for whatever it prefers', () => {
  fc.assert(
    fc.property(stocks, fc.array(order, { minLength: 1, maxLength: 4 }), rulebook, (units, wishes, guidances) => {
      const before = freeOf(units)
      const drawn = new Map<string, number>()
      const taken_by = new Map<string, number>()
      for (const decision of decideAll(ground, byRules(guidances, wishes.map(demandOf)), before.copy(), at)) {
        const { demand, guidance, plan, rest } = decision
        const left = rest.reduce((sum, some) => sum + some, 0)
        if (plan === null) continue
        if (guidance === null) throw new Error('sent by no rule')
        const { parts } = plan
        expect(parts.length).toBeLessThanOrEqual(guidance.max_parts ?? ground.policy.max_parts)
        if (!demand.may_part || !guidance.partial) expect(left).toBe(0)
        const money = parts.reduce(
          (sum, part) => sum + part.shipping + part.handling + part.lateness + part.preference,
          0,
        )
        expect(Math.abs(plan.cost - money - plan.split)).toBeLessThan(1e-6)
        for (const { candidate, quantity } of parts) {
          const { location_id, capabilities } = candidate.site.location
          expect(candidate.removed).toBeNull()
          if (guidance.locations !== null && guidance.groups === null)
            expect(guidance.locations.has(location_id)).toBe(true)
          if (guidance.radius_km !== null) expect(candidate.km ?? Infinity).toBeLessThanOrEqual(guidance.radius_km)
          expect(guidance.capabilities.every((name) => capabilities.includes(name))).toBe(true)
          expect(taken_by.get(location_id) ?? 0).toBeLessThan(guidance.order_limit ?? Infinity)
          quantity.forEach((some, index) => {
            const line = demand.lines[index]
            if (line === undefined || some === 0) return
            expect(demand.excluded.has(`${line.line_no} ${location_id}`)).toBe(false)
            if (guidance.whole_lines) expect(some).toBe(line.quantity)
            const place = `${location_id} ${line.sku}`
            drawn.set(place, (drawn.get(place) ?? 0) + some)
            expect(drawn.get(place) ?? 0).toBeLessThanOrEqual(
              Math.max(0, before.at(location_id, line.sku) - guidance.safety_stock),
            )
          })
        }
        for (const { candidate } of parts) {
          const { location_id } = candidate.site.location
          taken_by.set(location_id, (taken_by.get(location_id) ?? 0) + 1)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('what the solver chooses is never dearer than any single location that could send all of it', () => {
  fc.assert(
    fc.property(stocks, order, fc.boolean(), (units, wish, whole_first) => {
      const [guidance] = guidancesOf([{ rule: 'money', whole_first }])
      if (guidance === undefined) throw new Error('no rule')
      const [decision] = decideAll(ground, byRules([guidance], [demandOf(wish, 0)]), freeOf(units), at)
      for (const other of [decision?.runner_up, ...(decision?.others ?? [])])
        if (other != null && other.parts.length === 1)
          expect(other.cost).toBeGreaterThanOrEqual((decision?.plan?.cost ?? 0) - 1e-6)
    }),
    { numRuns: 200 },
  )
})

test('goods that need a capability leave only from where it is, and without it the reason says so', () => {
  const cold = {
    line_no: 1,
    sku: 'red',
    quantity: 1,
    weight_grams: 400,
    volume_mm3: 0,
    handling_classes: ['cold', 'fragile'],
    category: '',
    value_minor: 1000,
  }
  const demand = { ...demandOf({ lines: [], priority: 0, may_part: true, excluded: [] }, 0), lines: [cold] }
  const all = Array.from({ length: 12 }, () => 5)
  const [decision] = decideAll(ground, shipped([demand]), freeOf(all), at)
  expect(decision?.plan?.parts[0]?.candidate.site.location.location_id).toBe('D')
  expect(
    decision?.candidates.filter((candidate) => candidate.removed !== null).map((candidate) => candidate.removed),
  ).toEqual(['capability', 'capability', 'capability'])
})

test('a kept explanation fits its schema and stays below two kilobytes, with fifty locations too', () => {
  const many = Array.from({ length: 50 }, (_, index) => location(`SITE-${index}`, index % 20))
  const wide = groundOf(new Map([...facts, ['location', many]]), 'CNY')
  const free = new FreeStock()
  for (const site of many) free.add(site.key, 'red', 9)
  const demand = { ...demandOf({ lines: [{ sku: 'red', quantity: 3 }], priority: 0, may_part: true, excluded: [] }, 0) }
  const [decision] = decideAll(wide, shipped([demand]), free, at)
  if (decision === undefined) throw new Error('no decision')
  const { detail, margin } = explain(wide, 'v-rules', decision, () => at)
  expect(Compile(KeptExplanation).Check(detail)).toBe(true)
  expect(JSON.stringify(detail).length).toBeLessThan(2048)
  expect(margin).toBeGreaterThanOrEqual(0)
})

test('amounts of other currencies are converted once, to the half, and refused without a rate', () => {
  const rates = new Map([
    ['EUR/CNY', '7.85'],
    ['JPY/CNY', '0.0485'],
    ['CNY/JPY', '20.6'],
  ])
  expect(converter('EUR', 'CNY', rates)?.(1000)).toBe(7850)
  expect(converter('JPY', 'CNY', rates)?.(1000)).toBe(4850) // 1,000 yen are 48.50 yuan
  expect(converter('CNY', 'JPY', rates)?.(4850)).toBe(999) // 48.50 yuan are 999.1 yen
  expect(converter('USD', 'CNY', rates)).toBeNull()
})
