// O8 for "cannot send" and for an address that changes: against picking, packing, cancelling, releasing, counting, leaving and each other; one wins or both, and every invariant holds.
import { test } from 'vitest'
import { changeOrderAddress } from '../../src/modules/allocation/change-address.ts'
import { allocateOrders } from '../../src/modules/allocation/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import type { Command } from '../race/interleave.ts'
import { allocated, labelled, type Ready, released } from './furnish.ts'
import {
  cancel,
  count,
  type Ground,
  handOver,
  job,
  one,
  pack,
  parcelOf,
  pick,
  picked,
  race,
  reject,
  restore,
  short,
  WISH,
} from './racing.ts'

const readdress =
  ({ order_id }: Ready): Command =>
  async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: false })
    const ship_to = { country: 'CN', region: '广东省', city: '广州市', address_lines: ['体育西路 5 号'] }
    await changeOrderAddress(tx, order_id, order!.revision, { reason: 'wrong', ship_to })
  }

const pairs: Readonly<Record<string, Ground>> = {
  'reject/pick': async (world) => {
    const ready = await one(world, released)
    return [reject(ready, 'no_stock_found'), pick(ready, 2)]
  },
  'reject/pack': async (world) => {
    const ready = await picked(world)
    return [reject(ready, 'damaged'), pack(ready)]
  },
  'reject/reject': async (world) => {
    const ready = await one(world, released)
    return [reject(ready, 'no_capacity'), reject(ready, 'damaged')]
  },
  'reject/cancel': async (world) => {
    const ready = await one(world, released)
    return [reject(ready, 'no_stock_found'), cancel(ready.order_id, 2)]
  },
  'reject/taking out': async (world) => {
    const ready = await picked(world)
    await world.transaction(cancel(ready.order_id))
    const [other] = await released(world, WISH)
    return [reject(other!, 'damaged'), (tx) => warehouse.cancelWork.run(tx, [job(ready.order_id)])]
  },
  'reject/release': async (world) => {
    const [ready] = await allocated(world, WISH)
    return [reject(ready!, 'no_capacity'), (tx) => warehouse.releaseFulfilments.run(tx, [job(ready!.order_id)])]
  },
  'reject/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [reject(ready, 'quality'), handOver(parcel_id)]
  },
  'address/pick': async (world) => {
    const ready = await one(world, released)
    return [readdress(ready), pick(ready, 2)]
  },
  'address/pack': async (world) => {
    const ready = await picked(world)
    return [readdress(ready), pack(ready)]
  },
  'address/ship': async (world) => {
    const ready = await one(world, labelled)
    const { parcel_id } = await parcelOf(world, ready)
    return [readdress(ready), handOver(parcel_id)]
  },
  'address/cancel': async (world) => {
    const ready = await one(world, released)
    return [readdress(ready), cancel(ready.order_id, 2)]
  },
  'address/reject': async (world) => {
    const ready = await one(world, released)
    return [readdress(ready), reject(ready, 'damaged')]
  },
  'address/short': async (world) => {
    const ready = await one(world, released)
    return [readdress(ready), short(ready)]
  },
  'address/address': async (world) => {
    const ready = await one(world, released)
    return [readdress(ready), readdress(ready)]
  },
  'address/looking for a place': async (world) => {
    const ready = await one(world, released)
    await world.transaction(reject(ready, 'no_capacity'))
    return [readdress(ready), (tx) => allocateOrders.run(tx, [job(ready.order_id)])]
  },
  'reject/count': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [reject(ready, 'no_stock_found'), count(1)]
  },
}

test.each(Object.entries(pairs))('O8 every order of statements of %s keeps every invariant', (_name, ground) =>
  race(ground),
)
