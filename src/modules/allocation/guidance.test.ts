// Properties of rules on values alone: whatever they prefer, nothing that is forbidden is done, and nothing cheaper is left lying.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideAll } from './decide-all.ts'
import { guidancesOf, nowhere } from './guidance.ts'
import { at, byRules, demandOf, freeOf, ground, order, SITES, stocks } from './rules.arbitrary.ts'

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
    zones: fc.constantFrom<unknown>({ A: ['B'] }, [
      { by: 'country', of: ['CN'], prefer: ['B'] },
      { by: 'city', of: ['Z'], prefer: ['C'] },
    ]),
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
const rulebook = fc.array(answer, { minLength: 1, maxLength: 3 }).map((rows) =>
  guidancesOf(
    rows.map((row, place) => ({ rule: `r${place}`, ...row })),
    { ...nowhere, country: 'CN', region: 'A' },
  ),
)

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
      const [guidance] = guidancesOf([{ rule: 'money', whole_first }], nowhere)
      if (guidance === undefined) throw new Error('no rule')
      const [decision] = decideAll(ground, byRules([guidance], [demandOf(wish, 0)]), freeOf(units), at)
      for (const other of [decision?.runner_up, ...(decision?.others ?? [])])
        if (other != null && other.parts.length === 1)
          expect(other.cost).toBeGreaterThanOrEqual((decision?.plan?.cost ?? 0) - 1e-6)
    }),
    { numRuns: 200 },
  )
})
