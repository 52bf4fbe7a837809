// What is kept for a time is gone after it, for every tenant, and not before.
import { expect, test } from 'vitest'
import { purgeSessions } from '../../src/modules/identity/index.ts'
import { erasePersonFiles, purgeFiles, putFile, readFile } from '../../src/platform/files.ts'
import { forgetReplies } from '../../src/platform/idempotency.ts'
import { purgeExpired } from '../../src/platform/purge-expired.ts'
import { freshWorld, type World } from '../world/index.ts'
import { freshKey, keyOf, serve, sessionOf } from './serve.ts'
import { tryRoutes } from './try-routes.ts'

const DAY_MS = 86_400_000
const file = (world: World, days: number, person_id?: string) =>
  world.transaction((tx) =>
    putFile(tx, {
      media_type: 'text/plain',
      bytes: Buffer.from('你好'),
      keep_until: new Date(tx.now.getTime() + days * DAY_MS),
      ...(person_id === undefined ? {} : { person_id }),
    }),
  )
const kept = (world: World, id: string) => world.transaction((tx) => readFile(tx, id))

test('sessions, replies and files go when their time is over, in every tenant, none before', async () => {
  await using one = await freshWorld()
  await using two = await freshWorld()
  await using server = serve(one)
  await using notes = serve(one, tryRoutes)
  await sessionOf(server, one, 'agent')
  await notes.call('POST', '/notes', { text: 'a' }, { ...(await keyOf(one)), ...freshKey() })
  const files = [await file(one, 90), await file(two, 5)]
  const rows = async () => {
    const [counts] = await one.transaction(
      (tx) => tx.sql<{ sessions: number; replies: number }[]>`
        select (select count(*)::int from identity.session where tenant_id = ${tx.tenant}) as sessions,
               (select count(*)::int from platform.stored_reply where tenant_id = ${tx.tenant}) as replies`,
    )
    return [
      counts?.sessions,
      counts?.replies,
      (await kept(one, files[0] ?? '')) !== null,
      (await kept(two, files[1] ?? '')) !== null,
    ]
  }
  const purge = () => purgeExpired(one.runtime, [one.tenant, two.tenant], [forgetReplies, purgeFiles, purgeSessions])
  await purge()
  expect(await rows()).toEqual([1, 1, true, true])
  one.clock.advance(6 * DAY_MS)
  await purge()
  expect(await rows()).toEqual([1, 1, true, false])
  one.clock.advance(26 * DAY_MS)
  await purge()
  expect(await rows()).toEqual([0, 0, true, false])
  one.clock.advance(60 * DAY_MS)
  await purge()
  expect(await rows()).toEqual([0, 0, false, false])
})

test('a file comes back as it was put; those of a person go together, above 1 MiB none is taken', async () => {
  await using world = await freshWorld()
  const person = world.runtime.db.newId()
  const [his, nobodys] = [await file(world, 9, person), await file(world, 9)]
  expect(await kept(world, his)).toMatchObject({ media_type: 'text/plain', bytes: Buffer.from('你好') })
  expect(await world.transaction((tx) => erasePersonFiles(tx, [person]))).toBe(1)
  expect([await kept(world, his), await kept(world, nobodys)]).toEqual([null, expect.anything()])
  const large = { media_type: 'x/y', bytes: new Uint8Array(1_048_577), keep_until: new Date('2027-01-01') }
  await expect(world.transaction((tx) => putFile(tx, large))).rejects.toMatchObject({ code: 'body_too_large' })
})
