// Fulfilment without people, as imports and demo data use it: the same ledgers and buckets, hundreds of orders a second.
import { expect, test } from 'vitest'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { freshWorld } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { allocated } from './furnish.ts'

test('released fulfilments end delivered and their orders closed; held ones stay, and the limit is kept', async () => {
  await using world = await freshWorld({ stock: { A: 100, B: 100 } })
  const wish = {
    lines: [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
  }
  const made = await allocated(
    world,
    Array.from({ length: 6 }, () => wish),
  )
  await world.drain()
  const held = made[0]!.order_id
  await world.transaction((tx) =>
    orders.placeHolds(tx, [{ order_id: held, kind: 'manual', reasons: [], blocks: ['ship'] }]),
  )
  expect(await simulateFulfilment(world.runtime, world.tenant, { until: 'shipped', limit: 2 })).toEqual({
    fulfilments: 2,
    orders: 2,
  })
  expect(await simulateFulfilment(world.runtime, world.tenant, { limit: 100 })).toEqual({ fulfilments: 3, orders: 3 })
  const ends = await Promise.all(made.map(({ order_id }) => read(world, order_id))) // at most 6
  const states = ends.map((order) =>
    [
      order.commercial,
      order.lines[0]!.units.released,
      order.lines[0]!.units.shipped,
      order.lines[0]!.units.delivered,
    ].join(),
  )
  expect(states.toSorted()).toEqual([
    'closed,0,0,2',
    'closed,0,0,2',
    'closed,0,0,2',
    'confirmed,0,2,0',
    'confirmed,0,2,0',
    'confirmed,2,0,0',
  ])
  expect(await world.brokenInvariants()).toEqual([])
})
