// An operator writes a rule in the browser: draft, test, simulate, go live, see it work and counted, roll back; in Chinese, and in English on a narrow screen.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

const OTHER = 'Weekend'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

const words = {
  'zh-CN': {
    allocation: '分仓',
    fresh: '新建草稿',
    draft_name: '草稿名称',
    begin: /开\s*始/,
    add: '添加规则',
    short_name: '短名（用于测试和统计）',
    name_zh: '中文名称',
    name_en: '英文名称',
    weight: '重量',
    turned: '最小值大于最大值，不会匹配任何订单：重量。',
    postcode: '邮编',
    only_from: '仅限以下仓点',
    keep: /保\s*存/,
    said: /重量不超过 2,000 g，且邮编为310000、320000.330000/,
    after_all: '第 1 条适用于任意订单；仅当它无可行方案时才会尝试本条。',
    up: '上移第 2 条',
    name: '轻货',
    add_test: '添加测试',
    test_name: '测试说明',
    taken_by: '应依次匹配',
    keep_test: '保存测试',
    tests: '1 通过，0 未通过',
    edit_test: '编辑测试 1 kg',
    tested: '一公斤的包裹',
    simulate: /试\s*算/,
    changed: '1 单中 0 单',
    go_live: /上\s*线/,
    why: '原因',
    reason: '轻货单独处理',
    why_note: '至少三个字符',
    back: /返\s*回/,
    undoes: '上线此草稿会撤销那些修改',
    decided_by: '依据规则“轻货”决定。',
    took: '近 7 天处理 1 单，其中 1 单已分到仓点',
    roll_back: /回\s*滚/,
  },
  en: {
    allocation: 'Allocation',
    fresh: 'New draft',
    draft_name: 'What is it about?',
    begin: 'Begin',
    add: 'Add a rule',
    short_name: 'Short name, for tests and figures',
    name_zh: 'Name in Chinese',
    name_en: 'Name in English',
    weight: 'Weight',
    turned: 'The range ends before it begins, so that no order fits: Weight.',
    postcode: 'Postcode',
    only_from: 'Only these locations',
    keep: 'Keep',
    said: /Weight at most 2,000 g and Postcode .* 310000, 320000,? \w+ 330000/,
    after_all: 'Asked only where rule 1, which takes every order, finds no way.',
    up: 'Move rule 2 up',
    name: 'Light parcels',
    add_test: 'Add a test',
    test_name: 'What it shows',
    taken_by: 'Taken by, in this order',
    keep_test: 'Keep the test',
    tests: '1 green, 0 red',
    edit_test: 'Edit the test 1 kg',
    tested: 'A parcel of one kilogram',
    simulate: 'Simulate',
    changed: '0 of 1',
    go_live: 'Go live',
    why: 'Why',
    reason: 'Light parcels go apart',
    why_note: 'At least three characters',
    back: 'Back',
    undoes: 'Going live with it undoes what they changed',
    decided_by: 'Decided by the rule “Light parcels”.',
    took: 'Took 1 order in 7 days, found a location for 1',
    roll_back: 'Roll back',
  },
} as const
type Words = (typeof words)[Language]

async function send(ordo: Ordo): Promise<{ id: string; rule_id: string }> {
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  const id: string = body.order_id
  const [decision] = await until(async () => {
    const { items } = (await ordo.call('GET', `/orders/${id}/allocation`)).body
    return items?.length > 0 && items
  })
  return { id, rule_id: decision.rule?.rule_id }
}

/** Fills in conditions; a range that no order fits is not kept, several words are taken at once, and a place must be there. */
async function expectKept(page: Page, word: Words): Promise<void> {
  const form = page.getByRole('dialog')
  const weight = form.getByRole('spinbutton', { name: `${word.weight}, ` })
  await weight.nth(1).fill('2000')
  await weight.nth(0).fill('3000')
  await form.getByText(word.turned).waitFor()
  expect(await form.getByRole('button', { name: word.keep }).isDisabled()).toBe(true)
  await weight.nth(0).fill('')
  await form.getByRole('combobox', { name: word.postcode, exact: true }).pressSequentially('310000, 320000,330000')
  await page.keyboard.press('Tab')
  await form.getByRole('combobox', { name: word.only_from, exact: true }).pressSequentially('nowhere')
  await page.keyboard.press('Tab')
}

async function writeRule(page: Page, word: Words): Promise<void> {
  await page.getByRole('button', { name: word.add, exact: true }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(word.short_name).fill('light')
  await form.getByLabel(word.name_zh).fill('轻货')
  await form.getByLabel(word.name_en).fill('Light parcels')
  await expectKept(page, word)
  await form.getByRole('button', { name: word.keep }).click()
  await page.getByText(word.said).waitFor()
  await page.getByText(word.after_all).waitFor()
  expect(await page.locator('.rule-list').getByText('nowhere').count()).toBe(0)
  await page.getByRole('button', { name: word.up }).click()
  await page.locator('.rule-list > li').first().getByText(word.name).waitFor()
}

async function writeTest(page: Page, word: Words): Promise<void> {
  await page.getByRole('button', { name: word.add_test }).click()
  const testing = page.getByRole('dialog')
  await testing.getByLabel(word.test_name).fill('1 kg')
  await testing.getByRole('spinbutton', { name: word.weight, exact: true }).fill('1000')
  await testing.getByRole('textbox', { name: word.postcode, exact: true }).fill('310000')
  await testing.getByRole('combobox', { name: word.taken_by }).fill('light')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await testing.getByRole('button', { name: word.keep_test }).click()
  await page.getByText(word.tests).first().waitFor()
  await page.getByRole('button', { name: word.edit_test }).click()
  await testing.getByLabel(word.test_name).fill(word.tested)
  await testing.getByRole('button', { name: word.keep_test }).click()
  await page.locator('.rule-tests').getByText(word.tested).waitFor()
  expect(await page.locator('.rule-tests > li').count()).toBe(1)
}

/** Whether going live with the other draft says that it undoes what went live after the draft was begun. */
async function expectUndoing(page: Page, word: Words, undoes: boolean): Promise<void> {
  await page.getByRole('button', { name: OTHER }).click()
  await page.getByRole('button', { name: word.go_live }).click()
  const going = page.getByRole('dialog')
  await going.getByText(word.why_note).waitFor()
  expect(await going.getByText(word.undoes).count()).toBe(undoes ? 1 : 0)
  await going.getByRole('button', { name: word.back }).click()
  await going.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: word.back }).click()
}

async function changeARule(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = words[language]
  await using ordo = await startOrdo({ 'SKU-1': 500 })
  await furnishRates(ordo.world)
  expect((await send(ordo)).rule_id).toBe('cheapest')
  await ordo.call('POST', '/policies/allocation/drafts', { name: OTHER })
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/rules?kind=review`)
  await expectFine(page, `review rules ${language} ${size}`)
  await page.getByRole('tab', { name: word.allocation, exact: true }).click()
  await page.getByRole('button', { name: word.fresh }).click()
  await page.getByLabel(word.draft_name).fill(word.name)
  await page.getByRole('dialog').getByRole('button', { name: word.begin }).click()
  await page.getByRole('heading', { name: word.name }).waitFor()
  await writeRule(page, word)
  await writeTest(page, word)
  await page.getByRole('button', { name: word.simulate }).click()
  await page.getByText(word.changed, { exact: true }).waitFor()
  await expectFine(page, `draft ${language} ${size}`)

  await page.getByRole('button', { name: word.go_live }).click()
  const going = page.getByRole('dialog')
  await going.getByLabel(word.why, { exact: true }).fill(word.reason)
  await going.getByRole('button', { name: word.go_live }).click()
  await going.waitFor({ state: 'detached' })
  const order = await send(ordo)
  expect(order.rule_id).toBe('light')
  await open(page, `${ordo.url}/app/orders/${order.id}`)
  await page.getByText(word.decided_by).waitFor()
  await open(page, `${ordo.url}/app/rules`)
  await page.locator('.rule-list > li').first().getByText(word.took).waitFor()
  await expectFine(page, `rules ${language} ${size}`)
  await expectUndoing(page, word, true)
  await page.getByRole('button', { name: word.roll_back }).click()
  await page.getByRole('dialog').getByRole('button', { name: word.roll_back }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect((await send(ordo)).rule_id).toBe('cheapest')
  await expectUndoing(page, word, false)
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('a rule is written, tested, tried on real orders, switched on, at work, and rolled back, without touching code', () =>
  changeARule('zh-CN', 'wide'))

test('the same in English on a narrow screen', () => changeARule('en', 'narrow'))
