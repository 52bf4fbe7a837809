// A batch decided together: never worse in all than in turn, whoever was first; no limit broken, the same every time, and it says what it cost whom.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SlotBook, shiftOf } from '../capacity/index.ts'
import { decideAll } from './decide-all.ts'
import { decideTogether } from './decide-together.ts'
import { explain } from './explain-decision.ts'
import { FreeStock } from './free-stock.ts'
import { shippedGuidance } from './guidance.ts'
import { at, byRules, demandOf, freeOf, ground, order, SITES, SKUS, shipped, stocks } from './rules.arbitrary.ts'
import { decide, inTurn, takeFrom } from './rules.ts'
import { sentences } from './say-decision.ts'
import { isBetter, tallyOf } from './tally-decisions.ts'
import type { Decision, Demand, Guided } from './types.ts'
import { isUrgent } from './urgency.ts'

const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 60) }
const places = [
  { lat: 30, lon: 110 },
  { lat: 31, lon: 112 },
  { lat: 32, lon: 114 },
  { lat: 33, lon: 116 },
  { lat: 29, lon: 108.6 },
]
const wishes = fc.array(fc.tuple(order, fc.constantFrom(...places), fc.boolean()), { minLength: 2, maxLength: 8 })
type Wishes = typeof wishes extends fc.Arbitrary<infer All> ? All : never

const HOUR_MS = 3_600_000
// orders of one rank, or of three; some are promised within the day and hurry
const demandsOf = (all: Wishes, ranks: boolean): Demand[] =>
  all.map(([wish, place, hurries], index) => {
    const demand = demandOf({ ...wish, priority: ranks ? wish.priority : 0 }, index)
    const promised_at = ranks && hurries ? new Date(at.getTime() + 20 * HOUR_MS) : null
    return { ...demand, to: { ...demand.to, ...place }, placed_at: new Date(at.getTime() - index * 1000), promised_at }
  })

const decidedInTurn = (guided: readonly Guided[], free: FreeStock): Decision[] =>
  inTurn(ground, guided, at).map((one) => {
    const decision = decide(ground, one, free, at)
    takeFrom(free, decision)
    return decision
  })

test('orders of one rank are never worse all together than decided in turn', () => {
  fc.assert(
    fc.property(stocks, wishes, (units, all) => {
      const guided = shipped(demandsOf(all, false))
      const together = tallyOf(ground, decideAll(ground, guided, freeOf(units), at), at)
      const turn = tallyOf(ground, decidedInTurn(guided, freeOf(units)), at)
      expect(isBetter(turn, together)).toBe(false)
    }),
    runs,
  )
})

test('the first rank is never worse than decided in turn, whatever the others would save', () => {
  fc.assert(
    fc.property(stocks, wishes, (units, all) => {
      const guided = shipped(demandsOf(all, true))
      const of = (decisions: readonly Decision[]) => {
        const [first] = decisions
        const alike = decisions.filter(
          ({ demand }) =>
            demand.priority === first?.demand.priority &&
            isUrgent(ground, demand, at) === isUrgent(ground, first.demand, at),
        )
        return tallyOf(ground, alike, at)
      }
      const turn = of(decidedInTurn(guided, freeOf(units)))
      expect(isBetter(turn, of(decideAll(ground, guided, freeOf(units), at)))).toBe(false)
    }),
    runs,
  )
})

test('no division takes a unit that is not there, and parts and rest are always the order', () => {
  fc.assert(
    fc.property(stocks, wishes, fc.boolean(), (units, all, ranks) => {
      const demands = demandsOf(all, ranks)
      const free = freeOf(units)
      const decisions = decideAll(ground, shipped(demands), free, at)
      expect(decisions.map(({ demand }) => demand.order_id).sort()).toEqual(demands.map((one) => one.order_id).sort())
      const drawn = new Map<string, number>()
      for (const { demand, plan, rest } of decisions) {
        demand.lines.forEach((line, index) => {
          let taken = 0
          for (const { candidate, quantity } of plan?.parts ?? []) {
            const { location_id } = candidate.site.location
            const some = quantity[index] ?? 0
            taken += some
            if (some > 0) expect(demand.excluded.has(`${line.line_no} ${location_id}`)).toBe(false)
            drawn.set(`${location_id} ${line.sku}`, (drawn.get(`${location_id} ${line.sku}`) ?? 0) + some)
          }
          expect(taken + (rest[index] ?? 0)).toBe(line.quantity)
        })
        if (!demand.may_part && plan !== null) expect(rest.every((some) => some === 0)).toBe(true)
      }
      for (const [row, site] of SITES.entries())
        for (const [column, sku] of SKUS.entries()) {
          const had = units[row * SKUS.length + column] ?? 0
          expect(drawn.get(`${site} ${sku}`) ?? 0).toBeLessThanOrEqual(had)
          expect(free.at(site, sku)).toBe(had - (drawn.get(`${site} ${sku}`) ?? 0))
        }
    }),
    runs,
  )
})

test('the same orders get the same division, in whatever order they are handed over', () => {
  fc.assert(
    fc.property(stocks, wishes, (units, all) => {
      const demands = demandsOf(all, true)
      const answer = (list: readonly Demand[]) =>
        decideAll(ground, shipped(list), freeOf(units), at).map(({ demand, plan }) => [
          demand.order_id,
          plan?.parts.map((part) => [part.candidate.site.location.location_id, part.quantity]),
        ])
      expect(answer(demands.toReversed())).toEqual(answer(demands))
    }),
    runs,
  )
})

// Two orders want the last red unit of A: it saves the first, which is older, one cent, and the second four yuan.
const one = { lines: [{ sku: 'red', quantity: 1 }], priority: 0, may_part: true, excluded: [] }
const rivals = (): Demand[] =>
  [places[1], places[4]].map((place, index) => {
    const demand = demandOf(one, index)
    return { ...demand, to: { ...demand.to, ...place }, placed_at: new Date(at.getTime() + index) }
  })
const scarce = () => {
  const free = new FreeStock()
  free.add('A', 'red', 1)
  free.add('B', 'red', 5)
  return free
}
const siteOf = ({ plan }: Decision) => plan?.parts.map((part) => part.candidate.site.location.location_id).join()

test('the last unit goes to the order that it saves most, and the other is told what was kept and at what price', () => {
  const [first, second] = decideAll(ground, shipped(rivals()), scarce(), at)
  if (first === undefined || second === undefined) throw new Error('not decided')
  expect([siteOf(first), siteOf(second)]).toEqual(['B', 'A'])
  expect(second.scarce).toBeNull()
  expect(first.scarce?.own.parts[0]?.candidate.site.location.location_id).toBe('A')
  expect(first.scarce?.saved).toBe(400)
  expect(first.gap).toBe(1)
  expect(first.flip).toBeNull()
  const { detail, margin } = explain(ground, { version_id: 'v-rules', arm: null, failed: false }, first, () => null)
  const says = sentences({ currency: 'CNY', margin: BigInt(margin ?? 0), outcome: first.outcome }, detail)
  expect(says.map((one) => one.en).join(' ')).toContain(
    'As the first it would leave from A for 6.10 CNY. What is scarce there was kept for orders that it saves more',
  )
  expect(says.map((one) => one.en).join(' ')).toContain('4.00 CNY less')
  expect(says.map((one) => one.zh).join(' ')).toContain('留给了节省更多的订单')
})

test('the last slot of a place, and the last order that a rule allows there, go to the order that they save most', () => {
  const plenty = (slots?: SlotBook) => {
    const free = new FreeStock(new Map(), new Map(), slots)
    for (const site of ['A', 'B']) free.add(site, 'red', 5)
    return free
  }
  const slot = {
    location_id: 'A',
    starts_at: at,
    ends_at: new Date(at.getTime() + HOUR_MS),
    max_orders: 1,
    max_lines: null,
    max_seconds: null,
    orders: 0,
    lines: 0,
    seconds: 0,
  }
  const pace = { per_order_seconds: 60, per_line_seconds: 10 }
  const shift = shiftOf({ slots: [slot], pace, kept: 0, overdue: { orders: 0, lines: 0, seconds: 0 } }, at)
  const free = plenty(new SlotBook(new Map([['A', shift]]), at))
  expect(decideAll(ground, shipped(rivals()), free, at).map(siteOf)).toEqual(['B', 'A'])
  expect(slot.orders).toBe(1)
  const limited = byRules([{ ...shippedGuidance, order_limit: 1 }], rivals())
  expect(decideAll(ground, limited, plenty(), at).map(siteOf)).toEqual(['B', 'A'])
})

test('where the bound on the work is reached the orders are decided in turn, and say so', () => {
  const guided = inTurn(ground, shipped(rivals()), at)
  const decisions = decidedInTurn(guided, scarce())
  const free = scarce()
  const decided = decideTogether(ground, { guided, decisions, contends: () => true }, free, at, 1)
  expect(decided.map(siteOf)).toEqual(['A', 'B'])
  expect(decided.map((decision) => decision.in_turn)).toEqual([true, true])
  expect([free.at('A', 'red'), free.at('B', 'red')]).toEqual([0, 4])
  for (const decision of decided) {
    const { detail } = explain(ground, { version_id: 'v-rules', arm: null, failed: false }, decision, () => null)
    const says = sentences({ currency: 'CNY', margin: null, outcome: 'placed' }, detail)
    expect(says.map((one) => one.en).join(' ')).toContain('was given in turn')
  }
})

test('an urgent order keeps its place, however much another would save by it', () => {
  const [older, saver] = rivals()
  if (older === undefined || saver === undefined) throw new Error('no rivals')
  const decided = decideAll(ground, shipped([{ ...older, priority: 1 }, saver]), scarce(), at)
  expect(decided.map((decision) => [decision.demand.order_id, siteOf(decision)])).toEqual([
    ['order-0', 'A'],
    ['order-1', 'B'],
  ])
})

test('where everybody gets the own best, nothing is said of scarcity', () => {
  const free = scarce()
  free.add('A', 'red', 2)
  const decided = decideAll(ground, shipped(rivals()), free, at)
  expect(decided.map(siteOf)).toEqual(['A', 'A'])
  expect(decided.map((decision) => decision.scarce)).toEqual([null, null])
})
