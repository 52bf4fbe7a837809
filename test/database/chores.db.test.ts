// Chores are done when they are due, by one process however many run, and their being late shows.
import { expect, test } from 'vitest'
import { allChores } from '../../src/cli/chores.ts'
import { type Chore, runDueChores } from '../../src/platform/chores.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import { ensurePartitions, partitioned } from '../../src/platform/partitions.ts'
import { freshWorld, type World } from '../world/index.ts'

let made = 0

/** A chore that nobody else has, and how often it ran. */
function countedChore(run: () => Promise<number> = async () => 1) {
  const runs: number[] = []
  const chore: Chore = {
    name: `test-${process.pid}-${++made}`,
    every_ms: DAY_MS,
    run: async () => {
      runs.push(runs.length)
      return run()
    },
  }
  return { chore, runs }
}

async function rowOf(world: World, name: string) {
  const [row] = await world.runtime.db.sql<{ due_at: Date; done_at: Date | null; last_error: string | null }[]>`
    select due_at, done_at, last_error from engine.chore where name = ${name} -- all tenants: a chore`
  return row
}

test('a chore runs once a day, however many processes look for it', async () => {
  await using world = await freshWorld()
  const { chore, runs } = countedChore()
  const look = () => Promise.all(Array.from({ length: 6 }, () => runDueChores(world.runtime, [chore])))
  expect((await look()).flat()).toEqual([chore.name])
  world.clock.advance(23 * HOUR_MS)
  expect((await look()).flat()).toEqual([])
  world.clock.advance(HOUR_MS)
  expect((await look()).flat()).toEqual([chore.name])
  expect(runs).toHaveLength(2)
  expect((await rowOf(world, chore.name))?.done_at).toEqual(world.clock.now())
})

test('a chore that fails says why and is tried again; one whose process died is taken over', async () => {
  await using world = await freshWorld()
  const failing = countedChore(() => Promise.reject(new Error('no room')))
  expect(await runDueChores(world.runtime, [failing.chore])).toEqual([])
  expect(await rowOf(world, failing.chore.name)).toMatchObject({ done_at: null, last_error: 'Error: no room' })
  world.clock.advance(5 * MINUTE_MS)
  await runDueChores(world.runtime, [failing.chore])
  expect(failing.runs).toHaveLength(2)

  const dying = countedChore(() => new Promise(() => {}))
  void runDueChores(world.runtime, [dying.chore])
  await expect.poll(() => dying.runs.length).toBe(1)
  const heir = { ...dying.chore, run: async () => 7 }
  expect(await runDueChores(world.runtime, [heir])).toEqual([])
  world.clock.advance(31 * MINUTE_MS)
  expect(await runDueChores(world.runtime, [heir])).toEqual([heir.name])
})

test('the app makes the partitions of the coming months itself, each once, closed to other tenants', async () => {
  await using world = await freshWorld()
  const { db } = world.runtime
  const far = new Date('2031-11-20T00:00:00Z')
  const first = await Promise.all(
    [ensurePartitions(db.sql, far), ensurePartitions(db.sql, far)].map((run) => run.catch(() => 0)),
  )
  expect(Math.max(...first)).toBeGreaterThan(0)
  expect(await ensurePartitions(db.sql, far)).toBe(0)
  const rows = await db.sql<{ name: string; closed: boolean }[]>`
    select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as closed from pg_class c
     where c.relispartition and c.relkind = 'r' and c.relname like '%2032_02' order by 1 -- all tenants: the schema is one`
  expect(rows).toHaveLength(partitioned.length)
  expect(rows.every((row) => row.closed)).toBe(true)
  const other = db.sql`select platform.make_partition('inventory.stock', '2031-01-01', gen_random_uuid(), gen_random_uuid())`
  await expect(other).rejects.toThrow('no partitioned table')
})

test('every chore of Ordo runs on a database with data, and leaves no invariant broken', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 3 } })
  const own = allChores.map((chore) => ({ ...chore, name: `${chore.name}-${process.pid}-${++made}` }))
  expect(await runDueChores(world.runtime, own)).toEqual(own.map((chore) => chore.name))
  expect(await world.brokenInvariants()).toEqual([])
})
