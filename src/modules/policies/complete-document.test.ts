// Documents beside the vocabulary: a column that came later is added where a cell needs it, what would count for nothing is told.
import { expect, test } from 'vitest'
import { compileRules } from '../../platform/rules.ts'
import { completed, conditionFault, straysIn } from './complete-document.ts'

const columns = { inputs: ['channel', 'city'], outputs: ['rule', 'limit'] }
const column = (name: string, id = name) => ({ id, name, field: name })
const place = { x: 0, y: 0 }
const edge = (sourceId: string, targetId: string) => ({ id: `${sourceId}-${targetId}`, sourceId, targetId })

interface Written {
  readonly inputs?: readonly object[]
  readonly outputs?: readonly object[]
  readonly rules: readonly Readonly<Record<string, string>>[]
}

/** A table that is older than the city. */
const old = ({ inputs = [column('channel')], outputs = [column('rule')], rules }: Written) => ({
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: place },
    {
      id: 'table',
      type: 'decisionTableNode',
      name: 'Table',
      position: place,
      content: { hitPolicy: 'collect', inputs, outputs, rules },
    },
    { id: 'out', type: 'outputNode', name: 'out', position: place },
  ],
  edges: [edge('in', 'table'), edge('table', 'out')],
})
const answers = async (document: unknown, city: string) =>
  (await compileRules(document).evaluate([{ channel: 'shop', city }]))[0]

test('a condition in an older document holds: the column that it needs is added, and no other row is lost by it', async () => {
  const written = old({
    rules: [
      { _id: '1', rule: '"a"', city: '"x"' },
      { _id: '2', rule: '"b"' },
    ],
  })
  expect(await answers(written, 'y')).toEqual([])
  const whole = completed(written, columns)
  expect(await answers(whole, 'x')).toEqual([{ rule: 'a' }, { rule: 'b' }])
  expect(await answers(whole, 'y')).toEqual([{ rule: 'b' }])
  expect(straysIn(whole, columns)).toEqual([])
  expect(completed(whole, columns)).toEqual(whole)
})

test('an answer in an older document is given, and columns that no cell needs are left out', async () => {
  const whole = completed(old({ rules: [{ rule: '"a"', limit: '5', city: ' ' }] }), columns)
  expect(await answers(whole, 'y')).toEqual([{ rule: 'a', limit: 5 }])
  expect(JSON.stringify(whole)).not.toContain('"field":"city"')
})

test('a column that is listed under another id is not added again', () => {
  const written = old({
    inputs: [column('channel'), column('city', 'c1')],
    rules: [{ c1: '"x"', city: '"y"', rule: '' }],
  })
  expect(completed(written, columns)).toEqual({ ...written, nodes: expect.anything() })
  expect(straysIn(completed(written, columns), columns)).toEqual([
    { place: 'Table, row 1, city', says: expect.stringContaining('the table has no column city') },
  ])
})

test.each([
  ['a cell without a column', { rules: [{ rule: '"a"', town: '"x"' }] }, 'town', 'no column town'],
  [
    'a column of which an order has nothing',
    { inputs: [column('town')], rules: [{ rule: '"a"', town: '"x"' }] },
    'town',
    'town',
  ],
  [
    'an answer that no rule can give',
    { outputs: [column('max')], rules: [{ max: '5' }] },
    'max',
    'no rule can answer max',
  ],
  [
    'a text without quotation marks',
    { rules: [{ rule: '"a"', channel: 'shop' }] },
    'channel',
    'quotation marks: "shop"',
  ],
])('%s is told, with its place', (_, written: Written, at, says) => {
  expect(straysIn(completed(old(written), columns), columns)).toEqual([
    { place: `Table, row 1, ${at}`, says: expect.stringContaining(says) },
  ])
})

test('notes of an editor, empty cells and expressions are no strays', () => {
  const inputs = [column('channel'), { id: 'any', name: 'any' }, column('lower(city)', 'low')]
  const rules = [
    { _id: '1', _description: 'why', town: '', rule: '"a"', channel: 'city', any: 'len(city) > 1', low: 'true' },
  ]
  expect(straysIn(completed(old({ inputs, rules }), columns), columns)).toEqual([])
})

test('a condition that cannot be read is told while it is written', () => {
  const codeOf = (cell: string) => conditionFault(cell, columns)?.code ?? null
  expect(['in ["a"', 'foo bar', '杭州', '$ =='].map(codeOf)).toEqual(Array(4).fill('unreadable'))
})

test.each([
  ['shop', 'shop'],
  [' Hangzhou ', 'Hangzhou'],
  ['not in [express]', 'express'],
  ['in ["a", express]', 'express'],
  ['$ == express', 'express'],
  ['town == "x"', 'town'],
  ['channel == "shop" and city == Hangzhou', 'Hangzhou'],
  ['some(["a"] as one, one == two)', 'two'],
  ['$ in [1..most]', 'most'],
  ['$ == `a ${town}`', 'town'],
  ['$ == "a" ? "b" : other', 'other'],
  ['startsWith($, 31)', '31'],
  ['endsWith(lower($), 31)', '31'],
  ['$ != "a" and contains($, 3.5)', '3.5'],
])('a word without quotation marks is told wherever it stands: %s', (cell, word) => {
  const fault = conditionFault(cell, columns)
  expect(fault).toMatchObject({ code: 'bare_word', word })
  expect(fault?.says).toContain(`a text stands in quotation marks: "${word}"`)
  const written = completed(old({ rules: [{ rule: '"a"', channel: cell }] }), columns)
  expect(straysIn(written, columns)).toEqual([{ place: 'Table, row 1, channel', says: fault?.says }])
})

test.each(['$ > "abc"', '> "abc"', '"abc" <= $', 'city >= "abc"'])(
  'a text where a number belongs is told: %s',
  (cell) => {
    expect(conditionFault(cell, columns)).toMatchObject({ code: 'no_number', word: '"abc"' })
  },
)

test.each([
  'not in ["express", \'town\']',
  'startsWith($, "31") and len($) == 6',
  'channel',
  'city == $ or $root.city == null',
  'true',
  '> 5',
  '$ > 1e5 and $ <= 2.5',
  'in [1..5]',
  'some($, # in ["A"])',
  'some($ as one, one == "a")',
  'contains([1, 2], 1)',
  'd("2026-01-01").year() == 2026',
  '$.anything.at.all == null',
  '$ == `a ${city}`',
  '$ != "x > y, town"',
  '$ not in ["a"] ? true : false',
])('a condition that can be meant is let be: %s', (cell) => {
  expect(conditionFault(cell, columns)).toBeNull()
})

test('an answer without quotation marks is told too', () => {
  const written = completed(old({ rules: [{ rule: 'first', limit: '5' }] }), columns)
  expect(straysIn(written, columns)).toEqual([
    { place: 'Table, row 1, rule', says: expect.stringContaining('"first"') },
  ])
})

test('what is no single table stays as it is', () => {
  for (const document of [null, 'x', { nodes: [] }]) {
    expect(completed(document, columns)).toBe(document)
    expect(straysIn(document, columns)).toEqual([])
  }
})
