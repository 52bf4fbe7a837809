// Webhooks out: signed, thin, tried again for three days, each endpoint at its own pace.
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/platform/clock.ts'
import { publish } from '../../src/platform/outbox/index.ts'
import { checkWebhook } from '../../src/platform/webhook-signature.ts'
import { freshKey, keyOf, serve } from '../api/serve.ts'
import { freshWorld, type World } from '../world/index.ts'
import { openReceiver } from './receiver.ts'

type Server = ReturnType<typeof serve>

async function tell(world: World, type = 'test.happened', events = 1): Promise<string[]> {
  const subjects = Array.from({ length: events }, () => world.runtime.db.newId())
  await world.transaction((tx) =>
    publish(
      tx,
      subjects.map((subject) => ({ type, subject, version: 1, data: { secret_of_the_house: 'not for the wire' } })),
    ),
  )
  return subjects
}

async function endpoint(world: World, server: Server, url: string, types: string[] = ['test.*']) {
  const headers = await keyOf(world)
  const made = await server.call('POST', '/webhooks', { url, types }, { ...headers, ...freshKey() })
  expect(made.status).toBe(201)
  const { endpoint_id, secret } = made.body as { endpoint_id: string; secret: string }
  const at = `/webhooks/${endpoint_id}`
  return {
    endpoint_id,
    secret,
    get: async () =>
      (await server.call('GET', '/webhooks', undefined, headers)).body.items.find(
        (item: { endpoint_id: string }) => item.endpoint_id === endpoint_id,
      ),
    change: (body: unknown) => server.call('PATCH', at, body, headers),
    act: (what: string, body?: unknown) => server.call('POST', `${at}/${what}`, body, { ...headers, ...freshKey() }),
    deliveries: async (state: string) =>
      (await server.call('GET', `${at}/deliveries?state=${state}`, undefined, headers)).body.items,
    secretNow: async () => (await server.call('POST', `${at}/disclosure`, undefined, headers)).body.secret,
    remove: () => server.call('DELETE', at, undefined, headers),
  }
}

test('E7 what is sent verifies, is thin, and carries the id of its event', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  const [subject] = await tell(world)
  await tell(world, 'other.happened')
  await world.drain()
  expect(receiver.received).toHaveLength(1)
  const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]]
  expect(checkWebhook({ headers, body, secrets: [hook.secret], now: world.clock.now() })).toBe('genuine')
  expect(JSON.parse(body)).toEqual({
    type: 'test.happened',
    timestamp: world.clock.now().toISOString(),
    data: { subject, version: 1, position: expect.any(Number) },
  })
  expect(headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/)
  expect(await hook.deliveries('delivered')).toMatchObject([
    { event_id: headers['webhook-id'], attempts: 1, last_status: 200 },
  ])
})

test('E7 while a secret rotates, both sign; after a day only the new one does', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  const rotated = await hook.act('secret-rotation')
  const fresh = rotated.body.secret
  expect(await hook.secretNow()).toBe(fresh)
  await tell(world)
  await world.drain()
  world.clock.advance(DAY_MS + 1)
  await tell(world)
  await world.drain()
  const verdicts = receiver.received.map(({ headers, body }) =>
    [hook.secret, fresh].map((secret) =>
      checkWebhook({ headers, body, secrets: [secret], now: world.clock.now(), tolerance_ms: 2 * DAY_MS }),
    ),
  )
  expect(verdicts).toEqual([
    ['genuine', 'genuine'],
    ['forged', 'genuine'],
  ])
})

test('the secret is kept sealed, and the reply that shows it too', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  const hook = await endpoint(world, server, 'http://127.0.0.1:9/hook')
  const rows = await world.transaction(
    (tx) => tx.sql<{ text: string }[]>`
    select secrets::text as text from outbox.webhook_endpoint where tenant_id = ${tx.tenant}
    union all select reply::text from platform.stored_reply where tenant_id = ${tx.tenant} and reply is not null`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  for (const { text } of rows) expect(text).not.toContain(hook.secret.slice(6, 30))
})

test('E8 a failing message is tried ten times within three days, then given up; the deaf endpoint is disabled', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  receiver.always(500)
  await tell(world)
  await world.drain()
  const began = world.clock.now().getTime()
  const at_ms = [0]
  while (world.clock.now().getTime() - began < 4 * DAY_MS) {
    const soon = at_ms.length < 3 ? SECOND_MS : MINUTE_MS * 5
    world.clock.advance(soon)
    const before = receiver.received.length
    await world.drain()
    if (receiver.received.length > before) at_ms.push(world.clock.now().getTime() - began)
  }
  expect(receiver.received).toHaveLength(10)
  const waits = at_ms.slice(1).map((at, index) => at - (at_ms[index] ?? 0))
  const wanted = [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
  ]
  for (const [index, wait] of waits.entries()) {
    expect(wait).toBeLessThanOrEqual((wanted[index] ?? 0) + 5 * MINUTE_MS)
    expect(wait).toBeGreaterThanOrEqual((wanted[index] ?? 0) * 0.85)
  }
  expect(at_ms.at(-1)).toBeLessThan(3 * DAY_MS)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(10)
  expect(await hook.deliveries('failed')).toMatchObject([{ attempts: 10, last_status: 500 }])
  expect(await hook.get()).toMatchObject({ state: 'disabled', state_reason: 'deaf' })
  // What was given up can be sent again by hand.
  receiver.always(200)
  await hook.change({ state: 'active' })
  expect((await hook.act('replay', { failed: true })).body).toEqual({ revived: 1 })
  await world.drain()
  expect(receiver.received).toHaveLength(11)
  expect(await hook.deliveries('delivered')).toHaveLength(1)
}, 180_000)

test.each([301, 302, 307, 308, 404, 500, 503, 1])(
  'E8 an answer of %i is a failure that is tried again',
  async (status) => {
    await using world = await freshWorld()
    await using server = serve(world)
    await using receiver = await openReceiver()
    const hook = await endpoint(world, server, receiver.url)
    receiver.answers.push(status)
    await tell(world)
    await world.drain()
    expect(receiver.received).toHaveLength(1)
    expect(await hook.deliveries('pending')).toMatchObject([{ attempts: 1, last_status: status < 100 ? null : status }])
    world.clock.advance(5 * SECOND_MS)
    await world.drain()
    expect(receiver.received).toHaveLength(2)
    expect(await hook.deliveries('delivered')).toHaveLength(1)
  },
)

test('E8 an answer of 410 disables the endpoint at once; nothing more is sent until a person says so', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  receiver.answers.push(410)
  await tell(world)
  await world.drain()
  expect(await hook.get()).toMatchObject({ state: 'disabled', state_reason: 'gone' })
  await tell(world, 'test.happened', 3)
  world.clock.advance(DAY_MS)
  await world.drain()
  expect(receiver.received).toHaveLength(1)
  await hook.change({ state: 'active' })
  await world.drain()
  expect(await hook.deliveries('delivered')).toHaveLength(4)
})

test('an endpoint that fails for everything is knocked at with one message, and catches up when it opens', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  receiver.always(503)
  for (let round = 0; round < 3; round++) await tell(world, 'test.happened', 100)
  await world.drain()
  expect(receiver.received.length).toBeLessThanOrEqual(120)
  world.clock.advance(3 * HOUR_MS)
  await world.drain()
  receiver.always(200)
  world.clock.advance(6 * MINUTE_MS)
  await world.drain()
  await world.drain()
  expect(await hook.deliveries('pending')).toEqual([])
  const taken = await world.transaction(
    (tx) => tx.sql<{ delivered: number }[]>`
    select count(*)::int as delivered from outbox.webhook_delivery where tenant_id = ${tx.tenant} and state = 'delivered'`,
  )
  expect(taken[0]?.delivered).toBe(300)
}, 120_000)

test('a slow endpoint does not hold up another, and each is told everything', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using good = await openReceiver()
  await using bad = await openReceiver()
  const [first, second] = [await endpoint(world, server, good.url), await endpoint(world, server, bad.url)]
  bad.always(500)
  await tell(world, 'test.happened', 60)
  await world.drain()
  expect(new Set(good.received.map(({ headers }) => headers['webhook-id'])).size).toBe(60)
  bad.always(200)
  world.clock.advance(5 * SECOND_MS)
  await world.drain()
  expect(new Set(bad.received.map(({ headers }) => headers['webhook-id'])).size).toBe(60)
  expect([await first.deliveries('pending'), await second.deliveries('pending')]).toEqual([[], []])
})

test('endpoints cost hot transactions nothing: publishing takes one statement whatever their number', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  for (let count = 0; count < 5; count++) await endpoint(world, server, 'http://127.0.0.1:9/hook')
  const before = world.runtime.db.statements()
  await tell(world, 'test.happened', 200)
  expect(world.runtime.db.statements() - before).toBe(1)
})

test('an endpoint that was paused is told on its return what it missed, and can be sent back to a position', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await using receiver = await openReceiver()
  const hook = await endpoint(world, server, receiver.url)
  await hook.change({ state: 'paused' })
  await tell(world, 'test.happened', 2)
  await world.drain()
  expect(receiver.received).toHaveLength(0)
  await hook.change({ state: 'active' })
  await world.drain()
  expect(receiver.received).toHaveLength(2)
  const position = JSON.parse(receiver.received[0]?.body ?? '{}').data.position
  expect((await hook.act('replay', { after: position - 1 })).status).toBe(200)
  await world.drain()
  expect(receiver.received).toHaveLength(4)
  const [again] = receiver.received
  expect((await hook.act('replay', { event_id: again?.headers['webhook-id'] })).body).toEqual({ revived: 1 })
  await world.drain()
  expect(receiver.received).toHaveLength(5)
  expect((await hook.remove()).status).toBe(200)
  await tell(world)
  await world.drain()
  expect(receiver.received).toHaveLength(5)
})

test('E9 an address inside is refused when it is given, and when its name turns out to lead there', async () => {
  await using world = await freshWorld()
  const closed = { ...world.runtime, settings: { ...world.runtime.settings, allow_private_addresses: false } }
  await using server = serve({ runtime: closed })
  const headers = await keyOf(world)
  for (const url of [
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/',
    'ftp://example.com/',
  ]) {
    const refused = await server.call('POST', '/webhooks', { url, types: [] }, { ...headers, ...freshKey() })
    expect(refused).toMatchObject({ status: 422, body: { code: 'endpoint_address_refused' } })
  }
  await using usual = serve(world)
  const hook = await endpoint(world, usual, 'https://localhost:9/hook')
  const { runtime } = world
  Object.assign(runtime, { settings: closed.settings })
  await tell(world)
  await world.drain()
  expect(await hook.deliveries('pending')).toMatchObject([{ last_status: null, last_outcome: 'private_address' }])
})
