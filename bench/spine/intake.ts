// bench intake: one order per HTTP request, durable, validated, authorised, idempotent; beside the same rows straight into PostgreSQL.
import type { BenchOptions, Row } from '../row.ts'
import { type Api, forkApi } from './api.ts'
import { type Baseline, measureBaseline } from './baseline.ts'
import { percentile, sendLoad } from './load.ts'
import { basketMaker, openScene, type Tenant } from './scene.ts'

const SEED = 20_260_301

/** Cases: c32 and c128 connections at full speed with one tenant, c128 with 100 tenants, and half the speed for latency. */
export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const orders = options.short === true ? 2_000 : 40_000
  const scene = await openScene({ tenants: options.short === true ? 3 : 100, units_per_sku: 1_000_000 })
  process.stderr.write(`${scene.settings}; seed ${SEED}; ${orders} orders a case\n`)
  const api = await forkApi(scene.app_url)
  try {
    const [first] = scene.tenants
    if (first === undefined) return
    await sendLoad({ port: api.port, connections: 32, requests: 2_000, request: requestMaker([first], 'warm') })
    await scene.analyze()
    const row = await measureBaseline(scene.app_url, first.tenant_id, 'row', orders / 2, SEED)
    const batch = await measureBaseline(scene.app_url, first.tenant_id, 'batch', orders, SEED + 1)
    yield {
      bench: 'intake',
      case: 'baseline',
      metric: 'orders_per_s',
      value: row.orders_per_s,
      baseline: 'batch',
      baseline_value: batch.orders_per_s,
      ratio: row.orders_per_s / batch.orders_per_s,
    }
    let best = 0
    yield* measureCases(api, scene.tenants, orders, [row, batch], (speed) => {
      best = Math.max(best, speed)
    })
    const half = await sendLoad({
      port: api.port,
      connections: 128,
      requests: orders / 2,
      rate: best / 2,
      request: requestMaker([first], 'half'),
    })
    yield { bench: 'intake', case: 'half_load', metric: 'p50_ms', value: percentile(half.latencies_ms, 0.5) }
    yield { bench: 'intake', case: 'half_load', metric: 'p99_ms', value: percentile(half.latencies_ms, 0.99) }
  } finally {
    api.stop()
    await scene.close()
  }
}

/** Full speed over 32 and 128 connections with one tenant, and over 128 with all of them; tells the speeds of one tenant. */
async function* measureCases(
  api: Api,
  all: readonly Tenant[],
  orders: number,
  baselines: readonly Baseline[],
  tell: (orders_per_s: number) => void,
): AsyncGenerator<Row> {
  const cases = [
    { name: 'c32', connections: 32, tenants: all.slice(0, 1) },
    { name: 'c128', connections: 128, tenants: all.slice(0, 1) },
    { name: `c128_${all.length}_tenants`, connections: 128, tenants: all },
  ]
  for (const { name, connections, tenants } of cases) {
    const before = await api.statements()
    const answers = await sendLoad({
      port: api.port,
      connections,
      requests: orders,
      request: requestMaker(tenants, name),
    })
    const created = answers.by_status.get(201) ?? 0
    if (created !== orders)
      throw new Error(`${name}: ${created} of ${orders} were accepted: ${JSON.stringify([...answers.by_status])}`)
    const value = orders / answers.seconds
    if (tenants.length === 1) tell(value)
    for (const { name: baseline, orders_per_s } of baselines) {
      yield {
        bench: 'intake',
        case: name,
        metric: 'orders_per_s',
        value,
        baseline,
        baseline_value: orders_per_s,
        ratio: value / orders_per_s,
      }
    }
    yield { bench: 'intake', case: name, metric: 'p50_ms', value: percentile(answers.latencies_ms, 0.5) }
    yield { bench: 'intake', case: name, metric: 'p99_ms', value: percentile(answers.latencies_ms, 0.99) }
    const statements = (await api.statements()) - before
    yield { bench: 'intake', case: name, metric: 'statements_per_batch', value: (statements / orders) * 200 }
  }
}

/** The n-th request of a run: a basket of its own under an external id of its own, tenants in turn. */
export function requestMaker(tenants: readonly Tenant[], run_name: string, hot = false): (index: number) => Buffer {
  const basket = basketMaker(SEED, hot)
  return (index) => {
    const tenant = tenants[index % tenants.length]
    const { lines, total_minor, city } = basket()
    const body = JSON.stringify({
      channel: 'shop',
      external_id: `${run_name}-${index}`,
      placed_at: '2026-03-01T08:00:00Z',
      currency: 'CNY',
      prices_include_tax: true,
      lines: lines.map((line) => ({
        sku: line.sku,
        title: line.sku,
        quantity: line.quantity,
        unit_price: (line.price_minor / 100).toFixed(2),
      })), // not money: digits of a test price
      totals: { total: total_minor },
      payment: { method: 'reference', reference: `R-${index}` },
      customer: {
        name: '王小明',
        email: `wang${index}@example.test`,
        phone: `+86138${String(index).padStart(8, '0')}`,
        locale: 'zh-CN',
      },
      ship_to: {
        country: 'CN',
        region: city.region,
        city: city.city,
        postcode: '310000',
        address_lines: ['文三路 1 号'],
        lat: city.lat,
        lon: city.lon,
      },
    })
    const bytes = Buffer.from(body, 'utf8')
    const head = `POST /orders HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${tenant?.api_key}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head, 'latin1'), bytes])
  }
}
