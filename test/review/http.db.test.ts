// Review, allocation and rates over HTTP: what the screens read fits their contract, and no other door ends a review hold.
import type { FastifyInstance } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { permissions } from '../../src/contracts/permissions.ts'
import { viewRoutes } from '../../src/contracts/views.ts'
import { record } from '../../src/modules/audit/index.ts'
import { SECOND_MS } from '../../src/platform/clock.ts'
import { buildServer } from '../../src/platform/http/server.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'

function serve(world: World, actor: string): FastifyInstance {
  const principal = {
    tenant: world.tenant,
    actor,
    permissions: new Set(Object.keys(permissions)),
    session: null,
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
  return buildServer(world.runtime, {
    routes: allRoutes,
    principals: { recognise: () => principal },
    recordAudit: record,
  })
}

let keys = 0
async function call(
  server: FastifyInstance,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  body?: object,
  revision?: number,
) {
  const reply = await server.inject({
    method,
    url,
    headers: {
      'idempotency-key': `review-${++keys}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(revision === undefined ? {} : { 'if-match': `"${revision}"` }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  })
  return { status: reply.statusCode, body: JSON.parse(reply.body) }
}

function fits(schema: TSchema, body: unknown): void {
  const validator = Compile(schema)
  expect(validator.Errors(body).slice(0, 3)).toEqual([])
}

test('the queue, a decision and its undo answer as the screens expect, and the hold ends nowhere else', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const server = serve(world, 'user:ann')
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }])
  await world.drain()
  const queue = await call(server, 'GET', '/review')
  expect(queue.status).toBe(200)
  fits(viewRoutes['GET /review'].reply, queue.body)
  const hold_id = queue.body.items[0].hold_id
  expect(await call(server, 'DELETE', `/holds/${hold_id}`)).toMatchObject({
    status: 409,
    body: { code: 'hold_under_review' },
  })
  const decided = await call(server, 'POST', `/review/${hold_id}/decision`, { decision: 'reject', note: 'no answer' })
  expect(decided.status).toBe(200)
  fits(viewRoutes['POST /review/:hold_id/decision'].reply, decided.body)
  expect(await call(server, 'DELETE', `/review/${hold_id}/decision`)).toMatchObject({ status: 200, body: { ok: true } })
  const many = await call(server, 'POST', '/review/decisions', { hold_ids: [hold_id], decision: 'approve' })
  expect(many.body).toMatchObject({ taken: [{ hold_id, needs_second: false }], refused: [] })
  world.clock.advance(10 * SECOND_MS)
  await world.drain()
  expect((await read(world, id)).commercial).toBe('confirmed')
  await server.close()
})

test('the explanation of an allocation answers as the screens expect, and with its sentences', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const server = serve(world, 'user:ann')
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  const before = await call(server, 'GET', `/orders/${id}/allocation`)
  expect(before).toMatchObject({ status: 200, body: { items: [] } })
  await world.drain()
  const reply = await call(server, 'GET', `/orders/${id}/allocation`)
  fits(viewRoutes['GET /orders/:id/allocation'].reply, reply.body)
  expect(reply.body.items[0].says.length).toBeGreaterThan(1)
  expect(await call(server, 'POST', `/orders/${id}/allocation`)).toMatchObject({
    status: 409,
    body: { code: 'nothing_to_allocate' },
  })
  const unknown = '00000000-0000-7000-8000-000000000000'
  expect(await call(server, 'GET', `/orders/${unknown}/allocation`)).toMatchObject({ status: 404 })
  await server.close()
})

test('locations and channels answer as the screens expect, and a version of the past is refused', async () => {
  await using world = await freshWorld()
  const server = serve(world, 'user:ann')
  const locations = await call(server, 'GET', '/locations')
  fits(viewRoutes['GET /locations'].reply, locations.body)
  expect(locations.body.items).toHaveLength(4)
  fits(viewRoutes['GET /channels'].reply, (await call(server, 'GET', '/channels')).body)
  const { location_id, network_id, version_id, valid_from, name_zh, ...fact } = locations.body.items[0]
  expect({ location_id, network_id, name_zh }).toEqual({ location_id: 'BJ1', network_id: 'CN', name_zh: null })
  const put = (body: object, revision?: number, from = '') =>
    call(server, 'PUT', `/locations/HZ9${from}`, body, revision)
  expect(await put(fact)).toMatchObject({ status: 200, body: { revision: 1 } })
  expect(await put(fact, 1, '?valid_from=2020-01-01T00:00:00Z')).toMatchObject({
    status: 422,
    body: { code: 'fact_in_the_past' },
  })
  expect(await put({ ...fact, network: 'none' }, 1)).toMatchObject({ status: 422, body: { code: 'unknown_network' } })
  expect(await put({ ...fact, time_zone: 'Mars/Base' }, 1)).toMatchObject({
    status: 422,
    body: { code: 'unknown_time_zone' },
  })
  await server.close()
})

test('of two who edit one location, or add it, at once one is told that somebody was faster, and nothing is overwritten', async () => {
  await using world = await freshWorld()
  const server = serve(world, 'user:ann')
  const read = await call(server, 'GET', '/locations/HZ1')
  fits(viewRoutes['GET /locations/:id'].reply, read.body)
  const {
    location_id: _id,
    network_id: _network,
    version_id: _version,
    valid_from: _from,
    name_zh: _zh,
    revision,
    ...fact
  } = read.body
  expect((await server.inject({ method: 'GET', url: '/locations/HZ1' })).headers.etag).toBe(`"${revision}"`)
  const edit = (cut_off: string, seen?: number) => call(server, 'PUT', '/locations/HZ1', { ...fact, cut_off }, seen)
  expect(await edit('09:00')).toMatchObject({ status: 428, body: { code: 'revision_required', revision } })
  const answers = await Promise.all(['10:00', '11:00'].map((cut_off) => edit(cut_off, revision)))
  expect(answers.map((one) => one.status).sort()).toEqual([200, 412])
  expect(answers.find((one) => one.status === 412)?.body).toMatchObject({
    code: 'revision_stale',
    revision: revision + 1,
  })
  const kept = answers[0]?.status === 200 ? '10:00' : '11:00'
  expect((await call(server, 'GET', '/locations/HZ1')).body).toMatchObject({ cut_off: kept, revision: revision + 1 })
  const added = await Promise.all([1, 2].map(() => call(server, 'PUT', '/locations/HZ9', fact)))
  expect(added.map((one) => one.status).sort()).toEqual([200, 428])
  expect((await call(server, 'GET', '/locations/NONE')).body.code).toBe('unknown_location')
  await server.close()
})

test('of two who set the allocation policy one is told that somebody was faster, and the reason is kept with the version', async () => {
  await using world = await freshWorld()
  const server = serve(world, 'user:ann')
  const read = () => call(server, 'GET', '/allocation/policy')
  const first = await read()
  fits(viewRoutes['GET /allocation/policy'].reply, first.body)
  const { revision, ...policy } = first.body
  expect(revision).toBe(0)
  const set = (split_penalty_minor: number, seen?: number, reason = '') =>
    call(server, 'PUT', `/allocation/policy${reason}`, { ...policy, split_penalty_minor }, seen)
  // nobody has set one yet: no number is needed, but of two only one is first
  const begun = await Promise.all([600, 700].map((price) => set(price)))
  expect(begun.map((one) => one.status).sort()).toEqual([200, 428])
  expect(await set(800)).toMatchObject({ status: 428, body: { code: 'revision_required', revision: 1 } })
  const answers = await Promise.all([800, 900].map((price) => set(price, 1, '?reason=returns%20are%20dear')))
  expect(answers.map((one) => one.status).sort()).toEqual([200, 412])
  expect(answers.find((one) => one.status === 412)?.body).toMatchObject({ code: 'revision_stale', revision: 2 })
  const won = answers[0]?.status === 200 ? 800 : 900
  expect((await read()).body).toMatchObject({ split_penalty_minor: won, revision: 2 })
  const { headers } = await server.inject({ method: 'GET', url: '/allocation/policy' })
  expect(headers.etag).toBe('"2"')
  expect(await set(-1, 2)).toMatchObject({ status: 422 })
  const kept = await world.transaction(
    (tx) => tx.sql<{ reason: string | null; set_by: string }[]>`
      select reason, set_by from platform.fact where tenant_id = ${tx.tenant} and kind = 'policy' and key = 'allocation' order by version_id`,
  )
  expect(kept).toEqual([
    { reason: null, set_by: 'user:ann' },
    { reason: 'returns are dear', set_by: 'user:ann' },
  ])
  await server.close()
})

test('SKUs are written many at a time and read page by page', async () => {
  await using world = await freshWorld()
  const server = serve(world, 'user:ann')
  const sku = (code: string) => ({
    sku: code,
    name: code,
    weight_grams: 100,
    length_mm: 10,
    width_mm: 10,
    height_mm: 10,
    handling_classes: ['cold'],
  })
  const items = ['A-1', 'A-2', 'A-3', 'B-1'].map(sku)
  expect(await call(server, 'PUT', '/skus', { items })).toMatchObject({ status: 200, body: { written: 4 } })
  const first = await call(server, 'GET', '/skus?prefix=A-&limit=2')
  expect(first.body.items.map((item: { sku: string }) => item.sku)).toEqual(['A-1', 'A-2'])
  const second = await call(server, 'GET', `/skus?prefix=A-&limit=2&cursor=${first.body.next_cursor}`)
  expect(second.body).toMatchObject({
    items: [{ sku: 'A-3', handling_classes: ['cold'], price_minor: null }],
    next_cursor: null,
  })
  const { sku: _code, ...body } = sku('A-1')
  expect(await call(server, 'PUT', '/skus/A-1', { ...body, price_minor: 990 })).toMatchObject({
    status: 422,
    body: { code: 'price_without_currency' },
  })
  expect(await call(server, 'PUT', '/skus/A-1', { ...body, price_minor: 990, currency: 'CNY' })).toMatchObject({
    status: 200,
  })
  expect((await call(server, 'GET', '/skus/A-1')).body).toMatchObject({ price_minor: 990, currency: 'CNY' })
  expect((await call(server, 'GET', '/skus/none')).status).toBe(404)
  await server.close()
})

test('quotes come cheapest first, and a card whose steps do not rise is refused', async () => {
  await using world = await freshWorld()
  await furnishRates(world)
  const server = serve(world, 'user:ann')
  const reply = await call(
    server,
    'GET',
    '/shipping/quotes?location_id=HZ1&country=CN&lat=39.9&lon=116.4&weight_grams=1500',
  )
  expect(reply.body.items).toMatchObject([
    { carrier: 'SF', service: 'standard', zone: 'far', amount: 2100, currency: 'CNY', parcels: 1 },
  ])
  const [card] = (await call(server, 'GET', '/rate-cards')).body.items
  const { carrier: _carrier, service: _service, version_id: _version, valid_from: _from, ...fact } = card
  expect(
    await call(server, 'PUT', '/rate-cards/SF/standard', { ...fact, upto_grams: [3000, 2000, 1000] }),
  ).toMatchObject({ status: 422, body: { code: 'rate_card_uneven' } })
  expect(await call(server, 'PUT', '/rate-cards/SF/express', fact)).toMatchObject({
    status: 422,
    body: { code: 'unknown_service' },
  })
  expect((await call(server, 'PUT', '/rate-cards/SF/standard', fact)).status).toBe(200)
  await server.close()
})
