// Allocation in the database: stock is taken where it is cheapest, whole before split, nothing twice, and the reasons are kept.
import { expect, test } from 'vitest'
import { defaultPolicy } from '../../src/modules/allocation/prepare-ground.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { putSkus } from '../../src/modules/catalog/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { later } from '../../src/platform/clock.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, placedOrder, read } from '../world/orders.ts'
import { exceptionsOf, furnishRates, stockAt } from './ground.ts'

const explanation = (world: World, order_id: string) => world.transaction((tx) => explainedAllocation(tx, order_id))

test('an order leaves whole from the cheapest location that has all of it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, BJ1: 5 }, 'SKU-2': { GZ1: 5, BJ1: 5 } } })
  await furnishRates(world)
  const [id = ''] = await place(world, [
    {
      lines: [
        { sku: 'SKU-1', quantity: 1 },
        { sku: 'SKU-2', quantity: 2 },
      ],
    },
  ])
  await world.drain()
  const order = await read(world, id)
  expect(order.lines.map((line) => line.units.released + line.units.allocated)).toEqual([1, 2])
  const [decision] = (await explanation(world, id)).items
  expect(decision).toMatchObject({ outcome: 'placed', cause: 'first', currency: 'CNY' })
  expect(decision?.candidates[0]).toMatchObject({
    verdict: 'chosen',
    carrier: 'SF',
    locations: [{ location_id: 'BJ1', units: 3 }],
  })
  expect(
    decision?.candidates
      .filter((candidate) => candidate.verdict === 'removed')
      .map((candidate) => [candidate.locations[0]?.location_id, candidate.removed_by]),
  ).toEqual(
    expect.arrayContaining([
      ['GZ1', 'no_stock'],
      ['HZ1', 'no_stock'],
      ['CD1', 'no_stock'],
    ]),
  )
  expect(await stockAt(world, 'BJ1', 'SKU-2')).toMatchObject({ allocated: 2 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('what no single location has is split over the cheapest set, and every unit has one place', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, GZ1: 3 }, 'SKU-2': { BJ1: 2 } } })
  await furnishRates(world)
  const [id = ''] = await place(world, [
    {
      lines: [
        { sku: 'SKU-1', quantity: 3 },
        { sku: 'SKU-2', quantity: 2 },
      ],
    },
  ])
  await world.drain()
  const [decision] = (await explanation(world, id)).items
  expect(decision?.outcome).toBe('split')
  const chosen = decision?.candidates.find((candidate) => candidate.verdict === 'chosen')
  expect(chosen?.locations.map((place) => [place.location_id, place.units]).sort()).toEqual([
    ['BJ1', 2],
    ['GZ1', 3],
  ])
  expect(chosen?.terms.map((term) => term.term)).toEqual(['shipping', 'handling', 'split'])
  expect(chosen?.terms.reduce((sum, term) => sum + term.amount, 0)).toBe(chosen?.cost)
  expect(await world.brokenInvariants()).toEqual([])
})

test('orders of one batch that share scarce stock never take the same unit, and the urgent one has the choice', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, BJ1: 20 } } })
  await furnishRates(world)
  const ids = await place(world, [
    ...Array.from({ length: 19 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
    { lines: [{ sku: 'SKU-1', quantity: 1 }], priority: 5 },
  ])
  await world.drain()
  expect(await stockAt(world, 'HZ1', 'SKU-1')).toMatchObject({ allocated: 1 })
  expect(await stockAt(world, 'BJ1', 'SKU-1')).toMatchObject({ allocated: 19 })
  const urgent = (await explanation(world, ids.at(-1) ?? '')).items[0]
  expect(urgent?.candidates[0]?.locations[0]?.location_id).toBe('HZ1')
  expect(await world.brokenInvariants()).toEqual([])
})

test('the last unit of a place goes to the order of the batch that it saves most, and the older one reads why and at what price', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, BJ1: 5 } } })
  await furnishRates(world)
  const wish = { lines: [{ sku: 'SKU-1', quantity: 1 }] }
  const [between, near] = await world.transaction(async (tx) => {
    const placed = [
      { ...placedOrder(tx, wish), placed_at: later(tx.now, -1000) },
      { ...placedOrder(tx, wish), placed_at: tx.now },
    ].map((order, index) => (index > 0 ? order : { ...order, ship: { ...order.ship, lat: 34.2, lon: 117.3 } }))
    await orders.placeOrders(tx, placed)
    return placed.map((order) => order.order_id)
  })
  await world.drain()
  const [older] = (await explanation(world, between ?? '')).items
  const [younger] = (await explanation(world, near ?? '')).items
  expect(older?.candidates[0]?.locations[0]?.location_id).toBe('BJ1')
  expect(younger?.candidates[0]?.locations[0]?.location_id).toBe('HZ1')
  expect(older?.scarce).toMatchObject({ locations: ['HZ1'], saved: 800 })
  expect(older?.says.map((one) => one.en).join(' ')).toContain('8.00 CNY less than one after the other')
  expect(younger?.scarce).toBeNull()
  expect(await world.brokenInvariants()).toEqual([])
})

test('without any rate card the nearest location sends, and no carrier is named', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { GZ1: 5, HZ1: 5 } } })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  const chosen = (await explanation(world, id)).items[0]?.candidates[0]
  expect(chosen).toMatchObject({
    verdict: 'chosen',
    carrier: null,
    locations: [{ location_id: 'HZ1', distance_km: 0 }],
  })
})

test('what nothing can send waits for a person, is told once, and tries again when a carrier goes there', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world, { only_to: ['北京市'] })
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'no_carrier', units: 1, value: 9_900n }])
  expect((await read(world, id)).lines[0]?.units.reserved).toBe(1)
  const before = (await read(world, id)).version
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 1 }], { reason: 'supply' }),
  )
  await world.drain()
  expect((await read(world, id)).version).toBe(before)
  await furnishRates(world)
  expect(await exceptionsOf(world)).toEqual([])
  expect((await read(world, id)).lines[0]?.units.reserved).toBe(0)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that wants to leave whole waits for its last unit; one that may part does not', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5, 'SKU-2': 0 } })
  await furnishRates(world)
  const lines = [
    { sku: 'SKU-1', quantity: 1 },
    { sku: 'SKU-2', quantity: 1 },
  ]
  const [patient = '', parting = ''] = await place(world, [
    { lines, shortage_policy: 'wait' },
    { lines, shortage_policy: 'split' },
  ])
  await world.drain()
  expect((await read(world, patient)).lines[0]?.units.reserved).toBe(1)
  expect((await read(world, parting)).lines[0]?.units.reserved).toBe(0)
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-2', quantity: 2 }], { reason: 'supply' }),
  )
  await world.drain()
  for (const id of [patient, parting])
    expect((await read(world, id)).lines.map((line) => line.units.reserved + line.units.backordered)).toEqual([0, 0])
  expect(await world.brokenInvariants()).toEqual([])
})

test('new rates decide the next order, and an old decision still names the version that it read', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const [first = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await furnishRates(world, { dear_from: ['HZ1'] })
  const [second = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  const [before] = (await explanation(world, first)).items
  const [after] = (await explanation(world, second)).items
  const card = (decision: typeof before) => decision?.read.find((row) => row.kind === 'rate_card')?.version
  expect(before?.candidates[0]?.locations[0]?.location_id).toBe('HZ1')
  expect(after?.candidates[0]?.locations[0]?.location_id).toBe('GZ1')
  expect(card(before)).not.toBe(card(after))
  expect(card((await explanation(world, first)).items[0])).toBe(card(before))
})

test('the explanation says in both languages what was chosen, what came next and what was left out', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2 }] }])
  await world.drain()
  const says = (await explanation(world, id)).items[0]?.says ?? []
  expect(says[0]?.en).toMatch(/^HZ1 sends 2 units with SF Express Standard over 0 km: [\d.]+ CNY = shipping/)
  expect(says[1]?.zh).toMatch(/^次优方案为 GZ1，成本/)
  expect(says.some((sentence) => sentence.en.startsWith('Left out: '))).toBe(true)
})

test('goods that the policy keeps apart leave one location as two fulfilment orders', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 }, 'SKU-2': { HZ1: 5 } } })
  await furnishRates(world)
  const goods = (sku: string, handling_class: string) => ({
    ...{ sku, name: sku, weight_grams: 400, length_mm: 100, width_mm: 100, height_mm: 50 },
    handling_classes: [handling_class],
  })
  await world.transaction((tx) => putSkus(tx, [goods('SKU-1', 'food'), goods('SKU-2', 'chemical')]))
  const policy = { ...defaultPolicy, keep_apart: [['chemical', 'food']] }
  await world.transaction((tx) => setFacts(tx, [{ kind: 'policy', key: 'allocation', value: policy }]))
  const lines = ['SKU-1', 'SKU-2'].map((sku) => ({ sku, quantity: 2 }))
  const [id = ''] = await place(world, [{ lines }])
  await world.drain()
  expect((await read(world, id)).lines.map((line) => line.units.released)).toEqual([2, 2])
  const work = await world.transaction(
    (tx) => tx.sql<{ location_id: string; lines: number[] }[]>`
      select location_id, array_agg(line_no)::int[] as lines from warehouse.v_open_fulfilment
       where tenant_id = ${tx.tenant} and order_id = ${id} group by fulfilment_id, location_id order by lines`,
  )
  expect(work).toEqual([
    { location_id: 'HZ1', lines: [1] },
    { location_id: 'HZ1', lines: [2] },
  ])
  const [decision] = (await explanation(world, id)).items
  expect(decision?.candidates[0]?.locations.map(({ location_id, units }) => [location_id, units])).toEqual([
    ['HZ1', 2],
    ['HZ1', 2],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})
