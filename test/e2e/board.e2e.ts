// A person decides on the board: drags an order to another location, is refused a bad move, locks, unlocks; by mouse and by keyboard alone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { locations, putLocation, putSkus } from '../../src/modules/catalog/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { pickLines } from '../../src/modules/warehouse/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { decide } from '../hand/hand.ts'
import { place } from '../world/orders.ts'
import { cardOf, choose, column, confirm, factOf } from './board-moves.ts'
import { openBrowser } from './browser.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 500, 'SKU-2': 500 }), openBrowser()])
  await furnishRates(ordo.world)
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

async function released(sku: string, quantity = 2): Promise<{ order_id: string; number: string }> {
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku, quantity }]))
  await until(async () => (await workOf(body.order_id)).some((work) => work.state === 'released'))
  return body
}

/** Goods for one move, once the machine has chosen. */
async function receive(quantity = 2): Promise<void> {
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity }], { reason: 'opening' }),
  )
}

async function workOf(order_id: string): Promise<{ location_id: string; state: string }[]> {
  const { body } = await ordo.call('GET', `/orders/${order_id}/fulfilments`)
  return (body.items ?? []).filter((work: { state: string }) => work.state !== 'cancelled')
}

const words = {
  'zh-CN': {
    move: '移动…',
    go: /^移\s*动$/,
    reason: '原因（必填）',
    location: '仓点',
    lockHere: '锁定到此仓点…',
    lock: /^锁\s*定$/,
    locked: '已锁定',
    unlock: '解锁…',
    goUnlock: /^解\s*锁$/,
    back: /^返\s*回$/,
    lacks: 'SKU-2 仅有 0 件可用，需要 2 件',
    byHand: '人工决定',
  },
  en: {
    move: 'Move…',
    go: 'Move',
    reason: 'Reason (required)',
    location: 'Location',
    lockHere: 'Lock to this location…',
    lock: 'Lock',
    locked: 'Locked',
    unlock: 'Unlock…',
    goUnlock: 'Unlock',
    back: 'Back',
    lacks: 'has only 0 free of SKU-2; 2 are needed',
    byHand: 'By hand',
  },
} as const

test('on the board an order is dragged to another location, a bad move is refused, lock and unlock, in Chinese', async () => {
  const word = words['zh-CN']
  const [good, bad] = [await released('SKU-1'), await released('SKU-2')]
  await receive()
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', 'zh-CN')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/board`)
  await column(page, 'Hangzhou').getByText(good.number).waitFor()
  await expectFine(page, 'board zh-CN wide')

  await cardOf(page, good.number).dragTo(column(page, 'Guangzhou'))
  const dialog = page.getByRole('dialog')
  await dialog.locator('.hand-outlook.chosen').waitFor()
  expect(await dialog.locator('.hand-outlook').count()).toBe(3)
  await expectFine(page, 'move zh-CN wide')
  await confirm(page, word.reason, '客户指定从广州发货', word.go)
  await column(page, 'Guangzhou').getByText(good.number).waitFor()
  expect((await workOf(good.order_id)).map((work) => work.location_id)).toEqual(['GZ1'])

  await cardOf(page, bad.number).dragTo(column(page, 'Guangzhou'))
  await dialog.getByText(word.lacks).waitFor()
  await expectFine(page, 'refused zh-CN wide')
  expect(await dialog.getByRole('button', { name: word.go }).isDisabled()).toBe(true)
  await dialog.getByRole('button', { name: word.back }).click()
  expect((await workOf(bad.order_id)).map((work) => work.location_id)).toEqual(['HZ1'])

  await lockAndUnlock(page, good, 'zh-CN')
  await page.goto(`${ordo.url}/app/orders/${good.order_id}`)
  await page.getByText('客户指定从广州发货').first().waitFor()
  await page.getByRole('button', { name: word.byHand }).waitFor()
  await expectFine(page, 'order by hand zh-CN wide')
  await context.close()
  // a refused preview is an answer that the browser notes
  expect(complaints.filter((text) => !text.includes('409'))).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
})

/** At once, without looking again: what was just moved is what it is now. */
async function lockAndUnlock(page: Page, { number }: { number: string }, language: Language): Promise<void> {
  const word = words[language]
  await choose(page, cardOf(page, number), word.lockHere)
  await expectFine(page, `lock ${language}`)
  await confirm(page, word.reason, 'Agreed', word.lock)
  await cardOf(page, number).getByText(word.locked).waitFor()
  await choose(page, cardOf(page, number), word.unlock)
  await confirm(page, word.reason, 'No longer', word.goUnlock)
  await cardOf(page, number).getByText(word.locked).waitFor({ state: 'detached' })
}

test('the same by keyboard alone, in English on a narrow screen', async () => {
  const word = words.en
  const order = await released('SKU-1')
  await receive()
  const { context, page, complaints } = await watch(browser, ordo.url, 'narrow', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/board`)
  await expectFine(page, 'board en narrow')
  await cardOf(page, order.number).getByRole('button').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: word.move }).waitFor()
  await page.locator('[role="menuitem"]:focus').waitFor()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: word.location }).focus()
  await page.keyboard.type('Guang')
  await page.keyboard.press('Enter')
  await dialog.locator('.hand-outlook.chosen').waitFor()
  await expectFine(page, 'move en narrow')
  await dialog.getByLabel(word.reason).focus()
  await page.keyboard.type('The customer asked for it')
  await dialog.getByRole('button', { name: word.go, exact: true }).focus()
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  expect(
    await column(page, 'Guangzhou').getByText(order.number).count(),
    'it is there once the dialog has closed',
  ).toBe(1)
  await choose(page, cardOf(page, order.number), word.move)
  await dialog.getByRole('combobox', { name: word.location }).focus()
  await page.keyboard.type('Hang')
  await page.keyboard.press('Enter')
  await dialog.locator('.hand-outlook.chosen').waitFor()
  await confirm(page, word.reason, 'Back again', word.go)
  await column(page, 'Hangzhou').getByText(order.number).waitFor()
  await lockAndUnlock(page, order, 'en')
  await page.goto(`${ordo.url}/app/orders/${order.order_id}`)
  await page.getByText('The customer asked for it').first().waitFor()
  await expectFine(page, 'order by hand en narrow')
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
})

test('who decides on what somebody has changed meanwhile is told so, and looks again before it is done', async () => {
  const word = words.en
  // more than other tests have left in Guangzhou
  const order = await released('SKU-1', 9)
  await receive(9)
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/board`)
  await column(page, 'Hangzhou').getByText(order.number).waitFor()
  await cardOf(page, order.number).dragTo(column(page, 'Guangzhou'))
  const dialog = page.getByRole('dialog')
  await dialog.locator('.hand-outlook.chosen').waitFor()
  await decide(ordo.world, order.order_id, { kind: 'priority', priority: 3 })
  await dialog.getByLabel(word.reason).fill('Wanted')
  await dialog.getByRole('button', { name: word.go, exact: true }).click()
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await dialog.locator('.hand-outlook.chosen').waitFor()
  await confirm(page, word.reason, 'Still wanted', word.go)
  await column(page, 'Guangzhou').getByText(order.number).waitFor()
  await context.close()
  expect(await ordo.world.brokenInvariants()).toEqual([])
})

test('the comparison of a decision has a map: destination, chosen and left out told apart, the same as the table says', async () => {
  const [order_id = ''] = await place(ordo.world, [{ lines: [{ sku: 'SKU-2', quantity: 1 }] }])
  await until(async () => (await workOf(order_id)).some((work) => work.state === 'released'))
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders/${order_id}`)
  await page.getByRole('button', { name: 'Compare' }).click()
  const map = page.getByRole('img', { name: /^Map: the goods leave from Hangzhou/ })
  await map.waitFor()
  expect(await map.locator('.map-mark.destination').count()).toBe(1)
  expect(await map.locator('.map-mark.chosen').count()).toBe(1)
  expect(await map.locator('.map-mark.removed').count()).toBe(3)
  await expectFine(page, 'map en wide')
  await context.close()
  expect(complaints).toEqual([])
})

test('on the page of an order its work is split into two fulfilment orders and merged into one again', async () => {
  const order = await released('SKU-2')
  const { context, page, complaints } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders/${order.order_id}`)
  const dialog = page.getByRole('dialog')
  const decide = async (item: string) => {
    await page.locator('.fulfilment').first().waitFor()
    await page.getByRole('button', { name: words.en.byHand }).click()
    await page.locator('[role="menuitem"]:not([aria-disabled="true"])', { hasText: item }).click()
    if (item === 'Split') await dialog.getByLabel('Units of Article SKU-2').fill('1')
    await dialog.locator('.hand-outlook.chosen').waitFor()
    await expectFine(page, `${item} en wide`)
    await confirm(page, words.en.reason, `${item} it`, item)
  }
  await decide('Split')
  await until(async () => (await workOf(order.order_id)).length === 2)
  await until(async () => (await workOf(order.order_id)).every((work) => work.state === 'released'))
  await page.reload()
  await decide('Merge')
  await until(async () => (await workOf(order.order_id)).length === 1)
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
})

test('what stands in the way of a move is said with how to mend it: hazardous goods, a closed and a full location, what is picked meanwhile', async () => {
  const word = words.en
  const order = await released('SKU-2')
  const { context, page } = await watch(browser, ordo.url, 'wide', 'en')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/board`)
  const dialog = page.getByRole('dialog')
  const told = async (where: string, what: RegExp) => {
    await choose(page, cardOf(page, order.number), word.move)
    await dialog.getByRole('combobox', { name: word.location }).focus()
    await page.keyboard.type(where)
    await page.keyboard.press('Enter')
    await dialog.getByText(what).waitFor()
    expect(await dialog.getByRole('button', { name: word.go, exact: true }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: word.back }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const sites = await ordo.world.transaction((tx) => locations(tx))
  const set = (location_id: string, change: object) =>
    ordo.world.transaction((tx) => putLocation(tx, location_id, { ...factOf(sites.get(location_id)), ...change }))
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(
      tx,
      ['GZ1', 'CD1', 'BJ1'].map((location_id) => ({ location_id, sku: 'SKU-2', quantity: 5 })),
      { reason: 'opening' },
    ),
  )
  await set('CD1', { state: 'closed' })
  await told('Cheng', /Chengdu is closed\. Choose another location/)
  await set('CD1', {})
  await set('BJ1', { capacity: { slot_minutes: 1440, orders: 0, minutes_per_order: 1, minutes_per_line: 1 } })
  await until(async () =>
    (await ordo.call('GET', '/capacity/load?hours=24')).body.items.some(
      (one: { location_id: string; slots: unknown[] }) => one.location_id === 'BJ1' && one.slots.length > 0,
    ),
  )
  await told('Bei', /Beijing has no room in the slots of the coming days\. .* raise its limits/)
  await set('BJ1', { capabilities: ['hazmat'] })
  await ordo.world.transaction((tx) =>
    putSkus(tx, [
      {
        sku: 'SKU-2',
        name: 'Paint',
        weight_grams: 500,
        length_mm: 100,
        width_mm: 100,
        height_mm: 100,
        handling_classes: ['hazmat'],
      },
    ]),
  )
  await told('Guang', /Guangzhou may not send SKU-2: .* Choose a location that has it/)
  const [work] = (await ordo.call('GET', `/orders/${order.order_id}/fulfilments`)).body.items
  await choose(page, cardOf(page, order.number), word.move)
  await ordo.world.transaction((tx) => pickLines(tx, work.fulfilment_id, null))
  await dialog.getByRole('combobox', { name: word.location }).focus()
  await page.keyboard.type('Guang')
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await dialog.getByText(/Somebody picks it, or has picked it, already/).waitFor()
  await expectFine(page, 'refused en wide')
  await context.close()
  expect((await workOf(order.order_id)).map((one) => one.location_id)).toEqual(['HZ1'])
  expect(await ordo.world.brokenInvariants()).toEqual([])
})
