// Promises of cells: what the form writes it reads again, what it does not know stays as it was written.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTurned, moved, readAnswer, readCondition, rowsOf, withRows, writeAnswer, writeCondition } from './table.ts'

const words = fc.array(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
const bound = fc.option(fc.integer({ min: 0, max: 1_000_000 }))

test('a condition that was filled in reads back as it was meant', () => {
  fc.assert(
    fc.property(words, bound, bound, fc.boolean(), (values, least, most, value) => {
      const chosen = { is: 'one_of', values } as const
      expect(readCondition('choice', writeCondition('choice', chosen))).toEqual(chosen)
      expect(readCondition('list', writeCondition('list', chosen))).toEqual(chosen)
      const range = { is: 'between', least, most } as const
      const read = readCondition('number', writeCondition('number', range))
      expect(read).toEqual(least === null && most === null ? { is: 'any' } : range)
      expect(isTurned('number', writeCondition('number', range))).toBe(least !== null && most !== null && least > most)
      const flag = { is: 'flag', value } as const
      expect(readCondition('flag', writeCondition('flag', flag))).toEqual(flag)
    }),
  )
})

test('an expression that the form does not know stays as it is', () => {
  for (const text of ['not in ["A", "B"]', 'len($) > 3', 'startsWith($, "31")'])
    expect(writeCondition('choice', readCondition('choice', text))).toBe(text)
  expect(readCondition('number', '> 5')).toEqual({ is: 'between', least: 6, most: null })
  expect(readAnswer('value / 10')).toEqual({ is: 'raw', text: 'value / 10' })
})

test('answers come back as they were, and an empty one leaves the cell empty', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean(), words), (value) => {
      expect(readAnswer(writeAnswer(value))).toEqual({ is: 'value', value })
    }),
  )
  expect([writeAnswer(''), writeAnswer([]), writeAnswer(null), writeAnswer({})]).toEqual(['', '', '', ''])
})

test('rows are put back where they came from, and one that moves leaves the others in their order', () => {
  const document = {
    nodes: [{ type: 'inputNode' }, { type: 'decisionTableNode', content: { rules: [{ a: '1' }, { a: '2' }] } }],
  }
  const rows = rowsOf(document) ?? []
  expect(rowsOf(withRows(document, moved(rows, 0, 1)))).toEqual([{ a: '2' }, { a: '1' }])
  expect(moved(rows, 0, -1)).toEqual(rows)
  expect(rowsOf({ nodes: [] })).toBeNull()
})
