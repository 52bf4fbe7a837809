// Promises of the mapping language: each expression and condition does what the guide says, faults are told before anything is read.
import { expect, test } from 'vitest'
import type { Condition, Expression } from '../../../contracts/intake-mapping.ts'
import { compiler, MappingFault } from './compile-expressions.ts'

const row: Readonly<Record<string, string>> = {
  city: 'são  PAULO',
  code: 'a1',
  price: '2.50',
  none: '',
  quantity: '-3',
}
const tables = { states: { SP: { code: '35', name: 'São Paulo' } }, words: { a1: 'one' } }
const { read, holds } = compiler((name) => {
  if (!(name in row)) throw new MappingFault(`no column ${name}`)
  return () => row[name] || undefined
}, tables)
const scope = { main: [], row: [] }

test.each<[Expression, string | undefined]>([
  ['code', 'a1'],
  ['none', undefined],
  [{ is: 'x' }, 'x'],
  [{ join: ['code', { is: '-' }, 'price'] }, 'a1-2.50'],
  [{ join: ['code', 'none'] }, undefined],
  [{ first: ['none', 'code'] }, 'a1'],
  [{ upper: 'code' }, 'A1'],
  [{ lower: 'city' }, 'são  paulo'],
  [{ title: 'city' }, 'São  Paulo'],
  [{ fold: 'city' }, 'sao paulo'],
  [{ pad: 'code', width: 5, with: '0' }, '000a1'],
  [{ table: 'states', of: { is: 'SP' }, field: 'code' }, '35'],
  [{ table: 'words', of: 'code' }, 'one'],
  [{ table: 'words', of: 'price', else: { is: '?' } }, '?'],
  [{ times: 'price', by: '-10' }, '-25'],
  [{ times: 'code', by: '10' }, undefined],
  [{ if: { zero: 'price' }, give: { is: 'free' }, else: { is: 'paid' } }, 'paid'],
  [{ if: { zero: 'price' }, give: { is: 'free' } }, undefined],
])('expression %j gives %s', (expression, text) => {
  expect(read(expression)(scope)).toBe(text)
})

test.each<[Condition, boolean]>([
  [{ equals: ['code', { is: 'a1' }] }, true],
  [{ in: ['code', ['b', 'a1']] }, true],
  [{ in: ['none', ['b']] }, false],
  [{ matches: ['code', '^A'] }, false],
  [{ empty: 'none' }, true],
  [{ below: ['quantity', { is: '0' }] }, true],
  [{ below: ['code', { is: '9' }] }, false],
  [{ zero: { is: '0.00' } }, true],
  [{ all: [{ empty: 'none' }, { not: { empty: 'code' } }] }, true],
  [{ any: [{ empty: 'code' }, { zero: 'price' }] }, false],
])('condition %j is %s', (condition, truth) => {
  expect(holds(condition)(scope)).toBe(truth)
})

test.each<Expression>(['nowhere', { table: 'nothing', of: 'code' }, { if: { matches: ['code', '('] }, give: 'code' }])(
  'fault %j is told at once',
  (expression) => {
    expect(() => read(expression)).toThrow(MappingFault)
  },
)
