// What each rule took in a week: different orders, each once however often it is tried, and how many of these it sent.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocateOrders, allocationRuleKind } from '../../src/modules/allocation/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { rollBack } from '../../src/modules/policies/activate-rules.ts'
import { foldRuleHits, purgeRuleHours } from '../../src/modules/policies/index.ts'
import { beginDraft, simulateDraft } from '../../src/modules/policies/keep-drafts.ts'
import { viewPolicy } from '../../src/modules/policies/view-policy.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import { runBatch } from '../../src/platform/engine/index.ts'
import { purgeExpired } from '../../src/platform/purge-expired.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { decide } from '../hand/hand.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { goLive, row } from './ground.ts'

const WEEK_MS = 7 * DAY_MS
const waits = { on_failure: '"wait"', wait_minutes: '30' }
const south = rulesDocument([row('south', { locations: '["GZ1"]', ...waits })])
const north = rulesDocument([row('north', { locations: '["HZ1"]', ...waits })])

async function send(world: World, quantity = 1): Promise<string> {
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity }] }])
  await world.drain()
  return id
}

async function supply(world: World, location_id: string, quantity: number): Promise<void> {
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id, sku: 'SKU-1', quantity }], { reason: 'supply' }),
  )
  await world.drain()
}

async function pass(world: World, ms: number): Promise<void> {
  world.clock.advance(ms)
  await world.drain()
}

/** By rule: orders taken, and sent of these. */
async function counted(world: World): Promise<Record<string, readonly [number, number | null]>> {
  const { hits } = await world.transaction((tx) => viewPolicy(tx, allocationRuleKind))
  return Object.fromEntries(hits.map(({ rule_id, orders, sent }) => [rule_id, [orders, sent]]))
}

function stepNamed(name: string) {
  const step = steps.get(name)
  if (step === undefined) throw new Error(`there is no step ${name}`)
  return step
}

const purge = (world: World) => purgeExpired(world.runtime, [world.tenant], [foldRuleHits, purgeRuleHours])

async function rowsOf(world: World): Promise<{ table: string; rows: number }[]> {
  return world.transaction(
    (tx) => tx.sql<{ table: string; rows: number }[]>`
      select 'hit' as table, count(*)::int as rows from policies.hit where tenant_id = ${tx.tenant}
      union all
      select 'rule_hour', count(*)::int from policies.rule_hour where tenant_id = ${tx.tenant}`,
  )
}

test('an order that is tried again counts once, and as sent when its rule sends the first of it; each of two rules counts it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 6 } } })
  await furnishRates(world)
  const first = await goLive(world, south, 'south')
  await world.drain()
  const parted = await send(world, 2)
  expect(await counted(world)).toEqual({ south: [1, 0] })
  await pass(world, 31 * MINUTE_MS)
  await pass(world, 31 * MINUTE_MS)
  expect(await counted(world)).toEqual({ south: [1, 0] })
  const releasedOf = async (id: string) => (await read(world, id)).lines[0]?.units.released
  for (const released of [1, 2]) {
    await supply(world, 'GZ1', 1)
    expect(await releasedOf(parted)).toBe(released)
    expect(await counted(world)).toEqual({ south: [1, 1] })
  }

  const taken = await send(world)
  world.clock.advance(1000)
  await goLive(world, north, 'north')
  await world.drain()
  expect(await releasedOf(taken)).toBe(1)
  expect(await counted(world)).toEqual({ south: [2, 1], north: [1, 1] })

  // the rule goes on counting when its version comes back
  world.clock.advance(1000)
  await world.transaction((tx) => rollBack(tx, allocationRuleKind, first, 'costs rose'))
  const by_hand = await send(world)
  expect(await counted(world)).toEqual({ south: [3, 1], north: [1, 1] })
  // neither rehearsals nor people are rules
  const draft = await world.transaction((tx) => beginDraft(tx, allocationRuleKind, 'north', north))
  await world.transaction((tx) => simulateDraft(tx, allocationRuleKind, draft.draft_id, 100, 'CNY'))
  await decide(world, by_hand, {
    kind: 'allocate',
    parts: [{ location_id: 'HZ1', lines: [{ line_no: 1, quantity: 1 }] }],
  })
  await world.drain()
  expect(await releasedOf(by_hand)).toBe(1)
  expect(await counted(world)).toEqual({ south: [3, 1], north: [1, 1] })
  await purge(world)
  expect(await counted(world)).toEqual({ south: [3, 1], north: [1, 1] })
  expect(await world.brokenInvariants()).toEqual([])
})

test('the week ends by the hour; what is sent later counts when it was taken, and old hours go', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9 } } })
  await furnishRates(world)
  await goLive(world, south)
  await world.drain()
  const started_at = world.clock.now().getTime()
  await send(world)
  await pass(world, 2 * HOUR_MS)
  await send(world)
  await pass(world, DAY_MS)
  // what the program before this one counts, in another way and without a time, goes uncounted
  await world.transaction(
    (tx) => tx.sql`
      insert into policies.hit (tenant_id, hit_id, kind, version_id, rule_id, orders)
      values (${tx.tenant}, ${tx.newId()}, 'allocation', 'v', 'south', 5)`,
  )
  expect(await counted(world)).toEqual({ south: [2, 0] })
  await purge(world)
  expect(await rowsOf(world)).toEqual([
    { table: 'hit', rows: 0 },
    { table: 'rule_hour', rows: 2 },
  ])
  // both are in the week as long as its first hour is, and then the second alone
  const hour_ms = started_at % HOUR_MS
  world.clock.advance(started_at - hour_ms + WEEK_MS + HOUR_MS - 1 - world.clock.now().getTime())
  expect(await counted(world)).toEqual({ south: [2, 0] })
  world.clock.advance(1)
  expect(await counted(world)).toEqual({ south: [1, 0] })
  await supply(world, 'GZ1', 2)
  expect(await exceptionsOf(world)).toEqual([])
  expect(await counted(world)).toEqual({ south: [1, 1] })
  await purge(world)
  expect(await counted(world)).toEqual({ south: [1, 1] })
  expect(await world.brokenInvariants()).toEqual([])
  await pass(world, 2 * DAY_MS)
  await purge(world)
  expect(await counted(world)).toEqual({})
  expect(await rowsOf(world)).toEqual([
    { table: 'hit', rows: 0 },
    { table: 'rule_hour', rows: 0 },
  ])
})

test('two workers that decide the same orders at once count each once, while counts move into their hours', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 40 } } })
  await furnishRates(world)
  await goLive(world, south)
  await world.drain()
  const ids = await place(
    world,
    Array.from({ length: 20 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  for (const name of ['orders.reserve', 'review.screen', 'orders.verify-payment'])
    await runBatch(world.runtime, stepNamed(name), world.tenant)
  const worker = () =>
    world.transaction((tx) =>
      allocateOrders.run(
        tx,
        ids.map((subject) => ({ job_id: tx.newId(), subject, attempts: 0, payload: { cause: 'first' } })),
      ),
    )
  const fold = () => world.transaction((tx) => foldRuleHits(tx, 1))
  await Promise.all([worker(), worker(), fold()])
  expect(await counted(world)).toEqual({ south: [20, 0] })
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 20 }], { reason: 'supply' }),
  )
  await Promise.all([fold(), worker(), fold(), worker(), fold()])
  expect(await counted(world)).toEqual({ south: [20, 20] })
  await world.drain()
  await purge(world)
  expect(await counted(world)).toEqual({ south: [20, 20] })
  expect(await world.brokenInvariants()).toEqual([])
})
