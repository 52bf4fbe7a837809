// T3: without a tenant there are no rows and no writing; T5: a tenant never outlives its transaction on a pooled connection.
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase, sqlState } from '../../src/platform/db.ts'
import { freshWorld } from '../world/index.ts'

const app = openDatabase({ url: inject('app_url'), max: 1 })
const owner = openDatabase({ url: inject('admin_url'), max: 1 })
afterAll(async () => {
  await app.close()
  await owner.close()
})

async function tablesOfTenants(): Promise<string[]> {
  const rows = await owner.sql<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema)' and c.relname not in ('migration', 'tenant', 'process', 'chore') order by 1`
  return rows.map((row) => row.name)
}

test('T3 the platform throws where a transaction has no tenant or something that is none', async () => {
  for (const tenant of ['', 'x', "' or true --", '00000000-0000-0000-0000-00000000000g']) {
    await expect(app.transaction(tenant, 'system', async (tx) => tx.sql`select 1`)).rejects.toThrow(
      'needs the id of a tenant',
    )
  }
})

test('T3 a raw connection without a tenant sees no row of any table and can insert none', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  for (const table of await tablesOfTenants()) {
    const rows = await app.run(`select count(*)::int as rows from ${table}`)
    expect([table, rows[0]?.rows]).toEqual([table, 0])
  }
  const insert = app.sql`insert into platform.fact_head (tenant_id, kind, version) values (${world.tenant}, 'x', 1)`
  expect(await insert.then(() => 'done', sqlState)).toBe('42501')
})

test('T3 a transaction of one tenant can neither read nor write the rows of another, whatever its statement names', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using other = await freshWorld()
  const seen = await other.transaction(async (tx) => {
    const rows = await tx.sql`select sku from catalog.sku where tenant_id = ${world.tenant}`
    const changed = await tx.sql`update catalog.sku set name = 'stolen' where tenant_id = ${world.tenant}`
    const deleted = await tx.sql`delete from catalog.sku where tenant_id = ${world.tenant}`
    return [rows.length, changed.count, deleted.count]
  })
  expect(seen).toEqual([0, 0, 0])
  const insert = other.transaction(
    (tx) => tx.sql`insert into platform.fact_head (tenant_id, kind, version) values (${world.tenant}, 'x', 1)`,
  )
  expect(await insert.then(() => 'done', sqlState)).toBe('42501')
})

test('T5 after a transaction, whether committed, refused or broken, its connection has no tenant', async () => {
  await using world = await freshWorld()
  const tenantNow = async () =>
    (await app.sql<{ tenant: string | null }[]>`select nullif(current_setting('app.tenant', true), '') as tenant`)[0]
      ?.tenant
  const works = [
    async () => 'fine',
    async () => {
      throw new Error('refused')
    },
  ]
  for (const work of works) {
    await app
      .transaction(world.tenant, 'system', async (tx) => {
        expect((await tx.sql<{ tenant: string }[]>`select current_setting('app.tenant') as tenant`)[0]?.tenant).toBe(
          world.tenant,
        )
        return work()
      })
      .catch(() => undefined)
    expect(await tenantNow()).toBeNull()
  }
  await app.transaction(world.tenant, 'system', (tx) => tx.sql`select 1 / 0`).catch(() => undefined)
  expect(await tenantNow()).toBeNull()
})

test('T5 many transactions of many tenants on few connections each see their own tenant only', async () => {
  await using one = await freshWorld({ stock: { A: 1 } })
  await using two = await freshWorld({ stock: { B: 1 } })
  const shared = openDatabase({ url: inject('app_url'), max: 3 })
  const seen = await Promise.all(
    Array.from({ length: 120 }, (_, place) => {
      const world = place % 2 === 0 ? one : two
      return shared.transaction(world.tenant, 'system', async (tx) => {
        const rows = await tx.sql<
          { sku: string }[]
        >`select sku from catalog.sku -- all tenants: row security alone decides here`
        return `${place % 2}${rows.map((row) => row.sku).join()}`
      })
    }),
  )
  expect(new Set(seen)).toEqual(new Set(['0A', '1B']))
  await shared.close()
})
