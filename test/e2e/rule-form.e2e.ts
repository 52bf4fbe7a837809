// The form of a rule whose document is older than some of its fields: places, a zone map, and an expression written by keyboard, wide and narrow.
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { openBrowser } from './browser.ts'
import { expectFine, watch } from './look.ts'
import { type Ordo, open, startOrdo } from './start.ts'

let ordo: Ordo
let browser: Browser

beforeAll(async () => {
  ;[ordo, browser] = await Promise.all([startOrdo({ 'SKU-1': 5 }), openBrowser()])
})

afterAll(async () => {
  await browser?.close()
  await ordo?.[Symbol.asyncDispose]()
})

const words = {
  'zh-CN': {
    size: 'narrow',
    edit: '编辑第 1 条',
    expression: '渠道: 写表达式',
    channel: '渠道',
    quoted: '文本须加英文引号："shop"',
    unreadable: '无法解析：表达式不完整',
    city: '城市',
    postcode: '邮编',
    add: '添加地点',
    line: '第 2 处',
    by: '按',
    of: '地点',
    prefer: '仓点或仓点组',
    half: '地点和优先仓点都填写后才会保存。',
    keep: /保\s*存/,
    worth: '优先的价值',
    worthless: '请填写优先的价值',
    empty: '留空为 60 分钟',
    when: '渠道：not in ["shop"]，且城市为杭州市或宁波，且邮编为310或311开头',
    asks: '按收货地址优先：省/州浙江省 → HZ1',
  },
  en: {
    size: 'wide',
    edit: 'Edit rule 1',
    expression: 'Channel: Write an expression',
    channel: 'Channel',
    quoted: 'A text stands in quotation marks: "shop"',
    unreadable: 'This cannot be read: it ends too early',
    city: 'City',
    postcode: 'Postcode',
    add: 'Add a place',
    line: 'Place 2',
    by: 'By',
    of: 'Places',
    prefer: 'Locations or groups',
    half: 'It is kept once it has both, places and what is preferred.',
    keep: 'Keep',
    worth: 'What the preference is worth',
    worthless: 'Say what it is worth',
    empty: 'Empty: 60 minutes',
    when: 'Channel: not in ["shop"] and City is 杭州市 or 宁波 and Postcode begins with 310 or 311',
    asks: 'Prefer by address: Region 浙江省 → HZ1',
  },
} as const

/** As a program before this one wrote it. */
function older(): unknown {
  const document = rulesDocument([
    { _id: '1', rule: '"old"', name_en: '"Old"', name_zh: '"旧"', zones: '{"浙江省":["HZ1"]}' },
  ])
  return JSON.parse(JSON.stringify(document).replace('{"id":"city","name":"city","field":"city"},', ''))
}

test.each(['zh-CN', 'en'] as const)(
  'an older rule gets a city, postcodes, a zone and an expression, in %s',
  async (language) => {
    const say = words[language]
    const { body } = await ordo.call('POST', '/policies/allocation/drafts', { name: language, document: older() })
    const { context, page, complaints } = await watch(browser, ordo.url, say.size, language)
    await ordo.logIn(context)
    await open(page, `${ordo.url}/app/rules?draft=${body.draft_id}`)
    await page.getByRole('button', { name: say.edit }).click()
    const form = page.getByRole('dialog')
    const keep = form.getByRole('button', { name: say.keep })

    await form.getByRole('button', { name: say.expression }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('not in [shop]')
    await form.getByText(say.quoted).waitFor()
    expect(await keep.isDisabled()).toBe(true)
    await form.getByRole('textbox', { name: say.channel }).fill('not in ["shop"')
    await form.getByRole('alert').getByText(say.unreadable).waitFor()
    await expectFine(page, `an expression that cannot be read, ${language}`)
    await page.keyboard.type(']')
    await form.getByRole('alert').waitFor({ state: 'detached' })

    await form.getByRole('combobox', { name: say.city, exact: true }).pressSequentially('杭州市,宁波')
    await page.keyboard.press('Tab')
    await form.getByRole('combobox', { name: say.postcode, exact: true }).pressSequentially('310,311')
    await page.keyboard.press('Tab')
    await form.getByRole('button', { name: say.add }).click()
    const line = form.getByRole('group', { name: say.line })
    await line.getByRole('combobox', { name: say.by, exact: true }).press('ArrowDown')
    await page.locator('.ant-select-dropdown:visible').getByText(say.city, { exact: true }).click()
    await line.getByRole('combobox', { name: say.of }).pressSequentially('宁波')
    await page.keyboard.press('Tab')
    await line.getByText(say.half).waitFor()
    await line.getByRole('combobox', { name: say.prefer }).pressSequentially('HZ1')
    await page.keyboard.press('Tab')
    await form.getByText(say.empty).waitFor()
    await form.getByText(say.worthless).waitFor()
    await keep.focus()
    await expectFine(page, `a zone map, ${language}`)
    await form.getByRole('spinbutton', { name: say.worth }).fill('5')
    await form.getByText(say.worthless).waitFor({ state: 'detached' })
    await keep.click()

    await page.getByText(say.when).waitFor()
    await page.getByText(say.asks).waitFor()
    const kept = (await ordo.call('GET', `/policies/allocation/drafts/${body.draft_id}`)).body.document
    const { inputs, rules } = kept.nodes[1].content
    expect(inputs.at(-1)).toEqual({ id: 'city', name: 'city', field: 'city' })
    expect(rules).toMatchObject([
      {
        channel: 'not in ["shop"]',
        city: 'in ["杭州市","宁波"]',
        postcode: 'startsWith($, "310") or startsWith($, "311")',
        bonus: '500',
        zones: JSON.stringify([
          { by: 'region', of: ['浙江省'], prefer: ['HZ1'] },
          { by: 'city', of: ['宁波'], prefer: ['HZ1'] },
        ]),
      },
    ])
    await context.close()
    expect(complaints).toEqual([])
  },
)
