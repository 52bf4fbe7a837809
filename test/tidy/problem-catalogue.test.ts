// Each refusal has one home, one status and its words in both languages.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { repositoryFiles } from '../../scripts/source.ts'
import { problemFaults } from './problem-catalogue.ts'
import { fileOf, isProduct } from './rule.ts'

const GOOD = "{ status: 409, en: 'Out of stock.', zh: '缺货。', fix: { en: 'Order less.', zh: '减少数量。' } }"
const home = 'src/modules/orders/problems.ts'
const list = (entries: string) => `export const orderProblem = problems({ ${entries} })`
const faultsOf = (entries: string) => problemFaults([fileOf(home, list(entries))])

test('each problem code is listed once, with status, and English and Chinese text and fix', () => {
  const files = repositoryFiles().filter(isProduct)
  const found = problemFaults(files.map((path) => fileOf(path, readFileSync(path, 'utf8'))))
  expect(found).toEqual([])
})

test('a complete entry is accepted', () => {
  expect(faultsOf(`out_of_stock: ${GOOD}`)).toEqual([])
})

test.each([
  ['no status', `{ en: 'Out of stock.', zh: '缺货。', fix: { en: 'Order less.', zh: '减少数量。' } }`, 'status'],
  ['a status of success', GOOD.replace('409', '200'), 'status'],
  ['no English', GOOD.replace("en: 'Out of stock.', ", ''), 'en is no English'],
  ['Chinese for English', GOOD.replace('Out of stock.', '缺货缺货缺货'), 'en is no English'],
  ['English for Chinese', GOOD.replace('缺货。', 'out'), 'zh is no Chinese'],
  ['no fix', GOOD.replace(/, fix.*/, ' }'), 'fix is missing'],
  ['half a fix', GOOD.replace(", zh: '减少数量。'", ''), 'fix.zh is no Chinese'],
  ['an entry from elsewhere', 'shared', 'is not written out'],
])('%s is found', (_name, entry, fault) => {
  expect(faultsOf(`out_of_stock: ${entry}`).join()).toContain(fault)
})

test('a code that is no snake_case name is found', () => {
  expect(faultsOf(`'Out-Of-Stock': ${GOOD}`).join()).toContain('snake_case')
})

test('a code that two files list is found with both places', () => {
  const files = [home, 'src/modules/inventory/problems.ts'].map((path) => fileOf(path, list(`out_of_stock: ${GOOD}`)))
  expect(problemFaults(files)).toEqual([
    `src/modules/inventory/problems.ts:1 out_of_stock is listed already at ${home}:1`,
  ])
})

test('problems outside a problems.ts, and a problems.ts without any, are found', () => {
  const stray = fileOf('src/modules/orders/place.ts', list(`out_of_stock: ${GOOD}`))
  expect(problemFaults([stray, fileOf(home, '')])).toHaveLength(2)
})
