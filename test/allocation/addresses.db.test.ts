// An address that changes: untouched work is decided again and stays where that is still the cheapest, work in hand gets a new label, what has left is left alone.
import { expect, test } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { freshKey, serve, sessionOf } from '../api/serve.ts'
import { onTheFloor, placesOf, reject, STOCK, stockAt, workOf } from '../fulfilment/rejecting.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { exceptionsOf, furnishRates } from './ground.ts'
import { BEIJING, change, GUANGZHOU, NEXT_STREET, SHANGHAI } from './readdress.ts'

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

test('an address that nothing goes to puts untouched work before a person, its goods stay reserved and free of their place; the next address takes it up', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world, { only_to: ['浙江省'] })
  const order_id = await onTheFloor(world)
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ move: 3 })
  expect(await exceptionsOf(world)).toMatchObject([{ order_id, reason: 'no_carrier', units: 3 }])
  expect(await stockAt(world, 'HZ1')).toMatchObject({ on_hand: 10, allocated: 0 })
  const { lines, commercial } = await read(world, order_id)
  expect([commercial, lines[0]?.units.reserved]).toEqual(['confirmed', 3])
  const items = () =>
    world.transaction(
      (tx) => tx.sql<{ reason: string; value: bigint }[]>`
        select reason, value from inbox.item where tenant_id = ${tx.tenant} and order_id = ${order_id} and state <> 'closed'`,
    )
  expect(await items()).toEqual([{ reason: 'no_carrier', value: 29_700n }])
  // what is paid stays as it is: nothing was captured, nothing is owed back
  const money = await world.transaction(
    (tx) => tx.sql<{ kind: string }[]>`
      select kind from payment.request where tenant_id = ${tx.tenant}`,
  )
  expect(money).toEqual([])
  const near = { ...NEXT_STREET, point: { lat: 30.27, lon: 120.16 } }
  expect(await change(world, order_id, near)).toMatchObject({ stay: 0, move: 0, gone: 0 })
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
  expect([await exceptionsOf(world), await items()]).toEqual([[], []])
  expect(await world.brokenInvariants()).toEqual([])
})

test('of an order in parts only what has not left changes, each part by what is done of it, and the answer tells the rest', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 3 }, B: { GZ1: 5, BJ1: 5 }, C: { CD1: 4 } } })
  await furnishRates(world)
  const order_id = await onTheFloor(world, {
    lines: [
      { sku: 'A', quantity: 3 },
      { sku: 'B', quantity: 2 },
      { sku: 'C', quantity: 4 },
    ],
  })
  expect(await placesOf(world, order_id)).toEqual(['CD1', 'GZ1', 'HZ1'])
  const [chengdu, , hangzhou] = await workOf(world, order_id)
  for (const { fulfilment_id } of [chengdu!, hangzhou!]) {
    await world.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
    await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  }
  await world.drain()
  const [parcel] = await parcelsOf(world, chengdu!.fulfilment_id)
  await world.transaction((tx) => warehouse.handOver(tx, [{ parcel_id: parcel!.parcel_id, at: tx.now }], 'refuse'))
  await world.drain()
  expect(await change(world, order_id, BEIJING)).toMatchObject({ stay: 3, move: 2, repack: 1, gone: 4 })
  expect(await placesOf(world, order_id)).toEqual(['BJ1', 'HZ1'])
  expect((await parcelsOf(world, chengdu!.fulfilment_id)).map((one) => one.state)).toEqual(['handed_over'])
  expect((await parcelsOf(world, hangzhou!.fulfilment_id)).map((one) => one.state)).toEqual(['voided'])
  expect(await stockAt(world, 'GZ1', 'B')).toMatchObject({ on_hand: 5, allocated: 0 })
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

test('what lies at its place may stay there, however much a rule wants to stay on the shelf and however few orders a day it allows', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  await goLive(world, rulesDocument([row('tight', { safety_stock: '8', order_limit: '1' })]))
  expect(await change(world, order_id, SHANGHAI)).toMatchObject({ stay: 3, move: 0 })
  expect((await decisions(world, order_id))[0]?.rule?.rule_id).toBe('tight')
  await goLive(world, rulesDocument([row('elsewhere', { safety_stock: '8', locations: '["GZ1"]' })]), 'elsewhere')
  expect(await change(world, order_id, NEXT_STREET)).toMatchObject({ stay: 0, move: 3 })
  // two of ten may leave Guangzhou: the rest of the order waits
  expect(await placesOf(world, order_id)).toEqual(['GZ1'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('work in hand stays whatever rules say about its place, also where no rule takes the order', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  await world.transaction((tx) => warehouse.pickLines(tx, work!.fulfilment_id, null))
  await goLive(world, rulesDocument([row('south', { safety_stock: '100', locations: '["GZ1"]' })]))
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 3, move: 0 })
  await goLive(world, rulesDocument([row('abroad', { country: '"JP"' })]), 'abroad')
  expect(await change(world, order_id, SHANGHAI)).toMatchObject({ stay: 3, move: 0 })
  expect(await placesOf(world, order_id)).toEqual(['HZ1'])
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
  expect([done.status, done.body]).toEqual([200, { order_id, revision: 2, stay: 0, move: 3, repack: 0, gone: 0 }])
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
