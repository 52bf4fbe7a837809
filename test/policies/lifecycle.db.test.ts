// The life of rules in the database: drafted, tested, rehearsed, run in the shadow, switched on, counted, rolled back exactly.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { cancelUnits, loadOrders } from '../../src/modules/orders/index.ts'
import { activateDraft, rollBack, versionOf } from '../../src/modules/policies/activate-rules.ts'
import {
  beginDraft,
  changeDraft,
  discardDraft,
  endShadow,
  simulateDraft,
  startShadow,
} from '../../src/modules/policies/keep-drafts.ts'
import { addTest, runTests } from '../../src/modules/policies/test-rules.ts'
import { viewPolicy, viewShadow } from '../../src/modules/policies/view-policy.ts'
import { putReviewRules, reviewRuleKind } from '../../src/modules/review/index.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { goLive, row } from './ground.ts'

const kind = allocationRuleKind
const fromGuangzhou = rulesDocument([row('south', { locations: '["GZ1"]' })])

async function send(world: World, wish: { quantity?: number; priority?: number } = {}): Promise<string> {
  const { quantity = 1, ...rest } = wish
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity }], ...rest }])
  await world.drain()
  return id
}

const decisionOf = async (world: World, id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, id))).items[0]
const sentFrom = async (world: World, id: string) =>
  (await decisionOf(world, id))?.candidates
    .find((one) => one.verdict === 'chosen')
    ?.locations.map((at) => at.location_id)

test('new rules decide the next order, it names them, and each rule tells how many orders it took', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const before = await send(world)
  const version = await goLive(
    world,
    rulesDocument([row('urgent', { priority: '>= 5', locations: '["GZ1"]' }), row('rest', { locations: '["HZ1"]' })]),
  )
  await world.drain()
  const urgent = await send(world, { priority: 7 })
  const usual = await send(world)
  expect(await sentFrom(world, before)).toEqual(['HZ1'])
  expect(await sentFrom(world, urgent)).toEqual(['GZ1'])
  expect(await sentFrom(world, usual)).toEqual(['HZ1'])
  const decision = await decisionOf(world, urgent)
  expect(decision?.rule).toEqual({
    version_id: version,
    rule_id: 'urgent',
    name: { en: 'Rule urgent', zh: '规则 urgent' },
  })
  expect(decision?.candidates.find((one) => one.locations[0]?.location_id === 'HZ1')?.removed_by).toBe('rule_location')
  expect((await world.transaction((tx) => viewPolicy(tx, kind))).hits).toEqual([
    { rule_id: 'cheapest', orders: 1, sent: 1 },
    { rule_id: 'rest', orders: 1, sent: 1 },
    { rule_id: 'urgent', orders: 1, sent: 1 },
  ])
})

test('a rule that finds no way hands the order to the next one, and the explanation says so', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9 } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('near', { radius_km: '10', locations: '["GZ1"]' }), row('any')]))
  const id = await send(world)
  const decision = await decisionOf(world, id)
  expect(decision?.rule?.rule_id).toBe('any')
  expect(decision?.tried).toEqual([{ rule_id: 'near', because: 'rule_radius' }])
})

test('a rollback brings back exactly what was live before, the shipped rules too, and history keeps who and why', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const first = await goLive(world, fromGuangzhou, 'first')
  world.clock.advance(1000)
  await goLive(world, rulesDocument([row('north', { locations: '["HZ1"]' })]), 'second')
  world.clock.advance(1000)
  const back = await world.transaction((tx) => rollBack(tx, kind, first, 'costs rose'))
  await world.drain()
  expect(await world.transaction((tx) => versionOf(tx, kind, back))).toEqual(fromGuangzhou)
  expect(await sentFrom(world, await send(world))).toEqual(['GZ1'])
  world.clock.advance(1000)
  await world.transaction((tx) => rollBack(tx, kind, kind.shipped.version_id, 'start again'))
  await world.drain()
  expect(await sentFrom(world, await send(world))).toEqual(['HZ1'])
  const { history, live } = await world.transaction((tx) => viewPolicy(tx, kind))
  expect(live.shipped).toBe(true)
  expect(history.map((one) => [one.reason, one.restores])).toEqual([
    ['start again', kind.shipped.version_id],
    ['costs rose', first],
    ['because of second', null],
    ['because of first', null],
  ])
  await expect(
    world.transaction((tx) => rollBack(tx, kind, 'shipped-1', 'as the program before called them')),
  ).rejects.toMatchObject({ code: 'rules_live_already' })
})

test('a draft in the shadow has no effect on any order, and what it would have changed is told with its cost', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const draft = await world.transaction((tx) => beginDraft(tx, kind, 'south first', fromGuangzhou))
  await world.transaction((tx) => startShadow(tx, kind, draft.draft_id))
  const ids = [await send(world), await send(world)]
  for (const id of ids) expect(await sentFrom(world, id)).toEqual(['HZ1'])
  const shadow = await world.transaction((tx) => viewShadow(tx, kind, draft.draft_id))
  expect(shadow).toMatchObject({ orders: 2, changed: 2, failed: 0 })
  expect(Number(shadow.cost_draft)).toBeGreaterThan(Number(shadow.cost_live))
  expect(shadow.changes.map((one) => one.order_id).sort()).toEqual([...ids].sort())
  expect(shadow.changes[0]?.draft.says.zh).toContain('GZ1')
  await world.transaction((tx) => endShadow(tx, kind))
  await send(world)
  expect(await world.transaction((tx) => viewShadow(tx, kind, draft.draft_id))).toMatchObject({ orders: 2 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a red test keeps a draft from going live unless somebody takes it on himself', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1 } })
  const draft = await world.transaction(async (tx) => {
    await addTest(tx, kind, { name: 'urgent orders', input: { priority: 9 }, expected: ['urgent'] })
    return beginDraft(tx, kind, 'forgot the urgent', fromGuangzhou)
  })
  const wish = { draft_id: draft.draft_id, revision: 1, reason: 'wanted' }
  await expect(world.transaction((tx) => activateDraft(tx, kind, wish))).rejects.toMatchObject({
    code: 'rule_tests_red',
  })
  const mended = rulesDocument([row('urgent', { priority: '> 5' }), row('rest')])
  await world.transaction((tx) => changeDraft(tx, kind, draft.draft_id, 1, { name: 'mended', document: mended }))
  expect(await world.transaction((tx) => runTests(tx, kind, mended))).toMatchObject({ passed: 1, failed: 0 })
  await expect(world.transaction((tx) => activateDraft(tx, kind, wish))).rejects.toMatchObject({
    code: 'rule_draft_stale',
  })
  await world.transaction((tx) => activateDraft(tx, kind, { ...wish, revision: 2 }))
  const [latest] = (await world.transaction((tx) => viewPolicy(tx, kind))).history
  expect(latest).toMatchObject({ tests_passed: 1, tests_failed: 0, draft_id: draft.draft_id, draft_name: 'mended' })
})

test('what cannot be followed may be drafted but never runs; a discarded draft is gone', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1 } })
  const wrong = rulesDocument([row('a', { max_parts: '"many"' }), row('a')])
  const draft = await world.transaction((tx) => beginDraft(tx, kind, 'wrong', wrong))
  await expect(world.transaction((tx) => startShadow(tx, kind, draft.draft_id))).rejects.toMatchObject({
    code: 'rule_document_invalid',
    errors: [{ pointer: 'row 1' }, { pointer: 'row 2' }],
  })
  await world.transaction((tx) => discardDraft(tx, kind, draft.draft_id))
  await expect(world.transaction((tx) => startShadow(tx, kind, draft.draft_id))).rejects.toMatchObject({
    code: 'rule_draft_unknown',
  })
})

/** As a program before this one wrote it: nothing in it knows of cities. */
function withoutCity(rows: readonly Readonly<Record<string, string>>[]): unknown {
  const text = JSON.stringify(rulesDocument(rows)).replace('{"id":"city","name":"city","field":"city"},', '')
  expect(text).not.toContain('"field":"city"')
  return JSON.parse(text)
}

test('a condition on the city holds in a document that is older than the column, and a column that nobody knows is refused', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const elsewhere = row('elsewhere', { city: 'in ["宁波"]', locations: '["GZ1"]' })
  const here = row('here', { city: 'in ["杭州"]', locations: '["GZ1"]' })
  const wrong = withoutCity([row('a', { town: '"杭州"' }), row('rest', { channel: 'shop' })])
  const draft = await world.transaction(async (tx) => {
    const { draft_id } = await beginDraft(tx, kind, 'cities', wrong)
    await expect(startShadow(tx, kind, draft_id)).rejects.toMatchObject({
      code: 'rule_document_invalid',
      errors: [{ pointer: 'Allocation, row 1, town' }, { pointer: 'Allocation, row 2, channel' }],
    })
    return changeDraft(tx, kind, draft_id, null, { name: 'cities', document: withoutCity([elsewhere, row('rest')]) })
  })
  const { draft_id, revision } = draft
  await world.transaction((tx) => activateDraft(tx, kind, { draft_id, revision, reason: 'as it was drafted' }))
  expect(await sentFrom(world, await send(world))).toEqual(['HZ1'])
  await goLive(world, withoutCity([here, row('rest')]), 'the city of the order')
  const id = await send(world)
  expect(await sentFrom(world, id)).toEqual(['GZ1'])
  expect((await decisionOf(world, id))?.rule?.rule_id).toBe('here')
})

test('a zone map by postcode prefers a place for its addresses, and the explanation says so', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const zones = JSON.stringify([
    { by: 'city', of: ['杭州'], prefer: ['HZ1'] },
    { by: 'postcode', of: ['320', '310'], prefer: ['GZ1'] },
  ])
  await goLive(world, rulesDocument([row('zones', { zones, bonus: '100000' })]))
  const id = await send(world)
  expect(await sentFrom(world, id)).toEqual(['GZ1'])
  expect((await decisionOf(world, id))?.says).toContainEqual({
    en: 'By the postcode of its address the rule prefers GZ1.',
    zh: '规则按收货邮编优先 GZ1。',
  })
  const { inputs } = await world.transaction((tx) => viewPolicy(tx, kind))
  expect(inputs.find(({ field }) => field === 'city')?.choices).toContainEqual({
    value: '杭州市',
    label: { en: '杭州市', zh: '杭州市' },
  })
})

test('a simulation tells which of the newest orders would change and what that costs, and writes nothing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 3, GZ1: 9 } } })
  await furnishRates(world)
  for (const _ of [1, 2, 3]) await send(world)
  const gone = await send(world)
  await world.transaction(async (tx) => {
    for (const order of await loadOrders(tx, [gone], { lock: true })) await cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
  const draft = await world.transaction((tx) => beginDraft(tx, kind, 'south', fromGuangzhou))
  const result = await world.transaction((tx) => simulateDraft(tx, kind, draft.draft_id, 100, 'CNY'))
  expect(result).toMatchObject({
    orders: 3,
    cancelled: 1,
    changed: 3,
    compared: 3,
    live: { unplaced: 0, units: 3 },
    draft: { unplaced: 0, units: 3 },
  })
  expect(result.draft.cost).toBeGreaterThan(result.live.cost)
  const same = await world.transaction((tx) => beginDraft(tx, kind, 'same', undefined))
  expect(await world.transaction((tx) => simulateDraft(tx, kind, same.draft_id, 100, 'CNY'))).toMatchObject({
    orders: 3,
    changed: 0,
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('orders that a rule parks stand in its queue, and new rules take them up', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('park', { locations: '["GZ1"]', on_failure: '"park"', park_in: '"south"' })]))
  const id = await send(world)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'parked' }])
  await goLive(world, rulesDocument([row('parked', { queue: '"south"' })]), 'unpark')
  await world.drain()
  expect(await exceptionsOf(world)).toEqual([])
  expect(await sentFrom(world, id)).toEqual(['HZ1'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('waiting is tried again by the clock, and what must be gone by a date is cancelled then', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  const strict = (cells: Readonly<Record<string, string>>) =>
    rulesDocument([row('strict', { locations: '["GZ1"]', ...cells })])
  await goLive(world, strict({ on_failure: '"wait"', wait_minutes: '30' }))
  const id = await send(world)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'waiting' }])
  expect(await world.brokenInvariants()).toEqual([])
  await goLive(world, strict({ on_failure: '"cancel"', cancel_hours: '2' }), 'cancel')
  const other = await send(world)
  world.clock.advance(3 * 3_600_000)
  await world.drain()
  expect((await read(world, other)).commercial).toBe('cancelled')
  expect(await world.brokenInvariants()).toEqual([])
})

test('review rules live the same life, and setting them directly is kept in their history', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const { document } = reviewRuleKind.shipped
  await world.transaction((tx) => putReviewRules(tx, document, 'as shipped'))
  const view = await world.transaction((tx) => viewPolicy(tx, reviewRuleKind))
  expect(view.history).toMatchObject([{ reason: 'as shipped', replaced: 'shipped-1' }])
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }])
  await world.drain()
  expect((await world.transaction((tx) => viewPolicy(tx, reviewRuleKind))).hits).toMatchObject([
    { rule_id: 'large_amount', orders: 1, sent: null },
    { rule_id: 'new_customer_high_value', orders: 1, sent: null },
  ])
  const draft = await world.transaction((tx) => beginDraft(tx, reviewRuleKind, 'same', undefined))
  expect(await world.transaction((tx) => simulateDraft(tx, reviewRuleKind, draft.draft_id, 50, 'CNY'))).toMatchObject({
    orders: 1,
    changed: 0,
  })
})
