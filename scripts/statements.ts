// The SQL statements of a source file, as PostgreSQL gets them: `${value}` becomes $1 … $n, with the columns that their row type declares.
import { type Expression, type TaggedTemplateExpression, Visitor } from 'oxc-parser'
import { type Load, rowColumns } from './row-columns.ts'
import { lineAt, type Source } from './source.ts'

export interface Statement {
  readonly path: string
  /** The line where the template starts, from 1. */
  readonly line: number
  readonly text: string
  /**
   * The columns of the row type. 'none': the rows are used but have no row type; 'unused': nobody looks at the rows;
   * 'unknown': the syntax does not tell the columns of the row type.
   */
  readonly columns: readonly string[] | 'none' | 'unused' | 'unknown'
  /** Where each piece of the text stands in the file: offset in the text, line in the file. */
  readonly pieces: readonly { readonly at: number; readonly line: number }[]
}

/** Whether a file may hold SQL: stores, the platform, the tools of the command line. */
export function mayHoldSql(path: string): boolean {
  return /^src\/(.+\/store[^/]*|(platform|cli)\/.+)\.ts$/.test(path) && !path.endsWith('.test.ts')
}

/** Whether a tagged template is SQL: `sql`, `tx.sql`, `this.sql` and the like. */
export function isSqlTag(tag: Expression): boolean {
  if (tag.type === 'Identifier') return tag.name === 'sql'
  return (
    tag.type === 'MemberExpression' &&
    !tag.computed &&
    tag.property.type === 'Identifier' &&
    tag.property.name === 'sql'
  )
}

/** The statements of `source` in their order; row types are followed through relative imports by `load`. */
export function statementsOf(source: Source, load: Load): Statement[] {
  const found: Statement[] = []
  const unused = new Set<Expression>()
  new Visitor({
    ExpressionStatement({ expression }) {
      unused.add(expression.type === 'AwaitExpression' ? expression.argument : expression)
    },
    TaggedTemplateExpression(node) {
      if (isSqlTag(node.tag)) found.push(statement(node, unused.has(node), source, load))
    },
  }).visit(source.program)
  return found
}

function statement(
  { quasi, typeArguments, start }: TaggedTemplateExpression,
  isUnused: boolean,
  source: Source,
  load: Load,
): Statement {
  let text = ''
  const pieces: { at: number; line: number }[] = []
  for (const [index, piece] of quasi.quasis.entries()) {
    if (index > 0) text += `$${index}`
    pieces.push({ at: text.length, line: lineAt(source.text, piece.start) })
    text += piece.value.cooked ?? piece.value.raw
  }
  const type = typeArguments?.params[0]
  const untyped = isUnused ? 'unused' : 'none'
  const columns = type === undefined ? untyped : (rowColumns(type, source, load) ?? 'unknown')
  return { path: source.path, line: lineAt(source.text, start), text, columns, pieces }
}

/** The line in the file of a position in the statement's text (from 1, as PostgreSQL counts). */
export function lineInFile({ text, pieces, line }: Statement, position: number): number {
  const piece = pieces.findLast(({ at }) => at < position)
  return piece === undefined ? line : piece.line + text.slice(piece.at, position - 1).split('\n').length - 1
}
