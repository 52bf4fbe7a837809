// Rejections that are refused or repeated, and their numbers, as handhelds and managers see them.
import { expect, test } from 'vitest'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshKey, serve, sessionOf } from '../api/serve.ts'
import { freshWorld } from '../world/index.ts'
import { onTheFloor, placesOf, STOCK, workOf } from './rejecting.ts'

test('what was cancelled meanwhile is not sent from elsewhere, and a fulfilment that changed is not rejected on an old look', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  const [work] = await workOf(world, order_id)
  await world.transaction((tx) =>
    warehouse.pickLines(tx, work!.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 1 }]),
  )
  const old = { reason: 'damaged' as const, version: work!.version }
  await expect(
    world.transaction((tx) => warehouse.rejectFulfilment(tx, work!.fulfilment_id, old)),
  ).rejects.toMatchObject({ code: 'fulfilment_changed' })
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    await orders.cancelUnits(tx, order!, null, 'customer_request')
  })
  const [now] = await workOf(world, order_id)
  await expect(
    world.transaction((tx) =>
      warehouse.rejectFulfilment(tx, work!.fulfilment_id, { reason: 'damaged', version: now!.version }),
    ),
  ).rejects.toMatchObject({ code: 'nothing_to_reject' })
  await world.drain()
  expect(await placesOf(world, order_id)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('over HTTP: repeated it is done once, refused it says why, and a manager sees who rejects', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  await onTheFloor(world)
  await using server = serve(world)
  const picker = await sessionOf(server, world, 'picker')
  const manager = await sessionOf(server, world, 'manager')
  const [work] = await workOf(world, order_id)
  const at = `/fulfilments/${work!.fulfilment_id}`
  const before = (await server.call('GET', at, undefined, picker)).body
  expect(before.available_actions).toContainEqual({ action: 'reject', allowed: true, blocked_by: [] })
  const key = freshKey()
  const send = (body: object, headers = key) => server.call('POST', `${at}/reject`, body, { ...picker, ...headers })

  const bare = await send({ reason: 'other', version: before.version }, freshKey())
  expect([bare.status, bare.body.code]).toEqual([422, 'rejection_note_missing'])
  const much = { reason: 'damaged', version: before.version, lines: [{ fulfilment_line_no: 1, quantity: 4 }] }
  expect((await send(much, freshKey())).body).toMatchObject({ code: 'more_than_wanted', left: 3 })
  expect((await send({ reason: 'mood', version: 1 }, freshKey())).status).toBe(422)

  const body = { reason: 'no_capacity', version: before.version, note: 'Two pickers are ill' }
  const done = await send(body)
  expect([done.status, done.body.state]).toEqual([200, 'cancelled'])
  expect((await send(body)).headers['idempotent-replayed']).toBe('true')
  const again = await send(body, freshKey())
  expect([again.status, again.body.code]).toEqual([409, 'fulfilment_changed'])
  await world.drain()

  const report = (await server.call('GET', '/fulfilments/rejections?days=7', undefined, manager)).body
  expect(report.locations).toMatchObject([
    {
      location_id: 'HZ1',
      rejections: 1,
      units: 3,
      fulfilments: 2,
      reasons: [{ reason: 'no_capacity', rejections: 1, units: 3 }],
    },
  ])
  expect(report.newest).toMatchObject([
    { reason: 'no_capacity', note: 'Two pickers are ill', orders: [{ order_id }], units: 3 },
  ])
  const elsewhere = await server.call('GET', '/fulfilments/rejections?location=GZ1', undefined, manager)
  expect(elsewhere.body).toMatchObject({ locations: [], newest: [] })
  expect(await world.brokenInvariants()).toEqual([])
})
