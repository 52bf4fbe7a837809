// Properties of allocation on values alone: stock is never broken, parts and rest are the order, a single location that has all comes first.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideAll } from './decide-all.ts'
import { converter } from './prepare-ground.ts'
import { at, demandOf, freeOf, ground, order, SITES, SKUS, shipped, stocks } from './rules.arbitrary.ts'
import type { Decision, Demand } from './types.ts'

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
      const slower = (decision?.candidates ?? []).filter((candidate) => candidate.removed === 'slower')
      if (demand.priority === 0) expect(slower).toEqual([])
      expect(others).toHaveLength(able.length - 1 - slower.filter((candidate) => candidate.whole).length)
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
