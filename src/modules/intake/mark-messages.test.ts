// What a raw message is found by: phones and mails wherever they stand and however they are written, and the order that it names.
import { expect, test } from 'vitest'
import { bucketOf, marksIn, marksOf } from './mark-messages.ts'

const sought = {
  phone: '+86 138-0000-1111',
  email: 'Wang@Example.test',
  orders: [{ channel: 'shop', external_id: 'A-1' }],
}

test('a customer is found by any spelling of phone and mail, at any depth, in JSON and in plain text', () => {
  const [phone, mail, order] = marksOf(sought)
  expect(marksIn(JSON.stringify({ buyer: [{ tel: '13800001111' }] }))).toContain(phone)
  expect(marksIn(JSON.stringify({ tel: 13_800_001_111 }))).toContain(phone)
  expect(marksIn(JSON.stringify({ note: 'write to <wang@example.test>, please' }))).toContain(mail)
  expect(marksIn('not JSON; wang@EXAMPLE.test;')).toContain(mail)
  expect(marksIn(JSON.stringify({ channel: 'shop', external_id: 'A-1' }))).toContain(order)
})

test('amounts, dates and postcodes are nobody’s phone, and a customer without contact has no marks', () => {
  const text = JSON.stringify({
    total: 12_345_678,
    placed_at: '2026-03-02T01:59:00Z',
    postcode: '310000',
    price: '12.50',
  })
  expect([...marksIn(text)]).toEqual([])
  expect(marksOf({ phone: null, email: '', orders: [] })).toEqual([])
})

test('a bucket fits an integer column and differs between tenants', () => {
  expect(bucketOf('a', 'phone 1')).not.toBe(bucketOf('b', 'phone 1'))
  for (let i = 0; i < 1_000; i++) expect(bucketOf('a', `phone ${i}`)).toBeLessThan(2 ** 31)
})
