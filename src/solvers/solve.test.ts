// Promises of the solvers by JSON: documents, examples and schemas agree; what does not fit is refused with its place.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { solveAssign, solveSourcing } from './solve.ts'
import * as schemas from './solve-schema.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'solvers')
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

const documented = {
  'assign.instance': schemas.AssignInstance,
  'assign.answer': schemas.AssignAnswer,
  'sourcing.instance': schemas.SourcingInstance,
  'sourcing.answer': schemas.SourcingAnswer,
  'batch.instance': schemas.BatchInstance,
  'batch.answer': schemas.BatchAnswer,
}

test.each(Object.entries(documented))('the schema %s in the documents is the one that is checked', (name, schema) => {
  const $schema = 'https://json-schema.org/draft/2020-12/schema'
  expect(read(`${name}.schema.json`)).toEqual({ $schema, ...(plain(schema) as object) })
})

test.each(Object.entries(documented))('the example %s fits its schema', (name, schema) => {
  expect([...Value.Errors(schema, read(`examples/${name}.json`))]).toEqual([])
})

test('the examples get the answers that the documents show', () => {
  expect(plain(solveAssign(read('examples/assign.instance.json'), () => 0))).toEqual(
    read('examples/assign.answer.json'),
  )
  for (const name of ['sourcing', 'batch']) {
    expect(plain(solveSourcing(read(`examples/${name}.instance.json`)))).toEqual(read(`examples/${name}.answer.json`))
  }
})

type Change = (instance: ReturnType<typeof sourcingExample>) => void
const sourcingExample = () =>
  structuredClone(read('examples/sourcing.instance.json')) as {
    network: { stock: unknown[] }
    order: { lines: Record<string, unknown>[]; lanes: { rates: { upto_grams: number[] } }[]; split?: unknown }
  }

test.each<[string, Change, RegExp]>([
  ['a missing split policy', (one) => delete one.order.split, /\/order must have required properties split/],
  ['no units', (one) => (one.order.lines[0]!.quantity = 0), /\/order\/lines\/0\/quantity/],
  ['a SKU that does not exist', (one) => (one.order.lines[1]!.sku = 7), /\/order\/lines\/1\/sku there is no SKU 7/],
  ['stock of another size', (one) => one.network.stock.pop(), /\/network\/stock must have 9 numbers/],
  ['a lane too few', (one) => one.order.lanes.pop(), /\/order\/lanes must have one entry per location/],
  ['steps that fall', (one) => one.order.lanes[2]!.rates.upto_grams.reverse(), /\/order\/lanes\/2\/rates\/upto_grams/],
  ['a kit that does not exist', (one) => (one.order.lines[0]!.kit = 0), /\/order\/lines\/0\/kit there is no kit 0/],
  ['a weight of 1e300', (one) => (one.order.lines[0]!.weight_grams = 1e300), /\/order\/lines\/0\/weight_grams/],
  ['a weight of 1e12', (one) => (one.order.lines[0]!.weight_grams = 1e12), /\/order\/lines\/0\/weight_grams/],
  ['more units than an order holds', (one) => (one.order.lines[0]!.quantity = 1e9), /\/order\/lines\/0\/quantity/],
  ['steps of next to nothing', (one) => (one.order.lanes[0]!.rates.upto_grams[0] = 1e-9), /\/rates\/upto_grams\/0/],
  ['endless stock', (one) => (one.network.stock[0] = 1e300), /\/network\/stock\/0/],
])('an instance with %s is refused with its place', (_, change, says) => {
  const instance = sourcingExample()
  change(instance)
  expect(() => solveSourcing(instance)).toThrow(says)
})

test('an assignment whose rows do not fit each other is refused', () => {
  const instance = {
    cost: [[1, 2], [3]],
    weight: [
      [1, 1],
      [1, 1],
    ],
    capacity: [2, 2],
    sense: 'min',
  }
  expect(() => solveAssign(instance, () => 0)).toThrow(/row 1 does not have 2 orders/)
  expect(() => solveAssign({ ...instance, sense: 'least' }, () => 0)).toThrow(/\/sense/)
})

test('on the command line a solved instance ends with 0, a misfit with 1 and its place on standard error', () => {
  const main = join(import.meta.dirname, '..', 'main.ts')
  const solve = (problem: string, input: string) =>
    spawnSync(process.execPath, [main, 'solve', problem], { input, encoding: 'utf8' })
  const solved = solve('assign', readFileSync(join(folder, 'examples', 'assign.instance.json'), 'utf8'))
  expect([solved.status, JSON.parse(solved.stdout)]).toEqual([0, read('examples/assign.answer.json')])
  const misfit = solve('assign', '{"cost":[[1]]}')
  expect([misfit.status, misfit.stdout]).toEqual([1, ''])
  expect(misfit.stderr).toContain('/ must have required properties weight, capacity, sense')
  const broken = solve('sourcing', '{')
  expect([broken.status, broken.stdout]).toEqual([1, ''])
  expect(broken.stderr).toContain('standard input is not JSON')
})
