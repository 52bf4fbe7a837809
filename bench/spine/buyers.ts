// bench buyers (a part of hot): two hundred buyers and a hundred units over HTTP, as carts and as orders; who gets what, how long it takes, and whether all adds up.
import postgres from 'postgres'
import { steps } from '../../src/app.ts'
import { startWorker } from '../../src/platform/engine/index.ts'
import { brokenInvariants } from '../../src/platform/invariants.ts'
import type { BenchOptions, Row } from '../row.ts'
import { forkApi } from './api.ts'
import { caller, type Told } from './ask.ts'
import { openScene, type Scene, skuOf } from './scene.ts'

const BUYERS = 200
const UNITS = 100
const LOCATIONS = 4

type Ask = ReturnType<typeof caller>['call']

interface Round {
  readonly seconds: number
  readonly granted: number
  readonly short: number
}

/** Throws where anybody got a wrong answer: not exactly a hundred served, or an invariant broken. */
export async function* run(options: BenchOptions): AsyncGenerator<Row> {
  const rounds = options.short === true ? 2 : 7
  const scene = await openScene({ tenants: 1, units_per_sku: UNITS / LOCATIONS })
  process.stderr.write(`${scene.settings}; ${BUYERS} buyers, ${UNITS} units, ${rounds} rounds of each kind\n`)
  const api = await forkApi(scene.app_url)
  const client = caller(api.port, scene.tenants[0]?.api_key ?? '')
  const worker = startWorker(scene.runtime, steps)
  try {
    await carts(client.call, rounds * 2)
    const kinds = [
      { name: 'buyers_carts', play: (round: number) => carts(client.call, round) },
      { name: 'buyers_orders', play: (round: number) => orders(scene, client.call, rounds + round) },
    ]
    for (const { name, play } of kinds) {
      const played: Round[] = []
      for (let round = 0; round < rounds; round++) played.push(await play(round))
      yield* rowsOf(name, played)
    }
    const broken = await brokenInvariants(scene.admin_url, scene.tenants[0]?.tenant_id)
    if (broken.length > 0) throw new Error(`invariants are broken: ${broken.map((one) => one.name).join(', ')}`)
  } finally {
    await worker.stop()
    client.close()
    api.stop()
    await scene.close()
  }
}

function* rowsOf(name: string, played: readonly Round[]): Generator<Row> {
  const seconds = played.map((round) => round.seconds).sort((a, b) => a - b)
  const row = (metric: string, value: number): Row => ({ bench: 'hot', case: name, metric, value })
  yield row('granted', Math.min(...played.map((round) => round.granted)))
  yield row('short', Math.min(...played.map((round) => round.short)))
  yield row('p50_ms', (seconds[Math.floor(seconds.length / 2)] ?? 0) * 1000)
  yield row('worst_ms', (seconds.at(-1) ?? 0) * 1000)
}

/** At most 200 calls at once: one of each buyer. */
async function everybody(ask: (buyer: number) => Promise<Told>): Promise<ReadonlyMap<string, number>> {
  const told = await Promise.all(Array.from({ length: BUYERS }, (_, buyer) => ask(buyer)))
  return new Map(
    [...Map.groupBy(told, ({ status, code }) => `${status} ${code}`.trim())].map(([name, all]) => [name, all.length]),
  )
}

// (a) A shop that must know at once: a hundred are granted, a hundred are told that nothing is left.
async function carts(call: Ask, round: number): Promise<Round> {
  const began = performance.now()
  const body = { network: 'CN', lines: [{ sku: skuOf(round), quantity: 1 }] }
  const told = await everybody((buyer) => call('/reservations', body, `cart-${round}-${buyer}`))
  const seconds = (performance.now() - began) / 1000
  const [granted, short] = [told.get('201') ?? 0, told.get('409 out_of_stock') ?? 0]
  if (granted !== UNITS || short !== BUYERS - UNITS) throw new Error(`carts were told ${JSON.stringify([...told])}`)
  return { seconds, granted, short }
}

// (b) Orders are all accepted; a moment later a hundred have their unit and a hundred wait for supply, with the shortage as reason.
async function orders(scene: Scene, call: Ask, round: number): Promise<Round> {
  const sku = skuOf(round)
  const began = performance.now()
  const told = await everybody((buyer) => call('/orders', orderOf(sku, `buyers-${round}-${buyer}`)))
  if (told.get('201') !== BUYERS) throw new Error(`orders were told ${JSON.stringify([...told])}`)
  const admin = postgres(scene.admin_url, { max: 1, onnotice: () => {} })
  try {
    for (;;) {
      const [row] = await admin.unsafe(
        `select count(*) filter (where open > 0)::int as open, count(*) filter (where backordered = 1 and shortage_reason = 'out_of_stock')::int as short,
                count(*) filter (where open + backordered = 0)::int as granted from orders.order_line where sku = $1`,
        [sku],
      )
      if (row?.open === 0) {
        const seconds = (performance.now() - began) / 1000
        const { granted, short } = { granted: Number(row.granted), short: Number(row.short) }
        if (granted !== UNITS || short !== BUYERS - UNITS) throw new Error(`${granted} reserved, ${short} backordered`)
        return { seconds, granted, short }
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  } finally {
    await admin.end()
  }
}

function orderOf(sku: string, external_id: string) {
  return {
    channel: 'shop',
    external_id,
    placed_at: '2026-03-01T08:00:00Z',
    currency: 'CNY',
    prices_include_tax: true,
    lines: [{ sku, quantity: 1, unit_price: '99.00' }],
    payment: { method: 'reference', reference: external_id },
    customer: { name: '李雷', phone: `+86137${external_id.replace(/\D/g, '').padStart(8, '0')}`, locale: 'zh-CN' },
    ship_to: {
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      postcode: '310000',
      address_lines: ['文三路 1 号'],
      lat: 30.27,
      lon: 120.16,
    },
  }
}
