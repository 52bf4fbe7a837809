// A replay decides an order as it was then: by the address and the priority of that time; where the address is gone it says so.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { cancelOrder } from '../../src/modules/orders/cancel-order.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { erasePerson } from '../../src/modules/privacy/erase-people.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { compare, one, send } from './stage.ts'

const guangzhou = { country: 'CN', region: '广东省', city: '广州市', postcode: '510000' }
const point = { lat: 23.13, lon: 113.26 }

async function redirect(world: World, order_id: string): Promise<void> {
  world.clock.advance(60_000)
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    if (order === undefined) throw new Error('no order')
    const ship_to = { ...guangzhou, address_lines: ['天河路 1 号'], point }
    await orders.changeAddress(tx, order, order.revision, { reason: 'customer_request', ship_to })
  })
  await world.drain()
}

async function prioritise(world: World, order_id: string, priority: number): Promise<void> {
  world.clock.advance(60_000)
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    if (order === undefined) throw new Error('no order')
    await orders.setPriority(tx, order, priority)
  })
}

const back = { a: { of: 'happened' }, b: { of: 'then' } } as const

test('what was changed after the decision does not count: neither where an order goes nor how urgent it is', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 2, GZ1: 9 }, 'SKU-2': { HZ1: 0 } } })
  await furnishRates(world)
  const [first = '', urgent = ''] = await send(world, [one('SKU-1'), { ...one('SKU-1', 2), priority: 5 }])
  await send(world, [{ ...one('SKU-1'), ship: { ...guangzhou, ...point } }])
  const then = await compare(world, back)
  expect(then.figures.b).toMatchObject({ parts: 3, km_mean: 349.3 })
  await prioritise(world, first, 9)
  await prioritise(world, first, 7)
  await prioritise(world, urgent, 0)
  await redirect(world, first)
  await redirect(world, first)
  expect(await read(world, first)).toMatchObject({ priority: 7, ship_region: '广东省' })
  const after = await compare(world, back)
  expect(after).toMatchObject({ changed: { all: 0 }, figures: then.figures, lost: { destinations: 0, reasons: 0 } })
  expect(after.locations).toEqual(then.locations)
  // what was changed before the decision counts
  const [late = ''] = await send(world, [one('SKU-2')])
  await redirect(world, late)
  world.clock.advance(60_000)
  await world.transaction((tx) =>
    inventory.receiveStock(
      tx,
      ['HZ1', 'GZ1'].map((location_id) => ({ location_id, sku: 'SKU-2', quantity: 1 })),
      { reason: 'delivery' },
    ),
  )
  await world.drain()
  const last = await compare(world, back)
  expect(last).toMatchObject({ progress: { all: 4 }, changed: { all: 0 } })
  expect(last.locations.find((place) => place.location_id === 'GZ1')?.b.units).toBe(3)
  expect(await world.brokenInvariants()).toEqual([])
})

test('where the address of then is gone, the comparison says of how many orders', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  const [erased = '', old = '', kept = ''] = await send(world, [one('SKU-1'), one('SKU-1'), one('SKU-1')])
  for (const order_id of [erased, old, kept]) await redirect(world, order_id)
  world.clock.advance(60_000)
  await world.transaction((tx) => cancelOrder(tx, erased, { reason: 'customer_request' }))
  await world.drain()
  await world.transaction(async (tx) => {
    const [person] = await orders.personBehind(tx, erased)
    if (person === undefined) throw new Error('no person')
    await erasePerson(tx, world.runtime.secrets, person.person_id, { reason: 'customer_request', whom: 'person' })
    // as if it had been changed before former addresses were kept
    await tx.sql`delete from orders.former_destination where tenant_id = ${tx.tenant} and order_id = ${old}`
  })
  const view = await compare(world, back)
  expect(view).toMatchObject({ state: 'done', progress: { done: 3 }, lost: { destinations: 2, reasons: 0 } })
  expect(view.notes[0]).toMatchObject({ code: 'destinations_lost' })
  expect(view.notes[0]?.text.en).toContain('2 orders have lost the address of then')
  expect(view.notes[0]?.text.zh).toMatch(/^2 个订单/)
  expect(await world.brokenInvariants()).toEqual([])
})
