// O8 for "cannot send": against picking, packing, cancelling, releasing, counting, leaving and itself; one wins or both, and every invariant holds.
import { test } from 'vitest'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { allocated, labelled, released } from './furnish.ts'
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
  WISH,
} from './racing.ts'

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
  'reject/count': async (world) => {
    await restore(world)
    const ready = await one(world, released)
    return [reject(ready, 'no_stock_found'), count(1)]
  },
}

test.each(Object.entries(pairs))('O8 every order of statements of %s keeps every invariant', (_name, ground) =>
  race(ground),
)
