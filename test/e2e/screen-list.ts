// The screens that have a picture: who looks, where, and what has to happen before the picture is taken.
import type { BrowserContext, Page } from 'playwright-core'
import type { Loose } from '../api/serve.ts'
import type { Size } from './browser.ts'

export interface Screen {
  readonly name: string
  readonly only?: Size
  /** What is seen without scrolling is enough. */
  readonly part?: true
  /** Logs in as who looks at it, or out. */
  enter(context: BrowserContext, password: string): Promise<void>
  open(page: Page, context: BrowserContext): Promise<void>
}

const DOMAIN = 'shanye.test'

async function leave(context: BrowserContext): Promise<void> {
  await context.clearCookies()
}

// Everybody logs in once for each window: the server bounds log-ins.
const sessions = new WeakMap<BrowserContext, Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>>()

const as = (role: string) => async (context: BrowserContext, password: string) => {
  await context.clearCookies()
  const known = sessions.get(context) ?? new Map()
  sessions.set(context, known)
  if (!known.has(role)) {
    const reply = await context.request.post('/session', {
      data: { merchant: 'demo', email: `${role}@${DOMAIN}`, password },
    })
    if (!reply.ok()) throw new Error(`log-in as ${role}: ${await reply.text()}`)
    known.set(role, await context.cookies())
  }
  await context.addCookies(known.get(role) ?? [])
}

async function read(context: BrowserContext, path: string): Promise<Loose> {
  const reply = await context.request.get(path, { headers: { accept: 'application/json' } })
  if (!reply.ok()) throw new Error(`${path}: ${await reply.text()}`)
  return reply.json()
}

/** The first order under this tab of the list that has what the picture shows. */
async function orderOf(context: BrowserContext, tab: string, fits: (order: Loose) => boolean = () => true) {
  const { items } = await read(context, `/orders?tab=${tab}&limit=100`)
  const order = items.find(fits) ?? items[0]
  if (order === undefined) throw new Error(`the demo has no order under ${tab}`)
  return order
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('h1').first().waitFor()
  await page.locator('[role="status"][aria-label]').first().waitFor({ state: 'detached' })
}

const page = (name: string, path: string, role = 'admin'): Screen => ({
  name,
  enter: as(role),
  open: (window) => show(window, path),
})

const order = (name: string, tab: string, fits?: (order: Loose) => boolean): Screen => ({
  name,
  enter: as('admin'),
  async open(window, context) {
    await show(window, `/app/orders/${(await orderOf(context, tab, fits)).order_id}`)
  },
})

const several = (one: Loose) => one.line_count > 1 && one.line_count < 6 && one.currency === 'CNY'
const gone = (one: Loose) => several(one) && one.axes.fulfilment === 'shipped'

/** The customer's page of an order, opened without any log-in. */
const tracking = (name: string, tab: string): Screen => ({
  name,
  enter: as('admin'),
  async open(window, context) {
    const { order_id } = await orderOf(context, tab, (one) => several(one) && one.axes.fulfilment === tab)
    const { url } = await read(context, `/orders/${order_id}/tracking-link`)
    await context.clearCookies()
    await window.goto(new URL(url).pathname)
    await window.locator('.answer h1').waitFor()
  },
})

export const screens: readonly Screen[] = [
  { name: 'log-in', enter: leave, open: (window) => show(window, '/') },
  page('today', '/app/today', 'operator'),
  page('orders', '/app/orders', 'operator'),
  {
    name: 'orders-preview',
    only: 'wide',
    part: true,
    enter: as('operator'),
    async open(window) {
      await show(window, '/app/orders')
      await window.locator('.order-table tbody tr').first().waitFor()
      for (let steps = 0; steps < 4; steps++) await window.keyboard.press('ArrowDown')
      await window.getByRole('complementary').waitFor()
    },
  },
  order('order', 'shipped', gone),
  order('order-held', 'held'),
  {
    name: 'order-cancel',
    part: true,
    enter: as('agent'),
    async open(window, context) {
      await show(window, `/app/orders/${(await orderOf(context, 'to_ship', several)).order_id}`)
      await window.locator('.ant-btn-dangerous').first().click()
      await window.locator('.effect-line').first().waitFor()
    },
  },
  {
    name: 'decision',
    part: true,
    enter: as('admin'),
    async open(window, context) {
      await show(window, `/app/orders/${(await orderOf(context, 'to_ship', several)).order_id}`)
      await window.locator('[aria-labelledby="decision"] .card-head button.ghost').click()
      await window.getByRole('dialog').getByRole('table').waitFor()
    },
  },
  page('review', '/app/review', 'operator'),
  page('rules', '/app/rules', 'manager'),
  page('lab', '/app/lab', 'manager'),
  page('policy', '/app/policy', 'manager'),
  page('load', '/app/load', 'operator'),
  page('board', '/app/board', 'operator'),
  page('modes', '/app/modes', 'operator'),
  page('disruptions', '/app/disruptions', 'operator'),
  page('exceptions', '/app/exceptions'),
  page('parcels-in-trouble', '/app/exceptions?tab=parcels'),
  page('stock', '/app/stock', 'lead'),
  {
    name: 'sku',
    enter: as('lead'),
    async open(window, context) {
      const { items } = await read(context, '/stock?limit=20')
      await show(window, `/app/stock/${encodeURIComponent(items[3]?.sku ?? '')}`)
    },
  },
  page('warehouse', '/app/warehouse', 'picker'),
  page('settings', '/app/settings?tab=staff'),
  {
    name: 'empty',
    part: true,
    enter: as('operator'),
    open: (window) => show(window, '/app/orders?q=nobody-of-this-name'),
  },
  {
    name: 'trouble',
    part: true,
    enter: as('operator'),
    async open(window) {
      await window.route(
        (url) => url.pathname === '/orders',
        (route) => route.fulfill({ status: 503, body: 'away' }),
      )
      await window.goto('/app/orders')
      await window.getByRole('alert').first().waitFor()
    },
  },
  tracking('tracking', 'shipped'),
  tracking('tracking-delivered', 'delivered'),
  {
    name: 'tracking-find',
    part: true,
    enter: leave,
    async open(window) {
      await window.goto('/t/demo')
      await window.locator('form').waitFor()
    },
  },
]
