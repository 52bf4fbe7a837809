// The customer's page: the answer above the fold, by link or by number and phone, readable on the smallest phone in both languages.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser
let number: string
let link: string

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo(), openBrowser()])
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 2 }], '6621'))
  number = body.number
  await until(
    async () => (await ordo.call('GET', `/orders/${body.order_id}/fulfilments`)).body.items?.[0]?.state === 'released',
  )
  const { url } = (await ordo.call('GET', `/orders/${body.order_id}/tracking-link`)).body
  link = ordo.url + new URL(url).pathname
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

for (const language of ['zh-CN', 'en'] as const) {
  for (const width of [320, 390, 1440]) {
    test(`the link answers in one sentence above the fold in ${language} at ${width} px`, async () => {
      const { context, page, complaints } = await watch(
        browser,
        ordo.url,
        { width, height: width === 1440 ? 900 : 640 },
        language,
      )
      await page.goto(link)
      const answer = page.locator('.answer h1')
      await answer.waitFor()
      const box = await answer.boundingBox()
      expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThan(640)
      await page.getByText('Article SKU-1').waitFor()
      await expectFine(page, `portal ${language} ${width}`)
      await context.close()
      expect(complaints).toEqual([])
    })
  }
}

test('number and phone tail find the order, a wrong tail is told in words, and less is shown than by link', async () => {
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'zh-CN')
  await page.goto(`${ordo.url}/t/${ordo.world.code}`)
  await page.getByRole('heading', { name: '查询我的订单' }).waitFor()
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByText('请输入订单号。').waitFor()
  await page.getByLabel('订单号').fill(number)
  await page.getByLabel('手机号后四位').fill('0000')
  await page.getByRole('button', { name: '查询' }).click()
  await page.getByRole('alert').getByText('订单号与手机尾号不匹配。').waitFor()
  await expectFine(page, 'form with a refusal')
  await page.getByLabel('手机号后四位').fill('6621')
  await page.getByRole('button', { name: '查询' }).click()
  await page.locator('.answer h1').waitFor()
  expect(await page.getByText('Article SKU-1').count()).toBe(0)
  expect(await page.getByText('文三路').count()).toBe(0)
  await context.close()
})

test('a broken link says so and offers the form', async () => {
  const { context, page } = await watch(browser, ordo.url, 'narrow', 'en')
  await page.goto(`${link.slice(0, -4)}AAAA`)
  await page.getByText('This link is not valid.').waitFor()
  await page.getByLabel('Order number').waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('heading', { name: '查询我的订单' }).waitFor()
  await context.close()
})
