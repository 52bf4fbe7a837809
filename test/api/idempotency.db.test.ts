// A1: the same request is one effect with one answer, however often and from wherever it is sent.
import { beforeEach, expect, inject, test } from 'vitest'
import { forgetReplies } from '../../src/platform/idempotency.ts'
import { freshWorld, type World } from '../world/index.ts'
import { anotherProcess, freshKey, keyOf, serve, sessionOf } from './serve.ts'
import { tried, tryRoutes } from './try-routes.ts'

beforeEach(() => {
  Object.assign(tried, { begun: 0, committed: 0, fail_after: false })
})

async function notesOf(world: World): Promise<number> {
  const rows = await world.transaction(
    (tx) =>
      tx.sql<
        { notes: number }[]
      >`select count(*)::int as notes from platform.fact where tenant_id = ${tx.tenant} and kind = 'note'`,
  )
  return rows[0]?.notes ?? 0
}

test('A1 fifty twins at once over two processes have one effect and get one answer', async () => {
  await using world = await freshWorld()
  const second = anotherProcess(world, inject('app_url'))
  await using here = serve(world, tryRoutes)
  await using there = serve({ runtime: second }, tryRoutes)
  const headers = { ...(await keyOf(world)), ...freshKey() }
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, place) =>
      (place % 2 === 0 ? here : there).call('POST', '/notes', { text: 'a', wait_ms: 50 }, headers),
    ),
  )
  expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1)
  expect(answers[0]?.status).toBe(201)
  expect(answers[0]?.body).toEqual({ note_id: expect.any(String), amount: 12, at: '2026-03-02T02:00:00.000Z' })
  expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === 'true')).toHaveLength(49)
  expect([tried.committed, await notesOf(world)]).toEqual([1, 1])
  await second.db.close()
})

test('A1 a process that begins after the first has died gives the first answer', async () => {
  await using world = await freshWorld()
  const headers = { ...(await keyOf(world)), ...freshKey() }
  const first = anotherProcess(world, inject('app_url'))
  await using dying = serve({ runtime: first }, tryRoutes)
  const answer = await dying.call('POST', '/notes', { text: 'a' }, headers)
  await first.db.close()
  await using server = serve(world, tryRoutes)
  const again = await server.call('POST', '/notes', { text: 'a' }, headers)
  expect(again).toMatchObject({ status: 201, text: answer.text, headers: { 'idempotent-replayed': 'true' } })
  expect(await notesOf(world)).toBe(1)
})

test('A1 another body, path or query under the same key is refused', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const headers = { ...(await keyOf(world)), ...freshKey() }
  expect((await server.call('POST', '/notes', { text: 'a' }, headers)).status).toBe(201)
  expect(await server.call('POST', '/notes', { text: 'b' }, headers)).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  })
  expect(await notesOf(world)).toBe(1)
})

test('A1 without a key, or with one that is none, nothing happens', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const headers = await keyOf(world)
  expect(await server.call('POST', '/notes', { text: 'a' }, headers)).toMatchObject({
    status: 400,
    body: { code: 'idempotency_key_missing' },
  })
  expect(await server.call('POST', '/notes', { text: 'a' }, { ...headers, 'idempotency-key': 'a b' })).toMatchObject({
    status: 400,
    body: { code: 'idempotency_key_invalid' },
  })
  expect(await notesOf(world)).toBe(0)
})

test('A1 a twin waits two seconds for the first, in this process and in another, then is told that it is in progress', async () => {
  await using world = await freshWorld()
  const second = anotherProcess(world, inject('app_url'))
  await using here = serve(world, tryRoutes)
  await using there = serve({ runtime: second }, tryRoutes)
  const headers = { ...(await keyOf(world)), ...freshKey() }
  const body = { text: 'a', wait_ms: 3_500 }
  const first = here.call('POST', '/notes', body, headers)
  await new Promise((resolve) => setTimeout(resolve, 200))
  const twins = await Promise.all([
    here.call('POST', '/notes', body, headers),
    there.call('POST', '/notes', body, headers),
  ])
  for (const twin of twins) expect(twin).toMatchObject({ status: 409, body: { code: 'in_progress' } })
  expect((await first).status).toBe(201)
  expect(await notesOf(world)).toBe(1)
  await second.db.close()
})

test('A1 a refusal is not kept: what the route throws after its work undoes the work, and the same key may try again', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const headers = { ...(await keyOf(world)), ...freshKey() }
  tried.fail_after = true
  expect(await server.call('POST', '/notes', { text: 'a' }, headers)).toMatchObject({
    status: 409,
    body: { code: 'illegal_transition' },
  })
  expect(await notesOf(world)).toBe(0)
  tried.fail_after = false
  expect((await server.call('POST', '/notes', { text: 'a' }, headers)).status).toBe(201)
  expect([tried.committed, await notesOf(world)]).toEqual([1, 1])
})

test('A1 a key belongs to its caller and its route', async () => {
  await using world = await freshWorld()
  await using other = await freshWorld()
  await using server = serve(world, tryRoutes)
  const key = freshKey()
  const replies = []
  for (const headers of [await keyOf(world), await keyOf(world), await keyOf(other)])
    replies.push(await server.call('POST', '/notes', { text: 'a' }, { ...headers, ...key }))
  expect(replies.map((reply) => reply.headers['idempotent-replayed'])).toEqual([undefined, undefined, undefined])
  expect(new Set(replies.map((reply) => reply.body.note_id)).size).toBe(3)
})

test('a kept reply that holds a secret cannot be read in the database, and is given again', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  const headers = { ...(await sessionOf(server, world, 'admin')), ...freshKey() }
  const wish = { name: 'till', scopes: ['orders.place'] }
  const made = await server.call('POST', '/api-keys', wish, headers)
  expect(made).toMatchObject({ status: 201, body: { key: expect.stringMatching(/^ordo_/) } })
  expect((await server.call('POST', '/api-keys', wish, headers)).text).toBe(made.text)
  const rows = await world.transaction(
    (tx) =>
      tx.sql<
        { reply: string }[]
      >`select reply::text as reply from platform.stored_reply where tenant_id = ${tx.tenant}`,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]?.reply).not.toContain(String(made.body.key).slice(-20))
})

test('replies are forgotten after seven days', async () => {
  await using world = await freshWorld()
  await using server = serve(world, tryRoutes)
  const headers = { ...(await keyOf(world)), ...freshKey() }
  await server.call('POST', '/notes', { text: 'a' }, headers)
  world.clock.advance(6 * 86_400_000)
  expect(await world.transaction((tx) => forgetReplies(tx, 100))).toBe(0)
  world.clock.advance(2 * 86_400_000)
  expect(await world.transaction((tx) => forgetReplies(tx, 100))).toBe(1)
})
