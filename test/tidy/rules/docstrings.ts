// What the platform and the solvers offer to others is described where it stands.
import { type Statement, Visitor } from 'oxc-parser'
import { at, commentAbove, type Finding, isProduct, type Rule } from '../rule.ts'

const docstringRule: Rule = {
  name: 'docstrings',
  promise: 'an exported function of the platform or a solver says what it takes, answers and throws',
  where: (path) => isProduct(path) && /^src\/(platform|solvers)\//.test(path),
  check: (file) => {
    const found: Finding[] = []
    new Visitor({
      ExportNamedDeclaration(node) {
        if (node.declaration === null || !isFunction(node.declaration)) return
        const comment = commentAbove(file, node)
        const isFirstLine = comment?.start === 0
        if (comment === undefined || comment.end > node.start || isFirstLine)
          found.push(at(file, node, 'describe it directly above: shapes, units, errors, source'))
      },
    }).visit(file.source.program)
    return found
  },
  breaks: [
    { path: 'src/solvers/tour.ts', text: '// Tours of a picker.\n\nexport function tour() {}' },
    { path: 'src/solvers/tour.ts', text: '// Tours of a picker.\nexport function tour() {}' },
    { path: 'src/platform/ids.ts', text: '\n// far away\n\nexport const make = () => 1' },
  ],
  keeps: [
    { path: 'src/solvers/tour.ts', text: '\n/** The shortest tour, in metres. */\nexport function tour() {}' },
    { path: 'src/platform/ids.ts', text: '\n// A new id.\nexport const make = () => 1' },
    { path: 'src/platform/ids.ts', text: '\nexport const LENGTH = 26\nfunction inner() {}' },
    { path: 'src/modules/orders/rules.ts', text: '\nexport function plan() {}' },
  ],
}

function isFunction(declaration: Statement): boolean {
  if (declaration.type === 'FunctionDeclaration') return true
  if (declaration.type !== 'VariableDeclaration') return false
  const kinds = ['ArrowFunctionExpression', 'FunctionExpression']
  return declaration.declarations.some(({ init }) => init !== null && kinds.includes(init.type))
}

export const docstrings: readonly Rule[] = [docstringRule]
