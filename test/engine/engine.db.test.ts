// The engine: a poisoned job never blocks others and is seen, a wait is no failure, back-off grows, a dead letter can be sent again.
import { expect, test } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import {
  deadLetters,
  drain,
  type InsideStep,
  inside,
  type Job,
  NotYet,
  outside,
  revive,
  type Step,
  schedule,
  scheduleOnce,
} from '../../src/platform/engine/index.ts'
import { claim } from '../../src/platform/engine/jobs.ts'
import { freshWorld, type World } from '../world/index.ts'

const STEP = 'test.step'
const named = (...steps: Step[]) => new Map(steps.map((step) => [step.name, step]))

async function ask(world: World, count: number): Promise<string[]> {
  const subjects = Array.from({ length: count }, () => world.runtime.db.newId())
  await world.transaction((tx) =>
    schedule(
      tx,
      subjects.map((subject) => ({ step: STEP, subject })),
    ),
  )
  return subjects
}

/** Drains, and lets the time pass that failures wait, `rounds` times. */
async function live(world: World, steps: ReadonlyMap<string, Step>, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await drain(world.runtime, steps, world.tenant)
    world.clock.advance(DAY_MS)
  }
}

const letters = (world: World) => world.transaction((tx) => deadLetters(tx, 10))

function failing(is_bad: (subject: string) => boolean, done: string[]): InsideStep {
  return inside(STEP, { batch: 50 }, async (_tx, jobs) => {
    const bad = jobs.find((job) => is_bad(job.subject))
    if (bad !== undefined) throw new Error(`poisoned: ${bad.subject}`)
    done.push(...jobs.map((job) => job.subject))
  })
}

test('E5 a poisoned job fails alone, is tried five times, and lies in the dead letters with its error; the others are done once', async () => {
  await using world = await freshWorld()
  const subjects = await ask(world, 120)
  const poisoned = subjects[60] ?? ''
  const done: string[] = []
  const steps = named(failing((subject) => subject === poisoned, done))
  await drain(world.runtime, steps, world.tenant)
  expect(done.toSorted()).toEqual(subjects.filter((subject) => subject !== poisoned).toSorted())
  expect(await letters(world)).toEqual([])
  await live(world, steps, 6)
  expect(done).toHaveLength(119)
  expect(await letters(world)).toMatchObject([
    { step: STEP, subject: poisoned, attempts: 5, error: `Error: poisoned: ${poisoned}` },
  ])
})

test('E5 a dead letter that is sent again has a clean count, and is done when its cause is mended', async () => {
  await using world = await freshWorld()
  const [subject = ''] = await ask(world, 1)
  const done: string[] = []
  await live(world, named(failing(() => true, done)), 6)
  const [letter] = await letters(world)
  expect(await world.transaction((tx) => revive(tx, letter?.job_id ?? ''))).toBe(true)
  expect(await world.transaction((tx) => revive(tx, letter?.job_id ?? ''))).toBe(false)
  await live(world, named(failing(() => false, done)), 1)
  expect(done).toEqual([subject])
  expect(await letters(world)).toEqual([])
})

test('E5 what a failing job had written is gone with it, and nothing of the others is lost', async () => {
  await using world = await freshWorld()
  const subjects = await ask(world, 10)
  const poisoned = subjects[3] ?? ''
  const steps = named(
    inside(STEP, { batch: 50 }, async (tx, jobs) => {
      await schedule(
        tx,
        jobs.map((job) => ({ step: 'test.next', subject: job.subject })),
      )
      if (jobs.some((job) => job.subject === poisoned)) throw new Error('after writing')
    }),
  )
  await drain(world.runtime, steps, world.tenant)
  const next = await world.transaction(
    (tx) => tx.sql<{ subject: string }[]>`
      select subject from engine.job where tenant_id = ${tx.tenant} and step = 'test.next' order by subject`,
  )
  expect(next.map((row) => row.subject)).toEqual(subjects.filter((subject) => subject !== poisoned).toSorted())
})

test('a job that is not ready yet waits as long as it says, however often, and is no failure', async () => {
  await using world = await freshWorld()
  await ask(world, 1)
  const seen: Date[] = []
  const ready = 12
  const steps = named(
    inside(STEP, { batch: 50 }, async (tx) => {
      seen.push(tx.now)
      if (new Set(seen.map((at) => at.getTime())).size < ready) throw new NotYet(HOUR_MS, 'not yet')
    }),
  )
  for (let minute = 0; minute < 15 * 60; minute += 30) {
    await drain(world.runtime, steps, world.tenant)
    world.clock.advance(30 * MINUTE_MS)
  }
  expect(await letters(world)).toEqual([])
  const times = [...new Set(seen.map((at) => at.getTime()))]
  expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(times.slice(1).map(() => HOUR_MS))
  expect(times).toHaveLength(ready)
})

test('a call outside that fails is made again by its own back-off and buried after its attempts', async () => {
  await using world = await freshWorld()
  await ask(world, 1)
  const calls: Job[] = []
  const steps = named(
    outside(
      STEP,
      { batch: 10, attempts: 3, lease_ms: MINUTE_MS, backoff: () => 10 * MINUTE_MS },
      async (_call, job) => {
        calls.push(job)
        throw new Error('away')
      },
    ),
  )
  for (let round = 0; round < 8; round++) {
    await drain(world.runtime, steps, world.tenant)
    world.clock.advance(5 * MINUTE_MS)
  }
  expect(calls.map((job) => job.attempts)).toEqual([1, 2, 3])
  expect(await letters(world)).toMatchObject([{ step: STEP, error: 'Error: away' }])
})

test('a timer that is asked for often is there once; one that is just being done does not count, for it has read already', async () => {
  await using world = await freshWorld()
  const subject = world.tenant
  const once = (ahead_ms: number) =>
    world.transaction((tx) => scheduleOnce(tx, { step: STEP, subject, due_at: new Date(tx.now.getTime() + ahead_ms) }))
  const waiting = async () => {
    const rows = await world.transaction(
      (tx) => tx.sql<{ due_at: Date }[]>`
        select due_at from engine.job where tenant_id = ${tx.tenant} and step = ${STEP} order by due_at`,
    )
    return rows.map(({ due_at }) => due_at.getTime() - world.clock.now().getTime())
  }
  await once(MINUTE_MS)
  await once(MINUTE_MS)
  await once(HOUR_MS)
  expect(await waiting()).toEqual([MINUTE_MS])
  // one that is wanted earlier is not served by one that comes later
  await once(0)
  expect(await waiting()).toEqual([0, MINUTE_MS])
  await world.transaction(async (tx) => {
    expect(await claim(tx, STEP, 10)).toHaveLength(1)
    await once(0)
  })
  expect(await waiting()).toEqual([0, MINUTE_MS])
})
