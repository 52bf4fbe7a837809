// The first step of an order: stock is reserved whole lines at a time, shortages become backorders with their reason, supply serves the oldest.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { eventsOf } from '../../src/modules/orders/store-reading.ts'
import { DAY_MS } from '../../src/platform/clock.ts'
import { freshWorld } from '../world/index.ts'
import { place, read } from '../world/orders.ts'

test('S1 of two hundred orders for a hundred units exactly a hundred are reserved and the rest backordered', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 } })
  const ids = await place(
    world,
    Array.from({ length: 200 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  const orders = await Promise.all(ids.map((id) => read(world, id))) // at most 200
  const short = orders.filter((order) => order.lines[0]?.units.backordered === 1)
  expect(short).toHaveLength(100)
  expect(await world.brokenInvariants()).toEqual([])
})

test('S8 an order that is to be cancelled when anything is short ends whole, and what it had reserved serves whoever waits longest', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 2, 'SKU-2': 0 } })
  const [short = '', other = ''] = await place(world, [
    {
      lines: [
        { sku: 'SKU-1', quantity: 2 },
        { sku: 'SKU-2', quantity: 1 },
      ],
      shortage_policy: 'cancel',
    },
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
  ])
  await world.drain()
  const ended = await read(world, short)
  expect(ended.commercial).toBe('rejected')
  expect(ended.lines.map((line) => line.units.cancelled)).toEqual([2, 1])
  expect((await read(world, other)).lines[0]?.units.backordered).toBe(0)
  const [third = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect((await read(world, third)).lines[0]?.units.backordered).toBe(0)
  expect(await world.brokenInvariants()).toEqual([])
})

test('S8 backorders are served oldest first as supply comes', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 0, 'SKU-2': 9 } })
  const ids = await place(world, [
    { lines: [{ sku: 'SKU-1', quantity: 2 }] },
    { lines: [{ sku: 'SKU-1', quantity: 2 }] },
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
  ])
  await world.drain()
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 3 }], { reason: 'supply' }),
  )
  await world.drain()
  const backordered = await Promise.all(ids.map(async (id) => (await read(world, id)).lines[0]?.units.backordered)) // at most 3
  expect(backordered).toEqual([0, 2, 1])
  expect(await world.brokenInvariants()).toEqual([])
})

test('S6 a short count breaks the newest promises and their orders are backordered again', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const ids = await place(
    world,
    Array.from({ length: 5 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  await world.transaction((tx) =>
    inventory.countStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 3 }], { reason: 'count' }),
  )
  await world.drain()
  const backordered = await Promise.all(ids.map(async (id) => (await read(world, id)).lines[0]?.units.backordered)) // at most 5
  expect(backordered).toEqual([0, 0, 0, 1, 1])
  world.clock.advance(8 * DAY_MS)
  await world.drain()
  const told = await world.transaction((tx) => eventsOf(tx, ids[4] ?? '', 0, 50))
  expect(told.map((event) => event.type)).toContain('order.backorder_waiting')
  expect(await world.brokenInvariants()).toEqual([])
})
