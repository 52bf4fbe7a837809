// An operator closes a warehouse in the browser: plan, apply, see what became of it, undo; in Chinese and in English, wide and narrow.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { fieldOf, instantIn } from '../../web/console/parts/zoned-field.ts'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

const MERCHANTS = 'Asia/Shanghai'
const NOTE = 'Water in the hall'
const CLOCK = /China (Standard )?Time|中国(标准)?时间/

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 500 }), openBrowser()])
  await furnishRates(ordo.world)
  for (let order = 0; order < 5; order++) {
    const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
    await until(async () => (await ordo.call('GET', `/orders/${body.order_id}/allocation`)).body.items?.length > 0)
  }
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 3 }], { reason: 'opening' }),
  )
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const words = {
  'zh-CN': {
    fresh: '新建中断',
    name: '名称',
    places: '仓点',
    plan: '生成方案',
    apply: '执行方案',
    undo: /撤\s*销/,
    planned: '已规划',
    active: '停用中',
    undone: '已撤销',
    affected: '订单',
    from: '开始',
    until: '结束',
    note: '情况说明',
    missing: '还缺：名称、仓点',
    unplaced: '无仓可发',
  },
  en: {
    fresh: 'New disruption',
    name: 'Name',
    places: 'Locations',
    plan: 'Make the plan',
    apply: 'Apply',
    undo: 'Undo',
    planned: 'Planned',
    active: 'Closed now',
    undone: 'Undone',
    affected: 'Orders',
    from: 'From',
    until: 'Until',
    note: 'What has happened',
    missing: 'Still missing: Name and Locations',
    unplaced: 'No location',
  },
} as const

/** Presses the button of the card and then the same in the question that follows. */
async function sure(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('dialog').getByRole('button', { name }).click()
}

async function closeAndReplan(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = words[language]
  const { context, page, complaints } = await watch(browser, ordo.url, size, language, 'America/New_York')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/disruptions`)
  await page.locator('.page-head').getByText(CLOCK).waitFor()
  await expectFine(page, `disruptions ${language} ${size}`)
  await page.getByRole('button', { name: word.fresh }).click()
  const form = page.getByRole('dialog')
  await form.getByText(word.missing).waitFor()
  await form.getByLabel(word.name).fill(`Flood ${language}`)
  await form.getByRole('combobox', { name: word.places }).fill('HZ1')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.locator('.ant-select-dropdown:visible').waitFor({ state: 'hidden' })
  const end = fieldOf(Date.now() + 25 * 86_400_000, MERCHANTS)
  await form.getByLabel(word.until, { exact: true }).fill(end)
  const start = fieldOf(Date.now() - 3_600_000, MERCHANTS)
  await form.getByLabel(word.from, { exact: true }).fill(start)
  await form.getByLabel(word.note).fill(NOTE)
  await form.getByText(CLOCK).nth(1).waitFor()
  await form.getByLabel(word.name).click()
  await expectFine(page, `new disruption ${language} ${size}`)
  const [asked] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/disruptions')),
    form.getByRole('button', { name: word.plan }).click(),
  ])
  expect(asked.postDataJSON()).toMatchObject({ from: instantIn(start, MERCHANTS).toISOString(), note: NOTE })
  const state = page.locator('[aria-labelledby="disruption"] .card-head')
  await state.getByText(word.planned, { exact: true }).waitFor()
  const { items } = (await ordo.call('GET', '/disruptions')).body
  expect(items[0].until).toBe(instantIn(end, MERCHANTS).toISOString())
  await page.getByText(NOTE).waitFor()
  await page.getByRole('table', { name: word.affected }).waitFor()
  expect(await page.getByRole('table', { name: word.affected }).locator('tbody tr').count()).toBe(5)
  await expectFine(page, `plan ${language} ${size}`)

  await sure(page, word.apply)
  await state.getByText(word.active, { exact: true }).waitFor()
  const held = await ordo.call('GET', '/allocation/exceptions')
  expect(held.body.items.map((item: { reason: string }) => item.reason)).toEqual(['disrupted', 'disrupted'])
  await expectFine(page, `applied ${language} ${size}`)
  const here = page.url()
  await open(page, `${ordo.url}/app/exceptions?tab=allocation`)
  const waiting = page.getByRole('table', { name: word.unplaced }).locator('tbody tr')
  const back = end.slice(-5)
  expect(await waiting.filter({ hasText: size === 'wide' ? back : '' }).count()).toBe(2)
  await expectFine(page, `orders without a location ${language} ${size}`)
  await open(page, here)

  await sure(page, word.undo)
  await state.getByText(word.undone, { exact: true }).waitFor()
  expect((await ordo.call('GET', '/allocation/exceptions')).body.items).toEqual([])
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('a warehouse is closed, its orders planned anew, moved and brought back, in Chinese', () =>
  closeAndReplan('zh-CN', 'wide'))

test('the same in English on a narrow screen', () => closeAndReplan('en', 'narrow'))
