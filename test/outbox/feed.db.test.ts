// The feed: every committed event exactly once, without gaps, however late its transaction commits.

import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { DAY_MS } from '../../src/platform/clock.ts'
import { drain, runBatch } from '../../src/platform/engine/index.ts'
import { FEED_STEP, publish, purgeFeed } from '../../src/platform/outbox/index.ts'
import { type cloudEvent, eventsAfter, feedBounds } from '../../src/platform/outbox/read-feed.ts'
import { keyOf, serve } from '../api/serve.ts'
import { freshWorld, type World } from '../world/index.ts'

async function tell(world: World, subject: string, version: number): Promise<void> {
  await world.transaction((tx) => publish(tx, [{ type: 'test.happened', subject, version, data: { version } }]))
}

// A reader that follows the feed with small pages, as a consumer would.
function follow(world: World) {
  const seen: string[] = []
  let after = 0n
  return {
    seen,
    async read() {
      for (;;) {
        const page = await world.transaction((tx) => eventsAfter(tx, after, 37))
        for (const event of page) {
          expect(event.position).toBe(after + 1n)
          after = event.position
          if (event.type === 'test.happened') seen.push(`${event.subject} ${event.version}`)
        }
        if (page.length === 0) return
      }
    },
  }
}

async function feedOnce(world: World): Promise<void> {
  const step = steps.get(FEED_STEP)
  if (step !== undefined) await runBatch(world.runtime, step, world.tenant)
}

test('E1 a transaction stays open while a thousand commit: the reader sees each event exactly once', async () => {
  await using world = await freshWorld({ connections: 12 })
  const { db } = world.runtime
  const opened = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const slow = db.newId()
  const open = db.transaction(world.tenant, 'system', async (tx) => {
    await publish(tx, [{ type: 'test.happened', subject: slow, version: 1, data: {} }])
    opened.resolve()
    await release.promise
  })
  await opened.promise
  const reader = follow(world)
  const subjects = Array.from({ length: 1_000 }, () => db.newId())
  for (let from = 0; from < subjects.length; from += 50) {
    await Promise.all(subjects.slice(from, from + 50).map((subject) => tell(world, subject, 1)))
    await feedOnce(world)
    if (from % 200 === 0) await reader.read()
  }
  await drain(world.runtime, steps, world.tenant)
  await reader.read()
  expect(reader.seen).toHaveLength(1_000)
  release.resolve()
  await open
  await drain(world.runtime, steps, world.tenant)
  await reader.read()
  expect(reader.seen).toHaveLength(1_001)
  expect(new Set(reader.seen)).toEqual(new Set([slow, ...subjects].map((subject) => `${subject} 1`)))
  expect(await world.brokenInvariants()).toEqual([])
})

test('E1 what rolls back leaves no event, what commits leaves its event', async () => {
  await using world = await freshWorld()
  const { db } = world.runtime
  const [kept, lost] = [db.newId(), db.newId()]
  await tell(world, kept, 1)
  const undone = world.transaction(async (tx) => {
    await publish(tx, [{ type: 'test.happened', subject: lost, version: 1, data: {} }])
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await world.drain()
  const reader = follow(world)
  await reader.read()
  expect(reader.seen).toEqual([`${kept} 1`])
})

test('E1 two processes that feed at once give positions without a gap', async () => {
  await using world = await freshWorld({ connections: 12 })
  const subjects = Array.from({ length: 400 }, () => world.runtime.db.newId())
  for (let from = 0; from < subjects.length; from += 40) {
    await Promise.all([
      ...subjects.slice(from, from + 40).map((subject) => tell(world, subject, 1)),
      feedOnce(world),
      feedOnce(world),
      feedOnce(world),
    ])
  }
  await world.drain()
  const reader = follow(world)
  await reader.read()
  expect(reader.seen).toHaveLength(400)
  expect(await world.brokenInvariants()).toEqual([])
})

test('E4 the events of one subject come in the order of its versions', async () => {
  await using world = await freshWorld()
  const subjects = Array.from({ length: 5 }, () => world.runtime.db.newId())
  for (let version = 1; version <= 20; version++) {
    await world.transaction((tx) =>
      publish(
        tx,
        subjects.map((subject) => ({ type: 'test.happened', subject, version, data: {} })),
      ),
    )
    if (version % 3 === 0) await feedOnce(world)
  }
  await world.drain()
  const reader = follow(world)
  await reader.read()
  for (const subject of subjects) {
    const versions = reader.seen
      .filter((entry) => entry.startsWith(subject))
      .map((entry) => Number(entry.split(' ')[1]))
    expect(versions).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  }
})

test('the feed is read by HTTP as CloudEvents 1.0, page by page, and only by whoever may', async () => {
  await using world = await freshWorld()
  const subject = world.runtime.db.newId()
  for (let version = 1; version <= 5; version++) await tell(world, subject, version)
  await world.drain()
  await using server = serve(world)
  const headers = await keyOf(world)
  const { last } = await world.transaction(feedBounds)
  const page = await server.call('GET', `/events?after=${last - 5n}&limit=3`, undefined, headers)
  expect(page).toMatchObject({ status: 200, body: { next_after: Number(last) - 2, last: Number(last) } })
  expect(page.body.events[0]).toMatchObject({
    specversion: '1.0',
    type: 'test.happened',
    subject,
    subjectversion: 1,
    datacontenttype: 'application/json',
    source: `/tenants/${world.tenant}`,
  })
  const rest = await server.call('GET', `/events?after=${page.body.next_after}`, undefined, headers)
  expect(rest.body.events).toHaveLength(2)
  expect((await server.call('GET', '/events?after=0')).status).toBe(401)
  expect((await server.call('GET', '/events?after=-1', undefined, headers)).status).toBe(422)
})

test('a place that was purged is answered with 410; what is kept is read on', async () => {
  await using world = await freshWorld()
  const subject = world.runtime.db.newId()
  await tell(world, subject, 1)
  await world.drain()
  const { last: old } = await world.transaction(feedBounds)
  world.clock.advance(31 * DAY_MS)
  await tell(world, subject, 2)
  await world.drain()
  await purgeFeed(world.runtime.db, world.clock.now())
  await using server = serve(world)
  const headers = await keyOf(world)
  expect(await server.call('GET', '/events?after=0', undefined, headers)).toMatchObject({
    status: 410,
    body: { code: 'cursor_expired', oldest_after: Number(old) },
  })
  const kept = await server.call('GET', `/events?after=${old}`, undefined, headers)
  expect(kept.body.events.map((event: ReturnType<typeof cloudEvent>) => event.subjectversion)).toContain(2)
  expect((await server.call('GET', '/events', undefined, headers)).status).toBe(200)
  expect(await world.brokenInvariants()).toEqual([])
})
