// O8 on the floor and on the way back: every order of the statements of two commands leaves a clear winner or both, and every invariant holds.
import { test } from 'vitest'
import * as payment from '../../src/modules/payment/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import type { Command } from '../race/interleave.ts'
import { allocated, labelled, released } from './furnish.ts'
import {
  ask,
  cancel,
  count,
  delivered,
  type Ground,
  handOver,
  job,
  one,
  pack,
  parcelOf,
  pick,
  picked,
  race,
  restore,
  scan,
  shipped,
  short,
  WISH,
} from './racing.ts'

const pairs: Readonly<Record<string, Ground>> = {
  'cancel/release': async (world) => {
    const [ready] = await allocated(world, WISH)
    return [cancel(ready!.order_id), (tx) => warehouse.releaseFulfilments.run(tx, [job(ready!.order_id)])]
  },
  'cancel/pick': async (world) => {
    const ready = await one(world, released)
    return [cancel(ready.order_id, 2), pick(ready, 2)]
  },
  'taking out/pick': async (world) => {
    const ready = await one(world, released)
    await world.transaction(cancel(ready.order_id, 1))
    return [(tx) => warehouse.cancelWork.run(tx, [job(ready.order_id)]), pick(ready, 2)]
  },
  'cancel/pack': async (world) => {
    const ready = await picked(world)
    return [cancel(ready.order_id, 1), pack(ready)]
  },
  'cancel/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [cancel(ready.order_id), handOver(parcel_id)]
  },
  'taking out/ship': async (world) => {
    const [gone, stays] = await labelled(world, [...WISH, ...WISH])
    await world.transaction(cancel(gone!.order_id))
    const { parcel_id } = await parcelOf(world, stays!)
    return [(tx) => warehouse.cancelWork.run(tx, [job(gone!.order_id)]), handOver(parcel_id)]
  },
  'pick/pick': async (world) => {
    const ready = await one(world, released)
    return [pick(ready, 2), pick(ready, 2)]
  },
  'pick/short': async (world) => {
    const ready = await one(world, released)
    return [pick(ready, 3), short(ready)]
  },
  'short/short of two orders': async (world) => {
    const [first, second] = await released(world, [...WISH, ...WISH])
    return [short(first!), short(second!)]
  },
  'short/cancel': async (world) => {
    const ready = await one(world, released)
    return [short(ready), cancel(ready.order_id)]
  },
  'ship/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [handOver(parcel_id), handOver(parcel_id)]
  },
  'ship/unpack': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [handOver(parcel_id), (tx) => warehouse.unpackParcels(tx, ready.fulfilment_id, null)]
  },
  'ship/scan of the carrier': async (world) => {
    const ready = await one(world, labelled)
    const parcel = await parcelOf(world, ready)
    return [handOver(parcel.parcel_id), scan(parcel, 'delivered')]
  },
  'follow/follow': async (world) => {
    const { parcel } = await shipped(world)
    await world.transaction(scan(parcel, 'delivered'))
    const follow: Command = (tx) => tracking.followParcels.run(tx, [job(parcel.parcel_id)])
    return [follow, follow]
  },
  'scan/scan': async (world) => {
    const { parcel } = await shipped(world)
    return [scan(parcel, 'delivered'), scan(parcel, 'failed_attempt')]
  },
  'return/return': async (world) => {
    const order_id = await delivered(world)
    return [ask(order_id, 2), ask(order_id, 2)]
  },
  'return/refund': async (world) => {
    const order_id = await delivered(world)
    const back: Command = async (tx) => {
      const entry = { order_id, line_no: 1, quantity: 3, reason: 'other', at: tx.now }
      await returns.returnUnits(tx, [entry])
    }
    const goodwill: Command = (tx) =>
      payment.refund(tx, [{ demand_id: order_id, amount: 10_000n, reason: 'goodwill', key: `g:${order_id}` }])
    return [back, goodwill]
  },
  'inspect/inspect': async (world) => {
    const order_id = await delivered(world)
    const return_id = await world.transaction((tx) =>
      returns.requestReturn(tx, {
        order_id,
        lines: [{ line_no: 1, quantity: 3 }],
        reason: 'unwanted',
        note: null,
        undelivered: false,
      }),
    )
    await world.transaction((tx) => returns.receiveUnits(tx, return_id, null))
    const inspect: Command = (tx) => returns.inspectUnits(tx, return_id, null, null)
    return [inspect, inspect]
  },
  'receive/withdraw': async (world) => {
    const order_id = await delivered(world)
    const return_id = await world.transaction((tx) =>
      returns.requestReturn(tx, {
        order_id,
        lines: [{ line_no: 1, quantity: 2 }],
        reason: 'unwanted',
        note: null,
        undelivered: false,
      }),
    )
    return [
      (tx) => returns.receiveUnits(tx, return_id, null),
      (tx) => returns.endRequest(tx, return_id, 'cancel', null),
    ]
  },
  'count/release': async (world) => {
    await restore(world)
    const [ready] = await allocated(world, WISH)
    return [count(1), (tx) => warehouse.releaseFulfilments.run(tx, [job(ready!.order_id)])]
  },
  'count/pick': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [count(1), pick(ready, 2)]
  },
  'count/ship': async (world) => {
    await restore(world)
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [count(1), handOver(parcel_id)]
  },
  'count/taking out': async (world) => {
    await restore(world)
    const ready = await one(world, labelled)
    await world.transaction(cancel(ready.order_id))
    return [count(1), (tx) => warehouse.cancelWork.run(tx, [job(ready.order_id)])]
  },
  'count/short': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [count(1), short(ready)]
  },
}

test.each(Object.entries(pairs))('O8 every order of statements of %s keeps every invariant', (_name, ground) =>
  race(ground),
)
