// Ending orders and parts of them: money goes back exactly, whoever decides first wins, nothing waits that nobody will end.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { cancelOrder, previewCancellation } from '../../src/modules/orders/cancel-order.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { eventsOf } from '../../src/modules/orders/store-reading.ts'
import * as payment from '../../src/modules/payment/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { HOUR_MS, later } from '../../src/platform/clock.ts'
import { keyOf, serve } from '../api/serve.ts'
import { packed } from '../fulfilment/furnish.ts'
import { freshWorld, type World } from '../world/index.ts'
import { type OrderWish, place, placedOrder, read } from '../world/orders.ts'

const tender = async (world: World, order_id: string) =>
  (await world.transaction((tx) => payment.balances(tx, [order_id]))).get(order_id)?.[0]

const hold = (world: World, order_id: string, kind: string, expires_in_ms?: number) =>
  world.transaction(async (tx) => {
    await orders.loadOrders(tx, [order_id], { lock: true })
    const [hold_id = ''] = await orders.placeHolds(tx, [
      {
        order_id,
        kind,
        reasons: [],
        blocks: ['confirm', 'allocate', 'release', 'ship'],
        ...(expires_in_ms === undefined ? {} : { expires_at: later(tx.now, expires_in_ms) }),
      },
    ])
    return hold_id
  })

const cancel = (world: World, order_id: string, lines?: { line_no: number; quantity: number }[]) =>
  world.transaction((tx) =>
    cancelOrder(tx, order_id, { reason: 'customer_request', ...(lines === undefined ? {} : { lines }) }),
  )

const two: OrderWish = {
  lines: [
    { sku: 'A', quantity: 5, price_minor: 1_000n },
    { sku: 'B', quantity: 1, price_minor: 3_000n },
  ],
}

test('units cancelled before the money of the channel is booked are given back once it is', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [two])
  const hold_id = await hold(world, order_id, 'manual')
  await world.drain()
  await cancel(world, order_id, [{ line_no: 2, quantity: 1 }])
  await world.transaction((tx) => orders.endHolds(tx, [hold_id], 'released'))
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
  expect(await tender(world, order_id)).toMatchObject({ captured: 8_000n, refunded: 3_000n, due: 5_000n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that ends before the money of the channel is booked owes all of it back', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [two])
  await cancel(world, order_id)
  await world.drain()
  expect(await tender(world, order_id)).toMatchObject({ captured: 8_000n, refunded: 8_000n, due: 0n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a line named twice in one cancellation counts twice, in units and in money', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [two])
  await world.drain()
  await cancel(world, order_id, [
    { line_no: 1, quantity: 2 },
    { line_no: 1, quantity: 2 },
  ])
  await world.drain()
  expect((await read(world, order_id)).lines[0]?.units.cancelled).toBe(4)
  expect(await tender(world, order_id)).toMatchObject({ captured: 8_000n, refunded: 4_000n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('what is left of an order whose discount is larger than its goods costs nothing, not less', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const order_id = await world.transaction(async (tx) => {
    const order = placedOrder(tx, two)
    await orders.placeOrders(tx, [
      {
        ...order,
        charges: [{ charge_no: 1, kind: 'discount', title: null, amount: -6_000n, tax: 0n }],
        totals: { ...order.totals, charges_total: -6_000n, total: 2_000n },
      },
    ])
    return order.order_id
  })
  await world.drain()
  await cancel(world, order_id, [{ line_no: 1, quantity: 5 }])
  await world.drain()
  expect(await tender(world, order_id)).toMatchObject({ captured: 2_000n, refunded: 2_000n, due: 0n })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a hold that a person ends while its time runs out does not reject the order', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [other = ''] = await place(world, [two])
  const hold_id = await hold(world, other, 'review', HOUR_MS)
  await world.drain()
  world.clock.advance(2 * HOUR_MS)
  const decided = Promise.withResolvers<void>()
  const person = world.transaction(async (tx) => {
    await orders.endHolds(tx, [hold_id], 'released')
    decided.resolve()
    // the timer has read the open hold and waits for the order
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  })
  await decided.promise
  await Promise.all([person, world.drain()])
  await world.drain()
  expect((await read(world, other)).commercial).toBe('confirmed')
  expect(await world.brokenInvariants()).toEqual([])
})

test.each(['cancelled', 'rejected', 'allocated'])(
  'S8 units of an order that ends while %s serve the oldest backorder at once',
  async (how) => {
    await using world = await freshWorld({ stock: { A: 1 } })
    const wish = { lines: [{ sku: 'A', quantity: 1 }] }
    const [first = ''] = await place(world, [wish])
    const hold_id = how === 'allocated' ? null : await hold(world, first, 'manual')
    await world.drain()
    const [second = '', third = ''] = await place(world, [wish, wish])
    await world.drain()
    expect((await read(world, second)).lines[0]?.units.backordered).toBe(1)
    if (how === 'rejected')
      await world.transaction(async (tx) =>
        orders.rejectOrders(tx, await orders.loadOrders(tx, [first], { lock: true }), 'review_rejected'),
      )
    else await cancel(world, first)
    expect(hold_id === null).toBe(how === 'allocated')
    await world.drain()
    expect((await read(world, second)).lines[0]?.units.backordered).toBe(0)
    expect((await read(world, third)).lines[0]?.units.backordered).toBe(1)
    expect(await world.brokenInvariants()).toEqual([])
  },
)

test('S8 a delivery for more backorders than one batch looks at serves them all', async () => {
  await using world = await freshWorld({ stock: { A: 0 } })
  const ids = await place(
    world,
    Array.from({ length: 620 }, () => ({ lines: [{ sku: 'A', quantity: 1 }] })),
  )
  await world.drain()
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'A', quantity: 1_000 }], { reason: 'supply' }),
  )
  await world.drain()
  const after = await world.transaction((tx) => orders.loadOrders(tx, ids, { lock: false }))
  expect(after.filter((order) => order.lines.some((line) => line.units.backordered > 0))).toHaveLength(0)
})

test('a rejection of what has left takes nothing back, ends the hold and tells nobody of a cancellation', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [one] = await packed(world, [two])
  await world.transaction(async (tx) => {
    const parcels = await shipping.parcelsOfFulfilments(tx, [one?.fulfilment_id ?? ''])
    await warehouse.handOver(
      tx,
      parcels.map(({ parcel_id }) => ({ parcel_id, at: tx.now })),
      'refuse',
    )
  })
  await world.drain()
  const order_id = one?.order_id ?? ''
  await hold(world, order_id, 'fraud_check', HOUR_MS)
  world.clock.advance(2 * HOUR_MS)
  await world.drain()
  const order = await read(world, order_id)
  expect(order.holds).toEqual([])
  expect(order.lines.reduce((sum, line) => sum + line.units.cancelled, 0)).toBe(0)
  const told = await world.transaction((tx) => eventsOf(tx, order_id, 0, 100))
  expect(told.map((event) => event.type)).not.toContain('order.units_cancelled')
})

test('ending one of two holds lets go what only that one blocked', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [two])
  const hold_id = await hold(world, order_id, 'manual')
  await world.transaction((tx) => orders.placeHolds(tx, [{ order_id, kind: 'address', reasons: [], blocks: ['ship'] }]))
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('placed')
  await world.transaction((tx) => orders.endHolds(tx, [hold_id], 'released'))
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a preview of a cancellation counts what was refunded for other reasons, as the cancellation itself does', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [two])
  await world.drain()
  await world.transaction((tx) =>
    payment.refund(tx, [{ demand_id: order_id, amount: 1_000n, reason: 'goodwill', key: 'g' }]),
  )
  const preview = await world.transaction((tx) =>
    previewCancellation(tx, order_id, { reason: 'customer_request', lines: [{ line_no: 2, quantity: 1 }] }),
  )
  expect(preview.money.to_refund).toBe(3_000)
  await cancel(world, order_id, [{ line_no: 2, quantity: 1 }])
  await world.drain()
  expect(await tender(world, order_id)).toMatchObject({ captured: 8_000n, refunded: 4_000n })
})

test('the history of an order is that of an order, not of whatever else has the id', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [order_id = ''] = await place(world, [{ ...two, method: 'cod' }])
  await packed(world, [two])
  const { subject } = await world.transaction(async (tx) => {
    const [row] = await tx.sql<{ subject: string }[]>`
      select subject from outbox.event where tenant_id = ${tx.tenant} and type like 'fulfilment.%' limit 1`
    return { subject: row?.subject ?? '' }
  })
  await using server = serve(world)
  const headers = await keyOf(world)
  expect((await server.call('GET', `/orders/${order_id}/events`, undefined, headers)).status).toBe(200)
  expect((await server.call('GET', `/orders/${subject}/events`, undefined, headers)).status).toBe(404)
})
