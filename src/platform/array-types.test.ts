// Arrays survive the way to PostgreSQL and back, whatever stands in them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readArray, writeArray } from './array-types.ts'

const same = (text: string) => text

test('a list of any texts is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (list) => {
      expect(readArray(writeArray(list), same)).toEqual(list)
    }),
  )
})

test('numbers, amounts, truth, times, bytes and several dimensions have the form that PostgreSQL reads', () => {
  const at = new Date('2026-03-01T08:00:00.000Z')
  expect(writeArray([1, -2.5, 3n, true, at, new Uint8Array([1, 255])])).toBe(
    '{1,-2.5,3,true,"2026-03-01T08:00:00.000Z","\\\\x01ff"}',
  )
  expect(writeArray([[1, 2], [3]])).toBe('{{1,2},{3}}')
  expect(writeArray([])).toBe('{}')
})

test('what PostgreSQL answers is read: bounds, nulls, quotes, dimensions', () => {
  expect(readArray('{}', same)).toEqual([])
  expect(readArray('[0:1]={1,NULL}', Number)).toEqual([1, null])
  expect(readArray('{a,"b,c","NULL","q\\"\\\\"}', same)).toEqual(['a', 'b,c', 'NULL', 'q"\\'])
  expect(readArray('{{1,2},{3,4}}', BigInt)).toEqual([
    [1n, 2n],
    [3n, 4n],
  ])
})
