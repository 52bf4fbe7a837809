// T9: every change that a person or a key asks for leaves one audit entry with its effect; entries cannot be changed without showing.
import postgres from 'postgres'
import { Type } from 'typebox'
import { expect, inject, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { record, verifyChain } from '../../src/modules/audit/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import type { AuditRow } from '../../src/platform/http/audit-row.ts'
import { answer, route } from '../../src/platform/http/route.ts'
import { platformProblem } from '../../src/platform/problems.ts'
import { freshKey, keyOf, personOf, serve, sessionOf } from '../api/serve.ts'
import { tried, tryRoutes } from '../api/try-routes.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

interface Entry {
  readonly actor: string
  readonly route: string
  readonly status: number | null
  readonly subjects: string[]
  readonly request_digest: string | null
  readonly before_digest: string | null
  readonly after_digest: string | null
}

function entriesOf(world: World): Promise<Entry[]> {
  return world.transaction(
    (tx) => tx.sql<Entry[]>`
    select actor, route, status::int as status, subjects, request_digest, before_digest, after_digest from audit.entry where tenant_id = ${tx.tenant} order by entry_id`,
  )
}

/** What a superuser does behind Ordo's back. */
async function behindTheBack(statement: string): Promise<void> {
  const sql = postgres(inject('admin_url'), { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}

test('T9 showing a secret leaves an entry, a preview that changes nothing leaves none', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using server = serve(world, allRoutes)
  const key = await keyOf(world)
  const hook = { url: 'http://127.0.0.1:9/hook', types: ['order.*'] }
  const { body } = await server.call('POST', '/webhooks', hook, { ...key, ...freshKey() })
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  const before = (await entriesOf(world)).length
  const shown = await server.call('POST', `/webhooks/${body.endpoint_id}/disclosure`, undefined, key)
  expect(shown).toMatchObject({ status: 200, body: { secret: body.secret } })
  const wish = { reason: 'customer_request' }
  expect((await server.call('POST', `/orders/${order_id}/cancellation/preview`, wish, key)).status).toBe(200)
  const entries = (await entriesOf(world)).slice(before)
  expect(entries.map((entry) => [entry.route, entry.status])).toEqual([['POST /webhooks/:id/disclosure', 200]])
})

test('T9 a change leaves one entry: who, which route, which ids, digests, and nothing of the content', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  const admin = await sessionOf(server, world, 'admin')
  const { staff_id } = await personOf(world, 'agent')
  const before = (await entriesOf(world)).length
  const made = await server.call(
    'POST',
    '/staff',
    { name: '王芳', email: 'wang.fang@shop.test', role: 'picker', password: 'three green doors', locale: 'zh-CN' },
    { ...admin, ...freshKey() },
  )
  await server.call('PUT', `/staff/${staff_id}/role`, { role: 'lead' }, admin)
  const entries = (await entriesOf(world)).slice(before)
  expect(entries).toMatchObject([
    {
      actor: expect.stringMatching(/^user:/),
      route: 'POST /staff',
      status: 201,
      subjects: [made.body.staff_id],
      request_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    {
      route: 'PUT /staff/:id/role',
      status: 200,
      subjects: [staff_id],
      after_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ])
  expect(JSON.stringify(entries)).not.toMatch(/王芳|wang\.fang|three green/)
})

test('T9 reading, refusals and repeats leave none', async () => {
  await using world = await freshWorld()
  Object.assign(tried, { fail_after: false })
  await using server = serve(world, tryRoutes)
  const key = { ...(await keyOf(world)), ...freshKey() }
  await server.call('GET', '/notes', undefined, key)
  await server.call('POST', '/notes', { nothing: 1 }, key)
  await server.call('PATCH', '/notes/1', { text: 'a' }, { ...key, 'if-match': '"1"' })
  expect(await entriesOf(world)).toEqual([])
  await server.call('POST', '/notes', { text: 'a' }, key)
  await server.call('POST', '/notes', { text: 'a' }, key)
  expect(await entriesOf(world)).toHaveLength(1)
})

test('T9 the entry is committed with the effect or not at all, also where a route takes several transactions', async () => {
  await using world = await freshWorld()
  let fail = true
  const natural = route('PUT /things/:id', {
    permit: 'orders.edit',
    summary: 'Two transactions, the second of which may fail.',
    params: Type.Object({ id: Type.String({ maxLength: 20 }) }),
    reply: { 200: Type.Object({ thing_id: Type.String() }), 202: Type.Object({ thing_id: Type.String() }) },
    run: async (context, { params, touch }) => {
      await context.transaction(async (tx) => {
        await setFacts(tx, [{ kind: 'thing', key: params.id, value: 1 }])
        touch('the-thing', { colour: 'red' }, { colour: 'blue' })
        if (fail) throw platformProblem('illegal_transition')
      })
      await context.transaction((tx) => setFacts(tx, [{ kind: 'thing', key: params.id, value: 2 }]))
      return answer(202, { thing_id: params.id })
    },
  })
  await using server = serve(world, [natural])
  const key = await keyOf(world)
  expect((await server.call('PUT', '/things/a', undefined, key)).status).toBe(409)
  expect(await entriesOf(world)).toEqual([])
  fail = false
  expect((await server.call('PUT', '/things/a', undefined, key)).status).toBe(202)
  const entries = await entriesOf(world)
  expect(entries).toMatchObject([{ route: 'PUT /things/:id', subjects: ['the-thing', 'a'] }])
  expect(entries[0]?.before_digest).not.toBe(entries[0]?.after_digest)
})

test('T9 equal content has an equal digest, other content another, another key of Ordo another still', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  for (const text of ['a', 'a', 'b']) await server.call('POST', '/notes', { text }, { ...key, ...freshKey() })
  const [first, second, third] = await entriesOf(world)
  expect(first?.request_digest).toBe(second?.request_digest)
  expect(first?.request_digest).not.toBe(third?.request_digest)
})

const row = (subject: string): AuditRow => ({
  actor: 'key:x',
  route: 'POST /x',
  request_id: null,
  status: 200,
  subjects: [subject, '王, "芳"'],
  count: 1,
  request_digest: 'a'.repeat(64),
  before_digest: null,
  after_digest: null,
})

async function sealed(world: World, blocks: number): Promise<void> {
  for (let block = 0; block < blocks; block++) {
    await world.transaction((tx) =>
      record(
        tx,
        Array.from({ length: block + 1 }, (_, place) => row(`S-${block}-${place}`)),
      ),
    )
    world.clock.advance(11_000)
    await world.drain()
  }
}

test('T9 within a minute every entry is in a block; each block follows the one before, and both verifiers agree', async () => {
  await using world = await freshWorld()
  await sealed(world, 7)
  const blocks = await world.transaction(
    (tx) => tx.sql<{ block_no: number; entries: number }[]>`
    select block_no, cardinality(entry_ids) as entries from audit.block where tenant_id = ${tx.tenant} order by block_no`,
  )
  expect(blocks.map(({ block_no, entries }) => [block_no, entries])).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 5],
    [6, 6],
    [7, 7],
  ])
  expect(await world.transaction(verifyChain)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test.each([
  [
    'an entry is changed',
    "update audit.entry set actor = 'key:y' where tenant_id = :t and subject = 'S-2-1'",
    'changed_entry',
    'an entry was changed',
  ],
  [
    'its time is changed by a millisecond',
    "update audit.entry set at = at + interval '1 millisecond' where tenant_id = :t and subject = 'S-2-1'",
    'changed_entry',
    'an entry was changed',
  ],
  [
    'an entry is deleted',
    "delete from audit.entry where tenant_id = :t and subject = 'S-2-1'",
    'missing_entry',
    'an entry is missing',
  ],
  [
    'a block is deleted',
    'delete from audit.block where tenant_id = :t and block_no = 2',
    'gap',
    'a block is missing before',
  ],
  [
    'the last block is deleted',
    'delete from audit.block where tenant_id = :t and block_no = 3',
    'gap',
    'the end of the chain is missing',
  ],
  [
    'a block is made again without an entry',
    'update audit.block set entry_ids = entry_ids[1:2], merkle_root = sha256(merkle_root) where tenant_id = :t and block_no = 3',
    'broken_chain',
    'the chain is broken',
  ],
])('T9 it shows when %s', async (_name, statement, fault, told) => {
  await using world = await freshWorld()
  await sealed(world, 3)
  await behindTheBack(statement.replace(':t', `'${world.tenant}'`))
  expect((await world.transaction(verifyChain)).map((one) => one.fault)).toContain(fault)
  const [broken] = await world.brokenInvariants()
  expect(broken?.name).toBe('T9-audit-seals')
  expect(JSON.stringify(broken?.rows)).toContain(told)
})

test('T9 an entry that nobody will seal shows, one that waits does not', async () => {
  await using world = await freshWorld()
  await world.transaction((tx) => record(tx, [row('S')]))
  expect(await world.brokenInvariants()).toEqual([])
  await behindTheBack(`delete from engine.job where tenant_id = '${world.tenant}' and step = 'audit.seal'`)
  expect((await world.brokenInvariants()).map((one) => one.name)).toEqual(['T9-audit-seals'])
})

test('T9 an entry that is committed late is sealed later, not passed over', async () => {
  await using world = await freshWorld()
  const late = Promise.withResolvers<void>()
  const open = world.transaction(async (tx) => {
    await record(tx, [row('late')])
    await late.promise
  })
  await sealed(world, 2)
  late.resolve()
  await open
  world.clock.advance(11_000)
  await world.drain()
  expect(await world.transaction(verifyChain)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('T9 two sealers at once make one chain', async () => {
  await using world = await freshWorld()
  for (let place = 0; place < 6; place++) await world.transaction((tx) => record(tx, [row(`S-${place}`)]))
  world.clock.advance(11_000)
  await Promise.all([world.drain(), world.drain(), world.drain()])
  await world.drain()
  expect(await world.transaction(verifyChain)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('T9 every route that changes something is audited, by the server or by itself', () => {
  const own = allRoutes
    .filter((declared) => declared.options.audit === 'self')
    .map((declared) => `${declared.method} ${declared.path}`)
  expect(own).toEqual(['POST /orders', 'POST /orders/bulk'])
})
