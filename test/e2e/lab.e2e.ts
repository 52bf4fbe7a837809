// An operator writes a rule, proves it in the lab on the orders that came, and rolls it out; in Chinese and in English, wide and narrow.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { fieldOf, instantIn } from '../../web/console/parts/zoned-field.ts'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { words } from './lab-words.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 500 }), openBrowser()])
  await furnishRates(ordo.world, { dear_from: ['GZ1'] })
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 100 }], { reason: 'opening' }),
  )
  for (let order = 0; order < 4; order++) await send()
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

/** Sends an order; where it leaves from. */
async function send(): Promise<string> {
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  const fulfilments = await until(async () => {
    const { items } = (await ordo.call('GET', `/orders/${body.order_id}/fulfilments`)).body
    return items?.length > 0 && items
  })
  return fulfilments[0].location_id
}

type Words = (typeof words)[Language]

/** A draft whose first rule sends everything from Guangzhou. */
async function writeRule(page: Page, word: Words, name: string): Promise<void> {
  await open(page, `${ordo.url}/app/rules`)
  await page.getByRole('button', { name: word.fresh }).click()
  await page.getByLabel(word.draft).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: word.begin }).click()
  await page.getByRole('button', { name: word.add }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(word.rule.id).fill(`south-${name.length}`)
  await form.getByLabel(word.rule.zh).fill('华南')
  await form.getByLabel(word.rule.en).fill('South')
  await form.getByRole('combobox', { name: word.rule.where, exact: true }).fill('GZ1')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await form.getByRole('button', { name: word.save }).click()
  await page.getByRole('button', { name: word.rule.up }).click()
  await page
    .locator('.rule-list > li')
    .first()
    .getByText(/华南|South/)
    .waitFor()
}

/** What the lab says of the draft against what is live. */
async function prove(page: Page, word: Words, where: string): Promise<void> {
  await page.getByRole('button', { name: word.prove }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: word.compare }).waitFor()
  await form
    .getByText(/China (Standard )?Time|中国(标准)?时间/)
    .first()
    .waitFor()
  const field = await form.getByLabel(word.before).inputValue()
  const { body: choices } = await ordo.call('GET', '/lab/choices')
  expect(field).toBe(fieldOf(Date.parse(choices.orders.to) + 60_000, 'Asia/Shanghai'))
  await expectFine(page, `new comparison ${where}`)
  await form.getByRole('button', { name: word.compare }).click()
  await page.getByText(word.dearer).waitFor()
  const { body: made } = await ordo.call('GET', `/lab/comparisons/${page.url().split('/').at(-1)}`)
  expect(made.period.to).toBe(instantIn(field, 'Asia/Shanghai').toISOString())
  const figures = page.getByRole('table', { name: word.figures })
  await figures.waitFor()
  await page.locator('.lab-loads svg path').first().waitFor()
  await expectFine(page, `comparison ${where}`)
  await page.getByRole('button', { name: word.bars }).click()
  await page
    .getByRole('region', { name: /各仓点订单|Orders by location/ })
    .getByText('Guangzhou')
    .waitFor()
  const changed = page.getByRole('table', { name: word.changed })
  expect(await changed.locator('tbody tr').count()).toBeGreaterThanOrEqual(4)
  await page.getByRole('combobox', { name: word.which }).click()
  await page.locator('.ant-select-dropdown:visible').getByText(word.cheaper).click()
  await page.getByText(word.none).waitFor()
  await page.getByRole('tab', { name: word.lab }).click()
  await page.getByRole('table', { name: word.lab }).locator('tbody tr').first().waitFor()
  await expectFine(page, `lab ${where}`)
}

async function proveAndRollOut(language: Language, size: 'wide' | 'narrow', name: string): Promise<void> {
  const word = words[language]
  const { body: before } = await ordo.call('GET', '/policies/allocation')
  expect(await send()).toBe('HZ1')
  const { context, page, complaints } = await watch(browser, ordo.url, size, language, 'America/New_York')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/lab`)
  await expectFine(page, `lab before ${language} ${size}`)
  await writeRule(page, word, name)
  const draft = page.url()
  await prove(page, word, `${language} ${size}`)
  await open(page, draft)
  await page.getByRole('button', { name: word.live }).click()
  const going = page.getByRole('dialog')
  await going.getByLabel(word.why).fill('proved in the lab')
  await going.getByRole('button', { name: word.live }).click()
  await page.getByText('proved in the lab').first().waitFor()
  expect(await send()).toBe('GZ1')
  const back = { version_id: before.live.version_id, reason: 'the next walk begins anew' }
  expect((await ordo.call('POST', '/policies/allocation/rollbacks', back)).status).toBe(200)
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('a rule is written, proved in the lab and rolled out, in Chinese', () =>
  proveAndRollOut('zh-CN', 'wide', '华南优先'))

test('the same in English on a narrow screen', () => proveAndRollOut('en', 'narrow', 'From the south'))

test('a comparison that fits no order says why it failed', async () => {
  const { body } = await ordo.call('POST', '/lab/comparisons', {
    name: 'Long ago',
    period: { from: '2001-01-01T00:00:00Z', to: '2001-01-02T00:00:00Z' },
    a: { of: 'happened' },
    b: { of: 'live' },
  })
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/lab/${body.comparison_id}`)
  await page.getByRole('alert').getByText('No order fits').waitFor()
  await expectFine(page, 'comparison, failed')
  const first = page.url()
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  })
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = page.getByRole('dialog').getByRole('textbox')
  await link.waitFor()
  expect(await link.inputValue()).toBe(first)
  await until(async () => (await page.evaluate(() => window.getSelection()?.toString())) === first)
  await expectFine(page, 'link to be copied by hand')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Run again' }).click()
  await page.waitForURL((url) => url.href !== first)
  await page.getByRole('alert').getByText('No order fits').waitFor()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('heading', { name: 'Lab', level: 1 }).waitFor()
  await context.close()
  expect(complaints).toEqual([])
})

test('a comparison that runs shows how far it is and is stopped by its button', async () => {
  const now = new Date()
  const { body } = await ordo.call('POST', '/lab/comparisons', {
    name: 'Long work',
    period: { from: new Date(now.getTime() - 3_600_000).toISOString(), to: now.toISOString() },
    a: { of: 'happened' },
    b: { of: 'live' },
  })
  const { context, page, complaints } = await watch(browser, ordo.url, 'narrow', 'zh-CN')
  await ordo.logIn(context)
  // Few orders are over before anybody could look: the answer is that of a long replay.
  await page.route(
    (url) => url.pathname === `/lab/comparisons/${body.comparison_id}`,
    (route) =>
      route.fulfill({
        json: {
          ...body,
          state: 'running',
          progress: { done: 4_200, all: 10_000 },
          available_actions: [{ action: 'cancel', allowed: true, blocked_by: [] }],
        },
      }),
  )
  let stopped = 0
  await page.route(
    (url) => url.pathname === `/lab/comparisons/${body.comparison_id}/cancel`,
    (route) => {
      stopped++
      return route.fulfill({ json: { ...body, state: 'cancelled' } })
    },
  )
  await open(page, `${ordo.url}/app/lab/${body.comparison_id}`)
  await page.getByText('已完成 4,200/10,000 单').waitFor()
  expect(await page.locator('progress').getAttribute('value')).toBe('4200')
  await expectFine(page, 'comparison, running zh-CN narrow')
  await page.getByRole('button', { name: /停\s*止/ }).click()
  await until(async () => stopped === 1)
  // the list counts the orders that its difference of cost stands on
  await page.route(
    (url) => url.pathname === '/lab/comparisons',
    (route) =>
      route.fulfill({
        json: { items: [{ ...body, state: 'cancelled', progress: { done: 4_200, all: 10_000 } }], next_cursor: null },
      }),
  )
  await open(page, `${ordo.url}/app/lab`)
  await page.getByRole('cell', { name: '4,200' }).waitFor()
  await context.close()
  expect(complaints).toEqual([])
})

test.each([
  ['zh-CN', 'narrow', '开始 A/B 试验', '名称', '原因', /^开\s*始$/, /停\s*止/, '已停止', '以哪个指标为准', '以此为准'],
  [
    'en',
    'wide',
    'Start an experiment',
    'Name',
    'Why',
    'Start',
    'Stop',
    'Stopped',
    'Which figure decides',
    'This one decides',
  ],
] as const)(
  'a share of new orders is given to a draft and taken back, %s %s',
  async (...[language, size, fresh, name, why, start, stop, stopped, decides, this_decides]) => {
    const { live } = (await ordo.call('GET', '/policies/allocation')).body
    const draft = await ordo.call('POST', '/policies/allocation/drafts', {
      name: `Share ${language}`,
      document: live.document,
    })
    expect(draft.status).toBe(201)
    const { context, page, complaints } = await watch(browser, ordo.url, size, language)
    await ordo.logIn(context)
    await open(page, `${ordo.url}/app/lab`)
    await page.getByRole('button', { name: fresh }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel(name).fill(`Half of all ${language}`)
    await form.getByLabel(why).fill('to see it with real orders')
    await form.getByText(decides).waitFor()
    await expectFine(page, `new experiment ${language} ${size}`)
    await form.getByRole('button', { name: start }).click()
    const made = page.getByRole('region', { name: `Half of all ${language}` })
    await made.getByRole('table').getByText(this_decides).waitFor()
    await expectFine(page, `experiment ${language} ${size}`)
    await made.getByRole('button', { name: stop }).click()
    await page.getByRole('dialog').getByLabel(why).fill('seen enough')
    await page.getByRole('dialog').getByRole('button', { name: stop }).click()
    await made.getByText(stopped, { exact: true }).waitFor()
    await context.close()
    expect(complaints).toEqual([])
    expect(await ordo.world.brokenInvariants()).toEqual([])
  },
)
