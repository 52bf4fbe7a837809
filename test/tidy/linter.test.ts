// The linter finds casts, any, non-null assertions and forgotten promises, and formats no SQL.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const biome = resolve('node_modules/.bin/biome')
const folder = mkdtempSync(join(tmpdir(), 'ordo-lint-'))
const config: object = JSON.parse(readFileSync('biome.json', 'utf8'))
write('biome.json', JSON.stringify({ ...config, vcs: { enabled: false } }))
mkdirSync(join(folder, 'test/tidy'), { recursive: true })
cpSync('test/tidy/no-cast.grit', join(folder, 'test/tidy/no-cast.grit'))
afterAll(() => rmSync(folder, { recursive: true }))

const CAST = 'export const order = JSON.parse(text) as Order'

test.each([
  ['a cast', 'src/orders.ts', CAST, 'plugin'],
  ['a cast in a screen', 'web/console/orders.tsx', CAST, 'plugin'],
  ['an old cast', 'src/orders.ts', 'export const order = <Order>JSON.parse(text)', 'plugin'],
  ['any', 'src/orders.ts', 'export const order: any = 1', 'lint/suspicious/noExplicitAny'],
  ['any in a test', 'src/orders.test.ts', 'export const order: any = 1', 'lint/suspicious/noExplicitAny'],
  ['a non-null assertion', 'src/orders.ts', 'export const a = b!.c', 'lint/style/noNonNullAssertion'],
  [
    'a forgotten promise',
    'src/orders.ts',
    'async function ship() {}\nexport function run() {\n  ship()\n}',
    'lint/nursery/noFloatingPromises',
  ],
])('%s is found', (_name, path, code, category) => {
  expect(lint(path, code)).toContain(category)
})

test.each([
  ['as const', 'src/orders.ts', "export const order = ['a'] as const"],
  ['a cast with its reason', 'src/orders.ts', `// biome-ignore lint/plugin: the schema has checked it\n${CAST}`],
  ['a cast in a test', 'src/orders.test.ts', CAST],
  ['an index that a loop proves', 'src/solvers/tour.ts', 'export const a = b[0]!'],
])('%s is accepted', (_name, path, code) => {
  expect(lint(path, code)).toEqual([])
})

test('SQL in a template keeps its lines', () => {
  const code = 'export const a = sql`\n      select   1\n  from x`\n'
  const path = write('src/store.ts', code)
  execFileSync(biome, ['format', '--write', path], { cwd: folder, stdio: 'ignore' })
  expect(readFileSync(path, 'utf8')).toBe(code)
})

function lint(path: string, code: string): string[] {
  const { stdout } = spawnSync(biome, ['lint', '--reporter=json', write(path, code)], { cwd: folder, encoding: 'utf8' })
  const report: { diagnostics: { category: string }[] } = JSON.parse(stdout)
  return report.diagnostics.map(({ category }) => category)
}

function write(path: string, text: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}
