// An operator gives a location hours and limits in the browser and sees orders take its slots until it is full; in Chinese and English, wide and narrow.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as catalog from '../../src/modules/catalog/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { factOf } from './board-moves.ts'
import { openBrowser } from './browser.ts'
import { expectFine, type Language, watch } from './look.ts'
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

const words = {
  'zh-CN': {
    none: '尚无仓点设置产能限量',
    set: '设置限量：Hangzhou',
    edit: '作业时间与产能：Hangzhou',
    limited: '按时段限量',
    orders: '每时段订单数',
    fault: '订单数、行数、分钟数至少限制一项。',
    always: '全天候作业',
    day: '停业日',
    add: /^添\s*加$/,
    save: /保\s*存/,
    saved: '已保存，后续时段立即重新生成。',
    conflict: '已修改：截单时间。您的填写仍保留，保存将覆盖对方的修改。',
    mine: '保存我的修改',
    booked: (orders: number) => new RegExp(`已预约 ${orders}/\\d+ 单`),
    full: /已约满：Hangzhou/,
    table: '各仓点时段: 显示表格',
    chart: '各仓点时段: 显示图表',
    slots: '各仓点时段',
  },
  en: {
    none: 'No location has limits yet',
    set: 'Set limits: Hangzhou',
    edit: 'Hours and capacity: Hangzhou',
    limited: 'Slots with limits',
    orders: 'Orders in a slot',
    fault: 'At least one limit is needed: orders, lines or minutes.',
    always: 'Always open',
    day: 'Closed on',
    add: /^Add day$/,
    save: 'Save',
    saved: 'Saved. The coming slots are made anew at once.',
    conflict: 'Changed: Cut-off. Your entries are still here: saving replaces what was changed.',
    mine: 'Save mine',
    booked: (orders: number) => new RegExp(`${orders} of \\d+ orders booked`),
    full: /Full: Hangzhou/,
    table: 'Slots by location: Show as table',
    chart: 'Slots by location: Show as chart',
    slots: 'Slots by location',
  },
} as const

async function send(orders: number): Promise<void> {
  for (let order = 0; order < orders; order++) {
    const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
    await until(async () => (await ordo.call('GET', `/orders/${body.order_id}/allocation`)).body.items?.length > 0)
  }
}

async function slotsOf(): Promise<{ orders: number; max_orders: number | null }[]> {
  const { body } = await ordo.call('GET', '/capacity/load?hours=24')
  return body.items.find((one: { location_id: string }) => one.location_id === 'HZ1').slots
}

async function limitAndFill(language: Language, size: 'wide' | 'narrow', before: number): Promise<void> {
  const word = words[language]
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/load`)
  await expectFine(page, `load ${language} ${size}`)
  const begins = before === 0 ? word.set : word.edit
  if (before === 0) await page.getByText(word.none).waitFor()
  await page.getByRole('button', { name: begins }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('checkbox', { name: word.limited }).setChecked(true)
  await form.getByRole('spinbutton', { name: word.orders }).fill('')
  await form.getByText(word.fault).waitFor()
  expect(await form.getByRole('button', { name: word.save }).isDisabled()).toBe(true)
  await form.getByRole('spinbutton', { name: word.orders }).fill('4')
  await form.getByRole('checkbox', { name: word.always }).setChecked(false)
  await expectFine(page, `hours and capacity ${language} ${size}`)
  await form.getByLabel(word.day, { exact: true }).fill('2027-02-17')
  await form.getByRole('button', { name: word.add }).click()
  await form.getByRole('checkbox', { name: word.always }).setChecked(true)
  await ordo.world.transaction(async (tx) => {
    const fact = factOf((await catalog.locations(tx)).get('HZ1'))
    await catalog.putLocations(tx, new Map([['HZ1', { ...fact, cut_off: '15:30' }]]))
  })
  await form.getByRole('button', { name: word.save }).click()
  await form.getByText(word.conflict).waitFor()
  await expectFine(page, `hours and capacity, a colleague was faster ${language} ${size}`)
  await form.getByRole('button', { name: word.mine }).click()
  await page.getByText(word.saved).waitFor()
  await until(async () => (await slotsOf()).some((slot) => slot.max_orders === 4))

  await send(3)
  await page.reload()
  await page.getByText(word.booked(before + 3)).waitFor()
  await expectFine(page, `load with work ${language} ${size}`)
  await page.getByRole('button', { name: word.table }).click()
  await page.getByRole('region', { name: word.slots }).getByRole('table').waitFor()
  await expectFine(page, `load as a table ${language} ${size}`)

  await page.getByRole('button', { name: word.chart }).click()
  await page.getByRole('button', { name: word.edit }).click()
  await form.getByRole('spinbutton', { name: word.orders }).fill('0')
  await form.getByRole('button', { name: word.save }).click()
  await until(async () => (await slotsOf()).every((slot) => slot.max_orders === 0))
  await page.reload()
  await page.getByText(word.full).waitFor()
  await expectFine(page, `load, full ${language} ${size}`)
  await context.close()
  // of the two at once one is refused, which the browser notes
  expect(complaints.filter((line) => !line.includes('412'))).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('a location without limits gets them, its slots fill and say so, in Chinese', () =>
  limitAndFill('zh-CN', 'wide', 0))

test('the same in English on a narrow screen', () => limitAndFill('en', 'narrow', 3))
