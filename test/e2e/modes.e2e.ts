// Modes in the browser: values fail and are good again; an operator begins a promotion, the console says so everywhere, rules do not go live without a reason, it is ended; in Chinese and in English, wide and narrow.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { fieldOf, instantIn } from '../../web/console/parts/zoned-field.ts'
import { furnishRates } from '../allocation/ground.ts'
import { openBrowser } from './browser.ts'
import { expectNotes } from './degraded-notes.ts'
import { expectFine, type Language, watch } from './look.ts'
import { type Ordo, open, orderOf, startOrdo, until } from './start.ts'

const MERCHANTS = 'Asia/Shanghai'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 50 }), openBrowser()])
  await furnishRates(ordo.world)
  await ordo.world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 5 }], { reason: 'opening' }),
  )
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const words = {
  'zh-CN': {
    fresh: '新建大促',
    name: '名称',
    reason: '原因',
    until: '结束',
    raise: '提高时段产能与日单量上限',
    collect: '收集订单，合批分仓',
    begin: '立即开始',
    on: '进行中',
    end: '立即结束',
    extend: '延长',
    over: '已结束',
    frozen: '规则已冻结',
    none: '没有计划中或进行中的大促',
    past: '历史大促',
    zone: /时间按中国(标准)?时间。$/,
  },
  en: {
    fresh: 'New promotion',
    name: 'Name',
    reason: 'Reason',
    until: 'Until',
    raise: 'Raise the limits of slots and of orders a day',
    collect: 'Collect orders and decide them together',
    begin: 'Begin now',
    on: 'On',
    end: 'End now',
    extend: 'Extend',
    over: 'Over',
    frozen: 'rules are frozen',
    none: 'No promotion is on or planned',
    past: 'Past promotions',
    zone: /Times are in China (Standard )?Time\.$/,
  },
} as const

async function promote(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = words[language]
  // whoever sits elsewhere enters and reads the times of the merchant
  const { context, page, complaints } = await watch(browser, ordo.url, size, language, 'America/New_York')
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/modes`)
  await page.getByText(word.none).waitFor()
  await expectFine(page, `modes ${language} ${size}`)
  await page.getByRole('button', { name: word.fresh }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel(word.name).fill(`Double 11 ${language}`)
  await form.getByLabel(word.reason).fill('Sale')
  const inDays = (days: number) => fieldOf(Date.now() + days * 86_400_000, MERCHANTS)
  const ends = async () => (await ordo.call('GET', '/promotions')).body.items[0].until
  const first = inDays(1)
  await form.getByText(word.zone).first().waitFor()
  await form.getByLabel(word.until, { exact: true }).fill(first)
  await form.getByText(word.raise).click()
  await form.getByText(word.collect).click()
  await expectFine(page, `new promotion ${language} ${size}`)
  await form.getByRole('button', { name: word.begin }).click()
  const card = page.locator('[aria-labelledby="promotion"]')
  await card.getByText(word.on, { exact: true }).waitFor()
  const banner = page.locator('.mode-banner')
  await banner.getByText(word.frozen).waitFor()
  await expectFine(page, `promotion on ${language} ${size}`)

  await card.getByRole('button', { name: word.extend }).click()
  expect(await ends()).toBe(instantIn(first, MERCHANTS).toISOString())
  const second = inDays(2)
  const later = page.getByRole('dialog')
  await later.getByLabel(word.until, { exact: true }).fill(second)
  await later.getByLabel(word.reason).fill('It goes well')
  await expectFine(page, `extending ${language} ${size}`)
  await later.getByRole('button', { name: word.extend }).click()
  await card.getByText('It goes well').waitFor()
  expect(await ends()).toBe(instantIn(second, MERCHANTS).toISOString())
  await expectFine(page, `promotion extended ${language} ${size}`)

  await open(page, `${ordo.url}/app/orders`)
  await banner.getByText(`Double 11 ${language}`).waitFor()
  const draft = await ordo.call('POST', '/policies/allocation/drafts', { name: language })
  const going = { draft_id: draft.body.draft_id, revision: draft.body.revision, reason: 'new rules' }
  const refused = await ordo.call('POST', '/policies/allocation/activations', going)
  expect([refused.status, refused.body.code]).toEqual([409, 'rules_frozen'])

  await banner.getByRole('link').click()
  await card.getByRole('button', { name: word.end }).click()
  await page.getByRole('dialog').getByRole('button', { name: word.end }).click()
  await page.getByText(word.none).waitFor()
  await page.getByRole('table', { name: word.past }).getByText(word.over).first().waitFor()
  await banner.waitFor({ state: 'detached' })
  await expectFine(page, `promotion over ${language} ${size}`)
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('a promotion is begun, seen on every page and ended, in Chinese', () => promote('zh-CN', 'wide'))

test('the same in English on a narrow screen', () => promote('en', 'narrow'))

const failing = {
  'zh-CN': {
    banner: '运价失效',
    mark: '降级',
    card: '降级模式',
    orders: '期间决定的订单',
    same: '无需调整',
    end: '结束',
    reason: '原因',
    change: '更改',
    afterwards: '数据恢复之后',
    move: '转移尚未作业的订单',
    saving: '至少节省',
    save: '保存',
    moves: '5.00',
  },
  en: {
    banner: 'Rates have failed',
    mark: 'Degraded',
    card: 'Degraded mode',
    orders: 'Orders decided',
    same: 'As good as any',
    end: 'End',
    reason: 'Reason',
    change: 'Change',
    afterwards: 'When good values are back',
    move: 'Move what is untouched',
    saving: 'It saves at least',
    save: 'Save',
    moves: '5.00',
  },
} as const

async function degrade(language: Language, size: 'wide' | 'narrow'): Promise<void> {
  const word = failing[language]
  await ordo.world.transaction((tx) => setFacts(tx, [{ kind: 'rate_card', key: 'SF/standard', value: null }]))
  const { body } = await ordo.call('POST', '/orders', orderOf([{ sku: 'SKU-1', quantity: 1 }]))
  const decided = async () => (await ordo.call('GET', `/orders/${body.order_id}/allocation`)).body.items?.[0]
  await until(async () => (await decided()) !== undefined)
  expect((await decided()).degraded).toEqual(['rates'])
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context)
  await open(page, `${ordo.url}/app/orders/${body.order_id}`)
  await page.locator('.mode-banner.degraded').getByText(word.banner).waitFor()
  await page.locator('[aria-labelledby="decision"]').getByText(word.mark, { exact: true }).waitFor()
  await expectFine(page, `degraded order ${language} ${size}`)
  await expectNotes(ordo, page, body.order_id, [language, size])

  await furnishRates(ordo.world)
  await open(page, `${ordo.url}/app/modes`)
  const card = page.locator('[aria-labelledby="degradations"]')
  await card.getByRole('button', { name: word.end }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(word.reason).fill('The carrier has sent its rates')
  await expectFine(page, `ending degraded ${language} ${size}`)
  await dialog.getByRole('button', { name: word.end }).click()
  await until(async () => (await ordo.call('GET', '/degradations')).body.items[0]?.orders.same === 1)
  await open(page, `${ordo.url}/app/modes`)
  await card.getByRole('button', { name: '1', exact: true }).first().click()
  await page.getByRole('table', { name: word.orders }).getByText(word.same).waitFor()
  await expectFine(page, `degraded orders ${language} ${size}`)
  await page.keyboard.press('Escape')
  await expectFine(page, `degraded over ${language} ${size}`)
  await card.getByRole('button', { name: word.change }).click()
  const policy = page.getByRole('dialog').filter({ hasText: word.afterwards })
  await policy.getByText(word.move).click()
  await policy.getByLabel(word.saving).fill('5')
  await expectFine(page, `policy after degraded ${language} ${size}`)
  await policy.getByRole('button', { name: word.save }).click()
  await card.getByText(word.moves).waitFor()
  expect((await ordo.call('GET', '/allocation/policy')).body).toMatchObject({
    reconcile: 'move',
    reconcile_saving_minor: 500,
  })
  await context.close()
  expect(complaints).toEqual([])
  expect(await ordo.world.brokenInvariants()).toEqual([])
}

test('rates fail: every page says so, the order is marked, and what was decided is priced again, in Chinese', () =>
  degrade('zh-CN', 'wide'))

test('the same failure in English on a narrow screen', () => degrade('en', 'narrow'))

const policy = {
  'zh-CN': {
    split: '拆单成本',
    late: '延误成本',
    parts: '每单包裹数上限',
    apart: '不得同包的作业类别',
    range: '范围为 1 至 20。',
    pair: /须为两个不同的类别/,
    look: '核对并保存',
    reason: '原因',
    save: /^保\s*存$/,
    conflict: '分仓策略刚被他人修改',
    mine: '保存我的修改',
    saved: '已保存，此后的决策按新策略计算。',
  },
  en: {
    split: 'A further part',
    late: 'A day late',
    parts: 'Parts of an order at most',
    apart: 'Handling classes kept apart',
    range: 'From 1 to 20.',
    pair: /^Two different classes/,
    look: 'Review and save',
    reason: 'Reason',
    save: 'Save',
    conflict: 'Somebody saved the policy meanwhile',
    mine: 'Save mine',
    saved: 'Saved. Decisions are priced so from now on.',
  },
} as const

async function price(language: Language, size: 'wide' | 'narrow', [split, theirs]: [number, number]): Promise<void> {
  const word = policy[language]
  const { context, page, complaints } = await watch(browser, ordo.url, size, language)
  await ordo.logIn(context, 'manager')
  await open(page, `${ordo.url}/app/policy`)
  const field = (name: string) => page.getByRole('spinbutton', { name })
  await expectFine(page, `policy ${language} ${size}`)
  await field(word.parts).fill('21')
  await page.getByText(word.range).waitFor()
  const look = page.getByRole('button', { name: word.look })
  expect(await look.isDisabled()).toBe(true)
  await field(word.parts).fill('4')
  await field(word.split).fill(`${split}`)
  await page.getByRole('combobox', { name: word.apart }).fill('food,')
  await page.getByText(word.pair).waitFor()
  await expectFine(page, `policy with faults ${language} ${size}`)
  await page.getByRole('combobox', { name: word.apart }).press('Backspace')
  await page.getByRole('combobox', { name: word.apart }).fill('food + chemical,')
  await look.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`¥5.00 → ¥${split}.00`).waitFor()
  expect(await dialog.getByRole('button', { name: word.save }).isDisabled()).toBe(true)
  await dialog.getByLabel(word.reason).fill('Returns are dear')
  await expectFine(page, `policy before it is saved ${language} ${size}`)

  // a colleague sets another price in between
  const read = async () => (await ordo.call('GET', '/allocation/policy')).body
  const { revision: _revision, ...now } = await read()
  const colleague = { kind: 'policy', key: 'allocation', value: { ...now, late_per_day_minor: theirs * 100 } }
  await ordo.world.transaction((tx) => setFacts(tx, [colleague]))
  await dialog.getByRole('button', { name: word.save }).click()
  await dialog.getByText(word.conflict).waitFor()
  await dialog.getByText(`${word.late} ¥10.00 → ¥${theirs}.00`, { exact: false }).waitFor()
  await expectFine(page, `policy, a colleague was faster ${language} ${size}`)
  await dialog.getByRole('button', { name: word.mine }).click()
  await page.getByText(word.saved).waitFor()
  expect(await read()).toMatchObject({
    split_penalty_minor: split * 100,
    late_per_day_minor: theirs * 100,
    max_parts: 4,
    keep_apart: [['food', 'chemical']],
  })
  await dialog.waitFor({ state: 'detached' })
  await expectFine(page, `policy saved ${language} ${size}`)
  await ordo.world.transaction((tx) => setFacts(tx, [{ ...colleague, value: now }]))
  await context.close()
  expect(complaints.filter((line) => !line.includes('412'))).toEqual([])
}

test('a manager changes prices, is told of a colleague who was faster, and both changes hold, in Chinese', () =>
  price('zh-CN', 'wide', [7, 12]))

test('the same prices in English on a narrow screen', () => price('en', 'narrow', [8, 13]))
