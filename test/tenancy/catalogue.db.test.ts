// T1, T2, T6: what the catalogue of the database says about tenants: rows are closed to others whatever a statement forgets.
import { afterAll, expect, inject, test } from 'vitest'
import { openDatabase, sqlState } from '../../src/platform/db.ts'

const owner = openDatabase({ url: inject('admin_url'), max: 1 })
const app = openDatabase({ url: inject('app_url'), max: 1 })
afterAll(async () => {
  await owner.close()
  await app.close()
})

/** Tables of no tenant, each with its reason; everything else begins with tenant_id. */
const OF_NO_TENANT: Readonly<Record<string, string>> = {
  'platform.migration': 'the schema is one',
  'platform.tenant': 'the list of tenants; everybody may read id, code and state',
  'engine.process': 'a process serves all tenants',
  'engine.chore': 'a chore is for all tenants',
}

interface Table {
  readonly name: string
  readonly kind: string
  readonly partition: boolean
  readonly enabled: boolean
  readonly forced: boolean
  readonly first_column: string
  readonly owner: string
}

function tables(): Promise<Table[]> {
  return owner.sql<Table[]>`
    select n.nspname || '.' || c.relname as name, c.relkind::text as kind, c.relispartition as partition, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum limit 1) as first_column,
           pg_get_userbyid(c.relowner) as owner
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'f', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_' order by 1`
}

test('T1 every table with data begins with tenant_id and has row level security enabled and forced, its partitions too', async () => {
  const found = await tables()
  expect(found.length).toBeGreaterThan(30)
  const faults = found.filter((table) => {
    if (table.name === 'platform.migration') return false
    if (!table.enabled || !table.forced) return true
    return OF_NO_TENANT[table.name] === undefined && table.first_column !== 'tenant_id'
  })
  expect(faults).toEqual([])
  for (const name of Object.keys(OF_NO_TENANT)) expect(found.map((table) => table.name)).toContain(name)
})

test('T1 every table lets the app see the rows of the transaction’s tenant only, and only through that policy', async () => {
  const policies = await owner.sql<
    { name: string; policy: string; roles: string[]; using: string | null; check: string | null; cmd: string }[]
  >`
    select n.nspname || '.' || c.relname as name, p.polname as policy, array(select rolname::text from pg_roles where oid = any (p.polroles)) as roles,
           pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check, p.polcmd::text as cmd
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace order by 1`
  const own = "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)"
  for (const table of await tables()) {
    if (table.partition || OF_NO_TENANT[table.name] !== undefined) continue
    const forApp = policies.filter(
      (policy) => policy.name === table.name && (policy.roles.includes('ordo_app') || policy.roles.length === 0),
    )
    expect([table.name, forApp.map(({ using, check, cmd }) => ({ using, check, cmd }))]).toEqual([
      table.name,
      [{ using: own, check: own, cmd: '*' }],
    ])
  }
})

test('T1 tenant_id is first in every primary key, unique key, index and foreign key', async () => {
  const indexes = await owner.sql<{ name: string; first: string | null; is_unique: boolean }[]>`
    select n.nspname || '.' || i.relname as name, a.attname as first, x.indisunique as is_unique
      from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
     where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and (n.nspname || '.' || t.relname) <> all (${Object.keys(OF_NO_TENANT)}::text[])`
  expect(indexes.length).toBeGreaterThan(40)
  expect(indexes.filter((index) => index.first !== 'tenant_id')).toEqual([])
  const foreign = await owner.sql<{ name: string; first: string }[]>`
    select c.conname as name, a.attname as first from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f'`
  expect(foreign.filter((key) => key.first !== 'tenant_id')).toEqual([])
})

test('T2 the app role owns nothing, is no superuser, cannot pass by row security, and cannot change the schema', async () => {
  const [role] =
    await owner.sql`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'ordo_app'`
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
  })
  expect((await tables()).filter((table) => table.owner === 'ordo_app')).toEqual([])
  const members =
    await owner.sql`select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member where u.rolname = 'ordo_app'`
  expect([...members]).toEqual([])
  const forbidden = [
    'create table orders.x (a int)',
    'create schema x',
    'alter table orders.order disable row level security',
    'drop table orders.order',
    'truncate orders.order',
    'set role ordo_owner',
    'alter role ordo_app bypassrls',
  ]
  for (const statement of forbidden) {
    const state = await app.run(statement).then(() => 'done', sqlState)
    expect([statement, state]).toEqual([statement, '42501'])
  }
})

test('T2 ledgers, events and the audit can only be added to by the app', async () => {
  const rights = await owner.sql<{ name: string; may_update: boolean; may_delete: boolean }[]>`
    select name, has_table_privilege('ordo_app', name, 'update') as may_update, has_table_privilege('ordo_app', name, 'delete') as may_delete
      from unnest(array['outbox.event', 'inventory.movement', 'payment.booking', 'payment.entry', 'audit.entry', 'audit.block', 'platform.fact']) as t (name)`
  expect(rights.filter((right) => right.may_update || right.may_delete)).toEqual([])
})

test('T6 every view runs with the rights of its reader', async () => {
  const views = await owner.sql<{ name: string; options: string[] | null }[]>`
    select n.nspname || '.' || c.relname as name, c.reloptions as options from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'v' and n.nspname not in ('pg_catalog', 'information_schema')`
  expect(views.length).toBeGreaterThan(0)
  expect(
    views.filter((view) => !(view.options ?? []).some((option) => /^security_invoker=(true|on|1)$/.test(option))),
  ).toEqual([])
})

test('T6 a function that runs with its owner’s rights fixes its search path and is given to nobody by default', async () => {
  const functions = await owner.sql<{ name: string; config: string[] | null; everybody: boolean }[]>`
    select n.nspname || '.' || p.proname as name, p.proconfig as config, has_function_privilege('public', p.oid, 'execute') as everybody
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`
  expect(functions.map((one) => one.name).sort()).toEqual([
    'engine.due',
    'engine.orphaned_batches',
    'modes.degraded_now',
    'outbox.purge_deliveries',
    'outbox.purge_feed',
    'platform.make_partition',
  ])
  for (const one of functions)
    expect([one.name, one.everybody, (one.config ?? []).some((entry) => entry.startsWith('search_path='))]).toEqual([
      one.name,
      false,
      true,
    ])
})
