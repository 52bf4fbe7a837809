// 500 orders at once: the gap to the bound that HiGHS proves, and rules of thumb that serve who comes first.

import { type Batch, sourceBatch } from '../../src/solvers/sourcing-batch.ts'
import { brokenSharing } from '../../src/solvers/sourcing-batch-check.ts'
import { priceAnswer, pricePart } from '../../src/solvers/sourcing-cost.ts'
import type { Row } from '../row.ts'
import { boundBatch } from './batch-bound.ts'
import { batchCases } from './batch-case.ts'
import { at } from './data.ts'
import { gapPercent, percentile, rowsOf, timed } from './figures.ts'
import type { Instance, Markets } from './instances.ts'
import { naiveParts, type Rule, rules } from './naive.ts'
import { digestOf, keptReference } from './references.ts'

/** The rows of `batch500`; `seconds` is the slower of the two batches, the median of three runs (one, where short). */
export async function* measureBatch(markets: Markets, short: boolean): AsyncGenerator<Row> {
  const gaps: number[] = []
  const microseconds: number[] = []
  const naive = rules.map((rule): { rule: Rule; gaps: number[] } => ({ rule, gaps: [] }))
  const more: Record<string, number> = { orders: 500, reference_live: 0 }
  for (const { name, batch, instances } of batchCases(markets, 500)) {
    const before = process.cpuUsage()
    const runs = short ? 1 : 3
    const { milliseconds, answer } = timed(runs, () => sourceBatch(batch))
    const used = process.cpuUsage(before)
    const broken = brokenSharing(batch, answer)
    if (broken.length > 0) throw new Error(`${name}: ${broken.slice(0, 5).join('; ')}`)
    const kept = keptReference(name, digestOf(batch))
    if (!kept) more.reference_live = (more.reference_live ?? 0) + 1
    const { bound } = kept ?? (await boundBatch(batch, short ? 0.5 : 60, () => {}))
    const market = name.replace(/.*\//, '')
    more[`${market}_gap`] = gapPercent(answer.cost, bound)
    more[`${market}_seconds`] = percentile(milliseconds, 0.5) / 1000
    more[`${market}_cpu_seconds`] = (used.user + used.system) / 1e6 / runs
    more[`${market}_waiting`] = answer.answers.filter((one) => one === null).length
    gaps.push(gapPercent(answer.cost, bound))
    microseconds.push(1000 * percentile(milliseconds, 0.5))
    for (const { rule, gaps: list } of naive) list.push(gapPercent(inSequence(batch, instances, rule), bound))
  }
  yield* rowsOf('batch500', { gaps, microseconds, seconds: Math.max(...microseconds) / 1e6, naive, more })
}

// Orders in the sequence in which they came, each by the rule in what is left; what does not fit, waits.
function inSequence({ network, capacities, wait }: Batch, instances: readonly Instance[], rule: Rule): number {
  const stock = Float64Array.from(network.stock)
  const left = new Map(capacities.map(({ location, most }) => [location, most]))
  let cost = 0
  for (const [o, instance] of instances.entries()) {
    const { order } = instance
    const parts = naiveParts(instance, rule, stock, (location) => (left.get(location) ?? Infinity) < 1)
    if (!parts) {
      cost += at(wait, o)
      continue
    }
    const priced = parts.map(({ location, quantity }) => pricePart(network, order, location, quantity))
    cost += priceAnswer(order, priced, [])
    for (const { location, quantity } of parts) {
      left.set(location, (left.get(location) ?? Infinity) - 1)
      for (const [i, units] of quantity.entries()) {
        const cell = location * network.skus + at(order.lines, i).sku
        stock[cell] = at(stock, cell) - units
      }
    }
  }
  return cost
}
