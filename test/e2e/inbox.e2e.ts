// A person works the inbox empty with the keyboard alone: claims, settles one and many, keeps a promise, puts off, takes back; in Chinese and in English, wide and narrow.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tendInbox } from '../../src/modules/inbox/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { DAY_MS, later } from '../../src/platform/clock.ts'
import { furnishRates, limitLocations } from '../allocation/ground.ts'
import { furnishLate } from '../inbox/late-rates.ts'
import { place } from '../world/orders.ts'
import { openBrowser } from './browser.ts'
import { refuse, releasedOf } from './given-back.ts'
import { words } from './inbox-words.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 500, 'SKU-2': { HZ1: 20, GZ1: 20 } }), openBrowser()])
  await furnishRates(ordo.world, { only_to: ['北京市'] })
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const openItems = async () => (await ordo.call('GET', '/inbox')).body.items

/** Three orders that nobody can send, one that was given back, one that waits for review, one message that is no order yet. */
async function fill(): Promise<string> {
  for (let order = 0; order < 3; order++) await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1, price: '21000.00' }]))
  await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-NONE', quantity: 1 }]))
  const refused = await refuse(ordo)
  await until(async () => (await openItems()).length === 6)
  return refused
}

async function pressAll(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Types into the field that has the focus once a dialog is open: nobody has to click there. */
async function typing(page: Page, text: string): Promise<void> {
  await page.locator('[role="dialog"] input[type="text"]:focus').waitFor()
  await page.keyboard.type(text)
}

async function dialogGone(page: Page): Promise<void> {
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

/** Selects two items and settles both with one fix, by key. */
async function settleTwo(page: Page, word: (typeof words)[Language], where: string): Promise<void> {
  await pressAll(page, 'x', 'j', 'x', 'a')
  const many = page.getByRole('dialog')
  await many.getByRole('radio', { name: word.cancel }).waitFor()
  await pressAll(page, 'Shift+Tab')
  while (!(await many.getByRole('radio', { name: word.cancel }).isChecked())) await pressAll(page, 'ArrowDown')
  await expectFine(page, `one fix for many ${where}`)
  await pressAll(page, 'Tab', 'Enter')
  await many.getByText(word.done).waitFor()
  await pressAll(page, 'Enter')
  await dialogGone(page)
}

/** Gives what was given back a place above the machine, the second of those that are offered, by key: what it comes to is shown before. */
async function help(page: Page, word: (typeof words)[Language], where: string, dearer: () => Promise<void>) {
  await goTo(page, word.refused)
  await page.getByRole('button', { name: word.helps }).waitFor()
  await expectFine(page, `ways out ${where}`)
  await pressAll(page, word.helpKey)
  const dialog = page.getByRole('dialog')
  await dialog.getByText(word.preview).first().waitFor()
  await typing(page, 'looked at by hand')
  await pressAll(page, 'Shift+Tab', 'ArrowDown')
  await dialog.getByRole('radio').nth(1).and(page.locator(':checked')).waitFor()
  await expectFine(page, `a way out ${where}`)
  await dearer()
  await pressAll(page, 'Tab', 'Enter')
  await dialog.getByRole('alert').getByText(word.changed).waitFor()
  await expectFine(page, `a way out that has changed ${where}`)
  await pressAll(page, 'Enter')
  await dialogGone(page)
}

/** What makes every way out dearer meanwhile, and a colleague who changes the order. */
async function makeDearer(word: (typeof words)[Language], order_id: string): Promise<void> {
  await limitLocations(ordo.world, ['HZ1', 'GZ1'], { handling_per_order_minor: word.handling })
  if (!word.somebody) return
  const path = `/orders/${order_id}/manual-decisions`
  const { version } = (await ordo.call('GET', path)).body
  await ordo.call('POST', path, { kind: 'priority', priority: 1, version, reason: 'A good customer' })
}

async function workEmpty(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = words[language]
  const refused = await fill()
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/today`)
  await pressAll(page, 'g', 'e')
  await page.getByRole('heading', { name: word.title, level: 1 }).waitFor()
  const rows = page.locator('.inbox-row')
  const here = page.locator('.inbox-open[aria-current="true"]')
  await rows.nth(5).waitFor()
  await page.locator('.inbox-fixes').waitFor()
  await expectFine(page, `inbox ${language} ${size}`)

  await pressAll(page, '?')
  await page.getByRole('dialog').getByText(word.help, { exact: true }).waitFor()
  await pressAll(page, 'Escape')
  await dialogGone(page)

  await help(page, word, `${language} ${size}`, () => makeDearer(word, refused))
  await until(async () => releasedOf(ordo, refused))
  await rows.nth(5).waitFor({ state: 'detached' })

  await goTo(page, word.review)
  await pressAll(page, 'c')
  await page.getByRole('button', { name: word.release }).waitFor()
  // What is typed into a field moves nothing: the letters are in it.
  for (const again of [true, false]) {
    await pressAll(page, '2')
    await typing(page, 'jxcas')
    if (again) await expectFine(page, `fix ${language} ${size}`)
    await pressAll(page, 'Enter')
    await dialogGone(page)
    await until(async () => (await openItems()).length === 4)
    if (again) {
      await page.getByRole('button', { name: word.undo }).waitFor()
      await pressAll(page, 'u')
      await until(async () => (await openItems()).length === 5)
      await rows.nth(4).waitFor()
      await goTo(page, word.review)
    }
  }

  await goTo(page, word.staged)
  await pressAll(page, '2')
  await typing(page, 'a test of the shop')
  await pressAll(page, 'Enter')
  await dialogGone(page)
  await rows.nth(3).waitFor({ state: 'detached' })

  await goTo(page, word.allocation)
  await page.locator('.evidence').getByText(word.tried).waitFor()
  await settleTwo(page, word, `${language} ${size}`)
  await rows.nth(1).waitFor({ state: 'detached' })

  await here.waitFor()
  await pressAll(page, 's')
  await typing(page, '')
  await expectFine(page, `snooze ${language} ${size}`)
  await pressAll(page, 'Enter')
  await page.getByText(word.empty).waitFor()
  await expectFine(page, `empty inbox ${language} ${size}`)
  await context.close()
  // what had changed was refused once, which the browser also writes down
  expect(complaints.filter((one) => !one.includes('409'))).toEqual([])
  expect(await openItems()).toEqual([])
  expect((await ordo.call('GET', '/inbox?view=snoozed')).body.items).not.toEqual([])
  await until(async () => (await ordo.world.brokenInvariants()).length === 0)
}

/** Moves to the first item of this kind with the keys of the list. */
async function goTo(page: Page, kind: string): Promise<void> {
  const here = page.locator('.inbox-open[aria-current="true"]')
  for (let step = 0; step < 10; step++) await page.keyboard.press('k')
  for (let step = 0; step < 10 && !(await here.textContent())?.includes(kind); step++) await page.keyboard.press('j')
  await page.locator('.inbox-fixes').waitFor()
  expect(await here.textContent()).toContain(kind)
}

test('the inbox is worked empty by keyboard, in Chinese', () => workEmpty('zh-CN', 'wide'))

test('the same in English on a narrow screen', () => workEmpty('en', 'narrow'))

test('whoever comes second sees who is on it, and is told so by what he tries; days and mornings are the merchant’s, wherever the browser is', async () => {
  await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  await until(async () => (await openItems()).length === 1)
  const first = await watch(browser, ordo.url, 'wide', 'en')
  const second = await watch(browser, ordo.url, 'wide', 'en', 'America/Sao_Paulo')
  await ordo.logIn(first.context, 'operator')
  await ordo.logIn(second.context, 'lead')
  for (const { page } of [first, second]) {
    await open(page, `${ordo.url}/app/exceptions`)
    await page.locator('.inbox-fixes').waitFor()
  }
  await pressAll(first.page, 'c')
  await first.page.getByRole('button', { name: words.en.release }).waitFor()
  await pressAll(second.page, 's')
  for (const name of [/Tomorrow morning .*09:00/, /Monday morning .*09:00/])
    await second.page.getByRole('dialog').getByRole('button', { name }).waitFor()
  await typing(second.page, 'later')
  await pressAll(second.page, 'Enter')
  await second.page.getByText('Somebody else is working on this item.').waitFor()
  await pressAll(second.page, 'Escape')
  await dialogGone(second.page)
  await second.page.locator('.case-title').getByText('is on it').waitFor()
  await expectFine(second.page, 'inbox, claimed by another')
  const asked = second.page.waitForRequest((request) => new URL(request.url()).pathname === '/orders')
  await open(second.page, `${ordo.url}/app/orders?placed_from=2026-01-15&placed_to=2026-01-15`)
  expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toMatchObject({
    ...{ placed_from: '2026-01-14T16:00:00.000Z', placed_to: '2026-01-15T16:00:00.000Z' },
  })
  for (const { context } of [first, second]) await context.close()
  expect(first.complaints).toEqual([])
  // The refusal is a 409, which the browser also writes down.
  expect(second.complaints.filter((one) => !one.includes('409'))).toEqual([])
})

async function keepAndPutOff(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = words[language]
  await furnishLate(ordo.world)
  const promised_at = later(new Date(), 4 * DAY_MS).toISOString()
  const [id = ''] = await place(ordo.world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }], promised_at }])
  await until(async () => (await ordo.call('GET', `/orders/${id}/fulfilments`)).body.items?.[0]?.state === 'released')
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 1 }], { reason: 'opening' }),
  )
  await ordo.world.transaction((tx) => tendInbox(tx, 100))
  for (let message = 0; message < 2; message++)
    await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-NONE', quantity: 1 }]))
  await until(async () => (await openItems()).length === 3)
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  const asked: string[] = []
  page.on('request', (request) => request.url().includes('/snooze') && asked.push(new URL(request.url()).pathname))
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/exceptions`)
  await page.locator('.inbox-row').nth(2).waitFor()
  await goTo(page, word.promise)
  await page.getByRole('button', { name: word.inTime }).waitFor()
  await page.locator('.evidence').getByText(word.stage, { exact: true }).waitFor()
  await expectFine(page, `late promise ${language} ${size}`)
  await pressAll(page, '1')
  await page.getByRole('dialog').getByText(word.dearer).waitFor()
  await typing(page, 'a good customer')
  await expectFine(page, `keep a promise ${language} ${size}`)
  await pressAll(page, 'Enter')
  await dialogGone(page)
  await until(async () =>
    (await ordo.call('GET', `/orders/${id}/fulfilments`)).body.items.some(
      (work: { location_id: string; state: string }) => work.location_id === 'GZ1' && work.state !== 'cancelled',
    ),
  )
  await page.locator('.inbox-row').nth(2).waitFor({ state: 'detached' })
  await pressAll(page, 'k', 'x', 'j', 'x', 's')
  await typing(page, 'later')
  await pressAll(page, 'Enter')
  await page.getByText(word.empty).waitFor()
  await context.close()
  expect(asked).toEqual(['/inbox/snoozes'])
  expect(complaints).toEqual([])
  await until(async () => (await ordo.world.brokenInvariants()).length === 0)
}

test('a late promise is kept from elsewhere, and several items are put off by one call, by keyboard, in Chinese', () =>
  keepAndPutOff('zh-CN', 'wide'))

test('the same in English on a narrow screen, after another', () => keepAndPutOff('en', 'narrow'))
