// A5: pages of a list stay whole while rows come in; a cursor is good for its own list only.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { record } from '../../src/modules/audit/index.ts'
import type { AuditRow } from '../../src/platform/http/audit-row.ts'
import { decodeCursor, encodeCursor } from '../../src/platform/http/cursor.ts'
import { freshWorld, type World } from '../world/index.ts'
import { keyOf, type Server, serve } from './serve.ts'

const row = (subject: string): AuditRow => ({
  actor: 'key:x',
  route: 'POST /x',
  request_id: null,
  status: 200,
  subjects: [subject],
  count: 1,
  request_digest: null,
  before_digest: null,
  after_digest: null,
})

function add(world: World, count: number): Promise<void> {
  return world.transaction((tx) =>
    record(
      tx,
      Array.from({ length: count }, (_, place) => row(`S-${place % 3}`)),
    ),
  )
}

async function walk(
  server: Server,
  headers: Record<string, string>,
  limit: number,
  query: string,
  between: () => Promise<void>,
): Promise<string[]> {
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 1_000; pages++) {
    const reply = await server.call('GET', `/audit?limit=${limit}${query}${cursor}`, undefined, headers)
    expect(reply.status).toBe(200)
    expect(reply.body.items.length).toBeLessThanOrEqual(limit)
    seen.push(...reply.body.items.map((item: { entry_id: string }) => item.entry_id))
    if (reply.body.next_cursor === null) return seen
    cursor = `&cursor=${encodeURIComponent(reply.body.next_cursor)}`
    await between()
  }
  throw new Error('the list does not end')
}

test('A5 a walk through a list shows every row of its beginning exactly once, newest first, whatever comes in meanwhile', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  const headers = { ...(await keyOf(world, ['audit.read'])) }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 25 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 4 }),
      async (rows, limit, meanwhile) => {
        await add(world, rows)
        const before = await walk(server, headers, 200, '', async () => undefined)
        const seen = await walk(server, headers, limit, '', () =>
          meanwhile === 0 ? Promise.resolve() : add(world, meanwhile),
        )
        expect(seen).toEqual([...new Set(seen)].sort().reverse())
        expect(seen.filter((id) => before.includes(id))).toEqual(before)
      },
    ),
    { numRuns: process.env.ORDO_LONG === undefined ? 8 : 60 },
  )
})

test('A5 a list by subject shows all of that subject and nothing else', async () => {
  await using world = await freshWorld()
  await using server = serve(world)
  await add(world, 30)
  expect(
    await walk(server, { ...(await keyOf(world, ['audit.read'])) }, 3, '&subject=S-1', async () => undefined),
  ).toHaveLength(10)
})

test('A5 a cursor that was changed, made up or taken from another list is refused', async () => {
  await using world = await freshWorld()
  await using other = await freshWorld()
  await using server = serve(world)
  const headers = await keyOf(world, ['audit.read'])
  await add(world, 5)
  const { body } = await server.call('GET', '/audit?limit=2', undefined, headers)
  const cursor = String(body.next_cursor)
  const ask = (text: string, query = '') =>
    server.call('GET', `/audit?limit=2&cursor=${encodeURIComponent(text)}${query}`, undefined, headers)
  expect((await ask(cursor)).status).toBe(200)
  for (const wrong of [
    'x',
    `${cursor.slice(0, -2)}AA`,
    cursor.slice(4),
    encodeCursor(other.runtime.secrets, 'orders', ['a']),
  ]) {
    expect(await ask(wrong)).toMatchObject({ status: 422, body: { code: 'cursor_invalid' } })
  }
  expect(await ask(cursor, '&subject=S-1')).toMatchObject({ status: 422, body: { code: 'cursor_invalid' } })
})

test('a cursor gives back what it was made of, and only to its list', async () => {
  await using world = await freshWorld()
  const { secrets } = world.runtime
  const key = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  fc.assert(
    fc.property(fc.array(key, { maxLength: 4 }), fc.string(), fc.string(), (position, list, another) => {
      const cursor = encodeCursor(secrets, list, position)
      expect(cursor).toMatch(/^[\w-]+$/)
      expect(decodeCursor(secrets, list, cursor)).toEqual(position)
      if (list !== another) expect(() => decodeCursor(secrets, another, cursor)).toThrow()
    }),
  )
})
