// A world in which something has happened at every place that the API reaches, so that a stranger has ids to try.
import { inject } from 'vitest'
import { openDatabase } from '../../src/platform/db.ts'
import { CHANNEL, freshWorld, type World } from '../world/index.ts'
import { freshKey, keyOf, personOf, type Server, serve, sessionOf } from './serve.ts'

/** Words of the world's own that a schema without a format may take. */
export const WORDS = ['SKU-1', 'SKU-2', 'HZ1', 'GZ1', 'CN', CHANNEL, 'CNY', 'sandbox', 'standard']

/** Marks that stand in the personal data of the world's orders and nowhere else. */
export const MARKS = ['赵标记', 'marker@private.test', '13900139000', '标记路 77 号']

function order(external_id: string, change: object = {}) {
  return {
    channel: CHANNEL,
    external_id,
    placed_at: '2026-03-02T01:59:00Z',
    currency: 'CNY',
    prices_include_tax: true,
    lines: [{ sku: 'SKU-1', quantity: 2, unit_price: '12.50' }],
    payment: { method: 'reference', reference: `pay-${external_id}` },
    ship_to: { country: 'CN', region: '浙江省', city: '杭州市', address_lines: [MARKS[3]] },
    customer: { name: MARKS[0], email: MARKS[1], phone: MARKS[2] },
    ...change,
  }
}

/** Makes a world and lets things happen in it: orders in several states, staged ones, stock, staff, keys, sessions, webhooks, views, returns. */
export async function livedIn(): Promise<World> {
  const world = await freshWorld({ stock: { 'SKU-1': 40, 'SKU-2': 3 }, connections: 12 })
  await using server = serve(world)
  const admin = await sessionOf(server, world, 'admin')
  const key = await keyOf(world)
  const post = async (url: string, body: unknown, headers: Readonly<Record<string, string>> = key) =>
    (await server.call('POST', url, body, { ...headers, ...freshKey() })).body
  const placed = []
  for (const name of ['L-1', 'L-2', 'L-3', 'L-4']) placed.push(await post('/orders', order(name)))
  await post('/orders', order('L-5', { lines: [{ sku: 'SKU-2', quantity: 9, unit_price: '5' }] }))
  await post('/orders', order('L-6', { lines: [{ sku: 'UNKNOWN', quantity: 1, unit_price: '5' }] }))
  await world.drain()
  await post(`/orders/${placed[1]?.order_id}/holds`, { kind: 'manual', blocks: ['release'], note: 'look' })
  await post(`/orders/${placed[2]?.order_id}/cancellation`, { reason: 'customer' })
  await post('/reservations', { network_id: 'CN', lines: [{ sku: 'SKU-1', quantity: 1 }], ttl_seconds: 600 })
  await post('/api-keys', { name: 'till', scopes: ['orders.place'] }, admin)
  await post('/webhooks', { url: 'https://hooks.example/x', types: [] }, admin)
  await post('/saved-views', { name: 'mine', query: {}, shared: false }, admin)
  await personOf(world, 'picker')
  await world.drain()
  return world
}

/** Every uuid that stands in a row of the world, by the column in which it stands: at most three a column in the long form, one in the short. */
export async function idsOf(world: World): Promise<ReadonlyMap<string, string>> {
  const owner = openDatabase({ url: inject('admin_url'), max: 1 })
  const columns = await owner.sql<{ name: string; column: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name, quote_ident(a.attname) as column
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where a.atttypid = 'uuid'::regtype and a.attname <> 'tenant_id' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0
       and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') order by 1, 2`
  const ids = new Map<string, string>()
  for (const { name, column } of columns) {
    const rows = await owner.run<{ id: string }>(
      `select distinct ${column} as id from ${name} where tenant_id = '${world.tenant}' and ${column} is not null order by 1 limit ${process.env.ORDO_LONG === undefined ? 1 : 3}`,
    )
    for (const row of rows) if (!ids.has(row.id) || place(name, column)) ids.set(row.id, `${name}.${column}`)
  }
  await owner.close()
  return ids
}

// An id stands in many tables; its own is the one that says what it is.
function place(table: string, column: string): boolean {
  return column === `${table.split('.')[1]?.replaceAll('"', '')}_id`
}

/** A digest of every row of the world in every table. */
export async function checksum(world: World): Promise<Readonly<Record<string, string>>> {
  const owner = openDatabase({ url: inject('admin_url'), max: 1 })
  const tables = await owner.sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') order by 1`
  const sums: Record<string, string> = {}
  for (const { name } of tables) {
    const [row] = await owner.run<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum from ${name} t where tenant_id = '${world.tenant}'`,
    )
    sums[name] = row?.sum ?? ''
  }
  await owner.close()
  return sums
}

export type { Server }
