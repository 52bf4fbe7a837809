// Who gets scarce stock, and which promises give way: decided without a database.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooseBreaks, grant, grantWhole } from './rules.ts'

const claim = fc
  .record({ quantity: fc.integer({ min: 1, max: 50 }), sku: fc.constantFrom('A', 'B') })
  .map((fields) => ({
    ...fields,
    claim_id: '',
    demand_id: '',
    demand_line: 1,
    network_id: 'N',
  }))

test('S1 grants never exceed what is free, each claim whole or not at all', () => {
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 60 }), fc.nat(300), fc.nat(300), (claims, a, b) => {
      const free = [
        { network_id: 'N', sku: 'A', free: a },
        { network_id: 'N', sku: 'B', free: b },
      ]
      const { granted, refused } = grant(claims, free)
      const taken = (sku: string) =>
        granted.filter((one) => one.sku === sku).reduce((sum, one) => sum + one.quantity, 0)
      expect(taken('A')).toBeLessThanOrEqual(a)
      expect(taken('B')).toBeLessThanOrEqual(b)
      expect(granted.length + refused.length).toBe(claims.length)
    }),
  )
})

test('S1 two hundred claims of one unit get exactly the hundred that are there', () => {
  const claims = Array.from({ length: 200 }, (_, index) => ({
    claim_id: `${index}`,
    demand_id: '',
    demand_line: 1,
    network_id: 'N',
    sku: 'A',
    quantity: 1,
  }))
  expect(grant(claims, [{ network_id: 'N', sku: 'A', free: 100 }]).granted).toHaveLength(100)
})

test('S6 a fall of supply breaks exactly the missing units, the newest promises first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 30 }), fc.nat(200), (opens, missing) => {
      const newest_first = opens.map((open, index) => ({
        reservation_id: `${index}`,
        demand_id: '',
        demand_line: 1,
        sku: 'A',
        open,
      }))
      const breaks = chooseBreaks(newest_first, missing)
      const broken = breaks.reduce((sum, one) => sum + one.quantity, 0)
      expect(broken).toBe(
        Math.min(
          missing,
          opens.reduce((sum, open) => sum + open, 0),
        ),
      )
      expect(breaks.slice(0, -1).every((one) => one.quantity === one.reservation.open)).toBe(true)
      expect(breaks.map((one) => one.reservation.reservation_id)).toEqual(
        newest_first.slice(0, breaks.length).map((one) => one.reservation_id),
      )
    }),
  )
})

test('S1 bundles are granted in their order, each with all of its claims or with none, and never beyond what is free', () => {
  const bundle = fc.array(claim, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(bundle, { maxLength: 30 }), fc.nat(300), fc.nat(300), (bundles, a, b) => {
      const free = [
        { network_id: 'N', sku: 'A', free: a },
        { network_id: 'N', sku: 'B', free: b },
      ]
      const left = new Map(free.map((row) => [row.sku, row.free]))
      for (const [index, grants] of grantWhole(bundles, free).entries()) {
        const wanted = (sku: string) =>
          (bundles[index] ?? []).filter((one) => one.sku === sku).reduce((sum, one) => sum + one.quantity, 0)
        const fits = ['A', 'B'].every((sku) => wanted(sku) <= (left.get(sku) ?? 0))
        expect(grants.granted).toEqual(fits ? bundles[index] : [])
        expect(grants.refused.length > 0).toBe(!fits)
        if (fits) for (const sku of ['A', 'B']) left.set(sku, (left.get(sku) ?? 0) - wanted(sku))
      }
    }),
  )
})
