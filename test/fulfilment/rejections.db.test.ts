// "Cannot send": each reason does to the stock what it says, the place is out as long as it says, the order leaves from elsewhere, and there is an end.
import { expect, test } from 'vitest'
import type { LocationFact } from '../../src/contracts/catalog.ts'
import { type RejectionReason, rejectionReasons } from '../../src/contracts/rejections.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { tendInbox } from '../../src/modules/inbox/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { placedOrder, read } from '../world/orders.ts'
import { aside, ONE, onTheFloor, placesOf, reject, STOCK, stockAt, workOf } from './rejecting.ts'

async function changeLocation(world: World, location_id: string, change: Partial<LocationFact>): Promise<void> {
  await world.transaction(async (tx) => {
    const known = (await catalog.locations(tx)).get(location_id)
    if (known === undefined) throw new Error(`no location ${location_id}`)
    const { location_id: _id, version_id: _version, valid_from: _from, ...fact } = known
    await catalog.putLocation(tx, location_id, { ...fact, ...change })
  })
  await world.drain()
}

const afterwards: Readonly<Record<RejectionReason, { on_hand: number; unsellable: number }>> = {
  no_stock_found: { on_hand: 7, unsellable: 0 },
  damaged: { on_hand: 10, unsellable: 3 },
  quality: { on_hand: 10, unsellable: 3 },
  no_capacity: { on_hand: 10, unsellable: 0 },
  closing_early: { on_hand: 10, unsellable: 0 },
  cannot_handle_goods: { on_hand: 10, unsellable: 0 },
  other: { on_hand: 10, unsellable: 0 },
}

test.each(rejectionReasons)(
  'rejected for %s, the stock is what the reason says and the order leaves from the next best place',
  async (reason) => {
    await using world = await freshWorld({ stock: STOCK })
    await furnishRates(world)
    const order_id = await onTheFloor(world)
    expect(await placesOf(world, order_id)).toEqual(['HZ1'])
    await reject(world, order_id, reason)
    expect(await stockAt(world, 'HZ1')).toEqual({ ...afterwards[reason], allocated: 0 })
    const [next = ''] = await placesOf(world, order_id)
    expect(next).not.toBe('HZ1')
    expect(await stockAt(world, next)).toMatchObject({ on_hand: 10, allocated: 3 })
    expect(await aside(world)).toBe(0)
    const [decision] = (await world.transaction((tx) => explainedAllocation(tx, order_id))).items
    expect(decision?.cause).toBe('rejected')
    expect(decision?.candidates.find((one) => one.locations[0]?.location_id === 'HZ1')?.removed_by).toBe('excluded')
    expect((await read(world, order_id)).lines[0]?.units.released).toBe(3)
    expect(await world.brokenInvariants()).toEqual([])
  },
)

test('goods in hand lie aside until they are put back; of what was not found only the rest is written off', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  await world.transaction((tx) =>
    warehouse.pickLines(tx, work!.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 2 }]),
  )
  await reject(world, order_id, 'no_stock_found')
  expect(await stockAt(world, 'HZ1')).toEqual({ on_hand: 9, unsellable: 2, allocated: 0 })
  expect(await aside(world)).toBe(2)
  expect(await placesOf(world, order_id)).not.toContain('HZ1')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a packed and labelled parcel is opened, its label given back, and damaged goods need no putting back', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  await world.transaction((tx) => warehouse.pickLines(tx, work!.fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, work!.fulfilment_id, null))
  await world.drain()
  await reject(world, order_id, 'damaged')
  expect(await stockAt(world, 'HZ1')).toEqual({ on_hand: 10, unsellable: 3, allocated: 0 })
  expect(await aside(world)).toBe(0)
  const states = await world.transaction(
    (tx) => tx.sql<{ parcel: string; label: string }[]>`
      select p.state as parcel, l.state as label from shipping.parcel p join shipping.label l on l.tenant_id = ${tx.tenant} and l.parcel_id = p.parcel_id
       where p.tenant_id = ${tx.tenant}`,
  )
  expect(states).toEqual([{ parcel: 'voided', label: 'voided' }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('chosen units leave and the rest goes on where it is', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world, {
    lines: [
      { sku: 'A', quantity: 3 },
      { sku: 'B', quantity: 2 },
    ],
  })
  await reject(world, order_id, 'cannot_handle_goods', { lines: [{ fulfilment_line_no: 2, quantity: 2 }] })
  expect(await placesOf(world, order_id)).toEqual(['GZ1', 'HZ1'])
  expect(await stockAt(world, 'HZ1', 'A')).toMatchObject({ allocated: 3 })
  expect(await stockAt(world, 'GZ1', 'B')).toMatchObject({ allocated: 2 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a place without room is out for the whole order until its midnight; who waits tries again then', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  await reject(world, order_id, 'no_capacity')
  expect(await exceptionsOf(world)).toMatchObject([{ order_id, reason: 'refused', units: 3 }])
  const { waiting } = await world.transaction((tx) => explainedAllocation(tx, order_id))
  expect(waiting).toMatchObject({ try_because: 'place_back', try_again_at: '2026-03-02T16:00:00.000Z' })
  // ten in the morning in Hangzhou: fourteen hours to midnight
  world.clock.advance(13 * HOUR_MS)
  await world.drain()
  expect(await placesOf(world, order_id)).toEqual([])
  world.clock.advance(HOUR_MS)
  await world.drain()
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('of two places that are out until different hours each is tried when its hour comes, whatever was tried between', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 3, BJ1: 3, CD1: 6 } } })
  await furnishRates(world)
  await changeLocation(world, 'BJ1', { time_zone: 'Asia/Tokyo' })
  const order_id = await onTheFloor(world)
  const rejected: string[] = []
  for (let where = await placesOf(world, order_id); where.length > 0; where = await placesOf(world, order_id)) {
    rejected.push(...where)
    await reject(world, order_id, where.includes('CD1') ? 'cannot_handle_goods' : 'no_capacity')
  }
  expect(rejected.toSorted()).toEqual(['BJ1', 'CD1', 'HZ1'])
  const tries = () =>
    world.transaction(
      (tx) => tx.sql<{ try_again_at: Date | null }[]>`
        select try_again_at from allocation.exception where tenant_id = ${tx.tenant} and order_id = ${order_id} and resolved_at is null`,
    )
  const [tokyo, shanghai] = [new Date('2026-03-02T15:00:00Z'), new Date('2026-03-02T16:00:00Z')]
  expect(await tries()).toEqual([{ try_again_at: tokyo }])
  await changeLocation(world, 'BJ1', { state: 'closed' })
  expect(await tries()).toEqual([{ try_again_at: tokyo }])
  world.clock.advance(tokyo.getTime() - world.clock.now().getTime())
  await world.drain()
  expect(await placesOf(world, order_id)).toEqual([])
  expect(await tries()).toEqual([{ try_again_at: shanghai }])
  world.clock.advance(HOUR_MS)
  await world.drain()
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect([await exceptionsOf(world), await tries()]).toEqual([[], []])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a part that waited already and the rest that is rejected now wait as one, for as many units and for the reason of now', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 2, GZ1: 4 } } })
  await furnishRates(world)
  const order_id = await onTheFloor(world, { lines: [{ sku: 'A', quantity: 3 }] })
  expect(await placesOf(world, order_id)).toEqual(['GZ1'])
  await reject(world, order_id, 'cannot_handle_goods')
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'no_stock', units: 1 }])
  await reject(world, order_id, 'closing_early')
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'refused', units: 3 }])
  const items = await world.transaction(
    (tx) => tx.sql<{ reason: string; value: bigint }[]>`
      select reason, value from inbox.item where tenant_id = ${tx.tenant} and order_id = ${order_id} and state <> 'closed'`,
  )
  expect(items).toEqual([{ reason: 'refused', value: 29_700n }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what was found nowhere waits for stock, and only what is left of the order for a place, until that is cancelled', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 3, GZ1: 3 }, B: { HZ1: 9 } } })
  await furnishRates(world)
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 1 },
  ]
  const order_id = await onTheFloor(world, { lines })
  for (const _place of ['HZ1', 'GZ1']) await reject(world, order_id, 'no_stock_found')
  const items = () =>
    world.transaction(
      (tx) => tx.sql<{ kind: string; reason: string }[]>`
        select kind, reason from inbox.item where tenant_id = ${tx.tenant} and order_id = ${order_id} and state <> 'closed' order by kind`,
    )
  expect((await read(world, order_id)).lines.map(({ units }) => [units.backordered, units.reserved])).toEqual([
    [3, 0],
    [0, 1],
  ])
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'refused', units: 1, value: 9_900n }])
  expect(await items()).toEqual([
    { kind: 'allocation', reason: 'refused' },
    { kind: 'stock', reason: 'broken:rejected' },
  ])
  for (const location_id of ['HZ1', 'GZ1'])
    expect(await stockAt(world, location_id)).toEqual({ on_hand: 0, unsellable: 0, allocated: 0 })
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    await orders.cancelUnits(tx, order!, [{ line_no: 2, quantity: 1 }], 'customer_request')
  })
  await world.drain()
  expect([await exceptionsOf(world), (await items()).map((item) => item.kind)]).toEqual([[], ['stock']])
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that leaves whole or not at all is told that a place has refused it, not that rules forbid it', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 3, GZ1: 3 }, B: { HZ1: 9 } } })
  await furnishRates(world)
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 1 },
  ]
  const order_id = await onTheFloor(world, { lines, shortage_policy: 'wait' })
  await reject(world, order_id, 'damaged')
  expect(await exceptionsOf(world)).toMatchObject([{ order_id, reason: 'refused', units: 4 }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('rejected everywhere, the order is before a person after as many places as the policy allows, and the ledger is right', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  await world.transaction((tx) =>
    setFacts(tx, [
      { kind: 'policy', key: 'allocation', value: { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 3 } },
    ]),
  )
  const order_id = await onTheFloor(world)
  const tried: string[] = []
  for (let round = 0; round < 10; round++) {
    const [where] = await placesOf(world, order_id)
    if (where === undefined) break
    tried.push(where)
    await reject(world, order_id, 'no_stock_found')
  }
  expect(new Set(tried).size).toBe(3)
  expect(tried).toHaveLength(3)
  expect(await exceptionsOf(world)).toMatchObject([{ order_id, reason: 'too_many_attempts', units: 3 }])
  for (const location_id of tried)
    expect(await stockAt(world, location_id)).toEqual({ on_hand: 7, unsellable: 0, allocated: 0 })
  expect((await read(world, order_id)).lines[0]?.units.reserved).toBe(3)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a place that is in again and rejects again does not go round for ever', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  let rejections = 0
  for (; rejections < 20 && (await placesOf(world, order_id)).length > 0; rejections++) {
    await reject(world, order_id, 'closing_early')
    world.clock.advance(24 * HOUR_MS)
    await world.drain()
  }
  expect(rejections).toBe(5)
  expect((await exceptionsOf(world)).map((row) => row.reason)).toEqual(['too_many_attempts'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a whole order of many lines that one place rejects has failed once, not once for each line', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world, {
    lines: Array.from({ length: 6 }, () => ({ sku: 'A', quantity: 1 })),
  })
  await reject(world, order_id, 'cannot_handle_goods')
  expect(await exceptionsOf(world)).toEqual([])
  expect(await placesOf(world, order_id)).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a new place that misses the promise is put before a person as a promise at risk', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10, BJ1: 10 } } })
  await furnishRates(world)
  const order_id = await world.transaction(async (tx) => {
    // the carrier takes two days from anywhere: promised for the day after tomorrow, and today's cut-off is missed by the rejection
    const order = { ...placedOrder(tx, ONE), attributes: { promised_at: '2026-03-04T09:00:00Z' } }
    await orders.placeOrders(tx, [order])
    return order.order_id
  })
  await world.drain()
  await world.transaction((tx) => tendInbox(tx, 100))
  const risks = () =>
    world.transaction(
      (tx) => tx.sql<{ order_id: string; reason: string }[]>`
        select order_id, reason from inbox.item where tenant_id = ${tx.tenant} and kind = 'promise' and state <> 'closed'`,
    )
  expect(await risks()).toEqual([])
  world.clock.advance(7 * HOUR_MS)
  await reject(world, order_id, 'no_capacity')
  await world.transaction((tx) => tendInbox(tx, 100))
  expect(await risks()).toEqual([{ order_id, reason: 'late_by_carrier' }])
  expect(await world.brokenInvariants()).toEqual([])
})
