// The cost formula of the solver and of the program for HiGHS are one: both price random answers alike.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCase } from '../../src/solvers/sourcing.arbitrary.ts'
import { type Network, type Order, type Part, sourceOrder } from '../../src/solvers/sourcing.ts'
import { chargeableGrams, priceAnswer, pricePart } from '../../src/solvers/sourcing-cost.ts'
import { addOrder, brokenAt, emptyProgram, objectiveAt } from './program.ts'
import { solveProgram } from './reference.ts'

// What the program does not know is left out: kits, hazards, capabilities, values, units left unmet.
const plainCase = arbitraryCase(4).map(({ network, order }) => ({
  network: { ...network, keep_apart: [], locations: network.locations.map((one) => ({ ...one, capabilities: 0 })) },
  order: {
    ...order,
    lines: order.lines
      .filter((line, i) => order.lines.findIndex((other) => other.sku === line.sku) === i)
      .map((line) => ({ ...line, kit: -1, needs: 0 })),
    kits: [],
    unmet: null,
    split: { ...order.split, lines: true, max_parts: 4, min_part_value: 0, min_rest_value: 0 },
  },
}))

// Any way to share the order out within stock, by drawn numbers; null where stock does not suffice.
function drawnParts(network: Network, order: Order, draws: readonly number[]): Part[] | null {
  const quantity = network.locations.map(() => order.lines.map(() => 0))
  let n = 0
  for (const [i, line] of order.lines.entries()) {
    let open = line.quantity
    for (let tries = 0; tries < 40 && open > 0; tries++) {
      const l = draws[n++ % draws.length]! % network.locations.length
      const free = network.stock[l * network.skus + line.sku]! - quantity[l]![i]!
      if (!order.lanes[l] || free <= 0) continue
      const units = Math.min(open, free, 1 + (draws[n++ % draws.length]! % 3))
      quantity[l]![i]! += units
      open -= units
    }
    if (open > 0) return null
  }
  return quantity.flatMap((units, l) => (units.some((n) => n > 0) ? [pricePart(network, order, l, units)] : []))
}

test('the program prices any answer as the solver does, and takes it as feasible', () => {
  let compared = 0
  fc.assert(
    fc.property(plainCase, fc.array(fc.nat(1000), { minLength: 5, maxLength: 30 }), ({ network, order }, draws) => {
      const parts = drawnParts(network, order, draws)
      if (!parts) return
      compared++
      const program = emptyProgram()
      const placed = addOrder(program, network, order)
      const columns = new Float64Array(program.cost.length)
      for (const part of parts) {
        for (const { location, line, units, used } of placed.units) {
          if (location !== part.location || part.quantity[line] === 0) continue
          columns[units] = part.quantity[line]!
          columns[used] = 1
        }
        const open = placed.open.find(({ location }) => location === part.location)!
        columns[open.column] = 1
        const total = (of: 'weight_grams' | 'volume_mm3') =>
          order.lines.reduce((sum, line, i) => sum + part.quantity[i]! * line[of], 0)
        const { rates } = order.lanes[part.location]!
        const grams = chargeableGrams(rates, total('weight_grams'), total('volume_mm3'))
        columns[open.steps.find((step) => step.grams >= grams)!.column] = 1
      }
      expect(brokenAt(program, columns)).toBe(0)
      expect(objectiveAt(program, columns)).toBeCloseTo(priceAnswer(order, parts, []), 6)
    }),
    { numRuns: 500 },
  )
  expect(compared).toBeGreaterThan(100)
})

test('HiGHS finds the optimum that the solver finds', async () => {
  await fc.assert(
    fc.asyncProperty(plainCase, async ({ network, order }) => {
      fc.pre(order.lanes.some((lane) => lane !== null))
      const program = emptyProgram()
      addOrder(program, network, order)
      const reference = await solveProgram(program, 10)
      expect(reference.proven).toBe(true)
      const { cost } = sourceOrder(network, order, { max_nodes: 20_000_000 })
      if (reference.value === null) expect(cost).toBe(Infinity)
      else expect(cost).toBeCloseTo(reference.value, 4)
    }),
    { numRuns: 60 },
  )
})
