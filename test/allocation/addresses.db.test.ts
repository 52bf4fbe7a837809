// An address that changes: untouched work is decided again and stays where that is still the cheapest, work in hand gets a new label, what has left is left alone.
import { expect, test } from 'vitest'
import type { AddressChange } from '../../src/contracts/address.ts'
import { changeOrderAddress } from '../../src/modules/allocation/change-address.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { freshKey, serve, sessionOf } from '../api/serve.ts'
import { onTheFloor, placesOf, reject, STOCK, stockAt, workOf } from '../fulfilment/rejecting.ts'
import { freshWorld, type World } from '../world/index.ts'
import { placedOrder, read } from '../world/orders.ts'
import { exceptionsOf, furnishRates } from './ground.ts'

const GUANGZHOU: AddressChange['ship_to'] = {
  country: 'CN',
  region: '广东省',
  city: '广州市',
  district: '天河区',
  postcode: '510000',
  address_lines: ['体育西路 5 号'],
  point: { lat: 23.13, lon: 113.3 },
}
const SHANGHAI: AddressChange['ship_to'] = {
  country: 'CN',
  region: '上海市',
  city: '上海市',
  postcode: '200000',
  address_lines: ['南京东路 1 号'],
  point: { lat: 31.23, lon: 121.47 },
}
/** Another street of the city where the order went before. */
const NEXT_STREET: AddressChange['ship_to'] = {
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  district: '西湖区',
  postcode: '310000',
  address_lines: ['天目山路 9 号'],
}

async function change(world: World, order_id: string, ship_to: AddressChange['ship_to']) {
  const { revision } = await read(world, order_id)
  const done = await world.transaction((tx) =>
    changeOrderAddress(tx, order_id, revision, { reason: 'customer_request', ship_to }),
  )
  await world.drain()
  return done
}

const decisions = async (world: World, order_id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, order_id))).items

async function parcelsOf(world: World, fulfilment_id: string) {
  return world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [fulfilment_id]))
}

test('untouched work leaves from the place that is cheapest for the new address', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 0, move: 3, repack: 0 })
  expect(await placesOf(world, order_id)).toEqual(['GZ1'])
  expect(await stockAt(world, 'HZ1')).toMatchObject({ on_hand: 10, allocated: 0 })
  expect(await stockAt(world, 'GZ1')).toMatchObject({ on_hand: 10, allocated: 3 })
  expect((await decisions(world, order_id)).map((one) => one.cause)).toEqual(['address', 'first'])
  const { ship_region, revision } = await read(world, order_id)
  expect([ship_region, revision]).toEqual(['广东省', 2])
  expect(await world.brokenInvariants()).toEqual([])
})

test('where the present place is still the cheapest the work stays as it is, and the explanation says so', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const before = await workOf(world, order_id)
  expect(await change(world, order_id, SHANGHAI)).toMatchObject({ stay: 3, move: 0, repack: 0 })
  expect(await workOf(world, order_id)).toEqual(before)
  const [latest, first] = await decisions(world, order_id)
  expect([latest?.cause, first?.cause]).toEqual(['address', 'first'])
  expect(latest?.candidates[0]?.locations[0]?.location_id).toBe('HZ1')
  expect(await world.brokenInvariants()).toEqual([])
})

test('another street of the same city moves nothing and decides nothing', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const before = await workOf(world, order_id)
  expect(await change(world, order_id, NEXT_STREET)).toMatchObject({ stay: 3, move: 0, repack: 0 })
  expect(await workOf(world, order_id)).toEqual(before)
  expect(await decisions(world, order_id)).toHaveLength(1)
  const { ship_lat } = await read(world, order_id)
  expect(ship_lat).toBe(30.27)
  const person = await world.transaction((tx) => orders.personOf(tx, order_id))
  expect(person?.address_lines).toEqual(['天目山路 9 号'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what is packed stays, its label is given back, and the new parcel is labelled with the new address', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  const { fulfilment_id } = work!
  await world.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  await world.drain()
  const [old] = await parcelsOf(world, fulfilment_id)
  expect(old?.state).toBe('labelled')
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 3, move: 0, repack: 1 })
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect((await parcelsOf(world, fulfilment_id))[0]?.state).toBe('voided')
  await expect(
    world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: old!.parcel_id, at: tx.now }], 'refuse')),
  ).rejects.toMatchObject({ name: 'Problem' })
  await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  await world.drain()
  const fresh = (await parcelsOf(world, fulfilment_id)).find((parcel) => parcel.state !== 'voided')
  expect(fresh).toMatchObject({ state: 'labelled' })
  expect(fresh?.tracking_number).not.toBe(old?.tracking_number)
  expect(await world.brokenInvariants()).toEqual([])
})

test('work in hand from whose place nothing goes to the new address refuses the change, and nothing is half done', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world, { only_to: ['浙江省'] })
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  await world.transaction((tx) => warehouse.pickLines(tx, work!.fulfilment_id, null))
  await expect(change(world, order_id, GUANGZHOU)).rejects.toMatchObject({ code: 'address_not_served' })
  const { ship_region, revision } = await read(world, order_id)
  expect([ship_region, revision]).toEqual(['浙江省', 1])
  expect(await world.brokenInvariants()).toEqual([])
})

test('an address that nothing goes to puts untouched work before a person', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world, { only_to: ['浙江省'] })
  const order_id = await onTheFloor(world)
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ move: 3 })
  expect(await exceptionsOf(world)).toMatchObject([{ order_id, reason: 'no_carrier', units: 3 }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a new address is tried although as many places have failed as the policy allows', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  await world.transaction((tx) =>
    setFacts(tx, [
      { kind: 'policy', key: 'allocation', value: { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 1 } },
    ]),
  )
  const order_id = await onTheFloor(world)
  await reject(world, order_id, 'cannot_handle_goods')
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'too_many_attempts' }])
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 0, move: 0 })
  expect(await placesOf(world, order_id)).toEqual(['GZ1'])
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('work that stays and arrives after its promise now is put before a person at once', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world, { far_days: 6 })
  const order_id = await world.transaction(async (tx) => {
    const wish = { lines: [{ sku: 'A', quantity: 3 }] }
    const order = { ...placedOrder(tx, wish), attributes: { promised_at: '2026-03-04T09:00:00Z' } }
    await orders.placeOrders(tx, [order])
    return order.order_id
  })
  await world.drain()
  const risks = () =>
    world.transaction(
      (tx) => tx.sql<{ reason: string }[]>`
        select reason from inbox.item where tenant_id = ${tx.tenant} and kind = 'promise' and order_id = ${order_id} and state <> 'closed'`,
    )
  expect(await risks()).toEqual([])
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 3, move: 0 })
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect(await risks()).toEqual([{ reason: 'late_by_carrier' }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('over HTTP: the revision that was read is asked for, repeated it is done once, what has left is refused', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  await using server = serve(world)
  const agent = await sessionOf(server, world, 'agent')
  const picker = await sessionOf(server, world, 'picker')
  const at = `/orders/${order_id}/address`
  const body = { reason: 'wrong', ship_to: GUANGZHOU }
  const send = (more: object, what: object = body, who = agent) =>
    server.call('POST', at, what, { ...who, ...freshKey(), ...more })
  expect((await send({})).status).toBe(428)
  expect((await send({ 'if-match': '"7"' })).body.code).toBe('revision_stale')
  expect((await send({ 'if-match': '"1"' }, body, picker)).status).toBe(403)
  const nowhere = { reason: 'wrong', ship_to: { country: 'CN', address_lines: ['x'] } }
  expect((await send({ 'if-match': '"1"' }, nowhere)).body.code).toBe('address_incomplete')
  expect((await send({ 'if-match': '"1"' }, { reason: 'wrong', ship_to: { country: 'China' } })).status).toBe(422)

  const key = { 'if-match': '"1"', ...freshKey() }
  const done = await send(key)
  expect([done.status, done.body]).toEqual([200, { order_id, revision: 2, stay: 0, move: 3, repack: 0 }])
  expect((await send(key)).headers['idempotent-replayed']).toBe('true')
  expect((await send({ 'if-match': '"1"' })).status).toBe(412)
  await world.drain()
  const page = (await server.call('GET', `/orders/${order_id}`, undefined, agent)).body
  expect(page.ship_to).toMatchObject({ region: '广东省', city: '广州市' })
  expect(page.available_actions).toContainEqual({ action: 'change_address', allowed: true, blocked_by: [] })

  const [work] = await workOf(world, order_id)
  await world.transaction((tx) => warehouse.pickLines(tx, work!.fulfilment_id, null))
  await world.transaction((tx) => warehouse.packParcels(tx, work!.fulfilment_id, null))
  await world.drain()
  const [parcel] = await parcelsOf(world, work!.fulfilment_id)
  await world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse'))
  await world.drain()
  expect((await send({ 'if-match': '"2"' })).body.code).toBe('address_too_late')
  expect(await world.brokenInvariants()).toEqual([])
})
