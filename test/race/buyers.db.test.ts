// A4 S1: two hundred buyers and a hundred units over HTTP: nobody is oversold, nobody is refused without need, nobody waits for long.
import { expect, inject, test } from 'vitest'
import { steps } from '../../src/app.ts'
import * as identity from '../../src/modules/identity/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { systemRandomness } from '../../src/platform/ids.ts'
import { anotherProcess, serve } from '../api/serve.ts'
import { CHANNEL, freshWorld, NETWORK, type World } from '../world/index.ts'

const BUYERS = 200
const CART = { network: NETWORK, lines: [{ sku: 'SKU-1', quantity: 1 }] }
const cart = (authorization: string, buyer: number) => ({ authorization, 'idempotency-key': `cart-${buyer}` })

async function keyOf(world: World): Promise<string> {
  const key = identity.newKey(systemRandomness.bytes(32), world.code)
  await world.transaction((tx) =>
    identity.insertKey(tx, {
      key_id: tx.newId(),
      name: 'buyers',
      key_sha256: key.key_sha256,
      hint: key.hint,
      scopes: ['stock.reserve', 'orders.place', 'orders.read'],
    }),
  )
  return key.key
}

test('S1 of two hundred carts at once for a hundred units a hundred are granted and a hundred are told that nothing is left', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 } })
  const authorization = `Bearer ${await keyOf(world)}`
  await using server = serve(world)
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) =>
      server.call('POST', '/reservations', CART, cart(authorization, buyer)),
    ),
  )
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(100)
  const refused = answers.filter((answer) => answer.status !== 201)
  expect(refused.map((answer) => `${answer.status} ${answer.body.code}`)).toEqual(
    Array.from({ length: 100 }, () => '409 out_of_stock'),
  )
  expect(await world.brokenInvariants()).toEqual([])
})

test('S1 of two hundred orders at once for a hundred units all are accepted, a hundred reserved and a hundred backordered with the shortage as reason', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 } })
  const authorization = `Bearer ${await keyOf(world)}`
  await using server = serve(world)
  const began = performance.now()
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) => server.call('POST', '/orders', orderOf(buyer), { authorization })),
  )
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: BUYERS }, () => 201))
  await drain(world.runtime, steps, world.tenant)
  console.log(`200 orders, answered and reserved: ${Math.round(performance.now() - began)} ms`)
  const backordered = await server.call('GET', '/orders?tab=backordered&limit=200', undefined, { authorization })
  expect(backordered.body.items).toHaveLength(100)
  const order = await server.call('GET', `/orders/${backordered.body.items[0].order_id}`, undefined, { authorization })
  expect(order.body.lines[0]).toMatchObject({ shortage_reason: 'out_of_stock', buckets: { backordered: 1 } })
  expect(await world.brokenInvariants()).toEqual([])
})

test('S1 two hundred carts whose stock row is held by somebody else for three seconds are answered late and right', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 }, connections: 4 })
  const authorization = `Bearer ${await keyOf(world)}`
  await using server = serve(world)
  const held = Promise.withResolvers<void>()
  const holder = world.transaction(async (tx) => {
    await tx.sql`select from inventory.network_stock where tenant_id = ${tx.tenant} and sku = 'SKU-1' for update`
    held.resolve()
    await tx.sql`select pg_sleep(3)`
  })
  await held.promise
  const answers = await Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) =>
      server.call('POST', '/reservations', CART, cart(authorization, buyer)),
    ),
  )
  await holder
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(100)
  expect(answers.filter((answer) => answer.body.code === 'out_of_stock')).toHaveLength(100)
  expect(await world.brokenInvariants()).toEqual([])
})

test('A1 carts that share a transaction keep their own keys: a repeat gets its reply, other content is refused, a refused one may be asked again', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 2 } })
  const authorization = `Bearer ${await keyOf(world)}`
  await using server = serve(world)
  const ask = (buyers: readonly number[], quantity = 1) =>
    Promise.all(
      buyers.map((buyer) =>
        server.call(
          'POST',
          '/reservations',
          { network: NETWORK, lines: [{ sku: 'SKU-1', quantity }] },
          cart(authorization, buyer),
        ),
      ),
    )
  const first = await ask([1, 2, 3])
  expect(first.map((answer) => answer.status)).toEqual([201, 201, 409])
  const again = await ask([1, 2, 3, 4])
  expect(again.map((answer) => [answer.status, answer.headers['idempotent-replayed']])).toEqual([
    [201, 'true'],
    [201, 'true'],
    [409, undefined],
    [409, undefined],
  ])
  expect(again.slice(0, 2).map((answer) => answer.text)).toEqual(first.slice(0, 2).map((answer) => answer.text))
  expect((await ask([1], 2))[0]).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  await server.call('DELETE', `/reservations/${first[0]?.body.reservation_id}`, undefined, cart(authorization, 5))
  expect((await ask([3, 4])).map((answer) => answer.status)).toEqual([201, 409])
  const audited = await world.transaction(
    (tx) => tx.sql<{ route: string; count: number }[]>`
      select route, count(*)::int as count from audit.entry where tenant_id = ${tx.tenant} group by route order by route`,
  )
  expect([...audited]).toEqual([
    { route: 'DELETE /reservations/:id', count: 1 },
    { route: 'POST /reservations', count: 3 },
  ])
})

test('A1 one cart sent to two processes at once makes one reservation, among others that come with it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1_000 } })
  const authorization = `Bearer ${await keyOf(world)}`
  const second = anotherProcess(world, inject('app_url'))
  await using here = serve(world)
  await using there = serve({ runtime: second })
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      [here, there].map((server) => server.call('POST', '/reservations', CART, cart(authorization, index % 20))),
    ).flat(),
  )
  expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 80 }, () => 201))
  expect(new Set(answers.map((answer) => answer.body.reservation_id)).size).toBe(20)
  await second.db.close()
})

test('A1 fifty repeats of one cart at once make one reservation and get one answer', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 } })
  const authorization = `Bearer ${await keyOf(world)}`
  await using server = serve(world)
  const ask = () =>
    server.call(
      'POST',
      '/reservations',
      { network: NETWORK, lines: [{ sku: 'SKU-1', quantity: 1 }] },
      { authorization, 'idempotency-key': 'same-cart' },
    )
  const answers = await Promise.all(Array.from({ length: 50 }, ask))
  const made = answers.filter((answer) => answer.status === 201)
  expect(new Set(made.map((answer) => answer.body.reservation_id)).size).toBe(1)
  expect(answers.filter((answer) => answer.status !== 201 && answer.body.code !== 'in_progress')).toEqual([])
  const [stock] = await world.transaction(
    (tx) =>
      tx.sql<
        { reserved: number }[]
      >`select reserved from inventory.network_stock where tenant_id = ${tx.tenant} and sku = 'SKU-1'`,
  )
  expect(stock?.reserved).toBe(1)
})

function orderOf(buyer: number) {
  return {
    channel: CHANNEL,
    external_id: `B-${buyer}`,
    placed_at: '2026-03-01T08:00:00Z',
    currency: 'CNY',
    prices_include_tax: true,
    lines: [{ sku: 'SKU-1', quantity: 1, unit_price: '99.00' }],
    payment: { method: 'reference', reference: `R-${buyer}` },
    customer: { name: '李雷', phone: `+86137${String(buyer).padStart(8, '0')}`, locale: 'zh-CN' },
    ship_to: {
      country: 'CN',
      region: '浙江省',
      city: '杭州市',
      postcode: '310000',
      address_lines: ['文三路 1 号'],
      lat: 30.27,
      lon: 120.16,
    },
  }
}
