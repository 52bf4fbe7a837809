// A whole Ordo for the browser: a fresh tenant with stock and people, the built pages, a worker, and the time of day.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from 'playwright-core'
import { allRoutes, recordAudit, steps } from '../../src/app.ts'
import type { Role } from '../../src/contracts/permissions.ts'
import { callersOf } from '../../src/modules/identity/index.ts'
import { startWorker } from '../../src/platform/engine/index.ts'
import { buildServer } from '../../src/platform/http/server.ts'
import { keyOf, type Loose, PASSWORD, personOf } from '../api/serve.ts'
import { freshWorld, type World, type WorldOptions } from '../world/index.ts'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
const TICK_MS = 200

export interface Ordo extends AsyncDisposable {
  readonly url: string
  readonly world: World
  /** Sends a request of a machine that may everything. */
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Loose }>
  /** Logs a person of this role in, as far as the browser's cookies go. */
  logIn(context: BrowserContext, role?: Role): Promise<void>
}

/** Starts it; `await using` stops it. */
export async function startOrdo(
  stock: NonNullable<WorldOptions['stock']> = { 'SKU-1': 500, 'SKU-2': 40 },
): Promise<Ordo> {
  if (!existsSync(`${DIST}console/index.html`)) throw new Error('the pages are not built: npm run build:web')
  const world = await freshWorld({ stock, now: new Date().toISOString() })
  const clock = setInterval(() => world.clock.set(new Date()), TICK_MS)
  const worker = startWorker(world.runtime, steps)
  const app = buildServer(world.runtime, {
    routes: allRoutes,
    principals: callersOf(world.runtime),
    recordAudit,
    staticFolders: [
      { at: '/t', folder: `${DIST}portal` },
      { at: '/', folder: `${DIST}console`, pages: ['/app'] },
    ],
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const key = await keyOf(world)
  let sent = 0
  return {
    url,
    world,
    async call(method, path, body) {
      const headers = { ...key, 'content-type': 'application/json', 'idempotency-key': `e2e-${++sent}` }
      const reply = await fetch(url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: reply.status, body: await reply.json().catch(() => null) }
    },
    async logIn(context, role = 'admin') {
      const { email } = await personOf(world, role)
      const reply = await context.request.post(`${url}/session`, {
        data: { merchant: world.code, email, password: PASSWORD },
      })
      if (!reply.ok()) throw new Error(`log-in: ${await reply.text()}`)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(clock)
      await app.stop({ within_ms: 2_000 })
      await worker.stop()
      await world[Symbol.asyncDispose]()
    },
  }
}

let placed = 0

/** An order of a person in Hangzhou, paid at the channel. */
export function orderOf(
  lines: readonly { sku: string; quantity: number; price?: string; title?: string }[],
  tail = '6621',
) {
  const external_id = `E2E-${++placed}`
  const priced = lines.map(({ sku, quantity, price = '99.00', title = `Article ${sku}` }) => ({
    sku,
    title,
    quantity,
    unit_price: price,
  }))
  return {
    channel: 'shop',
    external_id,
    placed_at: new Date().toISOString(),
    currency: 'CNY',
    prices_include_tax: true,
    lines: priced,
    payment: { method: 'reference', reference: `R-${external_id}` },
    customer: { name: '王小明', email: 'wang@example.test', phone: `1380000${tail}` },
    ship_to: {
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      district: '西湖区',
      postcode: '310000',
      address_lines: ['文三路 138 号'],
    },
  }
}

/** Waits until `look` answers something, at most `within_ms`. */
export async function until<Result>(
  look: () => Promise<Result | undefined | null | false>,
  within_ms = 30_000,
): Promise<Result> {
  const ends = performance.now() + within_ms
  for (;;) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    if (performance.now() > ends) throw new Error(`nothing came within ${within_ms} ms: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
}

/** Opens a page of the console and waits until its first data is there. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('h1').first().waitFor()
  await page.locator('[role="status"][aria-label]').first().waitFor({ state: 'detached' })
}
