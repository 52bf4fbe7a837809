// Returns: never more than was delivered, never more money than was paid, on the shelf exactly once.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { cancelOrder } from '../../src/modules/orders/cancel-order.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { refundDue } from '../../src/modules/orders/refund-due.ts'
import * as payment from '../../src/modules/payment/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import { returnsOfOrders } from '../../src/modules/returns/store.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { packed, released } from '../fulfilment/furnish.ts'
import { freshWorld, type World } from '../world/index.ts'
import { type OrderWish, read } from '../world/orders.ts'

async function delivered(world: World, wish: OrderWish): Promise<string> {
  const [one] = await packed(world, [wish])
  await world.transaction(async (tx) => {
    const [parcel] = await shipping.parcelsOfFulfilments(tx, [one!.fulfilment_id])
    await warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse')
    await tracking.recordScans(tx, [
      {
        carrier: parcel!.carrier,
        event_id: 'd',
        tracking_number: parcel!.tracking_number!,
        at: tx.now,
        code: 'delivered',
        place: null,
      },
    ])
  })
  await world.drain()
  return one!.order_id
}

const ask = (world: World, order_id: string, quantity: number, line_no = 1) =>
  world.transaction((tx) =>
    returns.requestReturn(tx, {
      order_id,
      lines: [{ line_no, quantity }],
      reason: 'unwanted',
      note: null,
      undelivered: false,
    }),
  )
const refunded = async (world: World, order_id: string) =>
  (await world.transaction((tx) => payment.balances(tx, [order_id])))
    .get(order_id)!
    .reduce((sum, tender) => sum + tender.refunded, 0n)
const free = async (world: World) => (await world.transaction((tx) => inventory.availability(tx, 'CN', ['A'])))[0]!.free

test('a return goes from asked to refunded: received, back on the shelf, exactly what was paid', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await delivered(world, {
    lines: [{ sku: 'A', quantity: 3, price_minor: 3333n }],
    shipping_minor: 800n,
  })
  const return_id = await ask(world, order_id, 2)
  expect((await read(world, order_id)).lines[0]!.units).toMatchObject({ delivered: 1, return_requested: 2 })
  await world.transaction((tx) => returns.receiveUnits(tx, return_id, null))
  expect(await free(world)).toBe(2)
  await world.transaction((tx) => returns.inspectUnits(tx, return_id, null, null))
  await world.drain()
  expect((await read(world, order_id)).lines[0]!.units).toMatchObject({ delivered: 1, restocked: 2 })
  expect(await free(world)).toBe(4)
  expect(await refunded(world, order_id)).toBe(6666n)
  expect(await world.brokenInvariants()).toEqual([])
})

test('R1 more than was delivered cannot be asked for, not even by two at once', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await delivered(world, { lines: [{ sku: 'A', quantity: 3 }] })
  await expect(ask(world, order_id, 4)).rejects.toMatchObject({ code: 'return_too_many' })
  const answers = await Promise.allSettled([ask(world, order_id, 2), ask(world, order_id, 2), ask(world, order_id, 2)])
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('R3 goods are booked back exactly once, however often the inspection is sent', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await delivered(world, { lines: [{ sku: 'A', quantity: 3 }] })
  const return_id = await ask(world, order_id, 3)
  await world.transaction((tx) => returns.receiveUnits(tx, return_id, null))
  const inspect = () =>
    world.transaction((tx) => returns.inspectUnits(tx, return_id, null, [{ line_no: 1, restocked: 2, written_off: 1 }]))
  const answers = await Promise.allSettled([inspect(), inspect(), inspect()])
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  await world.drain()
  expect(await free(world)).toBe(4)
  expect(await refunded(world, order_id)).toBe(29_700n)
  expect(await world.brokenInvariants()).toEqual([])
})

test('R2 what is given back for units depends on which came back, never on the order in which', () => {
  const line = fc.record({ ordered: fc.integer({ min: 1, max: 9 }), net: fc.bigInt({ min: 0n, max: 100_000n }) })
  const order = fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    discount: fc.bigInt({ min: -50_000n, max: 0n }),
  })
  fc.assert(
    fc.property(order, fc.array(fc.nat(), { maxLength: 40 }), (made, picks) => {
      const counts = made.lines.map(() => 0)
      let given = 0n
      const state = () =>
        made.lines.map((one, index) => ({ line_no: index + 1, cancelled: 0, accepted: counts[index]!, ...one }))
      for (const pick of picks) {
        const index = pick % made.lines.length
        if (counts[index]! >= made.lines[index]!.ordered) continue
        counts[index]! += 1
        const due = refundDue(state(), made.discount)
        expect(due).toBeGreaterThanOrEqual(given)
        given = due
      }
      expect(given).toBe(refundDue(state(), made.discount))
      const paid = made.lines.reduce((sum, one) => sum + one.net, 0n) + made.discount
      for (const [index, one] of made.lines.entries()) counts[index] = one.ordered
      expect(refundDue(state(), made.discount)).toBe(paid < 0n ? 0n : paid)
    }),
  )
})

test('a refused or withdrawn request leaves the units with the customer', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await delivered(world, { lines: [{ sku: 'A', quantity: 2 }] })
  for (const action of ['refuse', 'cancel'] as const) {
    const return_id = await ask(world, order_id, 2)
    await world.transaction((tx) => returns.endRequest(tx, return_id, action, action === 'refuse' ? 'used' : null))
    expect((await read(world, order_id)).lines[0]!.units).toMatchObject({ delivered: 2, return_requested: 0 })
    await expect(world.transaction((tx) => returns.receiveUnits(tx, return_id, null))).rejects.toMatchObject({
      code: 'return_state',
    })
  }
  expect(await refunded(world, order_id)).toBe(0n)
  expect(await world.brokenInvariants()).toEqual([])
})

test('what a carrier brings back undelivered is taken in and refunded', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await world.transaction(async (tx) => {
    const [parcel] = await shipping.parcelsOfFulfilments(tx, [one!.fulfilment_id])
    await warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse')
  })
  const return_id = await world.transaction((tx) =>
    returns.requestReturn(tx, {
      order_id: one!.order_id,
      lines: [{ line_no: 1, quantity: 2 }],
      reason: 'undelivered',
      note: null,
      undelivered: true,
    }),
  )
  await world.transaction((tx) => returns.inspectUnits(tx, return_id, null, null))
  await world.drain()
  expect((await read(world, one!.order_id)).commercial).toBe('closed')
  expect(await refunded(world, one!.order_id)).toBe(19_800n)
  expect(await free(world)).toBe(5)
  expect(await world.brokenInvariants()).toEqual([])
})

test('in bulk each entry is taken whole or refused with what is possible', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const first = await delivered(world, {
    lines: [
      { sku: 'A', quantity: 3, price_minor: 100n },
      { sku: 'B', quantity: 2, price_minor: 50n },
    ],
  })
  const second = await delivered(world, { lines: [{ sku: 'A', quantity: 1, price_minor: 100n }] })
  const at = world.clock.now()
  const entry = (order_id: string, line_no: number, quantity: number) => ({
    order_id,
    line_no,
    quantity,
    reason: 'other',
    at,
  })
  const answer = await world.transaction((tx) =>
    returns.returnUnits(tx, [
      entry(first, 1, 2),
      entry(first, 1, 2),
      entry(first, 2, 1),
      entry(first, 2, 1),
      entry(second, 1, 1),
      entry(second, 9, 1),
    ]),
  )
  expect(answer.refused.map(({ order_id, line_no, possible }) => [order_id, line_no, possible])).toEqual([
    [first, 1, 1],
    [second, 9, 0],
  ])
  expect(answer.owed).toEqual(
    new Map([
      [first, 300n],
      [second, 100n],
    ]),
  )
  await world.drain()
  expect(await refunded(world, first)).toBe(300n)
  expect(await world.transaction((tx) => returnsOfOrders(tx, [first]))).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that was cut before it left refunds cancelled and returned units to the last fen', async () => {
  await using world = await freshWorld({ stock: { A: 9 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 3, price_minor: 3334n }] }])
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [one!.order_id], { lock: true })
    await orders.cancelUnits(tx, order!, [{ line_no: 1, quantity: 1 }], 'customer_request')
  })
  await world.drain()
  await world.transaction((tx) => warehouse.packParcels(tx, one!.fulfilment_id, null))
  await world.drain()
  await world.transaction(async (tx) => {
    const parcels = (await shipping.parcelsOfFulfilments(tx, [one!.fulfilment_id])).filter(
      (parcel) => parcel.state === 'labelled',
    )
    await warehouse.handOver(tx, [{ parcel_id: parcels[0]!.parcel_id, at: tx.now }], 'refuse')
    await tracking.recordScans(tx, [
      {
        carrier: parcels[0]!.carrier,
        event_id: 'd',
        tracking_number: parcels[0]!.tracking_number!,
        at: tx.now,
        code: 'delivered',
        place: null,
      },
    ])
  })
  await world.drain()
  await world.transaction((tx) =>
    returns.returnUnits(tx, [{ order_id: one!.order_id, line_no: 1, quantity: 2, reason: 'other', at: tx.now }]),
  )
  await world.drain()
  expect(await refunded(world, one!.order_id)).toBe(10_002n)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a return of which only a part comes ends with it, and the rest stays with the customer', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await delivered(world, { lines: [{ sku: 'A', quantity: 3, price_minor: 1000n }] })
  const return_id = await ask(world, order_id, 3)
  await world.transaction((tx) => returns.receiveUnits(tx, return_id, [{ line_no: 1, quantity: 2 }]))
  await world.transaction((tx) => returns.endRequest(tx, return_id, 'cancel', null))
  expect((await read(world, order_id)).lines[0]!.units).toMatchObject({ delivered: 1, returned: 2 })
  await world.transaction((tx) => returns.inspectUnits(tx, return_id, null, null))
  await world.drain()
  const [row] = await world.transaction((tx) => returnsOfOrders(tx, [order_id]))
  expect(row!.state).toBe('closed')
  expect(await refunded(world, order_id)).toBe(2000n)
  await expect(world.transaction((tx) => returns.endRequest(tx, return_id, 'cancel', null))).rejects.toMatchObject({
    code: 'return_state',
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order whose last open thing is a return that is refused closes', async () => {
  await using world = await freshWorld({ stock: { A: 5, B: 5 } })
  const lines = [
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 2 },
  ]
  const [one] = await released(world, [{ lines }])
  const { order_id, fulfilment_id } = one!
  await world.transaction(async (tx) => {
    const first = [{ fulfilment_line_no: 1, quantity: 1 }]
    await warehouse.pickLines(tx, fulfilment_id, first)
    await warehouse.packParcels(tx, fulfilment_id, [{ lines: first }])
    const [parcel] = await shipping.parcelsOfFulfilments(tx, [fulfilment_id])
    const numbers = await shipping.labelDirectly(tx, [parcel!])
    await warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse')
    const tracking_number = numbers.get(parcel!.parcel_id)!
    const scan = {
      carrier: parcel!.carrier,
      event_id: 'd',
      tracking_number,
      at: tx.now,
      code: 'delivered',
      place: null,
    }
    await tracking.recordScans(tx, [scan])
  })
  await world.drain()
  const return_id = await ask(world, order_id, 1)
  await world.transaction((tx) => cancelOrder(tx, order_id, { reason: 'customer_request' }))
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('confirmed')
  await world.transaction((tx) => returns.endRequest(tx, return_id, 'refuse', 'worn'))
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('closed')
  expect(await world.brokenInvariants()).toEqual([])
})
