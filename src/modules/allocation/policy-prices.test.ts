// What the policy prices beside freight and handling decides, and is told: lateness, scarce stock, CO₂; and no order is too heavy to be decided.
import { expect, test } from 'vitest'
import type { AllocationPolicy } from '../../contracts/allocation.ts'
import { decideAll } from './decide-all.ts'
import { explain } from './explain-decision.ts'
import { FreeStock } from './free-stock.ts'
import { defaultPolicy, groundOf } from './prepare-ground.ts'
import { at, card, demandOf, fact, facts, shipped } from './rules.arbitrary.ts'
import { sentences } from './say-decision.ts'
import type { Decision, Demand } from './types.ts'

const DAY_MS = 86_400_000
const quick = {
  ...card,
  zones: [{ zone: 'all', price_minor: [1300, 2900], transit_days: { p50: 1, p90: 1 } }],
}

function decided(
  policy: Partial<AllocationPolicy>,
  change: Partial<Demand>,
  stock: readonly (readonly [site: string, units: number, sku?: string])[],
) {
  const known = new Map([
    ...facts,
    ['rate_card', [fact('SF/standard', card), fact('SF/quick', quick)]] as const,
    ['policy', [fact('allocation', { ...defaultPolicy, ...policy })]] as const,
  ])
  const ground = groundOf(known, 'CNY')
  const free = new FreeStock()
  for (const [site, units, sku = 'red'] of stock) free.add(site, sku, units)
  const demand = demandOf({ lines: [{ sku: 'red', quantity: 2 }], priority: 0, may_part: true, excluded: [] }, 0)
  const [decision] = decideAll(ground, shipped([{ ...demand, ...change }]), free, at)
  if (decision === undefined) throw new Error('not decided')
  const { detail } = explain(ground, { version_id: 'v', arm: null, failed: false }, decision, () => null)
  const says = sentences({ currency: 'CNY', margin: null, outcome: decision.outcome }, detail)
  return { decision, chosen: detail.plans[0], en: says[0]?.en ?? '', zh: says[0]?.zh ?? '' }
}
const services = ({ plan }: Decision) => plan?.parts.map(({ offer }) => offer?.service.name)
const sites = ({ plan }: Decision) => plan?.parts.map(({ candidate }) => candidate.site.location.location_id)
const promised = { promised_at: new Date(at.getTime() + 3 * DAY_MS) }

test('the shipped rule pays for the service that keeps the promise, and says what breaking it would cost', () => {
  expect(services(decided({}, promised, [['C', 5]]).decision)).toEqual(['SF/quick'])
  expect(services(decided({}, {}, [['C', 5]]).decision)).toEqual(['SF/standard'])
  const cheap = decided({ late_per_day_minor: 150 }, promised, [['C', 5]])
  expect(services(cheap.decision)).toEqual(['SF/standard'])
  expect(cheap.chosen?.late).toBe(300)
  expect(cheap.en).toContain('lateness 3.00 CNY')
  expect(services(decided({ late_per_day_minor: 0 }, promised, [['C', 5]]).decision)).toEqual(['SF/standard'])
})

test('stock that is scarce at a place is kept there where its price is above what another place costs more', () => {
  const stock: [string, number][] = [
    ['A', 2],
    ['B', 100],
  ]
  expect(sites(decided({}, {}, stock).decision)).toEqual(['A'])
  const kept = decided({ depletion_price_minor: 600 }, {}, stock)
  expect(sites(kept.decision)).toEqual(['B'])
  expect(kept.chosen?.depl).toBe(12) // two of a hundred
  expect(kept.decision.gap).toBe(0)
  const [, second] = kept.decision.plan === null ? [] : [kept.decision.plan, kept.decision.runner_up]
  expect(second?.parts[0]?.depletion).toBe(600)
  expect(kept.en).toContain('depletion 0.12 CNY')
  expect(kept.zh).toContain('库存消耗 0.12 CNY')
})

test('CO₂ is shown where it costs nothing, and decides where it has a price', () => {
  const stock: [string, number][] = [
    ['B', 9],
    ['D', 9],
  ]
  const near = {
    to: { ...demandOf({ lines: [], priority: 0, may_part: true, excluded: [] }, 0).to, lat: 36, lon: 118 },
  }
  const shown = decided({}, near, stock)
  expect([shown.chosen?.carb, (shown.chosen?.co2 ?? 0) > 0]).toEqual([undefined, true])
  expect(shown.en).toMatch(/Its freight emits about 0\.\d\d kg of CO₂\./)
  const [grams] = shown.decision.plan?.parts.map(({ carbon_grams }) => carbon_grams) ?? []
  const km = shown.decision.plan?.parts[0]?.candidate.km ?? 0
  expect(grams).toBeCloseTo((137 / 1e6) * 800 * km, 6) // two units of 400 g
  const priced = decided({ carbon_price_minor: 100, carbon_parcel_km_grams: 50 }, near, stock)
  expect(sites(priced.decision)).toEqual(['D'])
  expect(sites(shown.decision)).toEqual(['B'])
  const part = priced.decision.plan?.parts[0]
  expect(part?.carbon).toBeCloseTo((part?.carbon_grams ?? 0) / 10, 6)
  expect(priced.decision.gap).toBe(0)
  expect(priced.en).toContain('CO₂ ')
})

test('an order of ten million units of a hundred tonnes is decided as any other', () => {
  const line = { ...demandOf({ lines: [{ sku: 'red', quantity: 1 }], priority: 0, may_part: true, excluded: [] }, 0) }
  const [one] = line.lines
  if (one === undefined) throw new Error('no line')
  const heavy = { lines: [{ ...one, quantity: 10_000_000, weight_grams: 100_000_000 }] }
  const whole = decided({}, heavy, [
    ['A', 1e7],
    ['B', 1e7],
  ])
  expect(sites(whole.decision)).toEqual(['A'])
  const shared = decided({}, heavy, [
    ['A', 6e6],
    ['B', 6e6],
  ])
  expect(shared.decision.outcome).toBe('split')
})

test('handling classes that the policy keeps apart leave as parts of their own, from one place where that is cheapest', () => {
  const goods = (wish: readonly [sku: string, classes: string[]][]) => ({
    lines: wish.map(([sku, handling_classes], index) => ({
      ...{ line_no: index + 1, sku, quantity: 2, weight_grams: 400, volume_mm3: 0, category: '', value_minor: 1000 },
      handling_classes,
    })),
  })
  const stock: [string, number, string][] = [
    ['A', 9, 'red'],
    ['A', 9, 'green'],
    ['C', 9, 'green'],
  ]
  const keep_apart: [string, string][] = [['food', 'chemical']]
  const mixed = goods([
    ['red', ['food', 'fragile']],
    ['green', ['chemical']],
  ])
  expect(decided({}, mixed, stock).decision.outcome).toBe('placed')
  const apart = decided({ keep_apart }, mixed, stock)
  expect(sites(apart.decision)).toEqual(['A', 'A'])
  expect(apart.decision.plan?.parts.map(({ quantity }) => quantity).sort()).toEqual([
    [0, 2],
    [2, 0],
  ])
  expect(apart.en).toContain('A sends 2 units with SF/standard over 0 km; A sends 2 units')
  expect(decided({ keep_apart, max_parts: 1 }, { ...mixed, may_part: false }, stock).decision.plan).toBeNull()
  const alike = goods([
    ['red', ['food', 'fragile']],
    ['green', ['food']],
  ])
  expect(decided({ keep_apart }, alike, stock).decision.outcome).toBe('placed')
})
