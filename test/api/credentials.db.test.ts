// T13, T14: keys, staff and tenants; secrets are nowhere in clear.
import { Writable } from 'node:stream'
import { pino } from 'pino'
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { auditRoutes } from '../../src/modules/audit/index.ts'
import { createTenant, identityRoutes } from '../../src/modules/identity/index.ts'
import { openDatabase } from '../../src/platform/db.ts'
import { openLog } from '../../src/platform/log.ts'
import { freshWorld, type World } from '../world/index.ts'
import { cookieOf, freshKey, keyOf, PASSWORD, personOf, type Reply, serve, sessionOf } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

/** Every row of these tables as text, as the database shows it to its owner. */
async function rowsOf(world: World, tables: readonly string[]): Promise<string[]> {
  const owner = openDatabase({ url: inject('admin_url'), max: 1 })
  const rows: string[] = []
  for (const table of tables) {
    const found = await owner.run<{ text: string }>(
      `select t::text as text from ${table} t where tenant_id = '${world.tenant}'`,
    )
    rows.push(...found.map((row) => row.text))
  }
  await owner.close()
  return rows
}

const own = [...identityRoutes, ...auditRoutes]

async function logIn(
  server: ReturnType<typeof serve>,
  world: World,
  email: string,
  password = PASSWORD,
): Promise<Reply> {
  return server.call('POST', '/session', { merchant: world.code, email, password })
}

test('T13 a key is shown once, holds only its scopes, and is refused once it is revoked', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const admin = await sessionOf(server, world, 'admin')
  const made = await server.call(
    'POST',
    '/api-keys',
    { name: 'till', scopes: ['stock.read'] },
    { ...admin, ...freshKey() },
  )
  expect(made.body.key).toMatch(new RegExp(`^ordo_${world.code}_[0-9a-f]{64}$`))
  const bearer = { authorization: `Bearer ${made.body.key}` }
  expect((await server.call('GET', '/audit', undefined, bearer)).status).toBe(403)
  const list = await server.call('GET', '/api-keys', undefined, admin)
  expect(list.body.items).toMatchObject([
    {
      name: 'till',
      scopes: ['stock.read'],
      hint: made.body.key.slice(-4),
      revoked_at: null,
      last_used_at: expect.any(String),
    },
  ])
  expect(list.text).not.toContain(made.body.key.slice(-20))
  expect((await server.call('DELETE', `/api-keys/${made.body.key_id}`, undefined, admin)).status).toBe(200)
  expect((await server.call('GET', '/audit', undefined, bearer)).status).toBe(401)
  for (const scopes of [['identity.write'], ['session.own'], ['nonsense']]) {
    expect(await server.call('POST', '/api-keys', { name: 'x', scopes }, { ...admin, ...freshKey() })).toMatchObject({
      status: 422,
      body: { code: 'scope_not_grantable' },
    })
  }
})

test('T13 another process sees a revoked key and a changed role within five seconds', async () => {
  await using world = await freshWorld()
  await using here = serve(world, own)
  await using there = serve({ runtime: { ...world.runtime } }, own)
  const admin = await sessionOf(here, world, 'admin')
  const key = await keyOf(world, ['audit.read'])
  expect((await there.call('GET', '/audit', undefined, key)).status).toBe(200)
  const listed = await here.call('GET', '/api-keys', undefined, admin)
  if (listed.status !== 200) throw new Error(listed.text)
  const { items } = listed.body
  await here.call('DELETE', `/api-keys/${items[0].key_id}`, undefined, admin)
  world.clock.advance(5_001)
  expect((await there.call('GET', '/audit', undefined, key)).status).toBe(401)
})

test('a caller who is known costs no statement, and a hundred at once are looked up once', async () => {
  await using world = await freshWorld()
  const bare = tryRoutes.filter((route) => route.path === '/echo')
  await using server = serve(world, bare)
  const key = await keyOf(world)
  const before = world.runtime.db.statements()
  await Promise.all(Array.from({ length: 100 }, () => server.call('POST', '/echo', {}, key)))
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(3)
  const known = world.runtime.db.statements()
  for (let call = 0; call < 20; call++) expect((await server.call('POST', '/echo', {}, key)).status).toBe(200)
  expect(world.runtime.db.statements()).toBe(known)
})

test('the last administrator can neither leave nor take another role, also when two try to go at once', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const people = [await personOf(world, 'admin'), await personOf(world, 'admin')]
  const sessions: Record<string, string>[] = []
  for (const { email } of people) {
    const reply = await logIn(server, world, email)
    sessions.push({ cookie: cookieOf(reply), 'x-csrf-token': String(reply.body.csrf_token) })
  }
  const replies = await Promise.all(
    people.map(({ staff_id }, place) =>
      server.call('PUT', `/staff/${staff_id}/role`, { role: 'agent' }, sessions[place]),
    ),
  )
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409])
  expect(replies.find((reply) => reply.status === 409)?.body.code).toBe('last_admin')
})

test('staff is added once per e-mail, with a password that is not easily guessed', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const admin = await sessionOf(server, world, 'admin')
  const add = (change: object) =>
    server.call(
      'POST',
      '/staff',
      {
        name: '王芳',
        email: 'wang.fang@shop.test',
        role: 'picker',
        password: 'three green doors',
        locale: 'zh-CN',
        ...change,
      },
      { ...admin, ...freshKey() },
    )
  expect(await add({})).toMatchObject({ status: 201, body: { role: 'picker', state: 'active', last_seen_at: null } })
  expect(await add({ email: 'WANG.FANG@shop.test' })).toMatchObject({ status: 409, body: { code: 'email_taken' } })
  for (const password of ['zhang.min12', '1234567890', 'aaaaaaaaaaaa'])
    expect(await add({ email: 'zhang.min@shop.test', password })).toMatchObject({
      status: 422,
      body: { code: 'weak_password' },
    })
  expect((await server.call('GET', '/staff', undefined, admin)).body.items).toHaveLength(2)
})

test('a tenant is made with its first administrator, its code once', async () => {
  await using world = await freshWorld()
  await using server = serve(world, own)
  const owner = postgres(inject('admin_url'), { max: 1, types: { bigint: postgres.BigInt }, onnotice: () => {} })
  const code = `m${world.code.slice(-8)}`
  const wish = { code, name: 'Merchant', admin: { email: 'Boss@m.test', name: 'Boss', password: 'eleven tin cans' } }
  expect(await createTenant(owner, wish, world.clock)).toMatchObject({
    tenant_id: expect.any(String),
    staff_id: expect.any(String),
  })
  expect(await createTenant(owner, wish, world.clock)).toBeNull()
  await expect(createTenant(owner, { code: 'Not A Code', name: 'x' })).rejects.toMatchObject({
    code: 'invalid_request',
  })
  const reply = await server.call('POST', '/session', {
    merchant: code,
    email: 'boss@m.test',
    password: 'eleven tin cans',
  })
  expect(reply).toMatchObject({ status: 200, body: { role: 'admin', merchant: { code, base_currency: 'CNY' } } })
  await owner.end()
})

test('T14 passwords, keys, cookies and tokens are neither in the log nor in any table', async () => {
  await using world = await freshWorld()
  const lines: string[] = []
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    }),
  ) as ReturnType<typeof openLog>
  const runtime = { ...world.runtime, log }
  await using server = serve({ runtime }, [...own, ...tryRoutes])
  const { email } = await personOf(world, 'admin')
  const reply = await logIn(server, world, email)
  const cookie = cookieOf(reply)
  const made = await server.call(
    'POST',
    '/api-keys',
    { name: 'till', scopes: ['orders.read'] },
    { cookie, 'x-csrf-token': String(reply.body.csrf_token), ...freshKey() },
  )
  await server.call('GET', '/broken', undefined, { authorization: `Bearer ${made.body.key}` })
  await logIn(server, world, email, 'a wrong secret word')
  expect(lines.join('')).toContain('request failed')
  const secrets = [
    PASSWORD,
    'a wrong secret word',
    String(made.body.key).slice(-64),
    cookie.slice(-64),
    String(reply.body.csrf_token),
  ]
  for (const secret of secrets) expect(lines.join('')).not.toContain(secret)
  const tables = await rowsOf(world, [
    'identity.staff',
    'identity.session',
    'identity.api_key',
    'platform.stored_reply',
    'audit.entry',
    'engine.job',
  ])
  expect(tables.length).toBeGreaterThan(4)
  for (const secret of secrets) expect(tables.join('\n')).not.toContain(secret)
})

test('T14 the log leaves out what is named like a secret or a person', () => {
  const lines: string[] = []
  const write = process.stdout.write
  process.stdout.write = ((chunk: string) => lines.push(String(chunk)) > 0) as typeof process.stdout.write
  const log = openLog('info')
  log.info(
    {
      staff: { password: 'p1', token: 't1', phone: '13812340000', email: 'a@b.c', name: '张伟' },
      req: { headers: { authorization: 'Bearer x1', cookie: 'c1' } },
    },
    'x',
  )
  log.flush()
  process.stdout.write = write
  expect(lines.join('')).not.toMatch(/p1|t1|13812340000|a@b\.c|张伟|x1|c1/)
})
