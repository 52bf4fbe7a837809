// What a person looks at while values fail says so: the preview of a decision by hand, a draft tried on real orders, the plan of a closure.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { cardOf, choose } from './board-moves.ts'
import { expectFine, type Language } from './look.ts'
import { type Ordo, open, until } from './start.ts'

const words = {
  'zh-CN': {
    note: '以下数据失效，按最近有效的值计算：运价。',
    move: '移动…',
    location: '仓点',
    simulate: /试\s*算/,
    back: '返回',
  },
  en: {
    note: 'Last good values instead of those that failed: Rates.',
    move: 'Move…',
    location: 'Location',
    simulate: 'Simulate',
    back: 'Back',
  },
} as const

/** For an order with work; there are goods in Hangzhou and in Guangzhou. */
export async function expectNotes(ordo: Ordo, page: Page, order_id: string, what: [Language, string]): Promise<void> {
  const [language, size] = what
  const word = words[language]
  const note = page.getByRole('note').filter({ hasText: word.note })
  const { number } = (await ordo.call('GET', `/orders/${order_id}`)).body
  const [work] = (await ordo.call('GET', `/orders/${order_id}/fulfilments`)).body.items
  await open(page, `${ordo.url}/app/board`)
  await choose(page, cardOf(page, number), word.move)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: word.location }).fill(work.location_id === 'HZ1' ? 'Guang' : 'Hang')
  await page.keyboard.press('Enter')
  await note.waitFor()
  await expectFine(page, `preview by hand, degraded ${language} ${size}`)
  await dialog.getByRole('button', { name: word.back }).click()

  const draft = await ordo.call('POST', '/policies/allocation/drafts', { name: `Tried ${language}` })
  await open(page, `${ordo.url}/app/rules?draft=${draft.body.draft_id}`)
  await page.getByRole('button', { name: word.simulate }).click()
  await note.waitFor()
  await expectFine(page, `simulation, degraded ${language} ${size}`)

  const wish = { name: `Flood ${language}`, reason: 'flood', scope: { locations: [work.location_id] }, until: null }
  const { disruption_id } = (await ordo.call('POST', '/disruptions', wish)).body
  const read = async () => (await ordo.call('GET', `/disruptions/${disruption_id}`)).body
  await until(async () => (await read()).state === 'planned')
  await open(page, `${ordo.url}/app/disruptions?id=${disruption_id}`)
  await note.waitFor()
  await expectFine(page, `plan of a closure, degraded ${language} ${size}`)
  const thrown = await ordo.call('POST', `/disruptions/${disruption_id}/discard`, {})
  expect(thrown.status).toBe(202)
}
