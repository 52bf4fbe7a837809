// bench flow: accepted → released to the warehouse, all automatic steps; beside the same database's row and batch baselines.
import type { BenchOptions, Row } from '../row.ts'
import { acceptOrders } from './accepted.ts'
import { measureBaseline } from './baseline.ts'
import { measureFlow } from './measure-flow.ts'
import { openScene } from './scene.ts'

const SEED = 20_260_302

export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const orders = options.short === true ? 1_000 : 20_000
  for (const tenants of options.short === true ? [1] : [1, 100]) {
    const scene = await openScene({ tenants, units_per_sku: 1_000_000 })
    process.stderr.write(`${scene.settings}; seed ${SEED}; ${orders} orders of ${tenants} tenants\n`)
    try {
      const first = scene.tenants[0]
      if (first === undefined) return
      for (const [index, tenant] of scene.tenants.entries())
        await acceptOrders(scene.runtime, tenant.tenant_id, `f${index}`, orders / tenants, SEED + index)
      const flowing = await measureFlow(scene, orders)
      const baselines = [
        await measureBaseline(scene.app_url, first.tenant_id, 'row', orders / 2, SEED),
        await measureBaseline(scene.app_url, first.tenant_id, 'batch', orders, SEED + 1),
      ]
      const name = `tenants_${tenants}`
      for (const { name: baseline, orders_per_s } of baselines) {
        yield {
          bench: 'flow',
          case: name,
          metric: 'orders_per_s',
          value: flowing.orders_per_s,
          baseline,
          baseline_value: orders_per_s,
          ratio: flowing.orders_per_s / orders_per_s,
        }
      }
      yield { bench: 'flow', case: name, metric: 'statements_per_batch', value: flowing.statements_per_batch }
      for (const [step, done] of flowing.batches)
        process.stderr.write(`  ${step}: ${done.jobs} jobs in ${done.batches} batches\n`)
    } finally {
      await scene.close()
    }
  }
}
