// Promises of staging: what is well formed but no order yet waits with its reasons, and becomes the order once the cause is mended.
import { expect, test } from 'vitest'
import type { IntakeOrder } from '../../src/contracts/order-intake.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { counts, newKey, plain, post, serve } from './shop.ts'

const strange: IntakeOrder = { ...plain, lines: [{ sku: 'NEW-1', quantity: 1, unit_price: '9.90' }] }

async function sell(world: World, ...skus: string[]) {
  await world.transaction((tx) =>
    catalog.putSkus(
      tx,
      skus.map((sku) => ({ sku, name: sku, weight_grams: 100, length_mm: 10, width_mm: 10, height_mm: 10 })),
    ),
  )
}

async function read(server: ReturnType<typeof serve>, url: string) {
  const reply = await server.inject({ method: 'GET', url })
  return JSON.parse(reply.body)
}

test('R5 an order with an unknown SKU waits with its reason, and its replay makes the order once the SKU is there', async () => {
  await using world = await freshWorld({ stock: { TEA: 10 } })
  const server = serve(world)
  const staged = await post(server, '/orders', strange)
  expect(staged.status).toBe(202)
  expect(staged.body).toMatchObject({
    state: 'staged',
    reasons: [{ code: 'unknown_sku', pointer: '/lines/0/sku', detail: 'NEW-1' }],
  })
  const url = `/intake/staged/${staged.body.staged_id}`
  expect((await post(server, `${url}/replay`, undefined, newKey())).body).toMatchObject({
    state: 'waiting',
    order_id: null,
  })
  await sell(world, 'NEW-1')
  const replayed = await post(server, `${url}/replay`, undefined, newKey())
  expect(replayed.body).toMatchObject({ state: 'replayed', reasons: [] })
  expect(await counts(world)).toMatchObject({ orders: 1, staged: 1 })
  expect(await read(server, url)).toMatchObject({
    state: 'replayed',
    order_id: replayed.body.order_id,
    attempts: 2,
    available_actions: ['disclose'],
  })
  expect((await post(server, `${url}/replay`, undefined, newKey())).status).toBe(409)
  expect((await post(server, '/orders', strange)).body).toMatchObject({ order_id: replayed.body.order_id })
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('A1 a staged order sent again gets the first status and body while its cause stands', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const first = await post(server, '/orders', strange)
  const again = await Promise.all(Array.from({ length: 10 }, () => post(server, '/orders', strange)))
  for (const one of again)
    expect(one).toMatchObject({ status: 202, text: first.text, headers: { 'idempotent-replayed': 'true' } })
  expect(await counts(world)).toMatchObject({ orders: 0, staged: 1, files: 1, audited: 1 })
})

test('a staged order sent again after its cause was mended becomes its order and waits no longer', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const { body } = await post(server, '/orders', strange)
  await sell(world, 'NEW-1')
  const placed = await post(server, '/orders', strange)
  expect(placed.status).toBe(201)
  expect(await read(server, `/intake/staged/${body.staged_id}`)).toMatchObject({
    state: 'replayed',
    order_id: placed.body.order_id,
    settled_by: 'key:shop',
  })
})

test('what a channel corrects takes the place of what waits', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const first = await post(server, '/orders', { ...strange, totals: { total: 5 } })
  expect(first.body.reasons.map((reason: { code: string }) => reason.code)).toEqual(['unknown_sku', 'totals_mismatch'])
  const second = await post(server, '/orders', strange)
  expect(second).toMatchObject({ status: 202, body: { staged_id: first.body.staged_id } })
  expect(second.headers['idempotent-replayed']).toBeUndefined()
  await sell(world, 'NEW-1')
  expect((await post(server, `/intake/staged/${first.body.staged_id}/replay`, undefined, newKey())).body).toMatchObject(
    { state: 'replayed' },
  )
})

test('all that wait for one SKU are replayed at once, the others go on waiting', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const orders = Array.from({ length: 300 }, (_, index) => ({
    ...strange,
    external_id: `S-${index}`,
    lines: [{ sku: index % 3 === 0 ? 'NEW-2' : 'NEW-1', quantity: 1, unit_price: '1' }],
  }))
  expect((await post(server, '/orders/bulk', { orders })).body).toMatchObject({ staged: 300 })
  const listed = await read(server, '/intake/staged?sku=NEW-2&limit=200')
  expect(listed.items).toHaveLength(100)
  expect(listed).toMatchObject({ next_cursor: null, total: 300 })
  await sell(world, 'NEW-1')
  expect((await post(server, '/intake/staged/replay', { sku: 'NEW-1' }, newKey())).body).toEqual({ scheduled: 200 })
  const before = world.runtime.db.statements()
  await world.drain()
  expect(world.runtime.db.statements()).toBeGreaterThan(before)
  expect(await counts(world)).toMatchObject({ orders: 200 })
  expect((await read(server, '/intake/staged')).total).toBe(100)
})

test('the list of staged messages has pages that stay when more come', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const send = (from: number) =>
    post(server, '/orders/bulk', {
      orders: Array.from({ length: 5 }, (_, index) => ({ ...strange, external_id: `P-${from + index}` })),
    })
  await send(0)
  const first = await read(server, '/intake/staged?limit=3')
  await send(5)
  const second = await read(server, `/intake/staged?limit=3&cursor=${encodeURIComponent(first.next_cursor)}`)
  const ids = [...first.items, ...second.items].map((item: { external_id: string }) => item.external_id)
  expect(ids).toHaveLength(5)
  expect(new Set(ids)).toEqual(new Set(['P-0', 'P-1', 'P-2', 'P-3', 'P-4']))
})

test('a dismissed message makes no order, keeps its reason, and its key is free again', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const { body } = await post(server, '/orders', strange)
  const url = `/intake/staged/${body.staged_id}`
  expect((await post(server, `${url}/dismissal`, { reason: 'test order' }, newKey())).body).toMatchObject({
    state: 'dismissed',
    note: 'test order',
  })
  expect((await post(server, `${url}/dismissal`, { reason: 'again' }, newKey())).status).toBe(409)
  await sell(world, 'NEW-1')
  expect((await post(server, '/orders', strange)).status).toBe(201)
  expect(await read(server, url)).toMatchObject({ state: 'dismissed', order_id: null })
})

test('a message whose order was placed with other content meanwhile says so', async () => {
  await using world = await freshWorld({ stock: { TEA: 10 } })
  const server = serve(world)
  const { body } = await post(server, '/orders', strange)
  const late = await world.transaction(
    (tx) => tx.sql`update intake.staged set external_id = 'A-2' where tenant_id = ${tx.tenant}`,
  )
  expect(late.count).toBe(1)
  await post(server, '/orders', plain)
  await world.transaction((tx) => tx.sql`update intake.staged set external_id = 'A-1' where tenant_id = ${tx.tenant}`)
  await sell(world, 'NEW-1')
  const replayed = await post(server, `/intake/staged/${body.staged_id}/replay`, undefined, newKey())
  expect(replayed.body).toMatchObject({ state: 'waiting', reasons: [{ code: 'order_exists' }] })
})

test('staged messages show no personal data; the message itself is shown on request and that is audited', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const { body } = await post(server, '/orders', strange)
  const rows = await world.transaction(
    (tx) =>
      tx.sql<{ text: string }[]>`select to_jsonb(s)::text as text from intake.staged s where tenant_id = ${tx.tenant}`,
  )
  expect(rows[0]?.text).not.toMatch(/李雷|13800138000|文三路/)
  const shown = await post(server, `/intake/staged/${body.staged_id}/disclosure`, undefined)
  expect(JSON.parse(shown.body.message)).toMatchObject({ customer: { name: '李雷' } })
  expect(await counts(world)).toMatchObject({ audited: 2 })
})

test('a staged message whose text is past its time can only be dismissed', async () => {
  await using world = await freshWorld()
  const server = serve(world)
  const { body } = await post(server, '/orders', strange)
  await world.transaction((tx) => tx.sql`delete from files.object where tenant_id = ${tx.tenant}`)
  expect((await post(server, `/intake/staged/${body.staged_id}/replay`, undefined, newKey())).status).toBe(410)
})
