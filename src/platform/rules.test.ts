// Rules documents: what cannot be read is found before it is used, and a batch answers case by case in order.
import { expect, test } from 'vitest'
import { checkRules, compileRules, rulesOf } from './rules.ts'

const ends = [
  { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
  { id: 'out', type: 'outputNode', name: 'out', position: { x: 2, y: 0 } },
]
function tableNode(id: string, cell: string, output = '"large"') {
  return {
    id,
    type: 'decisionTableNode',
    name: id,
    position: { x: 1, y: 0 },
    content: {
      hitPolicy: 'collect',
      inputs: [{ id: 'i1', name: 'Total', field: 'total' }],
      outputs: [{ id: 'o1', name: 'Code', field: 'code' }],
      rules: [{ _id: 'r1', i1: cell, o1: output }],
    },
  }
}
const edge = (sourceId: string, targetId: string) => ({
  id: `${sourceId}${targetId}`,
  type: 'edge',
  sourceId,
  targetId,
})
const document = (cell: string, output?: string) => ({
  nodes: [...ends, tableNode('t', cell, output)],
  edges: [edge('in', 't'), edge('t', 'out')],
})

test('each case gets its own answer, in order', async () => {
  const answers = await compileRules(document('> 100')).evaluate([{ total: 50 }, { total: 101 }, { total: 100 }])
  expect(answers).toEqual([[], [{ code: 'large' }], []])
})

test('a batch larger than one call of the engine is answered whole', async () => {
  const cases = Array.from({ length: 2500 }, (_, index) => ({ total: index }))
  const answers = await compileRules(document('>= 2000')).evaluate(cases)
  expect(answers).toHaveLength(2500)
  expect(answers.filter((answer) => Array.isArray(answer) && answer.length === 1)).toHaveLength(500)
})

test('a document of several nodes answers case by case too', async () => {
  const expression = {
    id: 'e',
    type: 'expressionNode',
    name: 'e',
    position: { x: 1, y: 0 },
    content: { expressions: [{ id: 'x', key: 'total', value: 'net + tax' }] },
  }
  const chain = {
    nodes: [...ends, expression, tableNode('t', '> 100')],
    edges: [edge('in', 'e'), edge('e', 't'), edge('t', 'out')],
  }
  const answers = await compileRules(chain).evaluate([
    { net: 90, tax: 20 },
    { net: 10, tax: 1 },
  ])
  expect(answers).toEqual([[{ code: 'large' }], []])
})

test('a cell that cannot be read is named by row and column', () => {
  expect(checkRules(document('> > 5'))).toEqual([
    { place: 't, row 1, Total', says: expect.stringContaining('Unexpected token') },
  ])
  expect(checkRules(document('> 5', 'large amount'))[0]?.place).toBe('t, row 1, Code')
  expect(checkRules(document('> 5'))).toEqual([])
  expect(checkRules(document('[1..900000000]'))).toEqual([])
  expect(checkRules(document('some([1..9], # == $)'))).toEqual([])
  expect(checkRules(document('sum(map([1..900000000], # * 2)) > $'))).toEqual([
    { place: 't, row 1, Total', says: 'goes through more than 100 numbers one by one' },
  ])
})

test('a node that runs code or calls out is refused', () => {
  const script = { id: 'f', type: 'functionNode', name: 'f', position: { x: 1, y: 0 }, content: { source: '' } }
  expect(checkRules({ nodes: [...ends, script], edges: [edge('in', 'f'), edge('f', 'out')] })).not.toEqual([])
  expect(() => compileRules({ nodes: [], edges: [] })).toThrow('cannot be read')
})

test('a version is compiled once', () => {
  expect(rulesOf('v1', document('> 5'))).toBe(rulesOf('v1', document('> 6')))
  expect(rulesOf('v2', document('> 5'))).not.toBe(rulesOf('v1', document('> 5')))
})
