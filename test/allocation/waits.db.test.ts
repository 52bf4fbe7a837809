// Who waits, and for how long: each hindrance has its moment, each rule its clock and its date, and nobody starves behind those who cannot be helped.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { exceptionsOf, furnishRates, limitLocations, openWorkOf } from './ground.ts'

async function send(world: World, quantity = 1, sku = 'SKU-1'): Promise<string> {
  const [id = ''] = await place(world, [{ lines: [{ sku, quantity }] }])
  await world.drain()
  return id
}

async function waitFor(world: World, ms: number): Promise<void> {
  world.clock.advance(ms)
  await world.drain()
}

async function supply(world: World, location_id: string, sku = 'SKU-1'): Promise<void> {
  await world.transaction((tx) => inventory.receiveStock(tx, [{ location_id, sku, quantity: 1 }], { reason: 'supply' }))
  await world.drain()
}

async function cancel(world: World, order_id: string): Promise<void> {
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    if (order !== undefined) await orders.cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
}

const unitsOf = async (world: World, id: string) => (await read(world, id)).lines[0]?.units
const isSent = async (world: World, id: string) => (await unitsOf(world, id))?.released === 1
const newestDecision = async (world: World, id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, id))).items[0]

/** What happens at the moment of its next try, as the explanation tells it. */
async function causeOf(world: World, id: string): Promise<string | null | undefined> {
  const { waiting } = await world.transaction((tx) => explainedAllocation(tx, id))
  expect(waiting?.try_again_at === null).toBe(waiting?.try_because === null)
  expect(waiting?.says).not.toEqual([])
  return waiting?.try_because
}

/** One rule: only from Guangzhou, and what it wants where that finds no way. */
const south = (cells: Readonly<Record<string, string>>) =>
  rulesDocument([row('south', { locations: '["GZ1"]', ...cells })])

/** Orders in the queue for ever: older than all others, and no longer there. */
async function stubborn(world: World, count: number, reason: string, sku: string): Promise<void> {
  await world.transaction(
    (tx) => tx.sql`
      insert into allocation.exception (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, opened_at)
      select ${tx.tenant}::uuid, lpad(to_hex(n), 32, '0')::uuid, gen_random_uuid(), 'CN', ${reason}, array[${sku}::text], 1, 1, 'CNY', gen_random_uuid(), ${tx.now}
        from generate_series(1, ${count}::int) as n`,
  )
}

test('who found no room is tried at the moment when a day more is opened, and at once where a booked order is cancelled', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    capacity: { slot_minutes: 1440, orders: 1, minutes_per_order: 3, minutes_per_line: 1 },
  })
  // ten in the morning in Hangzhou: today and seven days to come
  const booked = []
  for (let day = 0; day < 8; day++) booked.push(await send(world))
  const [first, second] = [await send(world), await send(world)]
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'no_room' }, { reason: 'no_room' }])
  expect(await causeOf(world, first)).toBe('slot')
  await cancel(world, booked[3] ?? '')
  await waitFor(world, MINUTE_MS)
  expect([await isSent(world, first), await isSent(world, second)]).toEqual([true, false])
  // what is not done today would be done before anything new
  const [today] = await openWorkOf(world, booked[0] ?? '')
  await world.transaction((tx) => warehouse.pickLines(tx, today?.fulfilment_id ?? '', null))
  await world.transaction((tx) => warehouse.packParcels(tx, today?.fulfilment_id ?? '', null))
  await waitFor(world, 14 * HOUR_MS - 2 * MINUTE_MS)
  expect(await isSent(world, second)).toBe(false)
  await waitFor(world, 2 * MINUTE_MS)
  expect(await isSent(world, second)).toBe(true)
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('of those that wait for room as many are tried as it may take, once for all that opens in a minute; the next ones follow while some is left', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 }, 'SKU-2': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    capacity: { slot_minutes: 1440, orders: 1, minutes_per_order: 3, minutes_per_line: 1 },
  })
  const booked = []
  for (let day = 0; day < 8; day++) booked.push(await send(world, 1, 'SKU-2'))
  await stubborn(world, 3, 'no_room', 'SKU-1')
  const last = await send(world)
  // what they free of their own goods helps nobody here
  await cancel(world, booked[3] ?? '')
  await cancel(world, booked[4] ?? '')
  const timers = async () =>
    world.transaction(
      (tx) => tx.sql<{ step: string }[]>`
        select step from engine.job where tenant_id = ${tx.tenant} and step in ('allocation.take-room', 'allocation.go-on-room')`,
    )
  expect(await timers()).toEqual([{ step: 'allocation.take-room' }])
  await waitFor(world, MINUTE_MS)
  expect(await isSent(world, last)).toBe(false)
  expect(await timers()).toEqual([{ step: 'allocation.go-on-room' }])
  await waitFor(world, 10_000)
  expect(await isSent(world, last)).toBe(true)
  await waitFor(world, 10_000)
  expect(await timers()).toEqual([])
})

test('room that is kept for urgent orders is tried when its slot begins, for by then everybody may have it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    hours: { weekly: [{ days: [1], from: '14:00', to: '15:00' }] },
    capacity: { slot_minutes: 60, orders: 1, minutes_per_order: 3, minutes_per_line: 1, urgent_percent: 100 },
  })
  const id = await send(world)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'no_room' }])
  await waitFor(world, 4 * HOUR_MS)
  expect(await isSent(world, id)).toBe(true)
})

test('the orders a day that a rule allows are counted anew at the moment when the oldest of them is a day old', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('two a day', { order_limit: '2' })]))
  await world.drain()
  await send(world)
  await waitFor(world, HOUR_MS)
  await send(world)
  const [third, fourth] = [await send(world), await send(world)]
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'rules' }, { reason: 'rules' }])
  expect(await causeOf(world, third)).toBe('limit')
  await waitFor(world, 23 * HOUR_MS - MINUTE_MS)
  expect(await isSent(world, third)).toBe(false)
  await waitFor(world, 2 * MINUTE_MS)
  expect([await isSent(world, third), await isSent(world, fourth)]).toEqual([true, false])
  await waitFor(world, HOUR_MS)
  expect(await isSent(world, fourth)).toBe(true)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an address where no carrier goes for a while is tried as soon as what leaves then is taken', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  await world.transaction(async (tx) => {
    const known = (await shipping.carriers(tx)).get('SF')
    if (known === undefined) throw new Error('no carrier')
    const { carrier: _key, version_id: _version, valid_from: _from, ...fact } = known
    const until = new Date(world.clock.now().getTime() + DAY_MS).toISOString()
    await shipping.putCarriers(tx, new Map([['SF', { ...fact, suspended_areas: [{ country: 'CN', until }] }]]))
  })
  await world.drain()
  const id = await send(world)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'no_carrier' }])
  expect(await causeOf(world, id)).toBe('suspension')
  // ten in the morning: what is ready after four leaves tomorrow at four, when the carrier goes there again
  await waitFor(world, 6 * HOUR_MS - MINUTE_MS)
  expect(await isSent(world, id)).toBe(false)
  await waitFor(world, MINUTE_MS)
  expect(await isSent(world, id)).toBe(true)
})

test('behind a thousand that nothing helps, whoever came last is tried too', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 }, 'SKU-2': { HZ1: 5 } } })
  await furnishRates(world, { only_to: ['北京市'] })
  await stubborn(world, 1001, 'no_carrier', 'SKU-2')
  const unserved = await send(world)
  expect(await causeOf(world, unserved)).toBe(null)
  await furnishRates(world)
  expect(await isSent(world, unserved)).toBe(true)
  await goLive(world, rulesDocument([row('keep', { safety_stock: '5' })]))
  await world.drain()
  const unsupplied = await send(world, 1, 'SKU-2')
  expect(await isSent(world, unsupplied)).toBe(false)
  await supply(world, 'HZ1', 'SKU-2')
  expect(await isSent(world, unsupplied)).toBe(true)
})

test('however often a waiting order is tried from outside, its rule keeps one clock for it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  await goLive(world, south({ on_failure: '"wait"', wait_minutes: '30' }))
  const id = await send(world)
  expect(await causeOf(world, id)).toBe('rule_wait')
  const { version } = await read(world, id)
  for (let time = 0; time < 5; time++) {
    await waitFor(world, MINUTE_MS)
    await supply(world, 'HZ1')
  }
  await waitFor(world, 31 * MINUTE_MS)
  await waitFor(world, 31 * MINUTE_MS)
  const clocks = await world.transaction(
    (tx) => tx.sql<{ step: string }[]>`
      select step from engine.job where tenant_id = ${tx.tenant} and step in ('allocation.allocate', 'allocation.try-again')`,
  )
  expect(clocks).toHaveLength(1)
  // what is decided as before is not written again
  expect((await read(world, id)).version).toBe(version)
  expect((await world.transaction((tx) => explainedAllocation(tx, id))).items).toHaveLength(1)
})

test('the date of a rule belongs to one stay in the queue: who left it and comes back has his time anew', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  await goLive(world, south({ on_failure: '"cancel"', cancel_hours: '2' }))
  const id = await send(world)
  await waitFor(world, HOUR_MS)
  await supply(world, 'GZ1')
  expect(await isSent(world, id)).toBe(true)
  const [work] = await openWorkOf(world, id)
  await world.transaction((tx) =>
    warehouse.reportShort(
      tx,
      work?.fulfilment_id ?? '',
      [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity: 1 }],
      'missing',
    ),
  )
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id }])
  expect(await causeOf(world, id)).toBe('rule_date')
  await waitFor(world, 90 * MINUTE_MS)
  expect((await read(world, id)).commercial).toBe('confirmed')
  await waitFor(world, 31 * MINUTE_MS)
  expect((await read(world, id)).commercial).toBe('cancelled')
  expect(await world.brokenInvariants()).toEqual([])
})

test('who is held when the date comes is not cancelled, and only what looks for a place is: what is on its way to the shelf stays', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 }, 'SKU-2': 0 } })
  await furnishRates(world)
  await goLive(world, south({ on_failure: '"cancel"', cancel_hours: '2' }))
  const held = await send(world)
  const [missing = ''] = await place(world, [
    { lines: ['SKU-1', 'SKU-2'].map((sku) => ({ sku, quantity: 1 })), shortage_policy: 'split' },
  ])
  await world.drain()
  const [hold_id = ''] = await world.transaction((tx) =>
    orders.placeHolds(tx, [{ order_id: held, kind: 'manual', reasons: [], blocks: ['allocate'] }]),
  )
  await waitFor(world, 3 * HOUR_MS)
  expect((await read(world, held)).commercial).toBe('confirmed')
  expect((await read(world, missing)).lines.map(({ units }) => [units.cancelled, units.backordered])).toEqual([
    [1, 0],
    [0, 1],
  ])
  await world.transaction((tx) => orders.endHolds(tx, [hold_id], 'released'))
  await world.drain()
  expect((await read(world, held)).commercial).toBe('cancelled')
  expect(await world.brokenInvariants()).toEqual([])
})

test('new rules reach who waits already: another reason, another queue, another end, and the explanation names their version', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 1 } } })
  await furnishRates(world)
  await goLive(world, south({ on_failure: '"wait"', wait_minutes: '600' }), 'wait')
  // of three units one can leave
  const [rest, whole] = [await send(world, 3), await send(world)]
  expect(await exceptionsOf(world)).toMatchObject([
    { order_id: rest, reason: 'waiting', units: 2 },
    { order_id: whole, reason: 'waiting', units: 1 },
  ])
  const parking = await goLive(world, south({ on_failure: '"park"', park_in: '"south"' }), 'park')
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([
    { order_id: rest, reason: 'parked', queue: 'south' },
    { order_id: whole, reason: 'parked', queue: 'south' },
  ])
  expect((await newestDecision(world, whole))?.rule?.version_id).toBe(parking)
  await goLive(world, south({ on_failure: '"cancel"', cancel_hours: '2' }), 'cancel')
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'waiting', queue: null }, { reason: 'waiting' }])
  await waitFor(world, HOUR_MS)
  expect((await read(world, whole)).commercial).toBe('confirmed')
  await waitFor(world, HOUR_MS)
  expect((await read(world, whole)).commercial).toBe('cancelled')
  expect(await unitsOf(world, rest)).toMatchObject({ released: 1, cancelled: 2 })
  await waitFor(world, DAY_MS)
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
