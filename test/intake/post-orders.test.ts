// Promises of the door of orders: one order for each key, every caller his own answer, nothing that came in is dropped.
import { expect, test } from 'vitest'
import { freshWorld } from '../world/index.ts'
import { counts, newKey, place, plain, post, serve } from './shop.ts'

test('O7 A1 fifty callers with the same order make one order and get one answer', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  const answers = await Promise.all(Array.from({ length: 50 }, () => post(server, '/orders', plain)))
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
  expect(answers.every((answer) => answer.status === 201)).toBe(true)
  expect(answers.filter((answer) => answer.headers['idempotent-replayed'] === undefined)).toHaveLength(1)
  expect(await counts(world)).toMatchObject({ orders: 1, audited: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('A1 a repeat gets the first status and body, however much later and however it is written', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  const first = await post(server, '/orders', plain)
  await world.drain()
  world.clock.advance(30 * 86_400_000)
  const again = await post(server, '/orders', { ...plain, note: '  ', placed_at: '2026-03-02T09:59:00+08:00' })
  expect(again).toMatchObject({ status: 201, text: first.text, headers: { 'idempotent-replayed': 'true' } })
})

test('A1 other content under the same key is a conflict that says in what it differs', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  const first = await post(server, '/orders', plain)
  const other = await post(server, '/orders', {
    ...plain,
    lines: [{ sku: 'TEA', quantity: 3, unit_price: '12.50' }],
    ship_to: { ...plain.ship_to, city: '宁波市' },
  })
  expect(other.status).toBe(409)
  expect(other.body).toMatchObject({ code: 'order_conflict', order_id: first.body.order_id, number: first.body.number })
  expect(other.body.errors).toEqual([
    { code: 'differs', pointer: '/ship_to/city', kept: '杭州市', sent: '宁波市' },
    { code: 'differs', pointer: '/totals/total', kept: '2500', sent: '3750' },
    { code: 'differs', pointer: '/lines/0/quantity', kept: '2', sent: '3' },
    { code: 'differs', pointer: '/lines/0/gross', kept: '2500', sent: '3750' },
  ])
})

test('a conflict in personal fields names no value of them', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  await post(server, '/orders', plain)
  const other = await post(server, '/orders', { ...plain, customer: { name: '韩梅梅' } })
  expect(other.status).toBe(409)
  expect(other.text).not.toMatch(/李雷|韩梅梅|13800138000/)
})

test('twins with other content at the same moment: one is kept, the other is a conflict', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => post(server, '/orders', { ...plain, priority: index % 2 })),
  )
  const kept = answers.filter((answer) => answer.status === 201)
  expect(kept).toHaveLength(10)
  expect(answers.filter((answer) => answer.status === 409)).toHaveLength(10)
  expect(new Set(kept.map((answer) => answer.text)).size).toBe(1)
})

test('two hundred different orders at once are kept in a few transactions, each with its own number', async () => {
  await using world = await freshWorld({ stock: { TEA: 1000 } })
  const before = world.runtime.db.statements()
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, index) => place(world, { external_id: `N-${index}` })),
  )
  expect(
    outcomes.every((outcome, index) => outcome.kind === 'accepted' && outcome.order.external_id === `N-${index}`),
  ).toBe(true)
  expect(await counts(world)).toMatchObject({ orders: 200 })
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(2 * 14)
})

test('orders of several callers keep their own actor', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  await Promise.all(
    ['key:a', 'key:b', 'key:a'].map((actor, index) => place(world, { external_id: `K-${index}` }, actor)),
  )
  const rows = await world.transaction(
    (tx) => tx.sql<{ actor: string; count: number }[]>`
      select actor, count(*)::int as count from outbox.event where tenant_id = ${tx.tenant} and type = 'order.placed' group by actor order by actor`,
  )
  expect([...rows]).toEqual([
    { actor: 'key:a', count: 2 },
    { actor: 'key:b', count: 1 },
  ])
})

test('A2 what is malformed is refused with all that is wrong, and nothing is kept', async () => {
  await using world = await freshWorld({ stock: { TEA: 100 } })
  const server = serve(world)
  const bad = await post(server, '/orders', {
    ...plain,
    currency: 'yuan',
    lines: [{ sku: 'TEA', quantity: 0, unit_price: '-1' }],
    surprise: true,
  })
  expect(bad.status).toBe(422)
  expect(bad.body.errors.map((error: { pointer: string }) => error.pointer).toSorted()).toEqual([
    '/currency',
    '/lines/0/quantity',
    '/lines/0/unit_price',
    '/surprise',
  ])
  for (const note of ['nul \\u0000', 'half \\ud800'])
    expect((await post(server, '/orders', JSON.stringify(plain).replace('文三路', note))).status).toBe(422)
  const lines = Array.from({ length: 2001 }, () => plain.lines[0])
  expect((await post(server, '/orders', { ...plain, lines })).status).toBe(422)
  expect(await counts(world)).toMatchObject({ orders: 0, staged: 0 })
})

test('an order of two thousand lines is kept', async () => {
  await using world = await freshWorld({ stock: { TEA: 10_000 } })
  const lines = Array.from({ length: 2000 }, () => ({ sku: 'TEA', quantity: 1, unit_price: '0.01' }))
  const kept = await post(serve(world), '/orders', { ...plain, lines })
  expect(kept.status).toBe(201)
})

test('a bulk keeps what is good and says of each other what is wrong with it', async () => {
  await using world = await freshWorld({ stock: { TEA: 1000 } })
  const server = serve(world)
  await post(server, '/orders', { ...plain, external_id: 'B-1' })
  const orders = [
    { ...plain, external_id: 'B-0' },
    { ...plain, external_id: 'B-1' },
    { ...plain, external_id: 'B-1', priority: 3 },
    { ...plain, external_id: 'B-3', lines: [{ sku: 'NONE', quantity: 1, unit_price: '1' }] },
    { ...plain, external_id: 'B-4', currency: 7 },
    'no order',
    { ...plain, external_id: 'B-0' },
  ]
  const { status, body } = await post(server, '/orders/bulk', { orders })
  expect(status).toBe(200)
  expect(body).toMatchObject({ received: 7, accepted: 1, repeated: 2, staged: 1, refused: 3 })
  expect(body.results.map((one: { status: number }) => one.status)).toEqual([201, 201, 409, 202, 422, 422, 201])
  expect(body.results[3].reasons[0]).toMatchObject({ code: 'unknown_sku', pointer: '/lines/0/sku', detail: 'NONE' })
  expect(body.results[4].problem).toMatchObject({ code: 'invalid_request', errors: [{ pointer: '/currency' }] })
  expect(body.results[6]).toMatchObject({ replayed: true, order_id: body.results[0].order_id })
  const audit = await world.transaction(
    (tx) =>
      tx.sql<
        { count: number }[]
      >`select count from audit.entry where tenant_id = ${tx.tenant} and route = 'POST /orders/bulk'`,
  )
  expect([...audit]).toEqual([{ count: 7 }])
})

test('a bulk of five thousand orders is kept, one of 5,001 is refused whole', async () => {
  await using world = await freshWorld({ stock: { TEA: 100_000 } })
  const server = serve(world)
  const orders = Array.from({ length: 5000 }, (_, index) => ({ ...plain, external_id: `L-${index}` }))
  const { body } = await post(server, '/orders/bulk', { orders })
  expect(body).toMatchObject({ received: 5000, accepted: 5000, refused: 0 })
  expect(await counts(world)).toMatchObject({ orders: 5000 })
  const more = await post(server, '/orders/bulk', { orders: [...orders, plain] })
  expect(more).toMatchObject({ status: 413, body: { code: 'too_many_orders' } })
})

test.each(['', '[]', '{"orders":[]}', '{"orders":[{}', '{"order":[{}]}'])(
  'a bulk body of %s is refused',
  async (text) => {
    await using world = await freshWorld()
    const refused = await post(serve(world), '/orders/bulk', text)
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(refused.status).toBeLessThan(500)
  },
)

test('every mutation of staging needs an Idempotency-Key', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  expect((await post(server, '/intake/staged/replay', {})).status).toBe(400)
  expect((await post(server, '/intake/staged/replay', {}, newKey())).status).toBe(202)
})
