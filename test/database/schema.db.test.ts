// The schema in db/schema.sql is that of the migrations: who changes one without the other is told.
import { readFileSync } from 'node:fs'
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase } from '../../src/platform/db.ts'
import { schemaText } from '../../src/platform/dump-schema.ts'
import { type Migration, migrate, migrations, SchemaDiffers } from '../../src/platform/migrate.ts'

const owner = openDatabase({ url: inject('admin_url'), max: 1 })
afterAll(() => owner.close())

const now = () => schemaText((text) => owner.run(text))

/** Whole statements that only one of the texts has. */
function drift(kept: string, found: string): string[] {
  const [before, after] = [new Set(kept.split('\n\n')), new Set(found.split('\n\n'))]
  return [
    ...[...before].filter((part) => !after.has(part)).map((part) => `only in db/schema.sql: ${part}`),
    ...[...after].filter((part) => !before.has(part)).map((part) => `only in the migrated database: ${part}`),
  ]
}

// The oldest PostgreSQL prints some definitions in other words; the text is that of the embedded one.
const OLDEST = process.env.ORDO_POSTGRES_PACKAGE !== undefined

test('db/schema.sql is what the migrations make; after a new migration: node scripts/dump-schema.ts', async () => {
  const kept = readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8')
  if (OLDEST) console.info('compared on the embedded PostgreSQL only')
  else expect(drift(kept, await now())).toEqual([])
})

test.each([
  ['a table', 'create table platform.drifted (tenant_id uuid primary key)', /create table platform\.drifted/],
  ['a column', 'alter table inventory.location add column drifted text', /drifted text/],
  ['an index', 'create index drifted on inventory.stock (tenant_id, on_hand)', /CREATE INDEX drifted/],
  [
    'a check',
    'alter table inventory.stock add constraint drifted check (on_hand < 1000000) not valid',
    /constraint drifted CHECK/,
  ],
  ['a right', 'grant truncate on inventory.stock to ordo_app', /truncate/],
  ['a policy', 'create policy drifted on inventory.stock using (true)', /create policy drifted/],
  ['row security', 'alter table inventory.stock no force row level security', /create table inventory\.stock/],
])('%s that no migration made is found', async (_name, change, found) => {
  const kept = await now()
  await owner.run(`begin; ${change}`)
  const drifted = await now()
  await owner.run('rollback')
  expect(drift(kept, drifted).join('\n')).toMatch(found)
  expect(drift(kept, await now())).toEqual([])
})

test('a database where another migration ran under a number of ours is refused, and left as it is', async () => {
  const rename = (from: string, to: string) =>
    owner.run(`update platform.migration set name = '${to}' where version = 1 and name = '${from}'`)
  const [first] = (await owner.run('select name from platform.migration where version = 1')) as { name: string }[]
  if (first === undefined) throw new Error('no migration ran')
  await rename(first.name, '0001_other.sql')
  try {
    await expect(migrate(inject('admin_url'), new Date())).rejects.toThrow(SchemaDiffers)
  } finally {
    await rename('0001_other.sql', first.name)
  }
  expect(await migrate(inject('admin_url'), new Date())).toEqual([])
})

test('a migration outside of a transaction that fails half-way is not taken for done: the next one clears what is left and makes it', async () => {
  const alone = (text: string): Migration => ({
    version: 9999,
    name: '9999_alone.sql',
    text: `-- no transaction\ndrop index concurrently if exists platform.alone;\n${text};\n`,
    breaking: false,
    alone: true,
  })
  const run = (text: string) => migrate(inject('admin_url'), new Date(), [...migrations(), alone(text)])
  const made = () =>
    owner.run(`select (select count(*)::int from platform.migration where version = 9999) as rows,
      (select indisvalid from pg_index where indexrelid = to_regclass('platform.alone')) as valid`)
  try {
    await expect(run('create unique index concurrently alone on platform.migration (breaking)')).rejects.toThrow(
      'alone',
    )
    expect(await made()).toMatchObject([{ rows: 0, valid: false }])
    const good = 'create index concurrently alone on platform.migration (breaking)'
    // of two at once one does it
    expect((await Promise.all([run(good), run(good)])).flat()).toEqual(['9999_alone.sql'])
    expect(await made()).toMatchObject([{ rows: 1, valid: true }])
  } finally {
    await owner.run('drop index if exists platform.alone; delete from platform.migration where version = 9999')
  }
})
