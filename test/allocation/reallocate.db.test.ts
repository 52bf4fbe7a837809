// When the first choice fails: short picks, closures, contention; the place that failed is out, the reasons are kept, and there is a bound.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { permissions } from '../../src/contracts/permissions.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind, reallocate, retryOrder } from '../../src/modules/allocation/index.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { viewCase } from '../../src/modules/inbox/view-case.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { viewPolicy } from '../../src/modules/policies/view-policy.ts'
import { reportShort } from '../../src/modules/warehouse/report-short.ts'
import { MINUTE_MS } from '../../src/platform/clock.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { exceptionsOf, furnishRates, openWorkOf, stockAt } from './ground.ts'

const decisions = async (world: World, order_id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, order_id))).items
const chosen = async (world: World, order_id: string) =>
  (await decisions(world, order_id)).map((decision) => [
    decision.cause,
    decision.candidates[0]?.locations[0]?.location_id,
  ])

async function reportAllShort(world: World, order_id: string, quantity: number): Promise<void> {
  const [work] = await openWorkOf(world, order_id)
  if (work === undefined) throw new Error('no work is open')
  await world.transaction((tx) =>
    reportShort(tx, work.fulfilment_id, [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity }], 'missing'),
  )
  await world.drain()
}

test('what a warehouse cannot find leaves from the next best place, and the place that failed is not tried again', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await reportAllShort(world, id, 1)
  expect(await chosen(world, id)).toEqual([
    ['short_pick', 'GZ1'],
    ['first', 'HZ1'],
  ])
  const [latest] = await decisions(world, id)
  expect(latest?.candidates.find((candidate) => candidate.locations[0]?.location_id === 'HZ1')?.removed_by).toBe(
    'excluded',
  )
  expect((await openWorkOf(world, id)).map((work) => work.location_id)).toEqual(['GZ1'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('after as many failures as the policy allows a person looks; a person may ask for one more try', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5, BJ1: 5, CD1: 5 } } })
  await furnishRates(world)
  await world.transaction(async (tx) => {
    await setFacts(tx, [
      { kind: 'policy', key: 'allocation', value: { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 2 } },
    ])
  })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await reportAllShort(world, id, 1)
  await reportAllShort(world, id, 1)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'too_many_attempts', units: 1 }])
  await world.transaction((tx) => retryOrder(tx, id))
  await world.drain()
  expect(await exceptionsOf(world)).toEqual([])
  expect((await read(world, id)).lines[0]?.units.released).toBe(1)
  expect((await chosen(world, id)).map(([cause]) => cause)).toEqual(['manual', 'short_pick', 'short_pick', 'first'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('after too many attempts nothing is tried any more, and the date of the rule holds: until then a person may decide', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { GZ1: 5, HZ1: 5 } } })
  await furnishRates(world)
  const value = { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 1 }
  await world.transaction((tx) => setFacts(tx, [{ kind: 'policy', key: 'allocation', value }]))
  await goLive(world, rulesDocument([row('before')]))
  const wish = { lines: [{ sku: 'SKU-1', quantity: 1 }] }
  const [left = '', asked = ''] = await place(world, [wish, wish])
  await world.drain()
  world.clock.advance(1000)
  await goLive(world, rulesDocument([row('dated', { on_failure: '"cancel"', cancel_hours: '2' })]))
  await world.drain()
  for (const id of [left, asked]) await reportAllShort(world, id, 1)
  const queued = await exceptionsOf(world)
  expect(queued.map(({ reason }) => reason)).toEqual(['too_many_attempts', 'too_many_attempts'])
  const date = new Date(world.clock.now().getTime() + 120 * MINUTE_MS).toISOString()
  const said = await world.transaction(async (tx) => {
    const [item] = await tx.sql<{ item_id: string }[]>`
      select item_id from inbox.item where tenant_id = ${tx.tenant} and order_id = ${left} and closed_at is null`
    return (await viewCase(tx, item?.item_id ?? '', new Set(Object.keys(permissions)))).evidence
  })
  expect(said).toContainEqual({ code: 'cancelled_at', value: date, text: null })
  // the rule is heard for its date alone: it looked at nothing, so that no decision is called its own and it counts none
  const ruled = (await decisions(world, left)).map(({ cause, rule }) => [cause, rule?.rule_id])
  expect(ruled).toEqual([
    ['short_pick', undefined],
    ['first', 'before'],
  ])
  const counted = async () => (await world.transaction((tx) => viewPolicy(tx, allocationRuleKind))).hits
  expect(await counted()).toEqual([{ rule_id: 'before', orders: 2, sent: 2 }])
  world.clock.advance(100 * MINUTE_MS)
  await world.drain()
  expect((await read(world, left)).commercial).toBe('confirmed')
  await world.transaction((tx) => retryOrder(tx, asked))
  await world.drain()
  expect((await read(world, asked)).lines[0]?.units.released).toBe(1)
  expect(await counted()).toContainEqual({ rule_id: 'dated', orders: 1, sent: 1 })
  world.clock.advance(21 * MINUTE_MS)
  await world.drain()
  expect((await read(world, left)).commercial).toBe('cancelled')
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a place that somebody refuses for a line is out for it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world, { only_to: ['北京市'] })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await world.transaction((tx) =>
    reallocate(tx, [{ order_id: id, line_no: 1, location_id: 'HZ1', reason: 'rejected' }]),
  )
  await furnishRates(world)
  expect((await chosen(world, id))[0]?.[1]).toBe('GZ1')
})

test('a location that closes takes no more orders and its stock no more promises; opened again it serves who waited', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world)
  const hangzhou = await world.transaction(async (tx) => (await catalog.locations(tx)).get('HZ1'))
  if (hangzhou === undefined) throw new Error('no HZ1')
  const { location_id: _id, version_id: _version, valid_from: _from, ...value } = hangzhou
  await world.transaction((tx) => catalog.putLocation(tx, 'HZ1', { ...value, state: 'closed' }))
  await world.drain()
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect((await read(world, id)).lines[0]?.units.backordered).toBe(1)
  await world.transaction((tx) => catalog.putLocation(tx, 'HZ1', value))
  await world.drain()
  expect((await read(world, id)).lines[0]?.units.released).toBe(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a location that will close later closes then', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const hangzhou = await world.transaction(async (tx) => (await catalog.locations(tx)).get('HZ1'))
  if (hangzhou === undefined) throw new Error('no HZ1')
  const { location_id: _id, version_id: _version, valid_from: _from, ...value } = hangzhou
  const valid_from = new Date(world.clock.now().getTime() + 3_600_000)
  await world.transaction((tx) => catalog.putLocation(tx, 'HZ1', { ...value, state: 'closed' }, { valid_from }))
  await world.drain()
  const supply = () => world.transaction((tx) => inventory.availability(tx, 'CN', ['SKU-1']))
  expect((await supply())[0]?.supply).toBe(5)
  world.clock.advance(3_600_000)
  await world.drain()
  expect((await supply())[0]?.supply).toBe(0)
})

test('two workers that allocate the same stock at once never take a unit twice, and every order finds a place', async () => {
  await using world = await freshWorld({
    stock: { 'SKU-1': { HZ1: 10, BJ1: 10 }, 'SKU-2': { HZ1: 10, BJ1: 10 } },
    connections: 12,
  })
  await furnishRates(world)
  const lines = [
    { sku: 'SKU-1', quantity: 1 },
    { sku: 'SKU-2', quantity: 1 },
  ]
  const ids = await place(
    world,
    Array.from({ length: 20 }, () => ({ lines })),
  )
  await Promise.all(Array.from({ length: 3 }, () => drain(world.runtime, steps, world.tenant)))
  world.clock.advance(5000)
  await world.drain()
  for (const id of ids) expect((await read(world, id)).lines.map((line) => line.units.released)).toEqual([1, 1])
  expect(await stockAt(world, 'HZ1', 'SKU-1')).toMatchObject({ allocated: 10 })
  expect(await stockAt(world, 'BJ1', 'SKU-2')).toMatchObject({ allocated: 10 })
  expect(await world.brokenInvariants()).toEqual([])
})
