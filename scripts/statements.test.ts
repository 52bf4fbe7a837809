// Every SQL template is found, with its parameters, its declared columns and the line of each position.
import { expect, test } from 'vitest'
import { parseSource, type Source } from './source.ts'
import { lineInFile, statementsOf } from './statements.ts'

const shapes = parseSource(
  'src/modules/orders/shapes.ts',
  `export interface Head { id: string; 'number': string }
   export type { Money as Cash } from './money.ts'`,
)
const money = parseSource(
  'src/modules/orders/money.ts',
  'export type Money = { amount_minor: bigint; currency: string }',
)
const files = new Map<string, Source>([shapes, money].map((file) => [file.path, file]))

function read(code: string) {
  return statementsOf(parseSource('src/modules/orders/store.ts', code), (path) => files.get(path))
}

test('values become numbered parameters, whatever the tag hangs on', () => {
  const code = `
    const a = sql\`select 1\`
    const b = tx.sql<{ n: number }[]>\`select \${a} + \${b.c} as n\`
    const c = this.db.sql\`select \${f(\`x\${1}\`)}\`
    const d = html\`<b>\${1}</b>\``
  expect(read(code).map(({ text }) => text)).toEqual(['select 1', 'select $1 + $2 as n', 'select $1'])
})

test.each([
  ['{ id: string; qty: number }[]', ['id', 'qty']],
  ['readonly { id: string }[]', ['id']],
  ['[{ id: string }?]', ['id']],
  ['Array<Row>', ['id', 'note']],
  ['Wide[]', ['sku', 'id', 'note']],
  ['(Row & { more: boolean })[]', ['id', 'note', 'more']],
  ["Pick<Row, 'id'>[]", ['id']],
  ["Omit<Row, 'id'>[]", ['note']],
  ["Record<'a' | 'b', string>[]", ['a', 'b']],
  ['Head[]', ['id', 'number']],
  ['Named[]', ['id', 'number']],
  ['Cash[]', ['amount_minor', 'currency']],
  ['Nowhere[]', 'unknown'],
  ['{ [key: string]: string }[]', 'unknown'],
  ['Static<typeof Order>[]', 'unknown'],
])('the row type %s declares its columns', (type, columns) => {
  const code = `
    import type { Head, Head as Named, Cash } from './shapes.ts'
    interface Row { id: string; readonly note?: string }
    interface Wide extends Row { sku: string }
    const rows = sql<${type}>\`select 1\``
  expect(read(code)[0]?.columns).toEqual(columns)
})

test('a statement without a row type says so', () => {
  expect(read('const rows = await sql`select 1`')[0]?.columns).toBe('none')
  expect(read('run(tx.sql`select 1`)')[0]?.columns).toBe('none')
})

test('rows that nobody looks at need no row type', () => {
  expect(read('await tx.sql`select 1 for update`')[0]?.columns).toBe('unused')
})

test('a position in the text leads back to its line in the file, past values of several lines', () => {
  const [statement] = read(['', 'sql`', 'select ${[', '1,', '2]}', ', wrong`'].join('\n'))
  if (statement === undefined) throw new Error('no statement found')
  expect(statement.line).toBe(2)
  expect(lineInFile(statement, statement.text.indexOf('select') + 1)).toBe(3)
  expect(lineInFile(statement, statement.text.indexOf('wrong') + 1)).toBe(6)
})
