// The scene of the spine's benchmarks: a database of its own, tenants with 300 SKUs at four locations, orders with Zipf baskets.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { openRuntime, steps } from '../../src/app.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import * as identity from '../../src/modules/identity/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import { type Clock, systemClock } from '../../src/platform/clock.ts'
import { openAppLogin, startEmbedded } from '../../src/platform/embedded.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { seededRandomness, systemRandomness } from '../../src/platform/ids.ts'
import { migrate } from '../../src/platform/migrate.ts'
import type { Runtime } from '../../src/platform/runtime.ts'
import { copyTenant } from './copy-tenants.ts'

export const SKUS = 300
export const KEYS = `bench:${Buffer.alloc(32, 9).toString('base64')}`

export interface Tenant {
  readonly tenant_id: string
  readonly code: string
  readonly api_key: string
}

export interface Scene {
  readonly admin_url: string
  readonly app_url: string
  readonly runtime: Runtime
  readonly tenants: readonly Tenant[]
  /** fsync, synchronous_commit and version as the server says them. */
  readonly settings: string
  /** After the warm-up: plans must not be those of empty tables, as they are nowhere that works already. */
  analyze(): Promise<void>
  close(): Promise<void>
}

/** Starts PostgreSQL in a temporary folder (or uses DATABASE_URL), migrates, and furnishes tenants with plenty of stock. */
export async function openScene(options: {
  tenants: number
  units_per_sku: number
  connections?: number
  /** The time that it shows; the time of day where absent. */
  clock?: Clock
}): Promise<Scene> {
  const database = await openDatabaseOfBench()
  const runtime = openRuntime({
    app_url: database.app_url,
    keys: KEYS,
    log_level: 'error',
    connections: options.connections ?? 12,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  })
  const admin = postgres(database.admin_url, { max: 1, types: { bigint: postgres.BigInt }, onnotice: () => {} })
  const tenants: Tenant[] = []
  for (let index = 0; index < options.tenants; index++) {
    const code = `bench-${index}-${Buffer.from(systemRandomness.bytes(4)).toString('hex')}`
    const made = await identity.createTenant(admin, { code, name: 'Bench', base_currency: 'CNY' })
    if (made === null) throw new Error(`tenant ${code} is there already`)
    const key = identity.newKey(systemRandomness.bytes(32), code)
    await runtime.db.transaction(made.tenant_id, 'system', async (tx) => {
      await identity.insertKey(tx, {
        key_id: tx.newId(),
        name: 'bench',
        key_sha256: key.key_sha256,
        hint: key.hint,
        scopes: ['orders.place', 'orders.read', 'stock.reserve'],
      })
    })
    tenants.push({ tenant_id: made.tenant_id, code, api_key: key.key })
  }
  const [first = '', ...others] = tenants.map((tenant) => tenant.tenant_id)
  await furnish(runtime, first, options.units_per_sku)
  await drain(runtime, steps, first)
  await copyTenant(admin, first, others)
  const [settings] = await admin.unsafe(
    "select 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit') as text",
  )
  await admin.unsafe('vacuum analyze')
  await admin.end()
  return {
    ...database,
    runtime,
    tenants,
    settings: String(settings?.text),
    async analyze() {
      const owner = postgres(database.admin_url, { max: 1, onnotice: () => {} })
      await owner.unsafe('vacuum analyze')
      await owner.end()
    },
    async close() {
      await runtime.db.close()
      await database.close()
    },
  }
}

async function openDatabaseOfBench() {
  const url = process.env.DATABASE_URL
  if (url !== undefined && url !== '') {
    const admin_url = process.env.DATABASE_ADMIN_URL ?? url
    await migrate(admin_url, systemClock.now())
    return { admin_url, app_url: url, close: async () => {} }
  }
  const folder = mkdtempSync(join(tmpdir(), 'ordo-bench-'))
  const embedded = await startEmbedded({
    folder,
    settings: ['shared_buffers=2GB', 'max_wal_size=8GB', 'checkpoint_timeout=30min'],
  })
  await migrate(embedded.admin_url, systemClock.now())
  await openAppLogin(embedded)
  const close = async () => {
    await embedded.stop('immediate')
    rmSync(folder, { recursive: true, force: true })
  }
  return { admin_url: embedded.admin_url, app_url: embedded.app_url, close }
}

export const PLACES = [
  { id: 'HZ1', region: '浙江省', city: '杭州市', lat: 30.27, lon: 120.16 },
  { id: 'GZ1', region: '广东省', city: '广州市', lat: 23.13, lon: 113.26 },
  { id: 'CD1', region: '四川省', city: '成都市', lat: 30.57, lon: 104.07 },
  { id: 'BJ1', region: '北京市', city: '北京市', lat: 39.9, lon: 116.41 },
] as const

export function skuOf(index: number): string {
  return `SKU-${String(index + 1).padStart(3, '0')}`
}

async function furnish(runtime: Runtime, tenant_id: string, units: number): Promise<void> {
  await runtime.db.transaction(tenant_id, 'system', async (tx) => {
    await catalog.putNetworks(tx, new Map([['CN', { name: 'China' }]]))
    const site = {
      network: 'CN',
      type: 'warehouse' as const,
      state: 'open' as const,
      country: 'CN',
      time_zone: 'Asia/Shanghai',
      capabilities: [],
      handling_per_order_minor: 200,
      handling_per_line_minor: 50,
      cut_off: '16:00',
    }
    await catalog.putLocations(tx, new Map(PLACES.map(({ id, ...place }) => [id, { ...place, ...site, name: id }])))
    await inventory.placeLocations(
      tx,
      PLACES.map(({ id }) => ({ location_id: id, network_id: 'CN' })),
    )
    const channel = {
      name: 'Shop',
      network: 'CN',
      currency: 'CNY',
      locale: 'zh-CN' as const,
      shortage_policy: 'split' as const,
      payment_methods: ['reference' as const],
      payment_deadline_minutes: 30,
      unknown_sku: 'stage' as const,
    }
    await catalog.putChannels(tx, new Map([['shop', channel]]))
    const skus = Array.from({ length: SKUS }, (_, index) => skuOf(index))
    await catalog.putSkus(
      tx,
      skus.map((sku, index) => ({
        sku,
        name: sku,
        weight_grams: 100 + (index % 20) * 50,
        length_mm: 200,
        width_mm: 150,
        height_mm: 80,
      })),
    )
    await shipping.putCarriers(
      tx,
      new Map([
        [
          'express',
          { name: 'Express', services: [{ service: 'standard', name: 'Standard' }], tracking_pattern: 'EX##########' },
        ],
      ]),
    )
    await shipping.putRateCards(tx, new Map([['express/standard', RATE_CARD]]))
    const lines = skus.flatMap((sku) => PLACES.map(({ id }) => ({ location_id: id, sku, quantity: units })))
    for (let from = 0; from < lines.length; from += 400)
      await inventory.receiveStock(tx, lines.slice(from, from + 400), { reason: 'opening' })
  })
}

const RATE_CARD = {
  currency: 'CNY',
  levels: ['standard'],
  upto_grams: [1_000, 5_000, 20_000, 50_000],
  mm3_per_gram: 5_000,
  parcel_minor: 100,
  fuel_basis_points: 500,
  zones: [
    { zone: 'near', to: { max_km: 300 }, price_minor: [500, 900, 2_500, 6_000], transit_days: { p50: 1, p90: 2 } },
    {
      zone: 'middle',
      to: { max_km: 1_200 },
      price_minor: [800, 1_500, 4_500, 11_000],
      transit_days: { p50: 2, p90: 3 },
    },
    { zone: 'far', to: {}, price_minor: [1_200, 2_400, 7_000, 18_000], transit_days: { p50: 3, p90: 5 } },
  ],
}

export interface Basket {
  readonly lines: readonly { sku: string; quantity: number; price_minor: number }[]
  readonly total_minor: number
  readonly city: (typeof PLACES)[number]
}

/** Baskets of 1–5 lines (mean 2), SKUs by Zipf(1) over 300; `hot` puts one SKU into every order. Repeatable by its seed. */
export function basketMaker(seed: number, hot = false): () => Basket {
  const random = seededRandomness(seed)
  const weights = Array.from({ length: SKUS }, (_, index) => 1 / (index + 1))
  const sums: number[] = []
  weights.reduce((sum, weight, index) => (sums[index] = sum + weight), 0)
  const all = sums.at(-1) ?? 1
  const draw = () => {
    const at = (random.below(1_000_000) / 1_000_000) * all
    const index = sums.findIndex((sum) => sum > at)
    return index < 0 ? SKUS - 1 : index
  }
  const sizes = [1, 1, 1, 1, 1, 2, 2, 3, 3, 5]
  return () => {
    const picked = new Set<number>(hot ? [0] : [])
    const size = sizes[random.below(sizes.length)] ?? 1
    while (picked.size < size) picked.add(draw())
    const lines = [...picked].map((index) => ({
      sku: skuOf(index),
      quantity: 1 + (random.below(5) === 0 ? 1 : 0),
      price_minor: 1_000 + index * 10,
    }))
    return {
      lines,
      total_minor: lines.reduce((sum, line) => sum + line.price_minor * line.quantity, 0),
      city: PLACES[random.below(4)] ?? PLACES[0],
    }
  }
}
