// The demo merchant: what `npm start` shows is whole, holds every invariant, and is loaded once.
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRuntime } from '../../src/app.ts'
import { loadDemo } from '../../src/cli/demo.ts'
import { brokenInvariants } from '../../src/platform/invariants.ts'
import type { Runtime } from '../../src/platform/runtime.ts'
import { startTestDatabase } from '../world/database.ts'

let database: Awaited<ReturnType<typeof startTestDatabase>>
let runtime: Runtime
let sql: postgres.Sql
let logins: string[]

beforeAll(async () => {
  database = await startTestDatabase()
  runtime = openRuntime({
    app_url: database.app_url,
    keys: `test:${Buffer.alloc(32, 5).toString('base64')}`,
    log_level: 'silent',
    connections: 4,
  })
  sql = postgres(database.admin_url, { max: 1, onnotice: () => {} })
  logins = await loadDemo(database.admin_url, runtime)
}, 240_000)

afterAll(async () => {
  await runtime.db.close()
  await sql.end()
  await database.remove()
})

const counts = async (query: string): Promise<Record<string, number>> =>
  Object.fromEntries((await sql.unsafe(query)).map((row) => [row.name, Number(row.count)]))

test('every invariant holds after fourteen days of orders, and no job is dead', async () => {
  expect(await brokenInvariants(database.admin_url)).toEqual([])
  const dead = await sql.unsafe('select step, error from engine.dead_letter')
  expect([...dead]).toEqual([])
})

test('orders stand in every state, and somebody has work at every place', async () => {
  const commercial = await counts('select commercial as name, count(*) from orders.order group by 1')
  expect(Object.keys(commercial).sort()).toEqual(['cancelled', 'closed', 'confirmed', 'placed', 'rejected'])
  const all = Object.values(commercial).reduce((sum, count) => sum + count, 0)
  expect(all).toBeGreaterThanOrEqual(300)
  expect(all).toBeLessThanOrEqual(400)
  const floor = await counts('select state as name, count(*) from warehouse.fulfilment_order group by 1')
  expect(Object.keys(floor)).toEqual(expect.arrayContaining(['released', 'picking', 'packed', 'shipped', 'cancelled']))
  const parcels = await counts('select state as name, count(*) from shipping.parcel group by 1')
  expect(Object.keys(parcels)).toEqual(expect.arrayContaining(['labelled', 'handed_over', 'delivered', 'lost']))
  const back = await counts('select state as name, count(*) from returns.return group by 1')
  expect(Object.keys(back)).toEqual(expect.arrayContaining(['requested', 'closed', 'refused']))
  const waiting = await counts(`
    select 'backordered' as name, count(*) from orders.order_line where backordered > 0
    union all select 'held', count(*) from orders.hold where ended_at is null
    union all select 'unpaid', count(*) from payment.intent where state = 'pending'
    union all select 'staged', count(*) from intake.staged where state = 'waiting'
    union all select 'in trouble', count(*) from tracking.exception where closed_at is null`)
  for (const [name, count] of Object.entries(waiting)) expect(count, name).toBeGreaterThan(0)
})

test('there are 4 warehouses, 300 articles with valid GTINs, 2 carriers and a person of each role', async () => {
  const has = await counts(`
    select 'warehouses' as name, count(distinct key) from platform.fact where kind = 'location'
    union all select 'carriers', count(distinct key) from platform.fact where kind = 'carrier'
    union all select 'articles', count(*) from catalog.sku where gtin is not null and name_zh is not null and weight_grams > 0
    union all select 'roles', count(distinct role) from identity.staff
    union all select 'keys', count(*) from identity.api_key`)
  expect(has).toEqual({ warehouses: 4, carriers: 2, articles: 300, roles: 6, keys: 1 })
  const gtins = await sql.unsafe('select gtin from catalog.sku')
  const sums = gtins.map(({ gtin }) =>
    [...String(gtin)].reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 3), 0),
  )
  expect(sums.every((sum) => sum % 10 === 0)).toBe(true)
})

test('loading again changes nothing and answers the same logins', async () => {
  const traces = `
    select 'events' as name, count(*) from outbox.event union all select 'orders', count(*) from orders.order
    union all select 'movements', count(*) from inventory.movement union all select 'tenants', count(*) from platform.tenant`
  const before = await counts(traces)
  expect(await loadDemo(database.admin_url, runtime)).toEqual(logins)
  expect(await counts(traces)).toEqual(before)
  expect(logins).toHaveLength(7)
  expect(logins[0]).toMatch(/^demo · admin@shanye\.test · [0-9a-f-]{14}$/)
})

test('a loading that was cut off is put aside and the next one begins anew', async () => {
  await sql.unsafe("update platform.tenant set settings = settings - 'demo_loaded_at' where code = 'demo'")
  const cut = new AbortController()
  cut.abort(new Error('Ctrl-C'))
  await expect(loadDemo(database.admin_url, runtime, { signal: cut.signal })).rejects.toThrow('Ctrl-C')
  const states = await counts('select state as name, count(*) from platform.tenant group by 1')
  expect(states).toEqual({ open: 1, suspended: 1 })
})

test('a merchant of that code that is no demo is left alone', async () => {
  await sql.unsafe("update platform.tenant set settings = '{}' where code = 'demo'")
  expect(await loadDemo(database.admin_url, runtime)).toEqual([expect.stringContaining('nothing was loaded')])
  expect(await counts("select state as name, count(*) from platform.tenant where code = 'demo' group by 1")).toEqual({
    open: 1,
  })
})
