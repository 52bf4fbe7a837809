// Who waits, and for how long: each hindrance has its moment, each rule its clock and its date.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { defaultPolicy } from '../../src/modules/allocation/prepare-ground.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../src/platform/clock.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { exceptionsOf, furnishRates } from './ground.ts'
import { causeOf, isSent, missOne, newestDecision, send, south, supply, unitsOf, waitFor } from './waiting.ts'

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
  await missOne(world, id)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id }])
  expect(await causeOf(world, id)).toBe('rule_date')
  await waitFor(world, 90 * MINUTE_MS)
  expect((await read(world, id)).commercial).toBe('confirmed')
  await waitFor(world, 31 * MINUTE_MS)
  expect((await read(world, id)).commercial).toBe('cancelled')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a date that the program before this one kept for who had failed too often, and never acted on, cancels nothing: the time of the rule begins now', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  const value = { ...defaultPolicy, attempts_at_most: 1 }
  await world.transaction((tx) => setFacts(tx, [{ kind: 'policy', key: 'allocation', value }]))
  const id = await send(world)
  await missOne(world, id)
  await world.transaction(
    (tx) => tx.sql`
      update allocation.exception set cancel_from = ${later(tx.now, -30 * DAY_MS)} where tenant_id = ${tx.tenant} and order_id = ${id} and reason = 'too_many_attempts'`,
  )
  await goLive(world, south({ on_failure: '"cancel"', cancel_hours: '2' }))
  await world.drain()
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, reason: 'too_many_attempts' }])
  await waitFor(world, 119 * MINUTE_MS)
  expect((await read(world, id)).commercial).toBe('confirmed')
  await waitFor(world, MINUTE_MS)
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
