// Messages as they are written: both languages complete, everything from outside escaped, no header injected.
import { expect, test } from 'vitest'
import { composeMessage, type Facts } from './compose-message.ts'
import { kinds } from './kinds.ts'

const facts: Facts = {
  kind: 'confirmed',
  language: 'en',
  merchant: 'Hangzhou Goods',
  number: '7K2M9QXD4A',
  name: 'Wang Xiaoming',
  currency: 'CNY',
  total: 19_900n,
  goods: [{ title: 'Teapot', quantity: 2, net: 19_900n }],
  amount: 5_000n,
  units: 1,
  whole: false,
  arrives_at: new Date('2026-03-05T17:00:00Z'),
  time_zone: 'Asia/Shanghai',
  link: 'https://ordo.example/t/demo/abc',
}

test.each(kinds.flatMap((kind) => (['zh', 'en'] as const).map((language) => [kind, language] as const)))(
  '%s is written in %s, as text and as HTML, with the link',
  (kind, language) => {
    const mail = composeMessage({ ...facts, kind, language })
    expect(mail.subject).toContain(facts.number)
    expect(mail.subject.length).toBeLessThan(80)
    expect(mail.text).toContain(facts.link)
    expect(mail.html).toContain(`href="${facts.link}"`)
    expect(mail.html).toContain(language === 'zh' ? 'lang="zh-CN"' : 'lang="en"')
    expect(`${mail.subject}${mail.text}${mail.html}`).not.toMatch(/undefined|null|NaN|\[object/)
    const whole = composeMessage({ ...facts, kind, language, whole: true })
    if (kind === 'shipped' || kind === 'cancelled') expect(whole.subject).not.toBe(mail.subject)
  },
)

test('a Chinese message has no English sentence and an English one no Chinese', () => {
  for (const kind of kinds) {
    const zh = composeMessage({ ...facts, kind, language: 'zh', merchant: '杭州好物', name: '王小明', goods: [] })
    expect(zh.text.replaceAll(facts.link, '').replaceAll(facts.number, '').replaceAll('CNY', '')).not.toMatch(
      /[a-z]{4,}/,
    )
    expect(composeMessage({ ...facts, kind, language: 'en' }).text).not.toMatch(/\p{Script=Han}/u)
  }
})

test('what came from outside cannot become markup, a header or a paragraph of its own', () => {
  const evil = '<script>alert(1)</script>"&\'\r\nBcc: all@example.com'
  const mail = composeMessage({ ...facts, name: evil, merchant: evil, goods: [{ title: evil, quantity: 1, net: 1n }] })
  expect(mail.html).not.toContain('<script')
  expect(mail.html).not.toContain('"&\'')
  expect(mail.subject).not.toMatch(/[\r\n]/)
  expect(mail.text).not.toMatch(/^Bcc:/m)
})

test('a refund names its amount, a confirmation its goods and total', () => {
  expect(composeMessage({ ...facts, kind: 'refunded' }).text).toContain('50.00 CNY')
  expect(composeMessage(facts).text).toContain('2 × Teapot   199.00 CNY')
  const many = composeMessage({
    ...facts,
    goods: Array.from({ length: 2_000 }, (_, index) => ({ title: `Item ${index}`, quantity: 1, net: 1n })),
  })
  expect(many.html.length).toBeLessThan(40_000)
})

test('a delay names the day by the clock of the merchant, and none where none is known', () => {
  const mail = (language: 'zh' | 'en') => composeMessage({ ...facts, kind: 'delayed', language }).text
  expect(mail('en')).toContain('by Friday 6 March at the latest')
  expect(mail('zh')).toContain('最晚于3月6日星期五送达')
  expect(composeMessage({ ...facts, kind: 'delayed', arrives_at: null }).text).not.toContain('latest')
})
