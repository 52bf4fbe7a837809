// bench search: the order list at a million orders, as ordo_app, by each thing people search for.
import type { OrderListQuery } from '../../src/contracts/views-orders.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import type { BenchOptions, Row } from '../row.ts'
import { percentile } from './load.ts'
import { fillOrders } from './million.ts'
import { openScene } from './scene.ts'

const SEED = 20_260_304
const CALLS = 400

export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const count = options.short === true ? 5_000 : 1_000_000
  const scene = await openScene({ tenants: 1, units_per_sku: 10_000_000 })
  process.stderr.write(`${scene.settings}; seed ${SEED}; ${count} orders\n`)
  try {
    const tenant = scene.tenants[0]
    if (tenant === undefined) return
    const samples = await fillOrders(scene, tenant.tenant_id, count)
    const random = seededRandomness(SEED)
    const any = () =>
      samples[random.below(samples.length)] ?? { number: '', phone: '', name: '', external_id: '', sku: '' }
    const cases: Readonly<Record<string, () => OrderListQuery>> = {
      number: () => ({ q: any().number }),
      external_id: () => ({ q: any().external_id }),
      phone: () => ({ q: any().phone }),
      phone_tail: () => ({ q: any().phone.slice(-4) }),
      name: () => ({ q: any().name }),
      sku: () => ({ sku: any().sku }),
      newest: () => ({}),
      open: () => ({ tab: 'open' }),
    }
    for (const [name, query] of Object.entries(cases)) {
      const latencies = new Float64Array(options.short === true ? 40 : CALLS)
      for (let call = 0; call < latencies.length; call++) {
        const began = performance.now()
        await scene.runtime.db.transaction(tenant.tenant_id, 'user:bench', (tx) =>
          orders.listOrders(tx, query(), null, 50, (text) => text),
        )
        latencies[call] = performance.now() - began
      }
      latencies.sort()
      yield { bench: 'search', case: name, metric: 'p50_ms', value: percentile(latencies, 0.5) }
      yield { bench: 'search', case: name, metric: 'p99_ms', value: percentile(latencies, 0.99) }
    }
  } finally {
    await scene.close()
  }
}
