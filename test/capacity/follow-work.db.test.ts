// Bookings follow the work they are of: large work takes several slots, lines that go give their room back, and paces follow the people.
import { expect, test } from 'vitest'
import type { LocationFact } from '../../src/contracts/catalog.ts'
import { learnPaces } from '../../src/modules/capacity/learn-paces.ts'
import { isLimited, type Limited } from '../../src/modules/capacity/limits.ts'
import { lockShifts, shiftsOf } from '../../src/modules/capacity/lock-shifts.ts'
import { type Slot, shiftOf } from '../../src/modules/capacity/slot-book.ts'
import { viewLoad } from '../../src/modules/capacity/view-load.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { cancelUnits, loadOrders } from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../src/platform/clock.ts'
import { furnishRates, limitLocations } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { booked, hourly, wishes } from './stage.ts'

const SKUS = ['SKU-1', 'SKU-2', 'SKU-3', 'SKU-4']
const stock = Object.fromEntries(SKUS.map((sku) => [sku, { HZ1: 100 }]))
const basket = (count: number) => ({ lines: SKUS.slice(0, count).map((sku) => ({ sku, quantity: 2 })) })

interface Booking {
  readonly hour: string
  readonly lines: number
  readonly seconds: number
}

const bookings = (world: World) =>
  world.transaction(
    (tx) => tx.sql<Booking[]>`
      select to_char(starts_at at time zone 'UTC', 'HH24') as hour, lines, seconds from capacity.booking
       where tenant_id = ${tx.tenant} and ended_at is null order by starts_at`,
  )

const roomTold = async (world: World) =>
  (
    await world.transaction(
      (tx) => tx.sql`select from outbox.event where tenant_id = ${tx.tenant} and type = 'capacity.room_opened'`,
    )
  ).length

async function openWork(world: World): Promise<string> {
  const [open] = await world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_order where tenant_id = ${tx.tenant} and state in ('released', 'picking') limit 1`,
  )
  return open?.fulfilment_id ?? ''
}

async function cancelLine(world: World, order_id: string, line_no: number): Promise<void> {
  await world.transaction(async (tx) => {
    const [order] = await loadOrders(tx, [order_id], { lock: true })
    if (order === undefined) throw new Error('no order')
    await cancelUnits(tx, order, [{ line_no, quantity: 2 }], 'customer')
  })
  await world.drain()
}

test('work that no slot takes whole is done in several, and leaves when the last is over', async () => {
  await using world = await freshWorld({ stock, now: '2026-03-02T06:00:00Z' })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, lines: 2 } })
  await place(world, [basket(1), basket(4)])
  await world.drain()
  // two in the afternoon in Hangzhou; the larger is ready at five and misses the carrier of four
  expect(await booked(world)).toMatchObject([{ orders: 2 }, { orders: 1 }, { orders: 1 }])
  const made = await bookings(world)
  expect(made.reduce((sum, one) => sum + one.lines, 0)).toBe(5)
  const left = await world.transaction(
    (tx) => tx.sql<{ ship_by: Date; lines: number }[]>`
      select f.ship_by, count(*)::int as lines from warehouse.fulfilment_order f
        join warehouse.fulfilment_line l on l.tenant_id = f.tenant_id and l.fulfilment_id = f.fulfilment_id
       where f.tenant_id = ${tx.tenant} group by f.fulfilment_id, f.ship_by order by 2`,
  )
  expect(left.map((row) => [row.ship_by.toISOString(), row.lines])).toEqual([
    ['2026-03-02T08:00:00.000Z', 1],
    ['2026-03-03T08:00:00.000Z', 4],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('lines that are cancelled, short or rejected free the slots that were booked for them, the last first, and it is told', async () => {
  await using world = await freshWorld({ stock })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, lines: 1 } })
  const [order_id = ''] = await place(world, [basket(4)])
  await world.drain()
  expect((await bookings(world)).map((one) => one.lines)).toEqual([1, 1, 1, 1])
  const told = await roomTold(world)
  await cancelLine(world, order_id, 2)
  expect((await bookings(world)).map((one) => [one.hour, one.lines])).toEqual([
    ['02', 1],
    ['03', 1],
    ['04', 1],
  ])
  expect(await roomTold(world)).toBe(told + 1)
  const fulfilment_id = await openWork(world)
  await world.transaction((tx) =>
    warehouse.reportShort(tx, fulfilment_id, [{ fulfilment_line_no: 1, quantity: 2 }], 'missing'),
  )
  await world.drain()
  expect((await bookings(world)).reduce((sum, one) => sum + one.lines, 0)).toBe(2)
  await world.transaction(async (tx) => {
    const [row] = await tx.sql<{ version: number }[]>`
      select version from warehouse.fulfilment_order where tenant_id = ${tx.tenant} and fulfilment_id = ${fulfilment_id}`
    const lines = [{ fulfilment_line_no: 3, quantity: 2 }]
    await warehouse.rejectFulfilment(tx, fulfilment_id, { reason: 'quality', version: row?.version ?? 0, lines })
  })
  await world.drain()
  expect((await bookings(world)).map((one) => one.lines)).toEqual([1])
  expect((await booked(world)).map((slot) => slot.orders)).toEqual([1])
  expect(await roomTold(world)).toBe(told + 3)
  expect(await world.brokenInvariants()).toEqual([])
})

const PLACES = Array.from({ length: 32 }, (_, index) => `P${String(index).padStart(2, '0')}`)

test('many places of quarter hours round the clock are seen whole, and no more of them is read than is asked for', async () => {
  await using world = await freshWorld({ stock })
  await world.transaction(async (tx) => {
    const hangzhou = (await catalog.locations(tx)).get('HZ1')
    if (hangzhou === undefined) throw new Error('no HZ1')
    const { location_id: _id, version_id: _version, valid_from: _from, ...fact } = hangzhou
    const capacity = { slot_minutes: 15, orders: 2, lines: 10, minutes_per_order: 3, minutes_per_line: 1 }
    await catalog.putLocations(tx, new Map(PLACES.map((key): [string, LocationFact] => [key, { ...fact, capacity }])))
  })
  await world.drain()
  const places = await world.transaction(async (tx) =>
    [...(await catalog.locations(tx)).values()]
      .filter(isLimited)
      .filter(({ location_id }) => PLACES.includes(location_id)),
  )
  const look = (looked: readonly Limited[], need: { orders: number; lines: number } | null) =>
    world.transaction((tx) => shiftsOf(tx, looked, null, { need, leaving: [] }))
  const whole = (await look(places.slice(0, 1), null)).get('P00')
  if (whole === undefined) throw new Error('no P00')
  expect(whole.slots.length).toBeGreaterThan(660)
  const { ahead, day } = shiftOf(whole, world.clock.now())
  expect({ ahead: whole.ahead, day: whole.day }).toEqual({ ahead, day })
  const startOf = (slot: Slot) => slot.starts_at.getTime()
  const first = whole.slots.slice(0, 100).map(startOf)
  const some = await look(places, { orders: 200, lines: 400 })
  expect(some.size).toBe(PLACES.length)
  for (const shift of some.values()) {
    expect(shift.slots.map(startOf)).toEqual(first)
    expect({ ahead: shift.ahead, day: shift.day }).toEqual({ ahead, day })
  }
  await world.transaction(async (tx) => {
    await tx.sql`update capacity.slot set orders = max_orders where tenant_id = ${tx.tenant}`
    await tx.sql`
      update capacity.slot s set orders = 1 where tenant_id = ${tx.tenant} and location_id = 'P31'
         and starts_at = (select max(starts_at) from capacity.slot m
                           where m.tenant_id = ${tx.tenant} and m.location_id = 'P31' and m.starts_at < ${later(tx.now, 7 * DAY_MS)})`
  })
  const book = await world.transaction((tx) => lockShifts(tx, places, null, { need: { orders: 1, lines: 1 } }))
  expect(PLACES.every((location_id) => book.has(location_id) && book.fill(location_id) > 6)).toBe(true)
  const open = PLACES.filter((location_id) => book.earliest(location_id, book.workOf(location_id, 1), true) !== null)
  expect(open).toEqual(['P31'])
})

test('over a closed weekend the work that is left counts against the next day of work', async () => {
  await using world = await freshWorld({ stock, now: '2026-03-06T07:30:00Z' })
  await furnishRates(world)
  const weekly = [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:00' }]
  await limitLocations(world, ['HZ1'], { hours: { weekly }, capacity: hourly })
  await place(world, wishes(10))
  await world.drain()
  const load = async () => {
    const { items } = await world.transaction((tx) => viewLoad(tx, 24))
    return items.find((item) => item.location_id === 'HZ1')
  }
  // half past three on a Friday: four are booked today, six on Monday, of thirty-two that a day of work takes
  world.clock.advance(40 * HOUR_MS)
  expect(await load()).toMatchObject({
    working: false,
    fill_percent: 31,
    overdue_orders: 4,
    next_cut_off: '2026-03-09T08:00:00.000Z',
  })
  world.clock.advance(24 * HOUR_MS)
  expect(await load()).toMatchObject({ fill_percent: 31, overdue_orders: 4 })
})

test('the pace is what people take from pick to pick and from parcel to parcel, and is as given again when nobody works', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], { capacity: { ...hourly, orders: 40 } })
  await place(world, wishes(24))
  await world.drain()
  const ids = await world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_order where tenant_id = ${tx.tenant} order by fulfilment_id`,
  )
  const pace = async () => {
    await world.transaction(learnPaces)
    const { items } = await world.transaction((tx) => viewLoad(tx, 24))
    return items.find((item) => item.location_id === 'HZ1')?.pace_percent
  }
  const [picker, packer] = [world.context('user:picker'), world.context('user:packer')]
  expect(await pace()).toBeNull()
  for (const { fulfilment_id } of ids) {
    world.clock.advance(2 * MINUTE_MS)
    await picker.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
  }
  // two minutes where four are given
  expect(await pace()).toBe(50)
  for (const { fulfilment_id } of ids) {
    world.clock.advance(4 * MINUTE_MS)
    await packer.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  }
  // and four for the parcel: six where four are given
  expect(await pace()).toBe(150)
  world.clock.advance(5 * HOUR_MS)
  expect(await pace()).toBeNull()
})
