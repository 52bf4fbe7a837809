// A test's world: a fresh tenant in the one migrated database, with stock, a clock that stands still, and an outside that obeys.
import postgres from 'postgres'
import { inject } from 'vitest'
import { openRuntime, steps } from '../../src/app.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { type FakeClock, fakeClock } from '../../src/platform/clock.ts'
import type { Tx } from '../../src/platform/db.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { idMaker, systemRandomness } from '../../src/platform/ids.ts'
import { type Broken, brokenInvariants } from '../../src/platform/invariants.ts'
import { type Context, contextOf, type Runtime } from '../../src/platform/runtime.ts'

export const NETWORK = 'CN'
export const CHANNEL = 'shop'

export interface WorldOptions {
  /** Units of each SKU, all at location HZ1, or by location. */
  readonly stock?: Readonly<Record<string, number | Readonly<Record<string, number>>>>
  readonly now?: string
  readonly app_url?: string
  readonly admin_url?: string
  readonly connections?: number
}

export interface World extends AsyncDisposable {
  readonly tenant: string
  readonly code: string
  readonly runtime: Runtime
  readonly clock: FakeClock
  context(actor?: string): Context
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Runs every step of this tenant that is due until none is. */
  drain(): Promise<number>
  brokenInvariants(): Promise<Broken[]>
}

export const LOCATIONS = [
  { location_id: 'HZ1', name: 'Hangzhou', region: '浙江省', city: '杭州市', lat: 30.27, lon: 120.16 },
  { location_id: 'GZ1', name: 'Guangzhou', region: '广东省', city: '广州市', lat: 23.13, lon: 113.26 },
  { location_id: 'CD1', name: 'Chengdu', region: '四川省', city: '成都市', lat: 30.57, lon: 104.07 },
  { location_id: 'BJ1', name: 'Beijing', region: '北京市', city: '北京市', lat: 39.9, lon: 116.41 },
] as const

const WAREHOUSE = {
  network: NETWORK,
  type: 'warehouse' as const,
  state: 'open' as const,
  country: 'CN',
  time_zone: 'Asia/Shanghai',
  capabilities: [],
  handling_per_order_minor: 200,
  handling_per_line_minor: 50,
  cut_off: '16:00',
}

const SHOP = {
  name: 'Shop',
  network: NETWORK,
  currency: 'CNY',
  locale: 'zh-CN' as const,
  shortage_policy: 'split' as const,
  payment_methods: ['reference' as const, 'card' as const, 'cod' as const],
  payment_deadline_minutes: 30,
  unknown_sku: 'stage' as const,
}

let made = 0

/** Makes a world of its own; `await using` takes it down. The tenant's rows stay: the next world has another tenant. */
export async function freshWorld(options: WorldOptions = {}): Promise<World> {
  const clock = fakeClock(new Date(options.now ?? '2026-03-02T02:00:00Z'))
  const runtime = openRuntime({
    app_url: options.app_url ?? inject('app_url'),
    keys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    clock,
    log_level: process.env.ORDO_TEST_LOG ?? 'silent',
    connections: options.connections ?? 8,
    // A deadlock in a test is a defect, not something to try again.
    tries: 1,
    settings: { allow_private_addresses: true },
  })
  const admin_url = options.admin_url ?? inject('admin_url')
  const tenant = idMaker(clock, systemRandomness)()
  const code = `t${process.pid}-${++made}-${tenant.slice(-6)}`
  await makeTenant(admin_url, tenant, code)
  const transaction = <Result>(work: (tx: Tx) => Promise<Result>) => runtime.db.transaction(tenant, 'system', work)
  await transaction((tx) => furnish(tx, options.stock ?? {}))
  await drain(runtime, steps, tenant)
  return {
    tenant,
    code,
    runtime,
    clock,
    context: (actor = 'user:test') => contextOf(runtime, tenant, actor),
    transaction,
    drain: () => drain(runtime, steps, tenant),
    brokenInvariants: () => brokenInvariants(admin_url, tenant),
    [Symbol.asyncDispose]: () => runtime.db.close(),
  }
}

async function makeTenant(admin_url: string, tenant: string, code: string): Promise<void> {
  const sql = postgres(admin_url, { max: 1, onnotice: () => {} })
  try {
    await sql`insert into platform.tenant (tenant_id, code, name) values (${tenant}, ${code}, ${'Test merchant'})`
  } finally {
    await sql.end()
  }
}

/** Four warehouses of one network, one channel, and SKUs with their stock. */
async function furnish(tx: Tx, stock: NonNullable<WorldOptions['stock']>): Promise<void> {
  await catalog.putNetworks(tx, new Map([[NETWORK, { name: 'China' }]]))
  await catalog.putLocations(
    tx,
    new Map(LOCATIONS.map(({ location_id, ...place }) => [location_id, { ...place, ...WAREHOUSE }])),
  )
  await inventory.placeLocations(
    tx,
    LOCATIONS.map(({ location_id }) => ({ location_id, network_id: NETWORK })),
  )
  await catalog.putChannels(tx, new Map([[CHANNEL, SHOP]]))
  const skus = Object.keys(stock)
  await catalog.putSkus(
    tx,
    skus.map((sku) => ({
      sku,
      name: `Article ${sku}`,
      weight_grams: 500,
      length_mm: 200,
      width_mm: 150,
      height_mm: 100,
    })),
  )
  const lines = Object.entries(stock).flatMap(([sku, where]) =>
    Object.entries(typeof where === 'number' ? { HZ1: where } : where).map(([location_id, quantity]) => ({
      location_id,
      sku,
      quantity,
    })),
  )
  await inventory.receiveStock(
    tx,
    lines.filter((line) => line.quantity > 0),
    { reason: 'opening' },
  )
}
