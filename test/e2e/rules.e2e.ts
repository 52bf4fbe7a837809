// An operator writes a rule in the browser: draft, test, simulate, shadow, go live, see it work, roll back; in Chinese, with the keyboard and narrow too.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 500 }), openBrowser()])
  await furnishRates(ordo.world)
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

async function send(): Promise<string> {
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  const id: string = body.order_id
  await until(async () => (await ordo.call('GET', `/orders/${id}/allocation`)).body.items?.length > 0)
  return id
}

const ruleOf = async (id: string) => (await ordo.call('GET', `/orders/${id}/allocation`)).body.items[0]?.rule?.rule_id

test('a rule is written, tested, tried on real orders, switched on, at work, and rolled back, without touching code', async () => {
  expect(await ruleOf(await send())).toBe('cheapest')
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/rules`)
  await expectFine(page, 'rules zh-CN wide')
  await page.getByRole('button', { name: '新建草稿' }).click()
  await page.getByLabel('草稿名称').fill('轻货优先')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /开\s*始/ })
    .click()
  await page.getByRole('heading', { name: '轻货优先' }).waitFor()

  await page.getByRole('button', { name: '添加规则' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('短名（用于测试和统计）').fill('light')
  await form.getByLabel('中文名称').fill('轻货')
  await form.getByLabel('英文名称').fill('Light parcels')
  await form.getByRole('spinbutton', { name: '重量' }).nth(1).fill('2000')
  await form.getByRole('button', { name: /保\s*存/ }).click()
  await page.getByText('重量不超过 2,000 g').waitFor()
  await page.getByRole('button', { name: '上移第 2 条' }).click()
  await page.locator('.rule-list > li').first().getByText('轻货').waitFor()

  await page.getByRole('button', { name: '添加测试' }).click()
  const testing = page.getByRole('dialog')
  await testing.getByLabel('测试说明').fill('一公斤的包裹')
  await testing.getByRole('spinbutton', { name: '重量' }).fill('1000')
  await testing.getByRole('combobox', { name: '应依次匹配' }).fill('light')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await testing.getByRole('button', { name: '保存测试' }).click()
  await page.getByText('1 通过，0 未通过').first().waitFor()

  await page.getByRole('button', { name: /试\s*算/ }).click()
  await page.getByText('1 单中 0 单').waitFor()
  await expectFine(page, 'draft zh-CN wide')

  await page.getByRole('button', { name: /上\s*线/ }).click()
  const going = page.getByRole('dialog')
  await going.getByLabel('原因').fill('轻货单独处理')
  await going.getByRole('button', { name: /上\s*线/ }).click()
  await page.getByText('轻货单独处理').waitFor()
  expect(await ruleOf(await send())).toBe('light')

  await page.getByRole('button', { name: /回\s*滚/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /回\s*滚/ })
    .click()
  await page.getByText('回滚到上一版本').waitFor()
  expect(await ruleOf(await send())).toBe('cheapest')
  await context.close()
  expect(complaints).toEqual([])
})

test('the page of rules is readable and quiet, narrow, in both languages', async () => {
  const { context, page, complaints } = await watch(browser, ordo.url, 'narrow', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/rules`)
  await expectFine(page, 'rules en narrow')
  await open(page, `${ordo.url}/app/rules?kind=review`)
  await expectFine(page, 'review rules en narrow')
  await context.close()
  expect(complaints).toEqual([])
})
