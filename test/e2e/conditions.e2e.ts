// When something is not as it should be: the session is over, the server is away, the role does not allow it.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, personOf } from '../api/serve.ts'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser
let order: { order_id: string; number: string }

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo(), openBrowser()])
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 2 }]))
  order = { order_id: body.order_id, number: body.number }
  await until(
    async () => (await ordo.call('GET', `/orders/${order.order_id}/fulfilments`)).body.items?.[0]?.state === 'released',
  )
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

test('a link to an order asks to log in first and then shows that order', async () => {
  const { email } = await personOf(ordo.world, 'agent')
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'zh-CN')
  await page.goto(`${ordo.url}/app/orders/${order.order_id}`)
  await page.getByLabel('商户代码').fill(ordo.world.code)
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: order.number }).waitFor()
  await context.close()
})

test('a session that has ended says so, and after the log-in the same page is open', async () => {
  const { email } = await personOf(ordo.world, 'agent')
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await context.request.post(`${ordo.url}/session`, {
    data: { merchant: ordo.world.code, email, password: PASSWORD },
  })
  await open(page, `${ordo.url}/app/orders?sku=SKU-1`)
  await page.locator('.order-table tbody tr').first().waitFor()
  await context.clearCookies()
  await page.getByRole('tab', { name: /^Held/ }).click()
  await page.getByText('Your session has ended.').waitFor()
  await expectFine(page, 'log-in after the session has ended')
  await page.getByLabel('Merchant code').fill(ordo.world.code)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('tab', { name: /^Held/, selected: true }).waitFor()
  await context.close()
})

for (const [path, words] of [
  ['/app/orders', /\/orders(\?|$)/],
  ['/app/stock', /\/stock(\?|$)/],
  ['/app/review', /\/review(\?|$)/],
  ['/app/today', /\/board(\/|\?|$)/],
] as const) {
  test(`${path} without a server says what is safe, tries again on demand, and comes back`, async () => {
    const { context, page } = await watch(browser, ordo.url, 'narrow', 'en')
    await ordo.logIn(context)
    const asks = (url: URL) => words.test(url.pathname + url.search) && !url.pathname.startsWith('/app')
    await page.route(asks, (route) => route.fulfill({ status: 503, body: 'away' }))
    await page.goto(ordo.url + path)
    await page.getByRole('alert').first().waitFor()
    await expectFine(page, `${path} without a server`)
    await page.unroute(asks)
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.getByRole('alert').first().waitFor({ state: 'detached' })
    await context.close()
  })
}

test('a person sees only what the role allows', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context, 'picker')
  await page.goto(`${ordo.url}/app/warehouse`)
  await page.getByRole('heading', { name: 'Warehouse' }).waitFor()
  const links = await page.getByRole('navigation').getByRole('link').allTextContents()
  expect(links.map((text) => text.trim())).toEqual(['Stock', 'Warehouse', 'Settings'])
  await context.close()
})

test('a page that the role may not open says so in words, and the server refuses what it would read', async () => {
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'zh-CN')
  await ordo.logIn(context, 'picker')
  expect((await context.request.get(`${ordo.url}/orders`)).status()).toBe(403)
  await page.goto(`${ordo.url}/app/orders`)
  await page.getByText('您没有权限').first().waitFor()
  await expectFine(page, 'a page of others')
  await page.goto(ordo.url)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  expect(await page.getByText('您没有权限').count()).toBe(0)
  await context.close()
})
