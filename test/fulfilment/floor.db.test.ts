// The floor: release, pick, pack, label, hand over, and what a cancellation does at each of these places.
import { expect, test } from 'vitest'
import * as orders from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { allocated, packed, released } from './furnish.ts'

const units = async (world: World, order_id: string, line = 0) => {
  const all = (await read(world, order_id)).lines[line]?.units
  return Object.fromEntries(Object.entries(all ?? {}).filter(([, count]) => count > 0))
}

const parcelsOf = (world: World, fulfilment_id: string) =>
  world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))

test('an order goes from allocated to shipped: released, picked, packed, labelled, handed over', async () => {
  await using world = await freshWorld({ stock: { A: 5, B: 5 } })
  const [one] = await allocated(world, [
    {
      lines: [
        { sku: 'A', quantity: 2 },
        { sku: 'B', quantity: 1 },
      ],
    },
  ])
  const { order_id, fulfilment_id } = one!
  await world.drain()
  expect(await units(world, order_id)).toEqual({ released: 2 })
  await world.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  expect(await units(world, order_id)).toEqual({ packed: 2 })
  await world.drain()
  const [parcel] = await parcelsOf(world, fulfilment_id)
  expect(parcel).toMatchObject({ state: 'labelled', weight_grams: 1500 })
  expect(shipping.isContractTrackingNumber(parcel!.tracking_number!)).toBe(true)
  const gone = await world.transaction((tx) =>
    warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse'),
  )
  expect(gone).toEqual([parcel!.parcel_id])
  expect(await units(world, order_id)).toEqual({ shipped: 2 })
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('handing a parcel over twice ships it once', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  const [parcel] = await parcelsOf(world, one!.fulfilment_id)
  const hand = () =>
    world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse'))
  const answers = await Promise.all([hand(), hand(), hand()])
  expect(answers.flat()).toHaveLength(1)
  expect(await units(world, one!.order_id)).toEqual({ shipped: 2 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('W4 a scan that is sent twice counts once, also at the same moment', async () => {
  await using world = await freshWorld({ stock: { A: 9 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 6 }] }])
  const scan_id = world.runtime.db.newId()
  const scan = (quantity = 2) =>
    world.transaction((tx) =>
      warehouse.pickLines(tx, one!.fulfilment_id, [{ fulfilment_line_no: 1, quantity, scan_id }]),
    )
  await Promise.all([scan(), scan(), scan()])
  await scan()
  expect(await units(world, one!.order_id)).toEqual({ released: 4, picked: 2 })
  await expect(scan(3)).rejects.toMatchObject({ code: 'scan_reused' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('more than the line wants is refused', async () => {
  await using world = await freshWorld({ stock: { A: 9 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await expect(
    world.transaction((tx) => warehouse.pickLines(tx, one!.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 3 }])),
  ).rejects.toMatchObject({ code: 'more_than_wanted' })
})

test('an order that is held against release stays planned until the hold ends', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await allocated(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  const [hold] = await world.transaction((tx) =>
    orders.placeHolds(tx, [{ order_id: one!.order_id, kind: 'manual', reasons: [], blocks: ['release'] }]),
  )
  await world.drain()
  expect(await units(world, one!.order_id)).toEqual({ allocated: 1 })
  await world.transaction((tx) => orders.endHolds(tx, [hold!], 'released'))
  await world.drain()
  expect(await units(world, one!.order_id)).toEqual({ released: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})

const cancel = (world: World, order_id: string, lines: { line_no: number; quantity: number }[] | null = null) =>
  world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    await orders.cancelUnits(tx, order!, lines, 'customer_request')
  })

const free = async (world: World) =>
  (
    await world.transaction((tx) =>
      import('../../src/modules/inventory/index.ts').then((inventory) => inventory.availability(tx, 'CN', ['A'])),
    )
  )[0]

test('a cancelled order leaves the floor and its stock is free again', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await cancel(world, one!.order_id)
  await expect(world.transaction((tx) => warehouse.pickLines(tx, one!.fulfilment_id, null))).rejects.toMatchObject({
    code: 'stopped_at_scan',
  })
  await world.drain()
  expect(await free(world)).toMatchObject({ supply: 5, reserved: 0, free: 5 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a cancelled parcel is opened, its label voided, its goods sellable only after they were scanned back', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 2 }] }])
  await cancel(world, one!.order_id)
  const [parcel] = await parcelsOf(world, one!.fulfilment_id)
  await expect(
    world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse')),
  ).rejects.toMatchObject({ code: 'stopped_at_scan' })
  await world.drain()
  expect((await parcelsOf(world, one!.fulfilment_id))[0]!.state).toBe('voided')
  expect(await free(world)).toMatchObject({ supply: 3, reserved: 0 })
  const { openPutBacks } = await import('../../src/modules/warehouse/store-scans.ts')
  const [task] = await world.transaction((tx) => openPutBacks(tx, 'HZ1', null, 10))
  expect(task).toMatchObject({ sku: 'A', quantity: 2, order_id: one!.order_id })
  const scan_id = world.runtime.db.newId()
  for (let again = 0; again < 2; again++)
    await world.transaction((tx) => warehouse.putBack(tx, task!.put_back_id, scan_id, 'sellable'))
  await world.drain()
  expect(await free(world)).toMatchObject({ supply: 5, reserved: 0 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('some units cancelled after packing: the parcel is opened and the rest is packed again', async () => {
  await using world = await freshWorld({ stock: { A: 9, B: 9 } })
  const [one] = await packed(world, [
    {
      lines: [
        { sku: 'A', quantity: 3 },
        { sku: 'B', quantity: 2 },
      ],
    },
  ])
  await cancel(world, one!.order_id, [{ line_no: 1, quantity: 1 }])
  await world.drain()
  expect(await units(world, one!.order_id)).toEqual({ picked: 2, cancelled: 1 })
  expect(await units(world, one!.order_id, 1)).toEqual({ picked: 2 })
  await world.transaction((tx) => warehouse.packParcels(tx, one!.fulfilment_id, null))
  await world.drain()
  const living = (await parcelsOf(world, one!.fulfilment_id)).filter((parcel) => parcel.state === 'labelled')
  expect(living).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a short pick corrects the stock, leaves the fulfilment and keeps the order reserved while the network has more', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 3, GZ1: 5 } } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 3 }] }])
  await world.transaction((tx) =>
    warehouse.reportShort(tx, one!.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 2 }], 'missing'),
  )
  expect(await units(world, one!.order_id)).toEqual({ released: 1, reserved: 2 })
  expect(await free(world)).toMatchObject({ supply: 6, reserved: 3 })
  expect(await world.transaction((tx) => warehouse.shortPlaces(tx, [one!.order_id]))).toEqual([
    { order_id: one!.order_id, line_no: 1, location_id: 'HZ1' },
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a short pick without other stock makes the missing units a backorder', async () => {
  await using world = await freshWorld({ stock: { A: 3 } })
  const [one] = await released(world, [{ lines: [{ sku: 'A', quantity: 3 }] }])
  await world.transaction((tx) =>
    warehouse.reportShort(tx, one!.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 1 }], 'damaged'),
  )
  await world.drain()
  expect(await units(world, one!.order_id)).toEqual({ released: 2, backordered: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})
