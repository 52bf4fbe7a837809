// A picker who cannot send says so in the browser: reason, units, what will happen; the order leaves from elsewhere. In Chinese and in English, by hand and by keyboard, on a handheld.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 50, 'SKU-2': 50 }), openBrowser()])
  await furnishRates(ordo.world)
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const words = {
  'zh-CN': {
    cannot: '无法发货',
    capacity: '产能不足',
    damaged: '破损',
    part: '部分',
    units: '件数：SKU-1',
    go: '改由他仓发货',
    day: '3 件将改由其他仓点发出。本仓库存继续可售。该订单今天不再分给本仓。',
    unfit: '2 件将改由其他仓点发出。这些商品将在本仓转为不可售。这些商品不再分给本仓。',
    report: '近 28 天拒单',
  },
  en: {
    cannot: 'Cannot send',
    capacity: 'No capacity',
    damaged: 'Damaged',
    part: 'Some of it',
    units: 'Units of SKU-1',
    go: 'Send from elsewhere',
    day: '3 units leave from elsewhere. The stock here stays for sale. This location is not asked for this order again today.',
    unfit:
      '2 units leave from elsewhere. The units lie here as unsellable. This location is not asked for these goods again.',
    report: 'Rejections, last 28 days',
  },
} as const

/** An order that only Hangzhou can send, on its floor; the goods lie in Guangzhou from then on. */
async function onTheFloor(): Promise<string> {
  const lines = [
    { sku: 'SKU-1', quantity: 2, title: 'Thermos flask, matte black, 500 ml, with a tea strainer' },
    { sku: 'SKU-2', quantity: 1 },
  ]
  const { body } = await ordo.call('POST', '/orders', orderOf(lines))
  await until(async () => (await workAt(body.order_id, 'HZ1'))?.state === 'released')
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(
      tx,
      ['SKU-1', 'SKU-2'].map((sku) => ({ location_id: 'GZ1', sku, quantity: 3 })),
      { reason: 'supply' },
    ),
  )
  return body.order_id
}

async function workAt(order_id: string, location_id: string) {
  const { body } = await ordo.call('GET', `/orders/${order_id}/fulfilments`)
  return body.items?.find(
    (work: { location_id: string; state: string }) => work.location_id === location_id && work.state !== 'cancelled',
  )
}

async function task(page: Page) {
  await open(page, `${ordo.url}/app/warehouse?location=HZ1&state=released`)
  return page.locator('.task').first()
}

async function rejectByHand(language: Language): Promise<void> {
  const word = words[language]
  const order_id = await onTheFloor()
  const { context, page, complaints } = await watch(browser, ordo.url, { width: 360, height: 740 }, language)
  await ordo.logIn(context, 'picker')
  await (await task(page)).getByRole('button', { name: word.cannot }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: word.capacity }).check()
  await dialog.getByText(word.day).waitFor()
  await expectFine(page, `cannot send ${language}, the whole`)
  await dialog.getByRole('radio', { name: word.damaged }).check()
  await dialog.getByLabel(word.units).fill('2')
  await dialog.getByText(word.unfit).waitFor()
  await expectFine(page, `cannot send ${language}, a part`)
  await dialog.getByRole('button', { name: word.go }).click()
  await dialog.waitFor({ state: 'hidden' })
  const moved = await until(() => workAt(order_id, 'GZ1'))
  expect(moved.lines).toMatchObject([{ sku: 'SKU-1', quantity: 2 }])
  expect((await workAt(order_id, 'HZ1')).lines.map((line: { quantity: number }) => line.quantity)).toEqual([0, 1])
  await context.close()
  expect(complaints).toEqual([])
  await clearFloor(order_id)
}

async function rejectByKeyboard(language: Language): Promise<void> {
  const word = words[language]
  const order_id = await onTheFloor()
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', language)
  await ordo.logIn(context, 'admin')
  await (await task(page)).getByRole('button', { name: word.cannot }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio').first().focus()
  await page.keyboard.press('Space')
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown')
  await dialog.getByText(word.day).waitFor()
  await expectFine(page, `cannot send ${language}, wide`)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  await until(() => workAt(order_id, 'GZ1'))
  const report = page.getByRole('table', { name: word.report })
  await report.getByText(word.capacity).waitFor()
  await expectFine(page, `rejections ${language}, wide`)
  await context.close()
  expect(complaints).toEqual([])
  await clearFloor(order_id)
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

/** The next order finds an empty floor and only Hangzhou's goods. */
async function clearFloor(order_id: string): Promise<void> {
  await ordo.call('POST', `/orders/${order_id}/cancellation`, { reason: 'other' })
  await until(async () => (await ordo.call('GET', '/fulfilments?state=released')).body.items?.length === 0)
  await ordo.world.transaction((tx) =>
    inventory.countStock(
      tx,
      ['SKU-1', 'SKU-2'].map((sku) => ({ location_id: 'GZ1', sku, quantity: 0 })),
      { reason: 'count' },
    ),
  )
}

test('cannot send: a part of it is damaged, on a handheld in Chinese', () => rejectByHand('zh-CN'))

test('the same in English', () => rejectByHand('en'))

test('cannot send: no capacity, by keyboard alone, and the manager sees it, in Chinese', () =>
  rejectByKeyboard('zh-CN'))

test('the same by keyboard in English', () => rejectByKeyboard('en'))
