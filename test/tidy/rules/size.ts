// How large things may become before they hide what they do.
import { type ArrowFunctionExpression, type CallExpression, type Function as FunctionNode, Visitor } from 'oxc-parser'
import { lineAt } from '../../../scripts/source.ts'
import { at, type Finding, isCode, type Rule } from '../rule.ts'

const FILE_LINES = 300
const FUNCTION_LINES = 70
const lines = (count: number, line = '1') => Array.from({ length: count }, () => line).join('\n')
const measured = (path: string) => /\.(ts|tsx|mjs|cjs|js|css|sql|sh)$/.test(path) && path !== 'db/schema.sql'

const fileLength: Rule = {
  name: 'file-length',
  promise: `a file has at most ${FILE_LINES} lines`,
  where: measured,
  check: ({ text }) => {
    const count = text.trimEnd().split('\n').length
    return count > FILE_LINES ? [{ line: FILE_LINES + 1, says: `${count} lines; split it by what it does` }] : []
  },
  breaks: [{ path: 'src/long.ts', text: lines(301) }],
  keeps: [
    { path: 'src/long.ts', text: `${lines(300)}\n` },
    { path: 'db/schema.sql', text: lines(301) },
  ],
}

const functionLength: Rule = {
  name: 'function-length',
  promise: `a function has at most ${FUNCTION_LINES} lines`,
  where: isCode,
  check: (file) => {
    const found: Finding[] = []
    const suites = new Set<unknown>()
    const measure = (node: FunctionNode | ArrowFunctionExpression) => {
      const count = lineAt(file.text, node.end) - lineAt(file.text, node.start) + 1
      if (count > FUNCTION_LINES && !suites.has(node)) found.push(at(file, node, `${count} lines; name its parts`))
    }
    new Visitor({
      CallExpression: (node) => void suites.add(suiteOf(node)),
      FunctionDeclaration: measure,
      FunctionExpression: measure,
      ArrowFunctionExpression: measure,
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path: 'src/long.ts', text: `function f() {\n${lines(69)}\n}` },
    { path: 'web/long.tsx', text: `const f = () => {\n${lines(69)}\n}` },
    { path: 'src/long.ts', text: `class A {\n m() {\n${lines(69)}\n}\n}` },
  ],
  keeps: [
    { path: 'src/long.ts', text: `function f() {\n${lines(68)}\n}` },
    { path: 'src/long.test.ts', text: `describe('a suite', () => {\n${lines(90)}\n})` },
  ],
}

/** The callback of `describe`: a heading, not a function. */
function suiteOf({ callee, arguments: [, body] }: CallExpression): unknown {
  return callee.type === 'Identifier' && callee.name === 'describe' ? body : undefined
}

export const size: readonly Rule[] = [fileLength, functionLength]
