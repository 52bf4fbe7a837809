// Money without fractions of binary, time and chance from one place: what a replay or an audit needs.
import { type Expression, Visitor } from 'oxc-parser'
import { at, commentAbove, type File, type Finding, isProduct, type Rule } from '../rule.ts'

const MONEY_HOME = ['src/platform/money.ts', 'src/platform/quantity.ts', 'src/platform/telemetry.ts']
const TIME_HOME = ['src/platform/clock.ts', 'src/platform/ids.ts']
const FLOATING = new Set(['parseFloat', 'Number.parseFloat'])
const TIME_AND_CHANCE = new Set([
  'Date',
  'Date.now',
  'Math.random',
  'randomUUID',
  'crypto.randomUUID',
  'globalThis.crypto.randomUUID',
])

/** `a.b.c` of an expression, '' for what is not a plain path of names; a path that starts with a call ends in its last name. */
export function pathOf(node: Expression): string {
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return ''
  return `${node.object.type === 'Super' ? '' : pathOf(node.object)}.${node.property.name}`
}

const moneyExact: Rule = {
  name: 'money-exact',
  promise: 'money is integer minor units: nothing parses, rounds or prints it as a float',
  where: (path) => isProduct(path) && !MONEY_HOME.includes(path),
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      CallExpression(node) {
        const path = pathOf(node.callee)
        const isMoney = !/\bnot money: \S/.test(commentAbove(file, node)?.value ?? '')
        if (isMoney && (FLOATING.has(path) || path.endsWith('.toFixed')))
          found.push(
            at(file, node, `${path} loses cents: use platform/money.ts, or say \`// not money: <what>\` above`),
          )
        if (path === 'Math.round' && /\* ?1_?0{2,3}\b/.test(file.text.slice(node.start, node.end)))
          found.push(at(file, node, 'rounding to cents is for platform/money.ts'))
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path: 'src/modules/orders/tax.ts', text: 'const a = parseFloat(b)' },
    { path: 'src/modules/orders/tax.ts', text: 'const a = Number.parseFloat(b)' },
    { path: 'src/modules/orders/tax.ts', text: 'const a = (b / c).toFixed(2)' },
    { path: 'src/modules/orders/tax.ts', text: 'const a = Math.round(price * 100)' },
  ],
  keeps: [
    { path: 'src/platform/money.ts', text: 'const a = b.toFixed(2)' },
    { path: 'src/solvers/tour.ts', text: 'const a = Math.round(b * c)' },
    { path: 'src/modules/shipping/label.ts', text: '// not money: millimetres\nconst a = b.toFixed(1)' },
    { path: 'src/modules/orders/tax.test.ts', text: 'parseFloat(b)' },
  ],
}

const injectedTime: Rule = {
  name: 'injected-time',
  promise: 'time comes from the clock and chance from ids, so that a test can hold both',
  where: (path) => isProduct(path) && !TIME_HOME.includes(path),
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      CallExpression: (node) => found.push(...banned(file, node, pathOf(node.callee))),
      NewExpression: (node) => {
        if (node.arguments.length === 0 && pathOf(node.callee) === 'Date') found.push(...banned(file, node, 'Date'))
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path: 'src/modules/orders/place.ts', text: 'const a = Date.now()' },
    { path: 'src/modules/orders/place.ts', text: 'const a = new Date()' },
    { path: 'src/modules/orders/place.ts', text: 'const a = Math.random()' },
    { path: 'src/modules/orders/place.ts', text: 'const a = crypto.randomUUID()' },
    { path: 'src/platform/secrets.ts', text: "import { randomUUID } from 'node:crypto'\nconst a = randomUUID()" },
  ],
  keeps: [
    { path: 'src/platform/clock.ts', text: 'const a = Date.now()' },
    { path: 'src/modules/orders/place.ts', text: 'const a = new Date(text)' },
    { path: 'bench/intake.ts', text: 'const a = Date.now()' },
    { path: 'web/console/board.tsx', text: 'const a = new Date()' },
  ],
}

function banned(file: File, node: { start: number }, path: string): Finding[] {
  return TIME_AND_CHANCE.has(path)
    ? [at(file, node, `${path} cannot be held by a test; take it from the clock or ids`)]
    : []
}

export const exact: readonly Rule[] = [moneyExact, injectedTime]
