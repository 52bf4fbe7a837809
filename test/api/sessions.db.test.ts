import { expect, test } from 'vitest'
import { auditRoutes } from '../../src/modules/audit/index.ts'
import { identityRoutes } from '../../src/modules/identity/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { cookieOf, freshKey, PASSWORD, personOf, type Reply, serve, sessionOf } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

const HOUR_MS = 3_600_000
const own = [...identityRoutes, ...auditRoutes]

async function logIn(
  server: ReturnType<typeof serve>,
  world: World,
  email: string,
  password = PASSWORD,
): Promise<Reply> {
  return server.call('POST', '/session', { merchant: world.code, email, password })
}

test('T13 a login answers who it is and sets a cookie that scripts cannot read and other sites cannot send', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const { email, staff_id } = await personOf(world, 'operator')
  const reply = await logIn(server, world, `  ${email.toUpperCase()} `)
  expect(reply).toMatchObject({
    status: 200,
    body: { staff_id, role: 'operator', email, merchant: { code: world.code } },
  })
  expect(reply.body.permissions).toContain('orders.cancel')
  expect(reply.body.permissions).not.toContain('identity.write')
  expect(String(reply.headers['set-cookie'])).toMatch(
    new RegExp(`^ordo_session=${world.code}\\.[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200$`),
  )
  const me = await server.call('GET', '/session', undefined, { cookie: cookieOf(reply) })
  expect(me.body).toEqual(reply.body)
})

test('T13 over https the cookie is Secure and bound to the host by its name', async () => {
  await using world = await freshWorld()
  const runtime = { ...world.runtime, settings: { ...world.runtime.settings, public_url: 'https://ordo.example' } }
  await using server = serve({ runtime }, own)
  const reply = await logIn(server, world, (await personOf(world, 'agent')).email)
  expect(String(reply.headers['set-cookie'])).toMatch(
    /^__Host-ordo_session=.*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure$/,
  )
  expect((await server.call('GET', '/session', undefined, { cookie: cookieOf(reply) })).status).toBe(200)
})

test('T13 wrong merchant, e-mail and password get the same answer', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const { email } = await personOf(world, 'agent')
  const tries = [
    { merchant: 'nobody', email, password: PASSWORD },
    { merchant: world.code, email: 'x@shop.test', password: PASSWORD },
    { merchant: world.code, email, password: 'wrong' },
  ]
  for (const body of tries)
    expect(await server.call('POST', '/session', body)).toMatchObject({ status: 401, body: { code: 'login_failed' } })
})

test('T13 ten wrong passwords lock an account for a quarter of an hour, in every process, whether it exists or not', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  await using elsewhere = serve({ runtime: { ...world.runtime } }, own)
  const { email } = await personOf(world, 'agent')
  for (const name of [email, 'nobody@shop.test']) {
    for (let miss = 0; miss < 10; miss++) expect((await logIn(server, world, name, 'wrong')).status).toBe(401)
    expect(await logIn(server, world, name)).toMatchObject({
      status: 429,
      body: { code: 'login_locked' },
      headers: { 'retry-after': '900' },
    })
  }
  expect(await logIn(elsewhere, world, email)).toMatchObject({ status: 429, body: { code: 'login_locked' } })
  world.clock.advance(HOUR_MS / 4 + 1_000)
  expect((await logIn(server, world, email)).status).toBe(200)
})

test('T13 a session ends by logout, by idleness, by age, by a new password, and when its person leaves', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const alive = (headers: { cookie: string }) =>
    server.call('GET', '/session', undefined, { cookie: headers.cookie }).then((reply) => reply.status)
  const gone = await sessionOf(server, world, 'agent')
  expect(await server.call('DELETE', '/session', undefined, gone)).toMatchObject({
    status: 200,
    headers: { 'set-cookie': expect.stringContaining('Max-Age=0') },
  })
  expect(await alive(gone)).toBe(401)

  const idle = await sessionOf(server, world, 'agent')
  world.clock.advance(2 * HOUR_MS + 60_000)
  expect(await alive(idle)).toBe(401)

  const busy = await sessionOf(server, world, 'agent')
  for (let hour = 0; hour < 11; hour++) {
    world.clock.advance(HOUR_MS)
    expect(await alive(busy)).toBe(200)
  }
  world.clock.advance(HOUR_MS)
  expect(await alive(busy)).toBe(401)

  const admin = await sessionOf(server, world, 'admin')
  for (const end of ['PUT', 'DELETE'] as const) {
    const { email, staff_id } = await personOf(world, 'agent')
    const cookie = cookieOf(await logIn(server, world, email))
    expect(await alive({ cookie })).toBe(200)
    const reply =
      end === 'PUT'
        ? await server.call('PUT', `/staff/${staff_id}/password`, { password: 'another good one' }, admin)
        : await server.call('DELETE', `/staff/${staff_id}`, undefined, admin)
    expect(reply.status).toBe(200)
    expect(await alive({ cookie })).toBe(401)
    expect((await logIn(server, world, email)).status).toBe(401)
  }
})

test('T13 one sees one’s own sessions, ends another of them, and a new password ends all others', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const { email } = await personOf(world, 'agent')
  const replies = [
    await logIn(server, world, email),
    await logIn(server, world, email),
    await logIn(server, world, email),
  ]
  const sessions = replies.map((reply) => ({ cookie: cookieOf(reply), 'x-csrf-token': String(reply.body.csrf_token) }))
  const [first = {}, second = {}, third = {}] = sessions
  const list = await server.call('GET', '/sessions', undefined, first)
  expect(list.body.items).toHaveLength(3)
  const other = list.body.items.find((item: { current: boolean }) => !item.current)
  expect((await server.call('DELETE', `/sessions/${other.session_id}`, undefined, first)).status).toBe(200)
  expect((await server.call('DELETE', `/sessions/${other.session_id}`, undefined, first)).status).toBe(404)
  expect(
    await server.call('PUT', '/session/password', { password: 'wrong', new_password: 'eight dry towels' }, first),
  ).toMatchObject({ status: 401, body: { code: 'login_failed' } })
  expect(
    await server.call('PUT', '/session/password', { password: PASSWORD, new_password: 'password123' }, first),
  ).toMatchObject({ status: 422, body: { code: 'weak_password' } })
  expect(
    (await server.call('PUT', '/session/password', { password: PASSWORD, new_password: 'eight dry towels' }, first))
      .status,
  ).toBe(200)
  const alive = []
  for (const session of [first, second, third])
    alive.push((await server.call('GET', '/session', undefined, session)).status)
  expect(alive).toEqual([200, 401, 401])
})

test('T13 a change with a cookie needs the token or the word of the browser that the page is ours', async () => {
  await using world = await freshWorld()
  await using server = serve(world, [...own, ...tryRoutes])
  const { cookie, ...token } = await sessionOf(server, world, 'operator')
  const change = (headers: Record<string, string>) =>
    server
      .call('POST', '/notes', { text: 'a' }, { cookie, host: 'ordo.test', ...freshKey(), ...headers })
      .then((reply) => `${reply.status} ${reply.body.code ?? ''}`)
  const verdicts = {
    nothing: await change({}),
    token: await change({ ...token }),
    wrong_token: await change({ 'x-csrf-token': 'a'.repeat(64) }),
    own_page: await change({ 'sec-fetch-site': 'same-origin' }),
    own_origin: await change({ origin: 'http://ordo.test' }),
    public_origin: await change({ origin: 'http://127.0.0.1:4600' }),
    foreign_origin: await change({ ...token, origin: 'https://evil.test' }),
    opaque_origin: await change({ ...token, origin: 'null' }),
    foreign_site: await change({ ...token, 'sec-fetch-site': 'cross-site' }),
    sibling_site: await change({ ...token, 'sec-fetch-site': 'same-site' }),
  }
  expect(verdicts).toEqual({
    nothing: '403 csrf_failed',
    token: '201 ',
    wrong_token: '403 csrf_failed',
    own_page: '201 ',
    own_origin: '201 ',
    public_origin: '201 ',
    foreign_origin: '403 csrf_failed',
    opaque_origin: '403 csrf_failed',
    foreign_site: '403 csrf_failed',
    sibling_site: '403 csrf_failed',
  })
  const foreign = await server.call(
    'POST',
    '/session',
    { merchant: world.code, email: 'a@b.c', password: 'x' },
    { origin: 'https://evil.test' },
  )
  expect(foreign).toMatchObject({ status: 403, body: { code: 'csrf_failed' } })
})

test('T13 no other origin may read, no page may frame, nothing is sniffed, cached or referred', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  for (const [method, url] of [
    ['GET', '/health'],
    ['GET', '/session'],
    ['GET', '/nothing'],
    ['GET', '/reference'],
  ] as const) {
    const { headers } = await server.call(method, url, undefined, { origin: 'https://evil.test' })
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  }
  expect((await server.call('GET', '/session')).headers['cache-control']).toBe('no-store')
  expect(
    await server.call('OPTIONS', '/session', undefined, {
      origin: 'https://evil.test',
      'access-control-request-method': 'DELETE',
    }),
  ).toMatchObject({ status: 405 })
})
