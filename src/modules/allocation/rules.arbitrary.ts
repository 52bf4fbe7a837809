// Four sites, three SKUs and one carrier for properties of allocation: arbitrary stock, orders and how they are asked.
import fc from 'fast-check'
import type { RateCardFact } from '../../contracts/shipping-rates.ts'
import type { Fact } from '../../platform/facts.ts'
import { FreeStock } from './free-stock.ts'
import { type Guidance, shippedGuidance } from './guidance.ts'
import { groundOf } from './prepare-ground.ts'
import type { Demand } from './types.ts'

export const byRules = (guidances: readonly Guidance[], demands: readonly Demand[]) =>
  demands.map((demand) => ({ demand, guidances }))
export const shipped = (demands: readonly Demand[]) => byRules([shippedGuidance], demands)

export const at = new Date('2026-03-02T02:00:00Z')
export const SITES = ['A', 'B', 'C', 'D']
export const SKUS = ['red', 'green', 'blue']
export const fact = (key: string, value: unknown): Fact => ({ key, value, version_id: `v-${key}`, valid_from: at })

export const location = (key: string, index: number, capabilities: readonly string[] = []) =>
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
export const card: RateCardFact = {
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
export const carrier = { name: 'SF', services: [{ service: 'standard', name: 'Standard' }], tracking_pattern: 'SF####' }
export const facts = new Map<string, readonly Fact[]>([
  ['location', SITES.map((key, index) => location(key, index, key === 'D' ? ['cold'] : []))],
  ['carrier', [fact('SF', carrier)]],
  ['rate_card', [fact('SF/standard', card)]],
])
export const ground = groundOf(facts, 'CNY')

export const stocks = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 12, maxLength: 12 })
export const order = fc.record({
  lines: fc.array(fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  priority: fc.integer({ min: 0, max: 2 }),
  may_part: fc.boolean(),
  excluded: fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(...SITES)), { maxLength: 2 }),
})
export type Wish = typeof order extends fc.Arbitrary<infer One> ? One : never

export function demandOf(wish: Wish, index: number): Demand {
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
    to: { country: 'CN', region: 'A', city: null, postcode: null, lat: 30, lon: 110 },
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
    home: new Set(),
    locked: null,
  }
}

export function freeOf(units: readonly number[]): FreeStock {
  const free = new FreeStock()
  for (const [row, site] of SITES.entries()) {
    for (const [column, sku] of SKUS.entries()) free.add(site, sku, units[row * SKUS.length + column] ?? 0)
  }
  return free
}
