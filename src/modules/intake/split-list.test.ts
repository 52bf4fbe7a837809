// Promises of cutting a list: every JSON is cut where JSON.parse would, what is no such list is told apart.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitList } from './split-list.ts'

const cut = async (text: string, most = 100) =>
  (await splitList(Buffer.from(text), 'orders', most))?.map((slice) => slice.toString())

test('any list of any JSON is cut into its members', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue(), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(undefined, 1, '\t'),
      async (orders, indent) => {
        const slices = await cut(JSON.stringify({ orders }, null, indent))
        expect(slices?.map((slice) => JSON.parse(slice))).toEqual(JSON.parse(JSON.stringify(orders)))
      },
    ),
    { numRuns: 1000 },
  )
})

test('an empty list has no members', async () => {
  expect(await cut(' { "orders" : [ ] } ')).toEqual([])
})

test.each([
  '',
  '[]',
  '{}',
  '{"orders":{}}',
  '{"orders":[1]',
  '{"orders":[1]}x',
  '{"orders":[1,]}',
  '{"orders":[1],"more":1}',
  '{"order":[1]}',
  '{"orders":["open]}',
  '{"orders":[{]}',
  '{"orders":[1 2]',
])('%s is not such a list', async (text) => {
  expect(await cut(text)).toBeUndefined()
})

test('brackets and quotes inside texts are text', async () => {
  const order = { a: '}]"\\', b: ['{', '\\"'] }
  expect((await cut(JSON.stringify({ orders: [order, order] })))?.map((slice) => JSON.parse(slice))).toEqual([
    order,
    order,
  ])
})

test('it stops soon after the most that are wanted', async () => {
  expect(await cut(JSON.stringify({ orders: Array.from({ length: 50 }, () => 1) }), 10)).toHaveLength(11)
})

test('a body of 20 MB gives others their turn at each megabyte', async () => {
  const order = {
    external_id: 'x',
    lines: Array.from({ length: 40 }, (_, line_no) => ({ line_no, title: 'y'.repeat(70) })),
  }
  const bytes = Buffer.from(JSON.stringify({ orders: Array.from({ length: 5_000 }, () => order) }))
  expect(bytes.length).toBeGreaterThan(18_000_000)
  let turns = 0
  let done = false
  const others = () => {
    turns += 1
    if (!done) setImmediate(others)
  }
  setImmediate(others)
  const slices = await splitList(bytes, 'orders', 5_000)
  done = true
  expect(slices).toHaveLength(5_000)
  expect(turns).toBeGreaterThanOrEqual(15)
})
