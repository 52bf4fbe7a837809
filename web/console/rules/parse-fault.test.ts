// What the engine says of expressions that it cannot read has words of the console, with the place that people count.
import { expect, test } from 'vitest'
import { parseFault } from './parse-fault.ts'

test.each([
  ['> 5 and', 'Expected a literal at (7, 7)', 'end', {}],
  ['> ', 'Expected a literal at (1, 1)', 'end', {}],
  ['not in ["shop"', 'Unexpected token: None at (14, 14); Expected Operator.', 'end', {}],
  ['"a', 'Unexpected EOF: a at 1', 'quote', {}],
  ['$ @ 3', 'Unmatched symbol: @ at 2', 'sign', { sign: '@', place: 3 }],
  ['"杭州" @ 3', 'Unmatched symbol: @ at 9', 'sign', { sign: '@', place: 6 }],
  ['$ >< 3', 'Unexpected token: Operator at (3, 4); Expected UnaryOperator.', 'sign', { sign: '<', place: 4 }],
  ['len(1, 2)', 'Invalid function call `len`: Invalid number of arguments', 'call', { name: 'len' }],
  ['foo bar', 'Incomplete parser output', 'rest', {}],
])('%s', (written, says, kind, values) => {
  expect(parseFault(says, written)).toEqual({ key: `rules.parse.${kind}`, values })
})

test('what is none of the usual kinds is shown as it is said', () => {
  expect(parseFault('goes through more than 100 numbers one by one', '[1..1000]')).toBeNull()
})
