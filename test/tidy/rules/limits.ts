// Every list, batch and fan-out has a maximum.
import { type Argument, type CallExpression, Visitor } from 'oxc-parser'
import { at, commentAbove, type File, type Finding, isProduct, type Rule } from '../rule.ts'
import { pathOf } from './exact.ts'

const PARALLEL = new Set(['Promise.all', 'Promise.allSettled', 'Promise.any', 'Promise.race'])
const path = 'src/modules/orders/place-orders.ts'

const boundedParallel: Rule = {
  name: 'bounded-parallel',
  promise: 'nothing fans out over a list of unknown length',
  where: isProduct,
  check: (file) =>
    calls(file, (node) => {
      const [list] = node.arguments
      if (!PARALLEL.has(pathOf(node.callee)) || list?.type !== 'CallExpression') return undefined
      if (list.callee.type !== 'MemberExpression' || !/\.(map|flatMap)$/.test(pathOf(list.callee) || '.map'))
        return undefined
      if (list.callee.object.type === 'ArrayExpression') return undefined
      return 'work through the list in batches, or say `// at most <n>: <why>` above'
    }),
  breaks: [
    { path, text: 'await Promise.all(orders.map(place))' },
    { path, text: 'await Promise.allSettled(Object.values(a).map(place))' },
  ],
  keeps: [
    { path, text: 'await Promise.all([a(), b()])' },
    { path, text: "await Promise.all(['a', 'b'].map(place))" },
    { path, text: '// at most 4: one call per axis\nawait Promise.all(axes.map(read))' },
    { path: 'src/modules/orders/place.test.ts', text: 'await Promise.all(orders.map(place))' },
  ],
}

const boundedArrays: Rule = {
  name: 'bounded-arrays',
  promise: 'every array of a request or reply has a maximum',
  where: isProduct,
  check: (file) =>
    calls(file, (node) =>
      pathOf(node.callee) === 'Type.Array' && !hasMaximum(node.arguments[1])
        ? 'give the array maxItems, or say `// at most <n>: <why>` above'
        : undefined,
    ),
  breaks: [
    { path: 'src/contracts/order.ts', text: 'const a = Type.Array(Line)' },
    { path: 'src/contracts/order.ts', text: 'const a = Type.Array(Line, { minItems: 1 })' },
  ],
  keeps: [
    { path: 'src/contracts/order.ts', text: 'const a = Type.Array(Line, { minItems: 1, maxItems: 2000 })' },
    { path: 'src/contracts/order.ts', text: 'const a = Type.Array(Line, page)' },
  ],
}

function calls(file: File, judge: (node: CallExpression) => string | undefined): Finding[] {
  const found: Finding[] = []
  new Visitor({
    CallExpression(node) {
      const says = judge(node)
      if (says === undefined || /\bat most [\d_]+/.test(commentAbove(file, node)?.value ?? '')) return
      found.push(at(file, node, says))
    },
  }).visit(file.source.program)
  return found
}

function hasMaximum(options: Argument | undefined): boolean {
  if (options?.type !== 'ObjectExpression') return options !== undefined
  return options.properties.some(
    (property) =>
      property.type === 'SpreadElement' || (property.key.type === 'Identifier' && property.key.name === 'maxItems'),
  )
}

export const limits: readonly Rule[] = [boundedParallel, boundedArrays]
