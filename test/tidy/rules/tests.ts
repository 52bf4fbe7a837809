// Tests are promises, and all of them are kept on every run.
import { type Expression, Visitor } from 'oxc-parser'
import { at, type Finding, isCode, isTest, type Rule } from '../rule.ts'
import { pathOf } from './exact.ts'

const where = (path: string) => isCode(path) && isTest(path)
const path = 'test/race/last-unit.test.ts'
const RUNNERS = new Set(['test', 'it', 'describe', 'suite'])
const LEFT_OUT = new Set(['skip', 'only', 'todo', 'fails'])
const CONDITIONS = new Set(['skipIf', 'runIf'])
const OTHER_NAMES = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe'])
const SAYS_SKIPPED = /console\.\w+\([^)]*skipped/

const testTitles: Rule = {
  name: 'test-titles',
  promise: 'the title of a test is a promise, never "should"',
  where,
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      CallExpression(node) {
        const [title] = node.arguments
        const text = title === undefined ? '' : file.text.slice(title.start, title.end)
        const isTitle = title?.type === 'Literal' || title?.type === 'TemplateLiteral'
        if (isTitle && RUNNERS.has(rootOf(node.callee)) && /\bshould\b/i.test(text))
          found.push(at(file, node, 'say what holds: "the last unit goes to one buyer"'))
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path, text: "test('it should not oversell', () => {})" },
    { path, text: 'describe.each([1])(`Should ${1}`, () => {})' },
  ],
  keeps: [{ path, text: "test('the last unit goes to one buyer', () => { say('it should') })" }],
}

const allTestsRun: Rule = {
  name: 'all-tests-run',
  promise: 'no test is skipped, singled out or left for later; a condition prints its reason',
  where,
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      MemberExpression(node) {
        const name = node.computed || node.property.type !== 'Identifier' ? '' : node.property.name
        if (!RUNNERS.has(rootOf(node))) return
        if (LEFT_OUT.has(name)) found.push(at(file, node, `.${name} hides a test; mend it or remove it`))
        if (CONDITIONS.has(name) && !SAYS_SKIPPED.test(file.text))
          found.push(at(file, node, `.${name} needs a console line with the word "skipped" and the reason`))
      },
      CallExpression(node) {
        const callee = pathOf(node.callee)
        if (OTHER_NAMES.has(callee)) found.push(at(file, node, `${callee} hides tests; mend it or remove it`))
        if (/^(ctx|context)?\.?skip$/.test(callee) && node.arguments.length === 0)
          found.push(at(file, node, 'skip(reason) needs its reason'))
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path, text: "test.skip('a', () => {})" },
    { path, text: "describe.only('a', () => {})" },
    { path, text: "test.concurrent.todo('a')" },
    { path, text: "xit('a', () => {})" },
    { path, text: "test.skipIf(slow)('a', () => {})" },
    { path, text: "test('a', ({ skip }) => { skip() })" },
  ],
  keeps: [
    { path, text: "if (slow) console.warn('soak skipped: ORDO_LONG is not set')\ntest.skipIf(slow)('a', () => {})" },
    { path, text: "test('a', ({ skip }) => { skip('no browser on this machine') })" },
    { path, text: 'rows.skip(3)' },
  ],
}

/** The name that a chain of members and calls starts with: `test` of test.concurrent.each([])(…). */
function rootOf(node: Expression): string {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'MemberExpression') return node.object.type === 'Super' ? '' : rootOf(node.object)
  return node.type === 'CallExpression' ? rootOf(node.callee) : ''
}

export const tests: readonly Rule[] = [testTitles, allTestsRun]
