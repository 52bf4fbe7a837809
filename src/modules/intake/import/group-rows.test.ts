// Promises of grouping: near rows of one key are one group, in order, and a row that comes too late is told.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Group, groupRows } from './group-rows.ts'

async function* rowsOf(keys: readonly string[]): AsyncGenerator<readonly string[]> {
  for (const key of keys) yield [key]
}

async function group(keys: readonly string[], window_rows: number): Promise<Group[]> {
  const groups: Group[] = []
  for await (const one of groupRows(rowsOf(keys), (cells) => cells[0], window_rows)) groups.push(one)
  return groups
}

const shape = (groups: readonly Group[]) =>
  groups.map((one) => `${one.key}${one.rows.map((row) => row.row_no).join('+')}${one.late ? '!' : ''}`)

test('rows of one key within the window are one group', async () => {
  expect(shape(await group(['a', 'b', 'a', 'b', 'c'], 10))).toEqual(['a1+3', 'b2+4', 'c5'])
})

test('a key that comes after its window is a late group', async () => {
  expect(shape(await group(['a', 'b', 'b', 'b', 'a'], 2))).toEqual(['a1', 'b2+3+4', 'a5!'])
})

test('with a window of nothing each row is a group', async () => {
  expect(shape(await group(['a', 'b', 'a'], 0))).toEqual(['a1', 'b2', 'a3!'])
})

test('every row is in exactly one group, groups begin in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 }),
      fc.nat(8),
      async (keys, window) => {
        const groups = await group(keys, window)
        const rows = groups.flatMap((one) => one.rows.map((row) => row.row_no)).toSorted((a, b) => a - b)
        expect(rows).toEqual(keys.map((_, index) => index + 1))
        expect(groups.map((one) => one.group_no).toSorted((a, b) => a - b)).toEqual(groups.map((_, index) => index + 1))
        for (const one of groups) for (const row of one.rows) expect(row.cells[0]).toBe(one.key)
      },
    ),
  )
})

test('groups come out in the order of their numbers, so that a checkpoint is one number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 }),
      fc.nat(8),
      async (keys, window) => {
        const numbers = (await group(keys, window)).map((one) => one.group_no)
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      },
    ),
  )
})
