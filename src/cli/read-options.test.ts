// Options that do not fit are refused with what would.
import { expect, test } from 'vitest'
import { currencyCode, emailAddress, languageCode, portNumber, timeZone, wholeNumber } from './read-options.ts'

test.each([
  [portNumber, ['0', '4600', '65535'], ['abc', '-1', '65536', '4.5', '']],
  [wholeNumber(1, 64), ['1', '64'], ['0', '65', 'x']],
  [emailAddress, ['anna@shop.example'], ['ab', 'a b@c', '@x']],
  [timeZone, ['Asia/Shanghai', 'Europe/Berlin'], ['Mars', '']],
  [currencyCode, ['CNY', 'JPY', 'KWD'], ['XX', 'cny', '']],
  [languageCode, ['zh-CN', 'en'], ['fr', 'zh']],
])('%o reads what fits and refuses the rest in words', (read, good, bad) => {
  for (const text of good) expect(String(read(text))).toBe(text)
  for (const text of bad) expect(() => read(text)).toThrow(/^Give /)
})
