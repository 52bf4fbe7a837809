// Promotions in the database: rules stand still until when it says, limits rise and fall with it, orders are collected and decided together, all by its times.
import { expect, test } from 'vitest'
import type { LocationFact } from '../../src/contracts/catalog.ts'
import type { NewPromotion } from '../../src/contracts/modes.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { viewLoad } from '../../src/modules/capacity/view-load.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { extendPromotion, planPromotion, promotionIn, stopPromotion } from '../../src/modules/modes/index.ts'
import { listPromotions, modesNow, viewPromotion } from '../../src/modules/modes/view-modes.ts'
import { activateDraft, rollBack } from '../../src/modules/policies/activate-rules.ts'
import { beginDraft, startShadow } from '../../src/modules/policies/keep-drafts.ts'
import { putReviewRules, reviewRuleKind } from '../../src/modules/review/index.ts'
import { DAY_MS, HOUR_MS, later, SECOND_MS } from '../../src/platform/clock.ts'
import type { Tx } from '../../src/platform/db.ts'
import { factsAsOf } from '../../src/platform/facts.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'

const kind = allocationRuleKind
const rules = rulesDocument([
  { _id: 'all', rule: '"all"', name_en: '"All"', name_zh: '"全部"', order_limit: '2', locations: '["HZ1"]' },
])
const NOTHING = { frozen: false, limits_percent: null, locations: null, cadence_seconds: null }
const after = (tx: Tx, ms: number) => later(tx.now, ms).toISOString()

async function promote(world: World, wish: Partial<NewPromotion>, hours = 4): Promise<string> {
  return world.transaction((tx) =>
    planPromotion(tx, { name: 'Double 11', reason: 'sale', until: after(tx, hours * HOUR_MS), ...NOTHING, ...wish }),
  )
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: { code?: string }) => error.code ?? 'thrown',
  )
const draft = (world: World) => world.transaction((tx) => beginDraft(tx, kind, 'draft', rules))
const view = (world: World, id: string) => world.transaction((tx) => viewPromotion(tx, id, true))

test('while rules are frozen nothing goes live and nothing back, a draft may be written and tried, and an admin goes on with a reason that is kept', async () => {
  await using world = await freshWorld({})
  const first = await draft(world)
  const wish = { draft_id: first.draft_id, revision: first.revision, reason: 'new rules' }
  const id = await promote(world, { frozen: true })
  expect(await refusal(world.transaction((tx) => activateDraft(tx, kind, wish)))).toBe('rules_frozen')
  expect(await refusal(world.transaction((tx) => rollBack(tx, kind, kind.shipped.version_id, 'back')))).toBe(
    'rules_frozen',
  )
  expect(await refusal(world.transaction((tx) => putReviewRules(tx, reviewRuleKind.shipped.document)))).toBe(
    'rules_frozen',
  )
  await world.transaction((tx) => startShadow(tx, kind, first.draft_id))
  const despite = { reason: 'a rule sends everything to one place', may: false }
  expect(await refusal(world.transaction((tx) => activateDraft(tx, kind, wish, despite)))).toBe('override_forbidden')
  const version = await world.transaction((tx) => activateDraft(tx, kind, wish, { ...despite, may: true }))
  expect(version).not.toBe('shipped')
  expect((await view(world, id)).overrides).toMatchObject([
    { what: `allocation: ${first.draft_id}`, reason: despite.reason },
  ])
  world.clock.advance(4 * HOUR_MS)
  const next = await draft(world)
  await world.transaction((tx) =>
    activateDraft(tx, kind, { draft_id: next.draft_id, revision: next.revision, reason: 'it is over' }),
  )
  await world.drain()
  expect((await view(world, id)).state).toBe('ended')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a promotion begins and ends by its times, is told of, and the past keeps what was in force', async () => {
  await using world = await freshWorld({})
  const [start, id] = await world.transaction(async (tx) => {
    const from = after(tx, HOUR_MS)
    const until = after(tx, 3 * HOUR_MS)
    const wish = { name: 'Double 11', reason: 'sale', from, until, ...NOTHING, limits_percent: 200 }
    return [tx.now, await planPromotion(tx, wish)] as const
  })
  const now = () => world.transaction((tx) => modesNow(tx))
  expect([(await view(world, id)).state, (await now()).promotion]).toEqual(['planned', null])
  expect(await world.brokenInvariants()).toEqual([])
  world.clock.advance(HOUR_MS)
  // the facts hold before any timer has run
  expect((await now()).promotion).toMatchObject({ promotion_id: id, limits_percent: 200 })
  await world.drain()
  expect((await view(world, id)).state).toBe('active')
  expect(await refusal(promote(world, { frozen: true }))).toBe('promotion_exists')
  world.clock.advance(2 * HOUR_MS)
  expect((await now()).promotion).toBeNull()
  await world.drain()
  expect((await view(world, id)).state).toBe('ended')
  const inForce = (ms: number) =>
    world.transaction(async (tx) =>
      promotionIn(new Map([['promotion', await factsAsOf(tx, 'promotion', later(start, ms))]])),
    )
  expect([(await inForce(0))?.name, (await inForce(2 * HOUR_MS))?.name, (await inForce(3 * HOUR_MS))?.name]).toEqual([
    undefined,
    'Double 11',
    undefined,
  ])
  const told = await world.transaction(
    (tx) => tx.sql<{ type: string }[]>`
      select type from outbox.event where tenant_id = ${tx.tenant} and subject = ${id} order by version`,
  )
  expect(told.map((event) => event.type)).toEqual(['promotion.planned', 'promotion.begun', 'promotion.ended'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('one that is on is given a later end by one of two at once, holds until then, and does not come back after it was ended early', async () => {
  await using world = await freshWorld({})
  const id = await promote(world, { frozen: true }, 4)
  const extend = (hours: number, version: number) =>
    refusal(
      world.transaction((tx) =>
        extendPromotion(tx, id, { until: after(tx, hours * HOUR_MS), reason: 'it goes well', version }),
      ),
    )
  const both = await Promise.all([extend(8, 1), extend(9, 1)])
  expect(both.toSorted()).toEqual([null, 'promotion_changed'].toSorted())
  expect([await extend(3, 2), await extend(32 * 24, 2), await extend(10, 1)]).toEqual([
    'promotion_extension',
    'promotion_extension',
    'promotion_changed',
  ])
  expect(await world.brokenInvariants()).toEqual([])
  world.clock.advance(5 * HOUR_MS)
  await world.drain()
  expect((await view(world, id)).extensions).toMatchObject([{ reason: 'it goes well' }])
  expect((await world.transaction((tx) => modesNow(tx))).promotion?.promotion_id).toBe(id)
  expect(await extend(15, 2)).toBeNull()
  await world.transaction((tx) => stopPromotion(tx, id, 'end'))
  expect(await extend(20, 4)).toBe('promotion_state')
  expect(await world.brokenInvariants()).toEqual([])
  world.clock.advance(4 * HOUR_MS)
  await world.drain()
  expect((await world.transaction((tx) => modesNow(tx))).promotion).toBeNull()
  const other = await promote(world, { frozen: true }, 1)
  world.clock.advance(2 * HOUR_MS)
  expect(
    await refusal(
      world.transaction((tx) => extendPromotion(tx, other, { until: after(tx, HOUR_MS), reason: 'late', version: 1 })),
    ),
  ).toBe('promotion_state')
  expect(await world.brokenInvariants()).toEqual([])
})

test('one that is planned is taken back, one that is on is ended by hand, and no timer of theirs does anything more', async () => {
  await using world = await freshWorld({})
  const planned = await world.transaction((tx) => {
    const [from, until] = [after(tx, HOUR_MS), after(tx, 2 * HOUR_MS)]
    return planPromotion(tx, { name: 'Later', reason: 'sale', from, until, ...NOTHING, frozen: true })
  })
  expect(await refusal(world.transaction((tx) => stopPromotion(tx, planned, 'end')))).toBe('promotion_state')
  await world.transaction((tx) => stopPromotion(tx, planned, 'cancel'))
  const on = await promote(world, { frozen: true })
  await world.transaction((tx) => stopPromotion(tx, on, 'end'))
  expect((await world.transaction((tx) => modesNow(tx))).promotion).toBeNull()
  world.clock.advance(90 * 60 * SECOND_MS)
  await world.drain()
  expect((await world.transaction((tx) => modesNow(tx))).promotion).toBeNull()
  world.clock.advance(DAY_MS)
  await world.drain()
  const { items } = await world.transaction((tx) => listPromotions(tx, world.runtime.secrets, {}, true))
  expect(items.map((one) => [one.name, one.state])).toEqual([
    ['Double 11', 'ended'],
    ['Later', 'cancelled'],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what changes nothing, ends before it begins, or raises nothing where it names places is refused', async () => {
  await using world = await freshWorld({})
  expect(await refusal(promote(world, {}))).toBe('promotion_empty')
  expect(await refusal(promote(world, { frozen: true, locations: ['HZ1'] }))).toBe('promotion_empty')
  expect(await refusal(promote(world, { frozen: true }, -1))).toBe('promotion_times')
  expect(await refusal(promote(world, { frozen: true }, 32 * 24))).toBe('promotion_times')
})

const wishes = (count: number, wish: { priority?: number } = {}) =>
  Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }], ...wish }))
const released = async (world: World, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => read(world, id)))).filter((order) => order.lines[0]?.units.reserved === 0).length

test('orders a day that a rule allows rise with a promotion, what found no room tries again, and fall with its end', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  const { draft_id, revision } = await draft(world)
  await world.transaction((tx) => activateDraft(tx, kind, { draft_id, revision, reason: 'two a day' }))
  const ids = await place(world, wishes(5))
  await world.drain()
  expect(await released(world, ids)).toBe(2)
  const id = await promote(world, { limits_percent: 200, locations: ['HZ1'] })
  await world.drain()
  expect(await released(world, ids)).toBe(4)
  expect(await exceptionsOf(world)).toHaveLength(1)
  await world.transaction((tx) => stopPromotion(tx, id, 'end'))
  const more = await place(world, wishes(1))
  await world.drain()
  expect(await released(world, more)).toBe(0)
  expect(await world.brokenInvariants()).toEqual([])
})

test('slots take more only where limits are raised and only while the promotion lasts', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } }, now: '2026-03-02T02:00:00Z' })
  await furnishRates(world)
  await world.transaction(async (tx) => {
    const known = (await catalog.locations(tx)).get('HZ1')
    if (known === undefined) throw new Error('no location')
    const { location_id: _id, version_id: _version, valid_from: _from, ...fact } = known
    const capacity = { slot_minutes: 60, orders: 4, minutes_per_order: 3, minutes_per_line: 1 }
    await catalog.putLocations(tx, new Map<string, LocationFact>([['HZ1', { ...fact, capacity }]]))
  })
  await world.drain()
  await promote(world, { limits_percent: 150, locations: ['HZ1'] }, 2)
  await place(world, wishes(20))
  await world.drain()
  const slots = await world.transaction(
    (tx) => tx.sql<{ orders: number }[]>`
      select orders from capacity.slot where tenant_id = ${tx.tenant} and orders > 0 order by starts_at`,
  )
  expect(slots.map((slot) => slot.orders)).toEqual([6, 6, 4, 4])
  const { items } = await world.transaction((tx) => viewLoad(tx, 6))
  const shown = items.find((item) => item.location_id === 'HZ1')?.slots.map((slot) => slot.max_orders)
  expect(shown?.slice(0, 4)).toEqual([6, 6, 4, 4])
  expect(await world.brokenInvariants()).toEqual([])
})

test('orders are collected until the cadence strikes and decided as one batch; what hurries is decided at once', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } }, now: '2026-03-02T02:00:03Z' })
  await furnishRates(world)
  await promote(world, { cadence_seconds: 60 })
  const first = await place(world, wishes(3))
  const urgent = await place(world, wishes(1, { priority: 1 }))
  await world.drain()
  expect([await released(world, first), await released(world, urgent)]).toEqual([0, 1])
  expect(await world.brokenInvariants()).toEqual([])
  world.clock.advance(40 * SECOND_MS)
  const second = await place(world, wishes(2))
  await world.drain()
  expect(await released(world, [...first, ...second])).toBe(0)
  world.clock.advance(17 * SECOND_MS)
  await world.drain()
  expect(await released(world, [...first, ...second])).toBe(5)
  const decided = await world.transaction(
    (tx) => tx.sql<{ at: Date; orders: number }[]>`
      select at, count(*)::int as orders from allocation.explanation where tenant_id = ${tx.tenant} group by at order by at`,
  )
  expect(decided.map((row) => [row.at.toISOString(), row.orders])).toEqual([
    ['2026-03-02T02:00:03.000Z', 1],
    ['2026-03-02T02:01:00.000Z', 5],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('orders that were collected when a promotion is over wait no longer than to its end', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await world.transaction((tx) =>
    planPromotion(tx, {
      name: 'Short',
      reason: 'sale',
      until: after(tx, 30 * SECOND_MS),
      ...NOTHING,
      cadence_seconds: 900,
    }),
  )
  const ids = await place(world, wishes(2))
  await world.drain()
  world.clock.advance(30 * SECOND_MS)
  await world.drain()
  expect(await released(world, ids)).toBe(2)
})
