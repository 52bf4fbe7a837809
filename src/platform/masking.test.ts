// Masked data is recognisable to who knows it and of no use to who does not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskAddress, maskEmail, maskName, maskPhone } from './masking.ts'

test.each([
  ['13812340000', '138****0000'],
  ['+8613812340000', '+86138****0000'],
  ['+86 138-1234-0000', '+86138****0000'],
  ['+49 170 1234567', '+49170****4567'],
  ['1234567', '****67'],
  ['', ''],
])('the phone %s is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown))

test.each([
  ['li.wei@example.com', 'l***@example.com'],
  ['@example.com', '***'],
  ['nobody', '***'],
])('the e-mail %s is shown as %s', (email, shown) => expect(maskEmail(email)).toBe(shown))

test.each([
  ['张伟', '张*'],
  ['欧阳娜娜', '欧阳**'],
  ['欧阳', '欧*'],
  ['李', '李*'],
  ['Maria Silva', 'M*** S***'],
  ['  ', ''],
])('the name %s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown))

test('an address line shows only that it is there', () => {
  expect([maskAddress('人民路 1 号'), maskAddress(' ')]).toEqual(['***', ''])
})

test('nothing masked shows five following characters of what it hides', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^1[3-9]\d{9}$/), (phone) => {
      const shown = maskPhone(phone)
      expect(shown).not.toContain(phone.slice(2, 7))
      expect(shown).toHaveLength(11)
    }),
  )
})
