// Quotes: zones by place and distance, weight steps, dimensional weight, fuel, several parcels; all in whole minor units.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RateCardFact } from '../../contracts/shipping-rates.ts'
import { compileCard, quote } from './rates.ts'
import { distanceKm } from './rates-distance.ts'

const hangzhou = { location_id: 'HZ1', country: 'CN', region: 'Zhejiang', lat: 30.27, lon: 120.16 }
const fact: RateCardFact = {
  currency: 'CNY',
  levels: ['standard'],
  upto_grams: [1000, 3000, 10_000],
  mm3_per_gram: 6000,
  parcel_minor: 100,
  fuel_basis_points: 1000,
  zones: [
    {
      zone: 'city',
      to: { countries: ['CN'], same_region: true },
      price_minor: [500, 700, 1500],
      transit_days: { p50: 1, p90: 2 },
    },
    {
      zone: 'near',
      to: { countries: ['CN'], max_km: 500 },
      price_minor: [800, 1200, 2500],
      transit_days: { p50: 2, p90: 3 },
    },
    { zone: 'far', to: { countries: ['CN'] }, price_minor: [1000, 1800, 4000], transit_days: { p50: 3, p90: 5 } },
  ],
}
const card = compileCard('SF/standard', 'v1', fact)
const shanghai = { country: 'CN', region: 'Shanghai', postcode: null, lat: 31.23, lon: 121.47 }
const beijing = { country: 'CN', region: 'Beijing', postcode: null, lat: 39.9, lon: 116.4 }
const wenzhou = { country: 'CN', region: 'zhejiang ', postcode: null, lat: null, lon: null }
const small = { weight_grams: 800, volume_mm3: 0 }

test('the first zone that fits counts, by region before distance', () => {
  expect(quote(card, { from: hangzhou, to: wenzhou, ...small })?.zone).toBe('city')
  expect(quote(card, { from: hangzhou, to: shanghai, ...small })?.zone).toBe('near')
  expect(quote(card, { from: hangzhou, to: beijing, ...small })?.zone).toBe('far')
  expect(quote(card, { from: hangzhou, to: { ...beijing, lat: null, lon: null }, ...small })?.zone).toBe('far')
  expect(quote(card, { from: hangzhou, to: { ...beijing, country: 'DE' }, ...small })).toBeNull()
})

test('parcel and fuel are in the price, rounded half up', () => {
  expect(quote(card, { from: hangzhou, to: shanghai, ...small })).toMatchObject({
    amount: 990n,
    currency: 'CNY',
    parcels: 1,
  })
  const odd = compileCard('SF/standard', 'v1', { ...fact, fuel_basis_points: 1050, parcel_minor: 5 })
  expect(quote(odd, { from: hangzhou, to: shanghai, ...small })?.amount).toBe(890n) // 805 × 1.105 = 889.525
})

test('a light and bulky parcel is charged by its volume', () => {
  const bulky = { weight_grams: 800, volume_mm3: 6000 * 2500 }
  expect(quote(card, { from: hangzhou, to: shanghai, ...bulky })).toMatchObject({
    chargeable_grams: 2500,
    amount: 1430n,
  })
})

test('what is heavier than the last step travels as full parcels and one with the rest', () => {
  const heavy = { weight_grams: 20_500, volume_mm3: 0 }
  expect(quote(card, { from: hangzhou, to: beijing, ...heavy })).toMatchObject({
    parcels: 3,
    amount: 2n * 4510n + 1210n,
  })
})

test('more weight never costs less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 50_000 }), fc.integer({ min: 0, max: 5000 }), (weight_grams, more) => {
      const price = (grams: number) =>
        quote(card, { from: hangzhou, to: beijing, weight_grams: grams, volume_mm3: 0 })?.amount ?? 0n
      expect(price(weight_grams + more)).toBeGreaterThanOrEqual(price(weight_grams))
    }),
  )
})

test('distances agree with known ones, are the same both ways, and are unknown where a point is', () => {
  expect(distanceKm({ lat: 39.9042, lon: 116.4074 }, { lat: 31.2304, lon: 121.4737 })).toBeCloseTo(1067, -1)
  expect(distanceKm(hangzhou, shanghai)).toBe(distanceKm(shanghai, hangzhou))
  expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBeCloseTo(20_015, -1)
  expect(distanceKm(hangzhou, { lat: null, lon: 1 })).toBeNull()
})
