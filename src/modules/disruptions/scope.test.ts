// What a scope means and what may stay: named places, regions by prefix, circles; work that leaves before or after.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inScope, keptBecause, type ScopedPlace } from './scope.ts'

const hangzhou: ScopedPlace = {
  location_id: 'HZ1',
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  postcode: '310000',
  lat: 30.27,
  lon: 120.16,
}

test('a place is within a scope that names it, its region, the start of its postcode or a circle round it', () => {
  expect(inScope({ locations: ['HZ1'] }, hangzhou)).toBe(true)
  expect(inScope({ region: { country: 'CN' } }, hangzhou)).toBe(true)
  expect(inScope({ region: { country: 'CN', regions: ['浙江省'] } }, hangzhou)).toBe(true)
  expect(inScope({ region: { country: 'CN', postcodes: ['31'] } }, hangzhou)).toBe(true)
  expect(inScope({ radius: { lat: 31.23, lon: 121.47, km: 200 } }, hangzhou)).toBe(true)
})

test('a place elsewhere is not', () => {
  expect(inScope({ locations: ['GZ1'] }, hangzhou)).toBe(false)
  expect(inScope({ region: { country: 'US' } }, hangzhou)).toBe(false)
  expect(inScope({ region: { country: 'CN', cities: ['宁波市'], postcodes: ['32'] } }, hangzhou)).toBe(false)
  expect(inScope({ radius: { lat: 31.23, lon: 121.47, km: 100 } }, hangzhou)).toBe(false)
})

test('a wider circle never loses a place', () => {
  fc.assert(
    fc.property(
      fc.float({ min: -80, max: 80, noNaN: true }),
      fc.float({ min: -170, max: 170, noNaN: true }),
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 0, max: 1000 }),
      (lat, lon, km, more) => {
        const narrow = inScope({ radius: { lat, lon, km } }, hangzhou)
        return !narrow || inScope({ radius: { lat, lon, km: km + more } }, hangzhou)
      },
    ),
  )
})

test('work stays that leaves before it begins or after it is over, and nothing else', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour))
  expect(keptBecause([at(4)], at(6), null, at(2))).toBe('leaves_before')
  expect(keptBecause([at(4), at(8)], at(6), null, at(2))).toBe(null)
  expect(keptBecause([at(8)], at(1), at(7), at(2))).toBe('leaves_after')
  expect(keptBecause([at(4)], at(1), at(7), at(2))).toBe(null)
  expect(keptBecause([at(1)], at(1), null, at(2))).toBe(null)
})
