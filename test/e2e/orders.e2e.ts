// Orders without a mouse and by their address: found, filtered, read and changed; what was looked at is there again after a reload.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser
let sent: { order_id: string; number: string }[]

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo(), openBrowser()])
  sent = []
  for (const quantity of [1, 2, 3]) {
    const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity }], `700${quantity}`))
    sent.push({ order_id: body.order_id, number: body.number })
  }
  for (const { order_id } of sent)
    await until(
      async () => (await ordo.call('GET', `/orders/${order_id}/fulfilments`)).body.items?.[0]?.state === 'released',
    )
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

test('the keyboard walks the list, previews at the side and opens', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context, 'manager')
  await open(page, `${ordo.url}/app/orders`)
  await page.locator('.order-table tbody tr').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.getByRole('complementary', { name: /Preview of/ }).waitFor()
  await page.keyboard.press('ArrowDown')
  const number = (await page.locator('tr.at .mono').textContent()) ?? ''
  await page.getByRole('complementary', { name: `Preview of ${number}` }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: number }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await page.getByRole('heading', { name: 'Stock' }).waitFor()
  await context.close()
})

test('a view is saved with its filters, counted, and opened again', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders?sku=SKU-1`)
  await page.getByRole('button', { name: 'Save as a view' }).click()
  await page.getByLabel('Name of the view').fill('Tea')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('tab', { name: /^Tea/, selected: true }).waitFor()
  await page.getByRole('tab', { name: /^All/ }).click()
  await page.getByRole('tab', { name: /^Tea/ }).click()
  await page.getByRole('button', { name: 'Remove the filter SKU: SKU-1' }).waitFor()
  await context.close()
})

test('search and filters are the address: they survive a reload, a new window and the way back', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders`)
  const rows = page.locator('.order-table tbody tr')
  await until(async () => (await rows.count()) === sent.length)
  await page.getByRole('textbox', { name: '订单号、手机尾号、姓名、SKU、运单号' }).fill('7002')
  await page.keyboard.press('Enter')
  await until(async () => (await rows.count()) === 1)
  expect(new URL(page.url()).searchParams.get('q')).toBe('7002')
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('SKU-1')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '移除筛选 SKU: SKU-1' }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: '移除筛选 SKU: SKU-1' }).waitFor()
  await until(async () => (await rows.count()) === 1)
  await rows.first().click()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: sent[1]?.number }).waitFor()
  await page.goBack()
  await until(async () => (await rows.count()) === 1)
  const other = await context.newPage()
  await other.goto(page.url())
  await other.getByRole('button', { name: '移除筛选 SKU: SKU-1' }).waitFor()
  await context.close()
})

test('an order tells its whole story: what happened, where its units are, what it cost and why it goes from there', async () => {
  const order = sent[2]
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders/${order?.order_id}`)
  const events = page.locator('.timeline .event strong')
  await until(async () => (await events.count()) >= 5)
  expect((await events.allTextContents()).at(-1)).toBe('Placed')
  await page.locator('.line').getByText('3 × ¥99.00').waitFor()
  await page.locator('.sum').getByText('¥297.00').first().waitFor()
  await page.locator('.decision').getByText('Hangzhou').first().waitFor()
  await page.getByRole('button', { name: 'Compare' }).click()
  await page
    .getByRole('dialog')
    .getByRole('row', { name: /Hangzhou/ })
    .first()
    .waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Journal' }).click()
  await page.getByRole('dialog').getByText('Debit').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /not possible/ }).click()
  await page.locator('.blocked li').first().waitFor()
  await context.close()
})

test('units of a line are cancelled by the keyboard alone', async () => {
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-2', quantity: 5 }]))
  await until(async () => (await ordo.call('GET', `/orders/${body.order_id}`)).body.lines?.[0]?.buckets.released === 5)
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context, 'agent')
  await open(page, `${ordo.url}/app/orders/${body.order_id}`)
  await page.getByRole('button', { name: 'Cancel order' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('5 units are cancelled.').waitFor()
  await dialog.getByRole('radiogroup').locator('input').first().focus()
  await page.keyboard.press('ArrowRight')
  const units = dialog.getByRole('spinbutton')
  await units.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('2')
  await dialog.getByText('2 units are cancelled.').waitFor()
  await dialog.getByRole('button', { name: 'Cancel these units' }).focus()
  await page.keyboard.press('Enter')
  await until(async () => (await ordo.call('GET', `/orders/${body.order_id}`)).body.lines[0].buckets.cancelled === 2)
  await dialog.waitFor({ state: 'hidden' })
  await expectFine(page, 'order after a part of a line was cancelled')
  await context.close()
})

for (const [lang, title] of [
  ['zh', '今日'],
  ['en', 'Today'],
] as const) {
  test(`?lang=${lang} opens in that language whatever the browser asks for, and it stays`, async () => {
    const { context, page } = await watch(browser, ordo.url, 'wide', lang === 'zh' ? 'en' : 'zh-CN')
    await ordo.logIn(context)
    await page.goto(`${ordo.url}/app/today?lang=${lang}`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.goto(`${ordo.url}/app/today`)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await context.close()
  })
}
