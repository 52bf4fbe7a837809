// Every SQL statement of the product can be prepared by the app role on the migrated schema, and answers the columns that its row type declares.
import { existsSync, readFileSync } from 'node:fs'
import { afterAll, expect, inject, test } from 'vitest'
import { parseSource, repositoryFiles, type Source } from '../../scripts/source.ts'
import { mayHoldSql, type Statement, statementsOf } from '../../scripts/statements.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { statementFaults } from './prepare.ts'

const app = openDatabase({ url: inject('app_url'), max: 2 })
const owner = openDatabase({ url: inject('admin_url'), max: 2 })
afterAll(async () => {
  await app.close()
  await owner.close()
})

const load = (path: string): Source | undefined =>
  existsSync(path) ? parseSource(path, readFileSync(path, 'utf8')) : undefined

async function faultsOf(statements: readonly Statement[]): Promise<string[]> {
  const faults: string[] = []
  for (const statement of statements) faults.push(...(await statementFaults(statement, app, owner)))
  return faults
}

function inStore(code: string): Promise<string[]> {
  return faultsOf(statementsOf(parseSource('src/modules/x/store.ts', code), load))
}

test('every statement of the product is prepared, and its columns are those of its row type', async () => {
  const statements = repositoryFiles()
    .filter(mayHoldSql)
    .flatMap((path) => statementsOf(parseSource(path, readFileSync(path, 'utf8')), load))
  expect(statements.length).toBeGreaterThan(10)
  expect(await faultsOf(statements)).toEqual([])
})

test('a good statement is accepted', async () => {
  const code =
    'sql<{ tenant_id: string; code: string }[]>`select tenant_id, code from platform.tenant where tenant_id = ${id} -- all tenants: x`'
  expect(await inStore(code)).toEqual([])
})

test.each([
  [
    'a wrong column',
    'sql<{ code: string }[]>`\nselect\n  code, colour from platform.tenant`',
    /store\.ts:3 column "colour"/,
  ],
  [
    'a wrong declared name',
    'sql<{ name: string; kode: string }[]>`select name, code from platform.tenant`',
    /declares kode/,
  ],
  ['an undeclared column', 'sql<{ name: string }[]>`select name, code from platform.tenant`', /answers code/],
  ['a missing type', 'const rows = sql`select code from platform.tenant`', /answers code but has no row type/],
  ['a type that cannot be read', 'sql<Rows>`select code from platform.tenant`', /cannot be read/],
  ['a column twice', 'sql<{ code: string }[]>`select code, code from platform.tenant`', /answers code twice/],
  ['a syntax error', '\nsql`select id fromm platform.tenant`', /store\.ts:2 syntax error/],
  ['a parameter of no known type', 'sql`select ${a} is null`', /could not determine data type/],
  [
    'what the app role must not do',
    "await sql`\nupdate platform.tenant set code = 'a'`",
    /permission denied for table tenant/,
  ],
])('%s is found', async (_name, code, fault) => {
  expect((await inStore(code)).join()).toMatch(fault)
})

test('a statement of the owner is prepared as the owner', async () => {
  expect(await inStore('sql<{ passwd: string }[]>`select passwd from pg_shadow -- as owner: a test`')).toEqual([])
  expect((await inStore('sql<{ passwd: string }[]>`select passwd from pg_shadow`')).join()).toMatch(/permission denied/)
})
