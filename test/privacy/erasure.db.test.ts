// Erasing a customer: nothing of them stays in any column of any table, the order and its money do, and a restored backup is erased again.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { incoming, keep } from '../../src/modules/intake/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { type ErasureLine, exportErasures, replayErasures } from '../../src/modules/privacy/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { freshKey, type Headers, personOf, type Server, serve, sessionOf } from '../api/serve.ts'
import { packed, released } from '../fulfilment/furnish.ts'
import { plain } from '../intake/shop.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'

/** What is known of the customer of the world's orders, as it came and as it is looked for, and what people wrote about them. */
const SECRETS = [
  '王小明',
  'wang@example.test',
  '8613800001111',
  '138 0000 1111',
  '文三路 1 号',
  '西湖区',
  '310000',
  'note of a colleague',
  'note of a return',
  'why it was looked at',
  'why it was raised',
]

let world: World
let server: Server
let admin: Headers

beforeAll(async () => {
  world = await freshWorld({ stock: { A: 50 } })
  server = serve(world)
  admin = await sessionOf(server, world, 'admin')
})

afterAll(async () => {
  await server.app.close()
  await world[Symbol.asyncDispose]()
})

const post = (url: string, body: unknown, who = admin) => server.call('POST', url, body, { ...who, ...freshKey() })
const personIdOf = async (order_id: string) => (await post('/people/search', { order_id })).body.items[0].person_id
const erase = (person_id: string, whom = 'customer') =>
  post(`/people/${person_id}/erasure`, { reason: 'customer_request', whom })

/** Where each secret still stands: table by table, every row as text. */
async function found(secrets: readonly string[]): Promise<string[]> {
  const owner = openDatabase({ url: inject('admin_url'), max: 1 })
  const tables = await owner.run<{ name: string }>(
    "select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relispartition and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') order by 1",
  )
  const places: string[] = []
  for (const { name } of tables)
    for (const secret of secrets) {
      const rows = await owner.run(
        `select from ${name} t where tenant_id = '${world.tenant}' and strpos(lower(t::text), lower('${secret}')) > 0 limit 1`,
      )
      if (rows.length > 0) places.push(`${name} ${secret}`)
    }
  await owner.close()
  return places
}

const count = async (table: 'files' | 'staged') => {
  const [row] = await world.transaction(
    (tx) => tx.sql<{ files: number; staged: number }[]>`
      select (select count(*)::int from files.object where tenant_id = ${tx.tenant}) as files,
             (select count(*)::int from intake.staged where tenant_id = ${tx.tenant} and state = 'waiting') as staged`,
  )
  return row?.[table]
}

/** An order that went the whole way: delivered, and one of its two units returned and refunded. */
async function returned(): Promise<string> {
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2, price_minor: 5000n }] }])
  const { version } = await read(world, one!.order_id)
  await post(`/orders/${one!.order_id}/manual-decisions`, {
    kind: 'priority',
    version,
    priority: 1,
    reason: 'why it was raised',
  })
  await world.transaction(async (tx) => {
    const [parcel] = await shipping.parcelsOfFulfilments(tx, [one!.fulfilment_id])
    await warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse')
    const { carrier, tracking_number } = parcel!
    const scan = { carrier, event_id: one!.order_id, at: tx.now, code: 'delivered' as const, place: null }
    await tracking.recordScans(tx, [{ ...scan, tracking_number: tracking_number! }])
  })
  await world.drain()
  const return_id = await world.transaction((tx) =>
    returns.requestReturn(tx, {
      order_id: one!.order_id,
      lines: [{ line_no: 1, quantity: 1 }],
      reason: 'unwanted',
      note: 'note of a return',
      undelivered: false,
    }),
  )
  await expect(erase(await personIdOf(one!.order_id))).resolves.toMatchObject({ status: 409 })
  await world.transaction((tx) => returns.receiveUnits(tx, return_id, null))
  await world.transaction((tx) => returns.inspectUnits(tx, return_id, null, null))
  await world.drain()
  return one!.order_id
}

test('after a whole way nothing of an erased customer stands in any column, and the money still adds up', async () => {
  const order_id = await returned()
  const message = { ...plain, external_id: 'S-1', lines: [{ sku: 'NO-SUCH', quantity: 1, unit_price: '5' }] }
  await keep(world.context('key:shop'), incoming({ ...message, customer: { phone: '13800001111' } }, 'api'))
  const stranger = { phone: '13900009999' }
  await keep(world.context('key:shop'), incoming({ ...message, external_id: 'S-2', customer: stranger }, 'api'))
  await post(`/orders/${order_id}/notes`, { text: 'note of a colleague' })
  await post(`/orders/${order_id}/disclosure`, { reason: 'why it was looked at' })
  await world.drain()
  expect(new Set((await found(SECRETS)).map((place) => place.slice(place.indexOf(' ') + 1)))).toEqual(new Set(SECRETS))
  const before = await read(world, order_id)
  const files = (await count('files')) ?? 0
  expect(await count('staged')).toBe(2)

  const person_id = await personIdOf(order_id)
  const reply = await erase(person_id)
  expect(reply.status).toBe(200)
  expect(reply.body).toMatchObject({ person_ids: [person_id], order_ids: [order_id], files: 1, messages: 1 })
  await world.drain()

  expect(await found(SECRETS)).toEqual([])
  expect(await count('files')).toBe(files - 2)
  expect(await count('staged')).toBe(1)
  expect((await read(world, order_id)).lines).toEqual(before.lines)
  const page = (await server.call('GET', `/orders/${order_id}`, undefined, admin)).body
  expect(page.person).toMatchObject({ erased: true, name: null, phone: null, address_lines: [] })
  expect(page.total).toBe(10_000)
  expect(await world.brokenInvariants()).toEqual([])
})

test('the event and the log of an erasure name an id and a reason, the audit who asked', async () => {
  const told = await world.transaction(
    (tx) => tx.sql<{ data: unknown; log: number; audited: number }[]>`
      select data, (select count(*)::int from privacy.erasure where tenant_id = ${tx.tenant}) as log,
             (select count(*)::int from audit.entry where tenant_id = ${tx.tenant} and route = 'POST /people/:id/erasure' and status = 200) as audited
        from outbox.event where tenant_id = ${tx.tenant} and type = 'person.erased'`,
  )
  expect(told).toEqual([{ data: { reason: 'customer_request' }, log: 1, audited: 1 }])
})

test('a person is not erased while an order of theirs is open, and the refusal names it', async () => {
  const wish = { lines: [{ sku: 'A', quantity: 1 }] }
  const [order_id = '', twin = ''] = await place(world, [wish, wish])
  // The same customer, who wrote the phone without its country code and gave no mail.
  await world.transaction(
    (tx) => tx.sql`
      update orders.person set phone = '13800001111', email = null
       where tenant_id = ${tx.tenant} and person_id = (select person_id from orders.order where tenant_id = ${tx.tenant} and order_id = ${twin})`,
  )
  await world.drain()
  const person_id = await personIdOf(order_id)
  const refused = await erase(person_id)
  expect(refused).toMatchObject({ status: 409, body: { code: 'person_in_use' } })
  expect(refused.text).toContain(order_id)
  expect(await found(['王小明'])).not.toEqual([])
  await world.transaction(async (tx) => {
    await orders.rejectOrders(tx, await orders.loadOrders(tx, [order_id, twin], { lock: true }), 'other')
  })
  await world.drain()
  expect((await erase(person_id)).body.order_ids.toSorted()).toEqual([order_id, twin].toSorted())
  const again = await erase(person_id)
  expect(again).toMatchObject({ status: 200, body: { person_ids: [person_id], messages: 0, files: 0 } })
  expect(await found(SECRETS)).toEqual([])
})

test('only an administrator may erase, and nobody a person who is not there', async () => {
  const { headers } = await operator()
  expect((await post(`/people/${world.tenant}/erasure`, { reason: 'customer_request' }, headers)).status).toBe(403)
  expect((await erase(world.tenant)).status).toBe(404)
})

const operator = async () => {
  await personOf(world, 'operator')
  return { headers: await sessionOf(server, world, 'operator') }
}

test('a backup that brings a person back is erased again by the log, as of the first time', async () => {
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  await world.drain()
  const person_id = await personIdOf(order_id)
  const lines: ErasureLine[] = []
  for await (const line of exportErasures(world.runtime, world.tenant)) lines.push(line)
  expect(JSON.stringify(lines)).not.toMatch(/王小明|wang@|1380000/)
  const first = lines[0]!
  const restored = { ...first, person_id }
  expect(await replayErasures(world.runtime, world.tenant, [...lines, restored])).toBe(lines.length + 1)
  expect(await replayErasures(world.runtime, world.tenant, [restored])).toBe(1)
  expect(await found(SECRETS)).toEqual([])
  const [row] = await world.transaction(
    (tx) => tx.sql<{ erased_at: Date }[]>`
      select erased_at from orders.person where tenant_id = ${tx.tenant} and person_id = ${person_id}`,
  )
  expect(row?.erased_at.toISOString()).toBe(first.erased_at)
})

test('the log goes out by the command line and comes in again; a line that is none is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ordo-erasures-'))
  const env = {
    ...process.env,
    DATABASE_URL: inject('app_url'),
    DATABASE_ADMIN_URL: inject('admin_url'),
    ORDO_KEY: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  }
  const ordo = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['src/main.ts', 'erasures', ...words], { env, timeout: 60_000 })
  const { stdout } = await ordo('export')
  const own = stdout.split('\n').filter((line) => line.includes(world.tenant))
  expect(own).toHaveLength(4)
  await writeFile(join(folder, 'log.jsonl'), `${own.join('\n')}\n`)
  expect((await ordo('replay', join(folder, 'log.jsonl'))).stdout).toBe('4 persons erased again\n')
  await writeFile(join(folder, 'bad.jsonl'), '{"person_id":"x"}\n')
  await expect(ordo('replay', join(folder, 'bad.jsonl'))).rejects.toThrow('line 1 of')
  await rm(folder, { recursive: true })
  expect(await world.brokenInvariants()).toEqual([])
}, 120_000)

test('what was written beside a rejection goes with the person, and so does an address that was changed', async () => {
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  const { order_id, fulfilment_id } = one!
  const ship_to = { country: 'CN', region: '广东省', city: '广州市', address_lines: ['street after a change'] }
  const changed = await server.call(
    'POST',
    `/orders/${order_id}/address`,
    { reason: 'wrong', ship_to },
    { ...admin, ...freshKey(), 'if-match': '"1"' },
  )
  expect(changed.status).toBe(200)
  const { version } = (await server.call('GET', `/fulfilments/${fulfilment_id}`, undefined, admin)).body
  const rejection = { reason: 'other', version, note: 'note of a rejection' }
  expect((await post(`/fulfilments/${fulfilment_id}/reject`, rejection)).status).toBe(200)
  await world.drain()
  await post(`/orders/${order_id}/cancellation`, { reason: 'customer_request' })
  await world.drain()
  const written = ['note of a rejection', 'street after a change']
  expect((await found(written)).sort()).toEqual([
    'orders.person street after a change',
    'warehouse.rejection note of a rejection',
  ])
  expect((await erase(await personIdOf(order_id), 'person')).status).toBe(200)
  expect(await found(written)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
