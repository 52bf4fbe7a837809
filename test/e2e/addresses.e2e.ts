// An agent changes where an order goes in the browser: untouched work leaves from elsewhere, what is packed is packed anew. In Chinese on a narrow screen, in English on a wide one.
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
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 50 }), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const words = {
  'zh-CN': {
    ship_to: '配送',
    change: '修改',
    region: '省／州',
    city: '城市',
    postcode: '邮编',
    street: '详细地址（可分行）',
    missing: '请填写详细地址',
    go: '修改地址',
    moved: '地址已修改：2 件正在重新分仓。',
    repack: '地址已修改：1 个包裹需重新装箱并打印面单。',
    told: '地址已修改',
  },
  en: {
    ship_to: 'Delivery',
    change: 'Change',
    region: 'Region',
    city: 'City',
    postcode: 'Postcode',
    street: 'Street and house, a line each',
    missing: 'Where does the parcel go?',
    go: 'Change the address',
    moved: 'Address changed: 2 units look for another location.',
    repack: 'Address changed: 1 parcel has to be packed and labelled anew.',
    told: 'Address changed',
  },
} as const

/** An order released in Hangzhou, the only place with the goods; since then they lie in Guangzhou too, and Hangzhou is dear. */
async function onTheFloor(): Promise<{ order_id: string; fulfilment_id: string }> {
  await countInGuangzhou(0)
  await furnishRates(ordo.world)
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 2 }]))
  const work = await until(async () => {
    const one = (await workOf(body.order_id))[0]
    return one?.state === 'released' && one
  })
  await countInGuangzhou(2)
  await furnishRates(ordo.world, { dear_from: ['HZ1'] })
  return { order_id: body.order_id, fulfilment_id: work.fulfilment_id }
}

const countInGuangzhou = (quantity: number) =>
  ordo.world.transaction((tx) =>
    inventory.countStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity }], { reason: 'count' }),
  )

async function workOf(order_id: string) {
  const { body } = await ordo.call('GET', `/orders/${order_id}/fulfilments`)
  return (body.items ?? []).filter((work: { state: string }) => work.state !== 'cancelled')
}

/** Fills the form in; left empty, the street is asked for. */
async function toGuangzhou(page: Page, language: Language, what: string): Promise<void> {
  const word = words[language]
  await page.locator('[aria-labelledby="ship-to"]').getByRole('button', { name: word.change }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(word.region).fill('广东省')
  await form.getByLabel(word.city).fill('广州市')
  await form.getByLabel(word.postcode).fill('510000')
  await form.getByRole('button', { name: word.go }).click()
  await form.getByText(word.missing).waitFor()
  await expectFine(page, `address ${language} ${what}, street missing`)
  await form.getByLabel(word.street).fill('体育西路 5 号\n3 楼')
  await form.getByText(word.missing).waitFor({ state: 'detached' })
  await expectFine(page, `address ${language} ${what}`)
  await form.getByRole('button', { name: word.go }).click()
  await form.waitFor({ state: 'hidden' })
}

async function changeBeforePicking(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const { order_id } = await onTheFloor()
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context, 'agent')
  await open(page, `${ordo.url}/app/orders/${order_id}`)
  await toGuangzhou(page, language, size)
  await page.getByText(words[language].moved).waitFor()
  await page.locator('.timeline').getByText(words[language].told, { exact: true }).waitFor()
  await page
    .locator('[aria-labelledby="ship-to"]')
    .getByText(/广州市/)
    .waitFor()
  await until(async () => (await workOf(order_id)).some((work: { location_id: string }) => work.location_id === 'GZ1'))
  await expectFine(page, `address changed ${language} ${size}`)
  await context.close()
  expect(complaints).toEqual([])
  await ordo.call('POST', `/orders/${order_id}/cancellation`, { reason: 'other' })
  await until(async () => (await workOf(order_id)).length === 0)
}

async function changeAfterPacking(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const { order_id, fulfilment_id } = await onTheFloor()
  await ordo.call('POST', `/fulfilments/${fulfilment_id}/picks`, {})
  await ordo.call('POST', `/fulfilments/${fulfilment_id}/packing`, {})
  const parcels = async () => (await ordo.call('GET', `/fulfilments/${fulfilment_id}`)).body.parcels
  await until(async () => (await parcels())[0]?.state === 'labelled')
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context, 'agent')
  await open(page, `${ordo.url}/app/orders/${order_id}`)
  await toGuangzhou(page, language, `${size} packed`)
  await page.getByText(words[language].repack).waitFor()
  expect((await parcels())[0]?.state).toBe('cancelled')
  expect(await workOf(order_id)).toMatchObject([{ fulfilment_id, state: 'picking', location_id: 'HZ1' }])
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('an order that nobody picks yet leaves from elsewhere, in Chinese on a narrow screen', () =>
  changeBeforePicking('zh-CN', 'narrow'))

test('the same in English on a wide one', () => changeBeforePicking('en', 'wide'))

test('what is packed is packed and labelled anew, in English on a narrow screen', () =>
  changeAfterPacking('en', 'narrow'))

test('the same in Chinese on a wide one', () => changeAfterPacking('zh-CN', 'wide'))
