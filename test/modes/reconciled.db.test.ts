// After degraded mode: it is ended by hand, holds what is decided under it, and what was decided is priced again, listed or moved, whoever is killed meanwhile.
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import type { DegradedKind } from '../../src/contracts/modes.ts'
import { listDegradedOrders } from '../../src/modules/allocation/view-degradations.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { closeCircuit, followCircuits, modeKinds, type Trouble } from '../../src/modules/modes/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { currentFacts } from '../../src/platform/facts.ts'
import { openCrashScene, startOrdo } from '../crash/scene.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { CARD, decided, decideThenDearer, endByHand, listed, now, policy, send, set } from './failing.ts'

async function waitsToEnd({ runtime }: World): Promise<boolean> {
  const rows = await runtime.db.sql`
    select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from modes.degradation%for update%'`
  return rows.length > 0
}

test('a person ends it with a reason: what was decided under it is priced again at once, and what goes on failing begins another', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await decideThenDearer(world, 2)
  const [open] = await listed(world)
  const end = () => world.transaction((tx) => closeCircuit(tx, open?.degradation_id ?? '', 'the carrier said so'))
  await end()
  expect(await now(world)).toEqual([])
  await expect(end()).rejects.toMatchObject({ code: 'degradation_over' })
  await expect(world.transaction((tx) => closeCircuit(tx, tx.newId(), 'no'))).rejects.toMatchObject({
    code: 'degradation_unknown',
  })
  await world.drain()
  const [over] = await listed(world)
  expect(over).toMatchObject({ state: 'over', end_reason: 'the carrier said so', orders: { kept: 2, waiting: 0 } })
  await set(world, { ...CARD, value: null })
  await send(world)
  expect((await listed(world)).map((one) => one.state)).toEqual(['failing', 'over'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a decision under a degradation keeps it from ending until it has committed; one that began before the end is priced again for itself', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50 } } })
  await decideThenDearer(world, 1)
  const [open] = await listed(world)
  const id = open?.degradation_id ?? ''
  const trouble = { cause: 'gone', keys: ['late'], orders: 1, certain: true }
  const seen = new Map<DegradedKind, Trouble>([['rates', trouble]])
  const facts = await world.transaction((tx) => currentFacts(tx, modeKinds))
  const follow = (tx: Tx) => followCircuits(tx, facts, seen)
  const order: string[] = []
  let ending: Promise<unknown> = Promise.resolve()
  await world.transaction(async (tx) => {
    expect(await follow(tx)).toMatchObject({ over: false })
    ending = world.transaction((other) => closeCircuit(other, id, 'enough')).then(() => order.push('ended'))
    while (order.length === 0 && !(await waitsToEnd(world))) await setImmediate()
    order.push('decided')
  })
  await ending
  expect(order).toEqual(['decided', 'ended'])
  const late = await world.transaction(follow)
  expect([late.over, late.ids.get('rates')]).toEqual([true, id])
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('what costs more than now is listed with the difference and stays, unless the policy allows to move it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  const ids = await decideThenDearer(world, 2)
  await endByHand(world)
  const [row] = await listed(world)
  expect(row?.orders).toMatchObject({ decided: 2, kept: 2, moved: 0, waiting: 0 })
  const { items } = await world.transaction((tx) =>
    listDegradedOrders(tx, world.runtime.secrets, row?.degradation_id ?? '', {}),
  )
  expect(items.map((item) => item.order_id).sort()).toEqual([...ids].sort())
  for (const item of items) expect((item.cost_now ?? 0) - (item.cost_best ?? 0)).toBeGreaterThan(80_000)
  expect(row?.dearer).toBe(items.reduce((sum, item) => sum + (item.cost_now ?? 0) - (item.cost_best ?? 0), 0))
  expect(await decided(world, ids[0])).toMatchObject({ from: 'HZ1' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('where the policy allows it what nobody has touched moves; what is being picked, cancelled or gone stays and is counted', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await set(world, policy({ reconcile: 'move' }))
  const [moves, picked, cancelled] = await decideThenDearer(world, 3)
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [cancelled ?? ''], { lock: true })
    if (order === undefined) throw new Error('no order')
    await orders.cancelUnits(tx, order, [{ line_no: 1, quantity: 1 }], 'customer')
  })
  await world.transaction(async (tx) => {
    const [work] = await tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_line where tenant_id = ${tx.tenant} and order_id = ${picked ?? ''}`
    await warehouse.pickLines(tx, work?.fulfilment_id ?? '', [{ fulfilment_line_no: 1, quantity: 1 }])
  })
  await endByHand(world)
  const [row] = await listed(world)
  expect(row?.orders).toMatchObject({ decided: 3, moved: 1, gone: 2, kept: 0, waiting: 0 })
  expect(row?.saved).toBeGreaterThan(80_000)
  expect(await decided(world, moves)).toMatchObject({ from: 'GZ1', degraded: [] })
  expect((await read(world, moves ?? '')).lines[0]?.units.reserved).toBe(0)
  expect(await decided(world, picked)).toMatchObject({ from: 'HZ1' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a process that is killed while orders are priced again loses and repeats nothing: another one goes on', async () => {
  const scene = await openCrashScene({ 'SKU-1': 600 })
  const { world } = scene
  try {
    await set(world, policy({ reconcile: 'move' }))
    await world.transaction((tx) =>
      inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 600 }], { reason: 'opening' }),
    )
    await decideThenDearer(world, 130)
    const [open] = await listed(world)
    await world.transaction((tx) => closeCircuit(tx, open?.degradation_id ?? '', 'rates are good'))
    await drain(world.runtime, new Map([...steps].filter(([name]) => name !== 'allocation.reconcile')), world.tenant)
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 130 })
    const doomed = await startOrdo(scene.database.app_url, { faults: 'orders:after-move' })
    expect(await doomed.ended).toBe('SIGKILL')
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 130, moved: 0 })
    // the database may still be ending what the killed process had begun
    do await scene.finish()
    while (((await listed(world))[0]?.orders.waiting ?? 0) > 0)
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 0, moved: 130 })
    expect(await world.brokenInvariants()).toEqual([])
  } finally {
    await scene.close()
  }
})
