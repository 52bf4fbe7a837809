// bench hot: the same flow with one SKU in every order, beside the flow without it in the same run; then two hundred buyers of a hundred units.
import type { BenchOptions, Row } from '../row.ts'
import { acceptOrders } from './accepted.ts'
import * as buyers from './buyers.ts'
import { measureFlow } from './measure-flow.ts'
import { openScene } from './scene.ts'

const SEED = 20_260_303

export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const orders = options.short === true ? 1_000 : 6_000
  const scene = await openScene({ tenants: 1, units_per_sku: 10_000_000 })
  process.stderr.write(`${scene.settings}; seed ${SEED}; ${orders} orders a round, rounds in turn\n`)
  try {
    const tenant = scene.tenants[0]
    if (tenant === undefined) return
    const rounds = options.short === true ? 2 : 3
    await acceptOrders(scene.runtime, tenant.tenant_id, 'warm', 400, SEED)
    await measureFlow(scene, 400)
    await scene.analyze()
    const speeds = { flow: 0, hot: 0 }
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['flow', 'hot'] as const) {
        await acceptOrders(scene.runtime, tenant.tenant_id, `${kind}${round}`, orders, SEED + round, kind === 'hot')
        speeds[kind] += (await measureFlow(scene, orders)).orders_per_s / rounds
      }
    }
    yield {
      bench: 'hot',
      case: 'one_sku_in_every_order',
      metric: 'orders_per_s',
      value: speeds.hot,
      baseline: 'flow',
      baseline_value: speeds.flow,
      ratio: speeds.hot / speeds.flow,
    }
  } finally {
    await scene.close()
  }
  yield* buyers.run(options)
}
