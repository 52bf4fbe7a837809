// Decisions by hand over HTTP: who may, once for a key, refusals that say where, and the audit.
import { expect, test } from 'vitest'
import { furnishRates } from '../allocation/ground.ts'
import { keyOf, serve } from '../api/serve.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { onlyWork, placesOf, versionOf } from './hand.ts'

async function ground(world: World) {
  await furnishRates(world)
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2 }] }])
  await world.drain()
  const { fulfilment_id } = await onlyWork(world, id)
  return { id, url: `/orders/${id}/manual-decisions`, version: await versionOf(world, id), fulfilment_id }
}

test('a decision is made once for its key, and its preview writes nothing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await using server = serve(world)
  const key = await keyOf(world)
  const { id, url, version, fulfilment_id } = await ground(world)
  const wish = { kind: 'move', version, fulfilment_id, location_id: 'GZ1' }
  const seen = await server.call('POST', `${url}/preview`, wish, key)
  expect(seen).toMatchObject({ status: 200, body: { units: 2, version } })
  const decide = () => server.call('POST', url, { ...wish, reason: 'Flood' }, { ...key, 'idempotency-key': 'hand-1' })
  const first = await decide()
  expect(first.status).toBe(200)
  expect((await decide()).body).toEqual(first.body)
  expect(await placesOf(world, id)).toEqual(['GZ1 2'])
  const history = await server.call('GET', url, undefined, key)
  expect(history.body).toMatchObject({ locked: null, items: [{ kind: 'move', reason: 'Flood' }] })
  const explained = await server.call('GET', `/orders/${id}/allocation`, undefined, key)
  expect(explained.body.items[0]).toMatchObject({ cause: 'manual', by_hand: { kind: 'move', reason: 'Flood' } })
})

test('what is missing, unknown, stale or refused is said with its place and how to mend it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 1 } } })
  await using server = serve(world)
  const key = await keyOf(world)
  const { url, version, fulfilment_id } = await ground(world)
  let keys = 0
  const decide = (body: object) => server.call('POST', url, body, { ...key, 'idempotency-key': `refused-${++keys}` })
  const wish = { kind: 'move', version, fulfilment_id, location_id: 'GZ1' }
  expect(await decide(wish)).toMatchObject({
    status: 422,
    body: { errors: [{ code: 'required', pointer: '/reason' }] },
  })
  expect(await decide({ ...wish, reason: '  ' })).toMatchObject({ status: 422, body: { code: 'invalid_request' } })
  expect(await decide({ kind: 'merge', version, reason: 'x', location_id: 'GZ1' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/fulfilment_ids' }, { pointer: '/location_id' }] },
  })
  expect(await decide({ ...wish, reason: 'x' })).toMatchObject({
    status: 409,
    body: {
      code: 'decision_refused',
      errors: [{ code: 'no_stock', pointer: '/location_id', sku: 'SKU-1', wanted: 2, there: 1 }],
    },
  })
  expect(await decide({ ...wish, reason: 'x', version: version - 2 })).toMatchObject({
    status: 409,
    body: { code: 'order_changed', version },
  })
  const nowhere = '/orders/01900000-0000-7000-8000-00000000dead/manual-decisions'
  expect(await server.call('GET', nowhere, undefined, key)).toMatchObject({ status: 404 })
  const reader = await keyOf(world, ['allocation.read'])
  expect(await server.call('POST', `${url}/preview`, wish, reader)).toMatchObject({ status: 403 })
})
