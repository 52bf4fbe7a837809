// The layout of the map: north is up, east is right, everything within the picture, names never over each other.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Dot, place } from './map-layout.ts'

const dot = (id: string, lat: number, lon: number): Dot => ({ id, kind: 'removed', name: `Place ${id}`, lat, lon })

test('north is up and east is right', () => {
  const [hangzhou, beijing, chengdu] = place(
    [dot('HZ', 30.3, 120.2), dot('BJ', 39.9, 116.4), dot('CD', 30.6, 104.1)],
    700,
    300,
  )
  if (hangzhou === undefined || beijing === undefined || chengdu === undefined) throw new Error('a place is missing')
  expect(beijing.y).toBeLessThan(hangzhou.y)
  expect(chengdu.x).toBeLessThan(hangzhou.x)
})

test('every place lies within the picture, and no two names meet', () => {
  const dots = fc.array(
    fc.tuple(fc.double({ min: -60, max: 75, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true })),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(dots, (places) => {
      const spots = place(
        places.map(([lat, lon], index) => dot(`${index}`, lat, lon)),
        700,
        300,
      )
      for (const { x, y } of spots) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(700)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(y).toBeLessThanOrEqual(300)
      }
      const rows = spots.flatMap(({ label, name }) => (label === null ? [] : [{ ...label, length: name.length * 7.5 }]))
      rows.forEach((a, index) => {
        for (const b of rows.slice(index + 1)) {
          const left = (one: typeof a) => (one.anchor === 'start' ? one.x : one.x - one.length)
          const apart = left(a) + a.length <= left(b) || left(b) + b.length <= left(a) || Math.abs(a.y - b.y) >= 16
          expect(apart).toBe(true)
        }
      })
    }),
  )
})
