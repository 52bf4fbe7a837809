// People at work: they log in, see orders flow, find and cancel one, decide cases, send a parcel, receive and adjust goods.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PASSWORD, personOf } from '../api/serve.ts'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo(), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

async function send(lines: Parameters<typeof orderOf>[0]) {
  const { status, body } = await ordo.call('POST', '/orders', orderOf(lines))
  expect(status, JSON.stringify(body)).toBe(201)
  return { order_id: String(body.order_id), number: String(body.number) }
}

const released = (order_id: string) =>
  until(async () =>
    (await ordo.call('GET', `/orders/${order_id}/fulfilments`)).body.items?.some(
      (one: { state: string }) => one.state === 'released',
    ),
  )

test('a wrong password is told in words, the right one opens the board', async () => {
  const { email } = await personOf(ordo.world, 'operator')
  const { context, page } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await page.goto(`${ordo.url}/`)
  await page.getByLabel('商户代码').fill(ordo.world.code)
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码', { exact: true }).fill('not this one')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByText('商户代码、邮箱或密码不正确。').waitFor()
  await expectFine(page, 'log-in')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
  await page.getByRole('button', { name: /账户/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '退出登录' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '登录 Ordo' }).waitFor()
  await context.close()
})

test('the board shows an order moments after its arrival, without a reload', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/today`)
  await page.getByText('Live', { exact: true }).waitFor()
  const placed = page.locator('.figure').filter({ hasText: 'Placed today' }).locator('.figure-value')
  const before = Number(await placed.textContent())
  await send([{ sku: 'SKU-1', quantity: 1 }])
  await until(async () => Number(await placed.textContent()) === before + 1)
  await page.getByRole('button', { name: 'Flow of orders: Show as table' }).click()
  expect(await page.getByRole('table', { name: 'Flow of orders' }).getByRole('row').count()).toBe(11)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Flow of orders: Download CSV' }).click()
  expect((await download).suggestedFilename()).toBe('ordo-flow.csv')
  await context.close()
})

test('an order is found from anywhere by its number and cancelled after its effect was shown', async () => {
  const { order_id, number } = await send([{ sku: 'SKU-1', quantity: 4 }])
  await released(order_id)
  const { context, page } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await ordo.logIn(context, 'agent')
  await open(page, `${ordo.url}/app/today`)
  await page.keyboard.press('/')
  await until(async () => {
    await page.getByRole('combobox', { name: '搜索' }).fill('')
    await page.getByRole('combobox', { name: '搜索' }).fill(number)
    return page.getByRole('option', { name: new RegExp(number) }).isVisible()
  })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: number }).waitFor()
  await page.getByRole('button', { name: '取消订单' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('取消 4 件商品。').waitFor()
  await dialog.getByText('订单金额由 ¥396.00 变为 ¥0.00。').waitFor()
  await dialog.getByRole('button', { name: '取消订单' }).click()
  await page.locator('.axes').getByText('已取消').first().waitFor()
  expect((await ordo.call('GET', `/orders/${order_id}`)).body.axes.commercial).toBe('cancelled')
  await context.close()
})

test('a case is approved by one key, taken back by another, and approved for good after ten seconds', async () => {
  const { order_id, number } = await send([{ sku: 'SKU-1', quantity: 2, price: '12999.00' }])
  const state = async () => (await ordo.call('GET', `/orders/${order_id}`)).body
  await until(async () => (await state()).holds?.length > 0)
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'zh-CN')
  await ordo.logIn(context, 'operator')
  await open(page, `${ordo.url}/app/review?order_id=${order_id}`)
  await page.getByRole('link', { name: number }).waitFor()
  await page.keyboard.press('a')
  await page.getByText(`${number} 已通过。`).waitFor()
  await page.keyboard.press('u')
  await page.getByText(`${number} 已通过。`).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: number }).waitFor()
  await page.keyboard.press('a')
  await page.getByText(`${number} 已通过。`).waitFor()
  expect((await state()).holds).toHaveLength(1)
  await until(async () => (await state()).axes.commercial === 'confirmed', 25_000)
  await context.close()
})

test('a case is rejected by keys and a reason, its stock is free again', async () => {
  const { order_id, number } = await send([{ sku: 'SKU-1', quantity: 3, price: '12999.00' }])
  const state = async () => (await ordo.call('GET', `/orders/${order_id}`)).body
  await until(async () => (await state()).holds?.length > 0)
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context, 'operator')
  await open(page, `${ordo.url}/app/review?order_id=${order_id}`)
  await page.getByRole('link', { name: number }).waitFor()
  await page.keyboard.press('r')
  await page
    .getByRole('dialog')
    .getByRole('textbox', { name: 'Reason' })
    .fill('Address of a parcel locker that is gone')
  await page.keyboard.press('Enter')
  await page.getByText(`${number} is rejected.`).waitFor()
  await until(async () => (await state()).axes.commercial === 'rejected', 25_000)
  expect((await state()).lines[0].buckets.reserved).toBe(0)
  await context.close()
})

test('personal data is shown in full only after a reason, which the audit keeps', async () => {
  const { order_id } = await send([{ sku: 'SKU-1', quantity: 1 }])
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context, 'agent')
  await open(page, `${ordo.url}/app/orders/${order_id}`)
  await page.getByText('138****6621').waitFor()
  await page.getByRole('button', { name: 'Show in full' }).click()
  await page.getByRole('button', { name: 'Call the customer' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Show in full' }).click()
  await page.getByText('王小明').waitFor()
  await context.close()
})

test('a parcel is picked, packed, labelled and handed over on the plain screen of a narrow window', async () => {
  const { order_id, number } = await send([{ sku: 'SKU-2', quantity: 2 }])
  await released(order_id)
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'en')
  await ordo.logIn(context, 'picker')
  await open(page, `${ordo.url}/app/warehouse?location=HZ1&state=released`)
  const task = page.locator('.task').filter({ hasText: number })
  await task.getByRole('button', { name: 'Picked all' }).click()
  await task.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: /To pack/ }).click()
  await task.getByRole('button', { name: 'Pack', exact: true }).click()
  await task.waitFor({ state: 'detached' })
  await page.getByRole('tab', { name: /To hand over/ }).click()
  const label = task.getByRole('link', { name: 'Label' })
  await label.waitFor({ timeout: 30_000 })
  const pdf = await context.request.get(new URL((await label.getAttribute('href')) ?? '', ordo.url).href)
  expect(pdf.headers()['content-type']).toContain('application/pdf')
  await task.getByRole('button', { name: 'Hand over' }).click()
  await task.waitFor({ state: 'detached' })
  await until(async () => (await ordo.call('GET', `/orders/${order_id}`)).body.axes.fulfilment === 'shipped')
  await context.close()
})

test('received goods can be promised at once, broken ones no more, and both movements are on the page', async () => {
  const { context, page } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await ordo.logIn(context, 'lead')
  await open(page, `${ordo.url}/app/stock/SKU-2`)
  const free = Number((await page.locator('.promise-number').first().textContent())?.replaceAll(',', ''))
  await page.getByRole('button', { name: '入库' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox').fill('Hangzhou')
  await page.keyboard.press('Enter')
  await dialog.getByRole('spinbutton').fill('7')
  await dialog.getByRole('button', { name: '入库' }).click()
  await page.getByText(`SKU-2：当前可承诺 ${free + 7} 件。`).waitFor()
  await page.getByRole('table', { name: '库存流水' }).getByText('入库').first().waitFor()
  await page.getByRole('button', { name: '调整' }).click()
  await dialog.getByRole('combobox').fill('Hangzhou')
  await page.keyboard.press('Enter')
  await dialog.getByRole('spinbutton').fill('-2')
  await dialog.getByRole('button', { name: '调整' }).click()
  await dialog.getByText('请填写原因。').waitFor()
  await dialog.getByLabel('原因').fill('搬运时破损')
  await dialog.getByRole('button', { name: '调整' }).click()
  await page.getByText(`SKU-2：当前可承诺 ${free + 5} 件。`).waitFor()
  await context.close()
})
