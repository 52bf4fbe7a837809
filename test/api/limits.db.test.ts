// A6: limits per caller, per tenant over all processes, per route; D5: no endless waiting for a connection; each says when to come again.
import { expect, inject, test } from 'vitest'
import { freshWorld } from '../world/index.ts'
import { anotherProcess, keyOf, serve } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

test('A6 beyond the limit the answer is 429 with Retry-After and RateLimit, and after that time the door is open again', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes, { limits: { key: 60 } })
  const key = await keyOf(world)
  const replies = []
  for (let call = 0; call < 61; call++) replies.push(await server.call('GET', '/notes', undefined, key))
  expect(replies.slice(0, 60).every((reply) => reply.status === 200)).toBe(true)
  expect(replies[0]?.headers.ratelimit).toMatch(/^"caller";r=59;t=1, "tenant";r=\d+;t=1$/)
  expect(replies[0]?.headers['ratelimit-policy']).toBe('"caller";q=60;w=60, "tenant";q=2000000;w=60')
  expect(replies[60]).toMatchObject({
    status: 429,
    body: { code: 'rate_limited' },
    headers: { 'retry-after': '1', ratelimit: expect.stringMatching(/^"caller";r=0;t=60/) },
  })
  world.clock.advance(1_000)
  expect((await server.call('GET', '/notes', undefined, key)).status).toBe(200)
})

test('A6 another caller of the same tenant has a limit of his own, but they share that of the tenant', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes, { limits: { key: 10, tenant: 15 } })
  const keys = [await keyOf(world), await keyOf(world), await keyOf(world)]
  const passed = []
  for (const key of keys) {
    let count = 0
    for (let call = 0; call < 12; call++)
      if ((await server.call('GET', '/notes', undefined, key)).status === 200) count += 1
    passed.push(count)
  }
  expect(passed).toEqual([10, 5, 0])
})

test('A6 two processes share the limit of a tenant', async () => {
  await using world = await freshWorld({ now: '2031-01-01T00:00:00Z' })
  const second = anotherProcess(world, inject('app_url'))
  await using here = serve(world, tryRoutes, { limits: { tenant: 40 } })
  await using there = serve({ runtime: second }, tryRoutes, { limits: { tenant: 40 } })
  await here.app.listen({ port: 0 })
  await there.app.listen({ port: 0 })
  await there.app.beat()
  await here.app.beat()
  const key = await keyOf(world)
  let passed = 0
  for (let call = 0; call < 40; call++)
    for (const server of [here, there])
      if ((await server.call('GET', '/notes', undefined, key)).status === 200) passed += 1
  expect(passed).toBe(40)
  await there.app.stop()
  await here.app.beat()
  world.clock.advance(60_000)
  expect((await here.call('GET', '/notes', undefined, key)).headers['ratelimit-policy']).toContain('"tenant";q=40;')
  await second.db.close()
})

test('A6 a route may have a limit of its own, and strangers are counted by address', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes, { limits: { address: 5 } })
  const key = await keyOf(world)
  const statuses = []
  for (let call = 0; call < 4; call++) statuses.push((await server.call('GET', '/limited', undefined, key)).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  const strangers = []
  for (let call = 0; call < 7; call++)
    strangers.push(
      (await server.call('GET', '/notes', undefined, { authorization: `Bearer ordo_${world.code}_${'0'.repeat(64)}` }))
        .status,
    )
  expect(strangers).toEqual([401, 401, 401, 401, 401, 429, 429])
  expect((await server.call('GET', '/notes', undefined, key)).status).toBe(200)
})

test('D5 with every connection taken and none given back for two seconds a request is told 503 with Retry-After, and leaves nothing behind', async () => {
  await using world = await freshWorld({ connections: 2 })
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  await server.call('GET', '/notes', undefined, key)
  const holders = [1, 2].map(() => server.call('GET', '/slow?wait_ms=4000', undefined, key))
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  const late = await Promise.all(
    [1, 2, 3].map((place) =>
      server.call('POST', '/notes', { text: 'late' }, { ...key, 'idempotency-key': `late-${place}` }),
    ),
  )
  expect(performance.now() - began).toBeLessThan(3_000)
  for (const reply of late)
    expect(reply).toMatchObject({ status: 503, body: { code: 'overloaded' }, headers: { 'retry-after': '1' } })
  for (const holder of await Promise.all(holders)) expect(holder.status).toBe(200)
  expect(await server.call('GET', '/notes', undefined, key)).toMatchObject({ status: 200, body: { notes: 0 } })
})

test('D5 while connections come free a request waits its turn, longer than two seconds too, and is not refused', async () => {
  await using world = await freshWorld({ connections: 2 })
  await using server = serve(world, tryRoutes)
  const key = await keyOf(world)
  const began = performance.now()
  const replies = await Promise.all(
    Array.from({ length: 12 }, () => server.call('GET', '/slow?wait_ms=500', undefined, key)),
  )
  expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 12 }, () => 200))
  expect(performance.now() - began).toBeGreaterThan(2_900)
})

test('a database that cannot be reached is told as 503, not as a failure inside, and readiness says so', async () => {
  await using world = await freshWorld()
  const cut = anotherProcess(world, 'postgres://nobody:x@127.0.0.1:9/none')
  await using server = serve({ runtime: cut }, tryRoutes, {
    principals: { recognise: () => principalOf(world.tenant) },
  })
  expect(await server.call('GET', '/notes')).toMatchObject({
    status: 503,
    body: { code: 'overloaded' },
    headers: { 'retry-after': '1' },
  })
  expect(await server.call('GET', '/ready')).toMatchObject({ status: 503, body: { code: 'not_ready' } })
  expect((await server.call('GET', '/health')).status).toBe(200)
})

function principalOf(tenant: string) {
  return {
    tenant,
    actor: 'key:x',
    permissions: new Set(['orders.read']),
    session: null,
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
}
