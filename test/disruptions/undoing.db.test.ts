// Undoing a closure in the database: what can go back does, what cannot is said, and every order is counted once.
import { expect, test } from 'vitest'
import { undoDisruption } from '../../src/modules/disruptions/undo-disruption.ts'
import { countStock, receiveStock } from '../../src/modules/inventory/index.ts'
import { pickLines } from '../../src/modules/warehouse/index.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { affected, apply, cancel, FLOOD, places, plan, run, view, wishes, workOf } from './closing.ts'

test('undone, untouched work goes back where it was, what is being picked stays and is said', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 3 } } })
  await furnishRates(world)
  const ids = await place(world, wishes(5))
  await world.drain()
  const id = await plan(world)
  await apply(world, id)
  const picked = await workOf(world, ids[0] ?? '')
  await world.transaction((tx) => pickLines(tx, picked, null))
  await cancel(world, ids[1] ?? '')
  await world.transaction((tx) => undoDisruption(tx, id))
  await world.drain()
  const { state, progress } = await view(world, id)
  expect(state).toBe('undone')
  expect(progress).toMatchObject({ waiting: 0, moved: 3, inbox: 2, returned: 3, stays: 1, elsewhere: 0, unplaced: 1 })
  expect((await affected(world, id)).find((row) => row.order_id === ids[1])?.back).toBe('gone')
  expect((await affected(world, id)).find((row) => row.back === 'stays')).toMatchObject({
    order_id: ids[0],
    back_cause: 'progressed',
  })
  expect(await places(world)).toEqual({ GZ1: 1, HZ1: 3 })
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what lies nowhere stays nowhere: it leaves from another place where its former one has not enough', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 4, GZ1: 2 } } })
  await furnishRates(world)
  const two = { lines: [{ sku: 'SKU-1', quantity: 2 }] }
  await place(world, [two, two])
  await world.drain()
  const id = await plan(world, { ...FLOOD, scope: { locations: ['HZ1', 'CD1'] } })
  await apply(world, id)
  expect((await view(world, id)).progress).toMatchObject({ moved: 1, inbox: 1 })
  await world.transaction(async (tx) => {
    await receiveStock(tx, [{ location_id: 'CD1', sku: 'SKU-1', quantity: 2 }], { reason: 'opening' })
    await countStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 1 }], { reason: 'count' })
  })
  await world.transaction((tx) => undoDisruption(tx, id))
  await run(world, ['disruptions.roll', 'disruptions.bring-back'])
  await world.drain()
  const { state, progress } = await view(world, id)
  expect(state).toBe('undone')
  expect((await affected(world, id)).map((row) => [row.result, row.back, row.back_cause])).toEqual([
    ['moved', 'stays', 'no_stock'],
    ['inbox', 'elsewhere', null],
  ])
  expect(progress).toMatchObject({ waiting: 0, returned: 0, elsewhere: 1, stays: 1, unplaced: 0 })
  expect(await places(world)).toEqual({ CD1: 1, GZ1: 1 })
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what waits goes back where it was, also if another try comes before that of the undoing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10 } } })
  await furnishRates(world)
  // Guangzhou is nearer for them, but has nothing when they come
  const ship = { region: '广东省', city: '广州市', postcode: '510000', lat: 23.13, lon: 113.26 }
  await place(
    world,
    wishes(5).map((wish) => ({ ...wish, ship })),
  )
  await world.drain()
  await world.transaction((tx) =>
    receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 3 }], { reason: 'opening' }),
  )
  const id = await plan(world)
  await apply(world, id)
  expect(await places(world)).toEqual({ GZ1: 3 })
  await world.transaction((tx) => undoDisruption(tx, id))
  await run(world, ['disruptions.roll', 'disruptions.bring-back'])
  await world.transaction(async (tx) => {
    // another worker has what the undoing asked for
    const held = await tx.sql`
      select from engine.job where tenant_id = ${tx.tenant} and step = 'allocation.allocate' and payload ->> 'cause' = 'undo' for update`
    expect(held).toHaveLength(5)
    await run(world, ['allocation.follow-disruptions', 'allocation.allocate'])
  })
  expect(await places(world)).toEqual({ HZ1: 2 })
  await world.drain()
  expect((await view(world, id)).progress).toMatchObject({ waiting: 0, returned: 5, elsewhere: 0 })
  expect(await places(world)).toEqual({ HZ1: 5 })
  expect(await world.brokenInvariants()).toEqual([])
})
