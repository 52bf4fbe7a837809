// Promises of cells: what the form writes it reads again, what it does not know stays as it was written.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RuleField } from '../../../src/contracts/policies.ts'
import { isTurned, moved, readAnswer, readCondition, rowsOf, withRows, writeAnswer, writeCondition } from './table.ts'
import { isWholeLine, readZones } from './zone-entries.ts'

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

test('beginnings of a postcode read back as they were meant; whole postcodes of before are still read as such', () => {
  const cell = 'startsWith($, "310") or startsWith($, "SW1A 1")'
  const begins = { is: 'begins', values: ['310', 'SW1A 1'] } as const
  expect(readCondition('prefix', cell)).toEqual(begins)
  expect(writeCondition('prefix', begins)).toBe(cell)
  expect(writeCondition('prefix', { is: 'begins', values: [] })).toBe('')
  expect(readCondition('prefix', 'in ["310000"]')).toEqual({ is: 'one_of', values: ['310000'] })
  for (const text of [`${cell} and len($) > 3`, 'startsWith($, "3") or endsWith($, "1")', 'not in ["310000"]'])
    expect(readCondition('prefix', text)).toEqual({ is: 'raw', text })
})

const column = (field: string, id = field) => ({ id, name: field, field })
const table = (content: object) => ({ nodes: [{ type: 'inputNode' }, { type: 'decisionTableNode', content }] })
const field = (name: string): RuleField => ({
  field: name,
  label: { en: name, zh: name },
  hint: null,
  section: 'when',
  type: 'text',
  choices: [],
})
const columns = { inputs: ['a', 'city'].map(field), outputs: ['limit'].map(field) }

test('a row goes back under the columns of its table, and what that table is too old for is added', () => {
  const document = table({ inputs: [column('a', 'x1')], outputs: [], rules: [{ _id: '1', x1: '1' }, { _id: '2' }] })
  const [first = {}, second = {}] = rowsOf(document) ?? []
  expect([first, second]).toEqual([{ _id: '1', a: '1' }, { _id: '2' }])
  expect(
    withRows(
      document,
      [
        { ...first, limit: '' },
        { ...second, city: '"c"' },
      ],
      columns,
    ),
  ).toEqual(
    table({
      inputs: [column('a', 'x1'), column('city')],
      outputs: [],
      rules: [
        { _id: '1', x1: '1', city: '' },
        { _id: '2', x1: '', city: '"c"' },
      ],
    }),
  )
})

test('a zone map reads the same in its old form, and lines that are not whole say nothing', () => {
  expect(readZones({ 浙江省: ['HZ1'], 广东省: [] }).map((line) => [line.of, isWholeLine(line)])).toEqual([
    [['浙江省'], true],
    [['广东省'], false],
  ])
  const lines = [{ by: 'postcode', of: ['310'], prefer: ['HZ1'] }]
  expect(readZones(JSON.parse(writeAnswer([...lines, { by: 'street', of: [], prefer: [] }])))).toEqual(lines)
  expect(readZones('x')).toEqual([])
})

test('rows are put back where they came from, and one that moves leaves the others in their order', () => {
  const document = table({ inputs: [column('a')], outputs: [], rules: [{ a: '1' }, { a: '2' }] })
  const rows = rowsOf(document) ?? []
  expect(rowsOf(withRows(document, moved(rows, 0, 1), columns))).toEqual([{ a: '2' }, { a: '1' }])
  expect(moved(rows, 0, -1)).toEqual(rows)
  expect(rowsOf({ nodes: [] })).toBeNull()
})
