// Live load in the database: orders take slots of work as they are allocated, none beyond a limit, and give them back when they are cancelled.
import { expect, test } from 'vitest'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { purgeBookings, purgeSlots } from '../../src/modules/capacity/index.ts'
import { viewLoad } from '../../src/modules/capacity/view-load.ts'
import { cancelUnits, loadOrders } from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { DAY_MS, HOUR_MS } from '../../src/platform/clock.ts'
import { purgeExpired } from '../../src/platform/purge-expired.ts'
import { exceptionsOf, furnishRates, limitLocations } from '../allocation/ground.ts'
import { freshWorld } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { booked, hourly, wishes } from './stage.ts'

test('orders fill the slots of a location in turn, none beyond its limit, and leave by the cut-off that they make', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } }, now: '2026-03-02T06:00:00Z' })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: hourly })
  await place(world, wishes(10))
  await world.drain()
  // two in the afternoon in Hangzhou, the carrier comes at four: eight orders make it
  expect((await booked(world)).map((slot) => slot.orders)).toEqual([4, 4, 2])
  const left = await world.transaction(
    (tx) => tx.sql<{ ship_by: Date; orders: number }[]>`
      select ship_by, count(*)::int as orders from warehouse.fulfilment_order where tenant_id = ${tx.tenant} group by ship_by order by ship_by`,
  )
  expect(left.map((row) => [row.ship_by.toISOString(), row.orders])).toEqual([
    ['2026-03-02T08:00:00.000Z', 8],
    ['2026-03-03T08:00:00.000Z', 2],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a busy place costs more, so that the rest goes elsewhere, and the explanation says so', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100, GZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, slot_minutes: 1440, orders: 10 } })
  const ids = await place(world, wishes(30))
  await world.drain()
  const places = await world.transaction(
    (tx) => tx.sql<{ location_id: string; orders: number }[]>`
      select location_id, count(*)::int as orders from warehouse.fulfilment_order where tenant_id = ${tx.tenant} group by location_id order by location_id`,
  )
  const at = new Map(places.map((row) => [row.location_id, row.orders]))
  expect(at.get('GZ1')).toBeGreaterThan(0)
  expect(at.get('HZ1')).toBeGreaterThan(5)
  const said = await world.transaction(async (tx) =>
    Promise.all(ids.map(async (id) => (await explainedAllocation(tx, id)).items[0])),
  )
  expect(
    said.some((one) => one?.candidates.some((candidate) => candidate.terms.some((term) => term.term === 'load'))),
  ).toBe(true)
  expect(await world.brokenInvariants()).toEqual([])
})

test('where no slot of the week has room the order waits for a person, with the reason', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, orders: 0 } })
  const [id = ''] = await place(world, wishes(1))
  await world.drain()
  const [decision] = (await world.transaction((tx) => explainedAllocation(tx, id))).items
  expect(decision?.outcome).toBe('short')
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'no_room' }])
  expect(decision?.candidates.find((one) => one.locations[0]?.location_id === 'HZ1')?.removed_by).toBe('capacity')
  await limitLocations(world, ['HZ1'], { capacity: hourly })
  expect((await booked(world)).reduce((sum, slot) => sum + slot.orders, 0)).toBe(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a cancelled order gives its slot back, a packed one is done', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: hourly })
  const ids = await place(world, wishes(3))
  await world.drain()
  await world.transaction(async (tx) => {
    const [order] = await loadOrders(tx, ids.slice(0, 1), { lock: true })
    if (order !== undefined) await cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
  expect((await booked(world)).map((slot) => slot.orders)).toEqual([2])
  const [open] = await world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_order where tenant_id = ${tx.tenant} and state = 'released' order by fulfilment_id limit 1`,
  )
  await world.transaction((tx) => warehouse.pickLines(tx, open?.fulfilment_id ?? '', null))
  await world.transaction((tx) => warehouse.packParcels(tx, open?.fulfilment_id ?? '', null))
  await world.drain()
  const load = await world.transaction((tx) => viewLoad(tx, 24))
  expect(load.items.find((item) => item.location_id === 'HZ1')?.slots[0]).toMatchObject({ orders: 2, done_orders: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('two batches at once do not overbook the last slots', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 500 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, orders: 7 } })
  await place(world, wishes(60))
  await Promise.all(Array.from({ length: 4 }, () => world.drain()))
  await world.drain()
  const slots = await booked(world)
  expect(slots.reduce((sum, slot) => sum + slot.orders, 0)).toBe(60)
  expect(Math.max(...slots.map((slot) => slot.orders))).toBe(7)
  expect(await world.brokenInvariants()).toEqual([])
})

test('work that was not done in its slot is done first: the next order gets a later one', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: hourly })
  await place(world, wishes(4))
  await world.drain()
  world.clock.advance(HOUR_MS + 1000)
  await place(world, wishes(1))
  await world.drain()
  const slots = await booked(world)
  expect(slots.map((slot) => slot.orders)).toEqual([4, 1])
  const [first, second] = slots
  expect((second?.starts_at.getTime() ?? 0) - (first?.starts_at.getTime() ?? 0)).toBe(2 * HOUR_MS)
})

test('an order that hurries leaves first and from where it is soonest, others from where it is cheapest', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, orders: 1 } })
  const [, , urgent = ''] = await place(world, [...wishes(2), { lines: [{ sku: 'SKU-1', quantity: 1 }], priority: 1 }])
  await world.drain()
  const [earliest] = await world.transaction(
    (tx) => tx.sql<{ order_id: string }[]>`
      select l.order_id from capacity.booking b join warehouse.fulfilment_line l on l.tenant_id = b.tenant_id and l.fulfilment_id = b.fulfilment_id
       where b.tenant_id = ${tx.tenant} order by b.starts_at limit 1`,
  )
  expect(earliest?.order_id).toBe(urgent)
})

test('a location without limits books nothing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await place(world, wishes(3))
  await world.drain()
  expect(await booked(world)).toEqual([])
})

test('room kept for urgent orders is booked by them alone until its slot begins', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } }, now: '2026-03-02T06:30:00Z' })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, urgent_percent: 50 } })
  await place(world, wishes(8))
  await world.drain()
  // the slot that runs is open to all; of the others they get half
  expect((await booked(world)).map((slot) => slot.orders)).toEqual([4, 2, 2])
  await place(
    world,
    wishes(2).map((wish) => ({ ...wish, priority: 1 })),
  )
  await world.drain()
  expect((await booked(world)).map((slot) => slot.orders)).toEqual([4, 4, 2])
})

test('bookings that are over go after thirteen months with their slots, so many at a time; what is still to be done stays, and every figure agrees', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 }, 'SKU-2': { GZ1: 1 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1', 'GZ1'], { capacity: { ...hourly, orders: 2 } })
  const [, ...placed] = await place(world, [...wishes(6), { lines: [{ sku: 'SKU-2', quantity: 1 }] }])
  await world.drain()
  await world.transaction(async (tx) => {
    const cancelled = placed.filter((_id, index) => index === 0 || index === 5)
    for (const order of await loadOrders(tx, cancelled, { lock: true })) await cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
  const kept = () =>
    world.transaction(async (tx) => {
      const [counts] = await tx.sql<{ ended: number; open: number; slots: number }[]>`
        select (select count(*)::int from capacity.booking where tenant_id = ${tx.tenant} and ended_at is not null) as ended,
               (select count(*)::int from capacity.booking where tenant_id = ${tx.tenant} and ended_at is null) as open,
               (select count(*)::int from capacity.slot where tenant_id = ${tx.tenant} and starts_at < ${tx.now}) as slots`
      return counts
    })
  const open = await world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from capacity.booking where tenant_id = ${tx.tenant} and ended_at is null order by starts_at, fulfilment_id`,
  )
  for (const { fulfilment_id } of open.slice(0, 4)) {
    await world.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
    await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  }
  await world.drain()
  world.clock.advance(399 * DAY_MS)
  const purge = () => purgeExpired(world.runtime, [world.tenant], [purgeBookings, purgeSlots])
  expect(await purge()).toBe(0)
  const before = await kept()
  expect(before).toMatchObject({ ended: 6, open: 1 })
  world.clock.advance(10 * DAY_MS)
  // whose bookings stay is not waited for
  const others = await world.transaction(async (tx) => {
    expect(await purgeBookings(tx, 1)).toBe(1)
    return world.transaction(
      (other) => other.sql`select from capacity.pace where tenant_id = ${other.tenant} for update skip locked`,
    )
  })
  expect(others).toHaveLength(1)
  expect(await world.transaction((tx) => purgeBookings(tx, 2))).toBe(2)
  expect(await world.brokenInvariants()).toEqual([])
  expect(await world.transaction((tx) => purgeSlots(tx, 3))).toBe(3)
  // three bookings, and all slots but the one of what was never packed
  expect(await purge()).toBe(3 + (before?.slots ?? 0) - 3 - 1)
  expect(await kept()).toEqual({ ended: 0, open: 1, slots: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})
