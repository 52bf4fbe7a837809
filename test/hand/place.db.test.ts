// Decisions by hand that give units a place: the machine's checks and ledger, the price before, who did it and why.
import { expect, test } from 'vitest'
import { decideByHand } from '../../src/modules/allocation/decide-by-hand.ts'
import { handHistory } from '../../src/modules/allocation/hand-history.ts'
import { defaultPolicy } from '../../src/modules/allocation/prepare-ground.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { applyDisruption } from '../../src/modules/disruptions/apply-disruption.ts'
import { draftDisruption } from '../../src/modules/disruptions/draft-disruption.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { pickLines, reportShort } from '../../src/modules/warehouse/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { exceptionsOf, furnishRates, stockAt } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { decide, onlyWork, placesOf, preview, refusedBy, versionOf, type Wish, workOf } from './hand.ts'

async function released(world: World, quantity = 2): Promise<string> {
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity }] }])
  await world.drain()
  return id
}

async function siteOf(world: World, location_id: string): Promise<catalog.Location> {
  const site = await world.transaction(async (tx) => (await catalog.locations(tx)).get(location_id))
  if (site === undefined) throw new Error(`no location ${location_id}`)
  return site
}

const newest = async (world: World, id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, id))).items[0]

test('moved by hand, the work lies at the other location with its stock, and the explanation names reason and price', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  const id = await released(world)
  const work = await onlyWork(world, id)
  const seen = await preview(world, id, { kind: 'move', fulfilment_id: work.fulfilment_id, location_id: 'GZ1' })
  expect(seen.before?.parts.map((part) => part.location_id)).toEqual(['HZ1'])
  expect(seen.after?.parts.map((part) => part.location_id)).toEqual(['GZ1'])
  expect(seen.machine?.parts.map((part) => part.location_id)).toEqual(['HZ1'])
  // from near by 8.00, from Guangzhou 16.00
  expect((seen.after?.cost ?? 0) - (seen.before?.cost ?? 0)).toBe(800)
  expect(await placesOf(world, id)).toEqual(['HZ1 2'])
  const { decision_id } = await decide(
    world,
    id,
    { kind: 'move', fulfilment_id: work.fulfilment_id, location_id: 'GZ1' },
    'Hangzhou is flooded',
  )
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['GZ1 2'])
  expect((await onlyWork(world, id)).state).toBe('released')
  expect(await stockAt(world, 'HZ1', 'SKU-1')).toMatchObject({ allocated: 0 })
  expect(await stockAt(world, 'GZ1', 'SKU-1')).toMatchObject({ allocated: 2 })
  const said = await newest(world, id)
  expect(said).toMatchObject({ decision_id, cause: 'manual', by_hand: { kind: 'move', reason: 'Hangzhou is flooded' } })
  expect(said?.candidates[0]).toMatchObject({ verdict: 'chosen', cost: seen.after?.cost })
  expect(said?.candidates.find((one) => one.verdict === 'considered')?.locations[0]?.location_id).toBe('HZ1')
  expect(said?.says[0]?.zh).toContain('由人工决定')
  expect((await world.transaction((tx) => handHistory(tx, id))).items).toMatchObject([
    { kind: 'move', reason: 'Hangzhou is flooded', locations: ['HZ1', 'GZ1'] },
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('some lines are moved, the rest stays, and both together cost what the preview said', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  const id = await released(world, 3)
  const { fulfilment_id } = await onlyWork(world, id)
  const wish: Wish = { kind: 'move', fulfilment_id, location_id: 'GZ1', lines: [{ line_no: 1, quantity: 1 }] }
  const seen = await preview(world, id, wish)
  expect(seen.units).toBe(1)
  expect(seen.after?.parts.map(({ location_id, units }) => [location_id, units])).toEqual([
    ['GZ1', 1],
    ['HZ1', 2],
  ])
  await decide(world, id, wish)
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['GZ1 1', 'HZ1 2'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a fulfilment is split into two and the two are merged into one again', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 3 } } })
  await furnishRates(world)
  const id = await released(world, 3)
  const { fulfilment_id } = await onlyWork(world, id)
  const split: Wish = { kind: 'split', fulfilment_id, lines: [{ line_no: 1, quantity: 1 }] }
  const seen = await preview(world, id, split)
  expect(seen.after?.cost ?? 0).toBeGreaterThan(seen.before?.cost ?? 0)
  expect(seen.machine).toBeNull()
  await decide(world, id, split)
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['HZ1 1', 'HZ1 2'])
  const fulfilment_ids = (await workOf(world, id)).map((work) => work.fulfilment_id)
  await decide(world, id, { kind: 'merge', fulfilment_ids })
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['HZ1 3'])
  expect(await stockAt(world, 'HZ1', 'SKU-1')).toMatchObject({ allocated: 3 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('what waits before a person is given places by hand; with what is left the machine goes on', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5, BJ1: 5 } } })
  await furnishRates(world)
  await world.transaction((tx) =>
    setFacts(tx, [{ kind: 'policy', key: 'allocation', value: { ...defaultPolicy, attempts_at_most: 1 } }]),
  )
  const id = await released(world, 4)
  const { fulfilment_id } = await onlyWork(world, id)
  await world.transaction((tx) =>
    reportShort(tx, fulfilment_id, [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity: 4 }], 'wrong_item'),
  )
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'too_many_attempts', units: 4 }])
  const parts = [
    { location_id: 'BJ1', lines: [{ line_no: 1, quantity: 1 }] },
    { location_id: 'GZ1', lines: [{ line_no: 1, quantity: 2 }] },
  ]
  const seen = await preview(world, id, { kind: 'allocate', parts })
  expect(seen.before).toBeNull()
  expect(seen.machine?.parts).toHaveLength(1)
  await decide(world, id, { kind: 'allocate', parts })
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'too_many_attempts', units: 1 }])
  expect(await world.brokenInvariants()).toEqual([])
  await world.drain()
  expect(await exceptionsOf(world)).toEqual([])
  expect((await placesOf(world, id)).filter((one) => one.startsWith('BJ1'))).toEqual(['BJ1 1'])
  expect((await workOf(world, id)).reduce((sum, work) => sum + work.units, 0)).toBe(4)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a part without lines takes all that no other names; an order that leaves whole is not torn', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 3 }], shortage_policy: 'wait' }])
  await world.drain()
  await decide(world, id, { kind: 'lock', location_id: 'HZ1' })
  await furnishRates(world, { only_to: ['北京市'] })
  const { fulfilment_id } = await onlyWork(world, id)
  await world.transaction((tx) =>
    reportShort(tx, fulfilment_id, [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity: 3 }], 'wrong_item'),
  )
  await world.drain()
  await furnishRates(world)
  await decide(world, id, { kind: 'unlock' })
  const some = { location_id: 'GZ1', lines: [{ line_no: 1, quantity: 1 }] }
  expect(await refusedBy(decide(world, id, { kind: 'allocate', parts: [some] }))).toEqual(['must_leave_whole'])
  await decide(world, id, { kind: 'allocate', parts: [some, { location_id: 'HZ1' }] })
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['GZ1 1', 'HZ1 2'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('everything that stands in the way is named at once, and nothing has moved', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 1 } } })
  await furnishRates(world)
  const id = await released(world)
  const { fulfilment_id } = await onlyWork(world, id)
  const move = (location_id: string) => ({ kind: 'move', fulfilment_id, location_id }) as const
  expect(await refusedBy(decide(world, id, move('GZ1')))).toEqual(['no_stock'])
  expect(await refusedBy(decide(world, id, move('HZ1')))).toEqual(['same_place'])
  expect(await refusedBy(decide(world, id, move('NOWHERE')))).toEqual(['location_unknown'])
  expect(await refusedBy(decide(world, id, { ...move('GZ1'), lines: [{ line_no: 7, quantity: 1 }] }))).toEqual([
    'too_many_units',
  ])
  expect(
    await refusedBy(decide(world, id, { kind: 'split', fulfilment_id, lines: [{ line_no: 1, quantity: 2 }] })),
  ).toEqual(['nothing_stays'])
  expect(await refusedBy(decide(world, id, { kind: 'allocate', parts: [{ location_id: 'GZ1' }] }))).toEqual([
    'nothing_waits',
  ])
  expect(await refusedBy(decide(world, id, { kind: 'move', location_id: 'GZ1', priority: 3 }))).toEqual([
    'required',
    'unknown_property',
  ])
  expect(await placesOf(world, id)).toEqual(['HZ1 2'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('closed and disrupted locations, holds and picked goods keep a person from it as they keep the machine', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 9, BJ1: 9 } } })
  await furnishRates(world)
  const id = await released(world)
  const { fulfilment_id } = await onlyWork(world, id)
  const move = (location_id: string) => decide(world, id, { kind: 'move', fulfilment_id, location_id })
  const flood = await world.transaction((tx) =>
    draftDisruption(tx, { name: 'Flood', reason: 'flood', scope: { locations: ['GZ1'] } }),
  )
  await world.drain()
  await world.transaction((tx) => applyDisruption(tx, flood))
  await world.drain()
  expect(await refusedBy(move('GZ1'))).toEqual(['disrupted'])
  const { location_id: _id, version_id: _version, valid_from: _from, ...value } = await siteOf(world, 'BJ1')
  await world.transaction((tx) => catalog.putLocation(tx, 'BJ1', { ...value, state: 'closed' }))
  await world.drain()
  expect(await refusedBy(move('BJ1'))).toContain('closed')
  await world.transaction((tx) => catalog.putLocation(tx, 'BJ1', value))
  await world.drain()
  const [hold] = await world.transaction((tx) =>
    orders.placeHolds(tx, [{ order_id: id, kind: 'manual', reasons: [], blocks: ['allocate'] }]),
  )
  expect(await refusedBy(move('BJ1'))).toEqual(['held'])
  await world.transaction((tx) => orders.endHolds(tx, [hold ?? ''], 'released'))
  await world.drain()
  await world.transaction((tx) => pickLines(tx, fulfilment_id, null))
  expect(await refusedBy(move('BJ1'))).toEqual(['already_picked'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('hazardous goods go where they may by hand as by the machine, and no order is torn into more parts than the policy allows', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 20, GZ1: 20 }, 'SKU-2': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const { location_id: _id, version_id: _version, valid_from: _from, ...hangzhou } = await siteOf(world, 'HZ1')
  await world.transaction(async (tx) => {
    const size = { weight_grams: 500, length_mm: 100, width_mm: 100, height_mm: 100 }
    await catalog.putSkus(tx, [{ sku: 'SKU-2', name: 'Paint', ...size, handling_classes: ['hazmat'] }])
    await catalog.putLocation(tx, 'HZ1', { ...hangzhou, capabilities: ['hazmat'] })
  })
  await world.drain()
  const [id = '', torn = ''] = await place(world, [
    { lines: [{ sku: 'SKU-2', quantity: 1 }] },
    { lines: [{ sku: 'SKU-1', quantity: 9 }] },
  ])
  await world.drain()
  const { fulfilment_id, location_id } = await onlyWork(world, id)
  expect(location_id).toBe('HZ1')
  expect(await refusedBy(preview(world, id, { kind: 'move', fulfilment_id, location_id: 'GZ1' }))).toEqual([
    'capability',
  ])
  const one = [{ line_no: 1, quantity: 1 }]
  const biggest = async () => (await workOf(world, torn)).toSorted((a, b) => b.units - a.units)[0]?.fulfilment_id ?? ''
  for (let parts = 1; parts < defaultPolicy.max_parts; parts++)
    await decide(world, torn, { kind: 'split', fulfilment_id: await biggest(), lines: one })
  const more = { kind: 'split', fulfilment_id: await biggest(), lines: one } as const
  expect(await refusedBy(decide(world, torn, more))).toEqual(['too_many_parts'])
  const some = { kind: 'move', fulfilment_id: await biggest(), location_id: 'GZ1', lines: one } as const
  expect(await refusedBy(preview(world, torn, some))).toEqual(['too_many_parts'])
  await decide(world, torn, { kind: 'move', fulfilment_id: await biggest(), location_id: 'GZ1' })
  await world.drain()
  expect(await placesOf(world, torn)).toEqual(['GZ1 5', 'HZ1 1', 'HZ1 1', 'HZ1 1', 'HZ1 1'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('who decides on an order that has changed meanwhile is told so, and a decision without a reason is none', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 9 } } })
  await furnishRates(world)
  const id = await released(world)
  const { fulfilment_id } = await onlyWork(world, id)
  const version = await versionOf(world, id)
  const wish = { kind: 'move', fulfilment_id, location_id: 'GZ1', reason: 'Because', version } as const
  await decide(world, id, { kind: 'priority', priority: 5 })
  expect(await refusedBy(world.transaction((tx) => decideByHand(tx, id, wish)))).toEqual(['order_changed'])
  const unsigned = decide(world, id, { kind: 'priority', priority: 9 }, ' ')
  await expect(unsigned).rejects.toMatchObject({ code: '23514' })
  expect((await read(world, id)).priority).toBe(5)
})

test('a location whose slots are full takes no order by hand either; what leaves its slot makes room for itself', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 20, GZ1: 20 } }, now: '2026-03-02T06:00:00Z' })
  await furnishRates(world)
  const full = { slot_minutes: 1440, orders: 1, minutes_per_order: 3, minutes_per_line: 1 }
  const { location_id: _id, version_id: _version, valid_from: _from, ...hangzhou } = await siteOf(world, 'HZ1')
  await world.transaction((tx) => catalog.putLocation(tx, 'HZ1', { ...hangzhou, capacity: full }))
  await world.transaction((tx) =>
    setFacts(tx, [{ kind: 'policy', key: 'allocation', value: { ...defaultPolicy, load_price_minor: 0 } }]),
  )
  await world.drain()
  const ids = await place(
    world,
    Array.from({ length: 12 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  const moved = await Promise.all(ids.map((id) => onlyWork(world, id)))
  const away = moved.findIndex((work) => work.location_id === 'GZ1')
  const there = moved.findIndex((work) => work.location_id === 'HZ1')
  const { fulfilment_id } = moved[away] ?? { fulfilment_id: '' }
  const wish = { kind: 'move', fulfilment_id, location_id: 'HZ1' } as const
  expect(await refusedBy(decide(world, ids[away] ?? '', wish))).toEqual(['capacity'])
  const back = { kind: 'move', fulfilment_id: moved[there]?.fulfilment_id ?? '', location_id: 'GZ1' } as const
  const seen = await preview(world, ids[there] ?? '', back)
  expect(seen.machine?.parts.map((part) => part.location_id)).toEqual(['HZ1'])
  await decide(world, ids[there] ?? '', back)
  await world.drain()
  await decide(world, ids[away] ?? '', wish)
  await world.drain()
  expect(await placesOf(world, ids[away] ?? '')).toEqual(['HZ1 1'])
  expect(await world.brokenInvariants()).toEqual([])
})
