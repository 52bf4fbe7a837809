// An operator writes a rule in the browser: draft, test, simulate, shadow, go live, see it work, roll back; in Chinese, with the keyboard and narrow too.
import type { Browser, Page } from 'playwright-core'
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

/** Fills in conditions; a range that no order fits is not kept, several words are taken at once, and a place must be there. */
async function expectKept(page: Page): Promise<void> {
  const form = page.getByRole('dialog')
  await form.getByRole('spinbutton', { name: '重量' }).nth(1).fill('2000')
  await form.getByRole('spinbutton', { name: '重量' }).nth(0).fill('3000')
  await form.getByText('最小值大于最大值，不会匹配任何订单：重量。').waitFor()
  expect(await form.getByRole('button', { name: /保\s*存/ }).isDisabled()).toBe(true)
  await form.getByRole('spinbutton', { name: '重量' }).nth(0).fill('')
  await form.getByRole('combobox', { name: '邮编' }).pressSequentially('310000, 320000,330000')
  await page.keyboard.press('Tab')
  await form.getByRole('combobox', { name: '仅限以下仓点', exact: true }).pressSequentially('nowhere')
  await page.keyboard.press('Tab')
}

/** Whether going live with the open draft says that it undoes what went live after the draft was begun. */
async function expectUndoing(page: Page, undoes: boolean): Promise<void> {
  await page.getByRole('button', { name: /上\s*线/ }).click()
  const going = page.getByRole('dialog')
  await going.getByText('至少三个字符').waitFor()
  expect(await going.getByText('上线此草稿会撤销那些修改').count()).toBe(undoes ? 1 : 0)
}

test('a rule is written, tested, tried on real orders, switched on, at work, and rolled back, without touching code', async () => {
  expect(await ruleOf(await send())).toBe('cheapest')
  const other = (await ordo.call('POST', '/policies/allocation/drafts', { name: '另一草稿' })).body.draft_id
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
  await expectKept(page)
  await form.getByRole('button', { name: /保\s*存/ }).click()
  await page.getByText('重量不超过 2,000 g，且邮编为310000、320000和330000').waitFor()
  await page.getByText('第 1 条适用于任意订单；仅当它无可行方案时才会尝试本条。').waitFor()
  expect(await page.locator('.rule-list').getByText('nowhere').count()).toBe(0)
  await page.getByRole('button', { name: '上移第 2 条' }).click()
  await page.locator('.rule-list > li').first().getByText('轻货').waitFor()

  await page.getByRole('button', { name: '添加测试' }).click()
  const testing = page.getByRole('dialog')
  await testing.getByLabel('测试说明').fill('一公斤的包裹')
  await testing.getByRole('spinbutton', { name: '重量' }).fill('1000')
  await testing.getByRole('textbox', { name: '邮编' }).fill('310000')
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
  const order = await send()
  expect(await ruleOf(order)).toBe('light')
  await open(page, `${ordo.url}/app/orders/${order}`)
  await page.getByText('依据规则“轻货”决定。').waitFor()
  await open(page, `${ordo.url}/app/rules?draft=${other}`)
  await expectUndoing(page, true)

  await open(page, `${ordo.url}/app/rules`)
  await page.getByRole('button', { name: /回\s*滚/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /回\s*滚/ })
    .click()
  await page.getByText('回滚到上一版本').waitFor()
  expect(await ruleOf(await send())).toBe('cheapest')
  await open(page, `${ordo.url}/app/rules?draft=${other}`)
  await expectUndoing(page, false)
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
