// bench flow: accepted → released to the warehouse, all automatic steps; beside the same database's row and batch baselines.
import type { BenchOptions, Row } from '../row.ts'
import { acceptOrders } from './accepted.ts'
import { type Baseline, measureBaseline } from './baseline.ts'
import { type Flowing, measureFlow } from './measure-flow.ts'
import { openScene } from './scene.ts'

const SEED = 20_260_302

export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const orders = options.short === true ? 2_000 : 20_000
  for (const tenants of options.short === true ? [1] : [1, 100]) {
    const scene = await openScene({ tenants, units_per_sku: 1_000_000 })
    process.stderr.write(`${scene.settings}; seed ${SEED}; ${orders} orders of ${tenants} tenants\n`)
    try {
      const [first] = scene.tenants
      if (first === undefined) return
      const accept = async (name: string, count: number, seed: number) => {
        for (const [index, tenant] of scene.tenants.entries())
          await acceptOrders(scene.runtime, tenant.tenant_id, `${name}${index}`, count / tenants, seed + index)
      }
      await accept('warm', WARM_UP, SEED + 200)
      await measureFlow(scene, WARM_UP)
      await scene.analyze()
      // Half of the row baseline before the flow and half after it: whatever else the machine does, both have had it.
      const row = (seed: number) => measureBaseline(scene.app_url, first.tenant_id, 'row', orders / 4, seed)
      const before = await row(SEED)
      await accept('f', orders, SEED)
      const flowing = await measureFlow(scene, orders)
      const after = await row(SEED + 1)
      const batch = await measureBaseline(scene.app_url, first.tenant_id, 'batch', orders / 2, SEED + 2)
      yield* figuresOf(`tenants_${tenants}`, flowing, [
        { name: 'row', orders_per_s: 2 / (1 / before.orders_per_s + 1 / after.orders_per_s) },
        batch,
      ])
    } finally {
      await scene.close()
    }
  }
}

const WARM_UP = 400

function* figuresOf(name: string, flowing: Flowing, baselines: readonly Baseline[]): Generator<Row> {
  const value = flowing.orders_per_s
  for (const { name: baseline, orders_per_s } of baselines)
    yield {
      bench: 'flow',
      case: name,
      metric: 'orders_per_s',
      value,
      baseline,
      baseline_value: orders_per_s,
      ratio: value / orders_per_s,
    }
  yield { bench: 'flow', case: name, metric: 'statements_per_batch', value: flowing.statements_per_batch }
  for (const [part, bytes] of Object.entries(flowing.explained))
    yield { bench: 'flow', case: name, metric: `explanation_bytes_${part}`, value: bytes }
  for (const [step, done] of flowing.batches)
    process.stderr.write(`  ${step}: ${done.jobs} jobs in ${done.batches} batches\n`)
}
