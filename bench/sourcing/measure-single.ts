// One order at a time: gaps to HiGHS's optimum, time on warmed-up code, and rules of thumb on the same orders.

import { sourceOrder } from '../../src/solvers/sourcing.ts'
import { brokenRules } from '../../src/solvers/sourcing-check.ts'
import type { Row } from '../row.ts'
import { singleCase } from './cases.ts'
import { at } from './data.ts'
import { gapPercent, mean, percentile, rowsOf } from './figures.ts'
import type { Instance, Markets } from './instances.ts'
import { naiveCost, rules } from './naive.ts'
import { addOrder, emptyProgram } from './program.ts'
import { referenceOf } from './references.ts'

const runs = 5

/** The rows of one case. An instance's time is the median of its five runs, each in a run of all, after one that warms up. */
export async function* measureSingle(name: string, markets: Markets, short: boolean): AsyncGenerator<Row> {
  const { referred, timed: all } = singleCase(name, markets, short)
  for (const { network, order } of all) sourceOrder(network, order)
  const taken: number[][] = all.map(() => [])
  const before = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    for (const [n, { network, order }] of all.entries()) {
      const begun = performance.now()
      sourceOrder(network, order)
      at(taken, n).push(1000 * (performance.now() - begun))
    }
  }
  const used = process.cpuUsage(before)
  const microseconds = taken.map((list) => percentile(list, 0.5))
  const open = countOpen(all)
  const held = await holdAgainst(referred)
  yield* rowsOf(name, {
    gaps: held.gaps,
    microseconds,
    seconds: mean(microseconds) * microseconds.length * 1e-6,
    naive: rules.map((rule) => ({
      rule,
      gaps: held.naive.map((gaps) => gaps[rule] ?? Infinity).filter(Number.isFinite),
    })),
    more: {
      not_proven_optimal: open,
      reference_unproven: held.unproven,
      reference_live: held.live,
      cpu_us_mean: (used.user + used.system) / runs / all.length,
    },
  })
}

function countOpen(list: readonly Instance[]): number {
  let open = 0
  for (const { name, network, order } of list) {
    const answer = sourceOrder(network, order)
    const broken = brokenRules(network, order, answer)
    if (broken.length > 0) throw new Error(`${name}: ${broken.join('; ')}`)
    if (!answer.optimal) open++
  }
  return open
}

type Held = { gaps: number[]; naive: Record<string, number>[]; unproven: number; live: number }

async function holdAgainst(list: readonly Instance[]): Promise<Held> {
  const held: Held = { gaps: [], naive: [], unproven: 0, live: 0 }
  for (const instance of list) {
    const { name, network, order } = instance
    const program = emptyProgram()
    addOrder(program, network, order)
    const reference = await referenceOf(name, program)
    if (reference.live) held.live++
    const { cost } = sourceOrder(network, order)
    if (!reference.proven) held.unproven++
    else if (reference.value === null) {
      if (cost < Infinity) throw new Error(`${name}: HiGHS says that there is no answer`)
    } else {
      const { value } = reference
      held.gaps.push(gapPercent(cost, value))
      held.naive.push(Object.fromEntries(rules.map((rule) => [rule, gapPercent(naiveCost(instance, rule), value)])))
    }
  }
  return held
}
