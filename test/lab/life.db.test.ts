// The life of a comparison: refused, waiting, running in stretches, cut off and gone on with, cancelled, failed, deleted, forgotten in time.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { cancelComparison, forgetComparison, purgeComparisons } from '../../src/modules/lab/ask-comparison.ts'
import { replayStep } from '../../src/modules/lab/run-replay.ts'
import { listChanged } from '../../src/modules/lab/view-changes.ts'
import { labChoices, listComparisons } from '../../src/modules/lab/view-comparisons.ts'
import type { Tx } from '../../src/platform/db.ts'
import { drain, inside, revive } from '../../src/platform/engine/index.ts'
import { factsAsOf, setFacts } from '../../src/platform/facts.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { ask, compare, drafted, fromGuangzhou, one, period, send, view } from './stage.ts'

const draft = async (world: World) => ({ of: 'draft', draft_id: await drafted(world, fromGuangzhou) }) as const
const small = replayStep(2)
const replayed = (world: World) => drain(world.runtime, new Map([...steps, [small.name, small]]), world.tenant)
const stretch = (world: World, comparison_id: string) =>
  world.transaction((tx) =>
    small.run(tx, [{ job_id: comparison_id, subject: comparison_id, attempts: 0, payload: null }]),
  )

async function soldWorld(orders = 6): Promise<World> {
  const world = await freshWorld({ stock: { 'SKU-1': { HZ1: 4, GZ1: 3, BJ1: 9 } } })
  await furnishRates(world)
  for (let turn = 0; turn < orders; turn++) await send(world, [one('SKU-1')])
  return world
}

test('a replay that is cut off in the middle goes on to the very result of one that was not', async () => {
  await using world = await soldWorld()
  const wish = { a: { of: 'live' } as const, b: await draft(world) }
  const whole = await compare(world, wish)
  const id = await ask(world, wish)
  await stretch(world, id)
  await stretch(world, id)
  expect((await view(world, id)).progress).toEqual({ done: 2, all: 6 })
  // the process dies before the commit: what it had in memory is ahead of what was kept
  const killed = world.transaction(async (tx) => {
    await small.run(tx, [{ job_id: id, subject: id, attempts: 0, payload: null }])
    throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect((await view(world, id)).progress.done).toBe(2)
  await replayed(world)
  const { figures, changed, compared, rules, locations, state } = await view(world, id)
  expect({ figures, changed, compared, rules, locations, state }).toEqual({
    figures: whole.figures,
    changed: whole.changed,
    compared: whole.compared,
    rules: whole.rules,
    locations: whole.locations,
    state: 'done',
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a comparison that is cancelled stops where it is, keeps what it has, and can be deleted', async () => {
  await using world = await soldWorld()
  const id = await ask(world, { a: { of: 'happened' }, b: await draft(world) })
  await stretch(world, id)
  await stretch(world, id)
  await expect(world.transaction((tx) => forgetComparison(tx, id))).rejects.toMatchObject({ code: 'comparison_state' })
  await world.transaction((tx) => cancelComparison(tx, id))
  await world.drain()
  const kept = await view(world, id)
  expect(kept).toMatchObject({ state: 'cancelled', progress: { done: 2, all: 6 } })
  expect(kept.figures.b.sent).toBe(2)
  expect(kept.available_actions.map(({ action, allowed }) => [action, allowed])).toEqual([
    ['cancel', false],
    ['delete', true],
  ])
  await expect(world.transaction((tx) => cancelComparison(tx, id))).rejects.toMatchObject({ code: 'comparison_state' })
  expect(await world.brokenInvariants()).toEqual([])
  await world.transaction((tx) => forgetComparison(tx, id))
  await expect(view(world, id)).rejects.toMatchObject({ code: 'comparison_unknown' })
  expect(await world.brokenInvariants()).toEqual([])
})

async function waitsForLock({ runtime }: World): Promise<boolean> {
  const [row] = await runtime.db.sql<{ waiting: boolean }[]>`
    select exists (select from pg_stat_activity where datname = current_database() and usename = current_user and wait_event_type = 'Lock') as waiting`
  return row?.waiting ?? false
}

/** Commits the first when the second waits for it. */
async function whileWaiting(
  world: World,
  first: (tx: Tx) => Promise<unknown>,
  second: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  let ended = false
  let waiting: Promise<unknown> = Promise.resolve()
  await world.transaction(async (tx) => {
    await first(tx)
    waiting = world.transaction(second).finally(() => {
      ended = true
    })
    while (!ended && !(await waitsForLock(world))) await new Promise((wait) => setTimeout(wait, 2))
    expect(ended).toBe(false)
  })
  await waiting
}

test('a comparison that is cancelled while its orders are listed leaves none of them behind, whoever comes first', async () => {
  await using world = await soldWorld(2)
  for (const cancel_first of [true, false]) {
    const id = await ask(world, { a: { of: 'live' }, b: { of: 'live' } })
    const cancel = (tx: Tx) => cancelComparison(tx, id)
    const list = (tx: Tx) => small.run(tx, [{ job_id: id, subject: id, attempts: 0, payload: null }])
    await (cancel_first ? whileWaiting(world, cancel, list) : whileWaiting(world, list, cancel))
    expect((await view(world, id)).state).toBe('cancelled')
    const queued = await world.transaction((tx) => tx.sql`select from lab.queue where comparison_id = ${id}`)
    expect(queued.count).toBe(0)
    await world.drain()
    expect((await view(world, id)).state).toBe('cancelled')
  }
})

test('facts of that time that cannot be read any more end a comparison with the reason', async () => {
  await using world = await soldWorld(1)
  const decided_at = world.clock.now()
  world.clock.advance(60_000)
  await world.transaction(async (tx) => {
    const [place] = await factsAsOf(tx, 'location', tx.now)
    if (place === undefined) throw new Error('no location')
    const { key, value } = place
    const was = {
      kind: 'location',
      key,
      value: { of: 'another shape' },
      valid_from: new Date(decided_at.getTime() - 1),
    }
    await setFacts(tx, [was, { kind: 'location', key, value }])
  })
  const failed = await compare(world, { a: { of: 'happened' }, b: { of: 'live' } })
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'facts_unreadable' } })
  expect(failed.failure?.text.en).toMatch(/cannot be read/)
  const now = await compare(world, { a: { of: 'happened' }, b: { of: 'live' }, ground: { facts: 'now' } })
  expect(now.state).toBe('done')
})

test('a replay that throws until it is given up ends its comparison with what went wrong, and reviving it changes nothing', async () => {
  await using world = await soldWorld(3)
  const wish = { a: { of: 'live' } as const, b: { of: 'live' } as const }
  const id = await ask(world, wish)
  await stretch(world, id)
  await stretch(world, id)
  expect(await view(world, id)).toMatchObject({ state: 'running', progress: { done: 2, all: 3 } })
  const broken = inside(small.name, { batch: 1, serial: true, attempts: 1 }, () => {
    throw new TypeError('a rate without a price')
  })
  await drain(world.runtime, new Map([...steps, [broken.name, broken]]), world.tenant)
  const failed = await view(world, id)
  expect(failed).toMatchObject({ state: 'failed', progress: { done: 2, all: 3 }, failure: { code: 'broken' } })
  for (const text of Object.values(failed.failure?.text ?? {})) expect(text).toContain('a rate without a price')
  expect(await world.brokenInvariants()).toEqual([])
  const [letter] = await world.transaction((tx) => tx.sql<{ job_id: string }[]>`select job_id from engine.dead_letter`)
  await world.transaction((tx) => revive(tx, letter?.job_id ?? ''))
  await world.drain()
  expect((await view(world, id)).state).toBe('failed')
  expect((await compare(world, wish)).state).toBe('done')
  expect(await world.brokenInvariants()).toEqual([])
})

test('what cannot be compared is refused with its reason', async () => {
  await using world = await soldWorld(1)
  const live = { of: 'live' } as const
  const refused = (wish: Parameters<typeof ask>[1]) => expect(ask(world, wish)).rejects
  const backwards = { from: period.to, to: period.from }
  await refused({ a: live, b: live, period: backwards }).toMatchObject({ code: 'comparison_orders' })
  await refused({ a: live, b: { of: 'happened' } }).toMatchObject({ code: 'comparison_sides' })
  await refused({ a: live, b: { of: 'draft', draft_id: world.tenant } }).toMatchObject({ code: 'rule_draft_unknown' })
  await refused({ a: live, b: { of: 'version', version_id: 'nonsense' } }).toMatchObject({
    code: 'rule_version_unknown',
  })
  await refused({ a: live, b: live, import_id: world.tenant }).toMatchObject({ code: 'comparison_import_unknown' })
  await ask(world, { a: live, b: live })
  await ask(world, { a: live, b: live })
  await refused({ a: live, b: live }).toMatchObject({ code: 'lab_busy' })
})

test('a comparison without orders says so, and its place is free for the next', async () => {
  await using world = await soldWorld(1)
  const nothing = { from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' }
  const failed = await compare(world, { a: { of: 'live' }, b: { of: 'live' }, period: nothing })
  expect(failed).toMatchObject({ state: 'failed', failure: { code: 'no_orders' } })
  expect(failed.failure?.text.zh).not.toBe('')
  expect((await compare(world, { a: { of: 'live' }, b: { of: 'live' } })).state).toBe('done')
})

test('lists are paged, the choices name what there is, and after ninety days nothing is left', async () => {
  await using world = await soldWorld(5)
  const b = await draft(world)
  const ids = [await compare(world, { a: { of: 'live' }, b }), await compare(world, { a: { of: 'happened' }, b })]
    .map((one) => one.comparison_id)
    .reverse()
  const { secrets } = world.runtime
  const page = await world.transaction((tx) => listComparisons(tx, secrets, { limit: 1 }, true))
  const next = await world.transaction((tx) =>
    listComparisons(tx, secrets, { limit: 1, cursor: page.next_cursor ?? '' }, true),
  )
  expect([...page.items, ...next.items].map((one) => one.comparison_id)).toEqual(ids)
  expect(next.next_cursor).toBeNull()
  const [id = ''] = ids
  const orders: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const wish: { limit: number; cursor?: string } = cursor === '' ? { limit: 2 } : { limit: 2, cursor }
    const some = await world.transaction((tx) => listChanged(tx, secrets, id, wish))
    orders.push(...some.items.map((item) => item.order_id))
    cursor = some.next_cursor
  }
  expect(new Set(orders).size).toBe(4)
  expect(orders).toHaveLength(4)
  const choices = await world.transaction(labChoices)
  expect(choices.drafts.map((one) => one.draft_id)).toEqual([b.draft_id])
  expect(choices.versions).toMatchObject([{ live: true }])
  world.clock.advance(91 * 86_400_000)
  expect(await world.transaction((tx) => purgeComparisons(tx))).toBe(2)
  expect((await world.transaction((tx) => listComparisons(tx, secrets, {}, true))).items).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
