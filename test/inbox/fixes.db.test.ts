// What a fix says that it will do is what it does; nobody works on what he may not see; the list stays quick however long it is.
import postgres from 'postgres'
import { expect, inject, test } from 'vitest'
import { permissions } from '../../src/contracts/permissions.ts'
import { reconcileInbox } from '../../src/modules/inbox/index.ts'
import { viewCase } from '../../src/modules/inbox/view-case.ts'
import { viewCounts, viewInbox } from '../../src/modules/inbox/view-list.ts'
import * as payment from '../../src/modules/payment/index.ts'
import { DAY_MS, SECOND_MS } from '../../src/platform/clock.ts'
import { furnishRates } from '../allocation/ground.ts'
import { lost } from '../returns/lose-parcel.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { deadLetter, itemsOf, served, somebody, unplaced } from './ground.ts'

const everything: ReadonlySet<string> = new Set(Object.keys(permissions))

/** What the case of an item says of a fix. */
async function effectOf(world: World, item_id: string, fix: string) {
  const { fixes } = await world.transaction((tx) => viewCase(tx, item_id, everything))
  return fixes.find((one) => one.fix === fix)?.effect
}

async function refundedOf(world: World, order_id: string): Promise<number> {
  const tenders = (await world.transaction((tx) => payment.balances(tx, [order_id]))).get(order_id) ?? []
  return Number(tenders.reduce((sum, tender) => sum + tender.refunded, 0n))
}

async function reservedOf(world: World, sku: string): Promise<number> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ reserved: number }[]>`
      select reserved::int from inventory.network_stock where tenant_id = ${tx.tenant} and sku = ${sku}`,
  )
  return rows[0]?.reserved ?? 0
}

test('cancelling what has no place frees the units and gives back the money that its preview says', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 60, 'SKU-2': 60 } })
  await furnishRates(world, { only_to: ['北京市'] })
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [order_id = ''] = await place(world, [
    { lines: [{ sku: 'SKU-1', quantity: 3, price_minor: 3_333n }], shipping_minor: 800n },
  ])
  await world.drain()
  const [item] = await itemsOf(world)
  const said = await effectOf(world, item?.item_id ?? '', 'cancel_missing')
  const before = await reservedOf(world, 'SKU-1')
  expect((await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'cancel_missing' })).status).toBe(200)
  await world.drain()
  expect(said).toMatchObject({ units_freed: 3, money: { refunded: 10_799, currency: 'CNY' } })
  expect(before - (await reservedOf(world, 'SKU-1'))).toBe(said?.units_freed)
  expect(await refundedOf(world, order_id)).toBe(said?.money?.refunded)
  expect(await world.brokenInvariants()).toEqual([])
})

test('rejecting an order frees the units and gives back the money that its preview says', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2, price_minor: 2_100_000n }] }])
  await world.drain()
  const [item] = await itemsOf(world)
  const said = await effectOf(world, item?.item_id ?? '', 'reject')
  const before = await reservedOf(world, 'SKU-1')
  await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'reject', reason: 'fraud' })
  world.clock.advance(11 * SECOND_MS)
  await world.drain()
  expect(said).toMatchObject({ units_freed: 2, money: { refunded: 4_200_000, currency: 'CNY' } })
  expect(await world.brokenInvariants()).toEqual([])
  expect(before - (await reservedOf(world, 'SKU-1'))).toBe(said?.units_freed)
  expect(await refundedOf(world, order_id)).toBe(said?.money?.refunded)
})

test('refunding what a carrier lost gives back what the lost units were worth, as its preview says, not the whole order', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await lost(world)
  const item = (await itemsOf(world)).find((found) => found.kind === 'lost')
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const said = await effectOf(world, item?.item_id ?? '', 'refund_lost')
  expect(said?.money).toEqual({ refunded: 9_999, currency: 'CNY' })
  expect((await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'refund_lost' })).status).toBe(200)
  await world.drain()
  expect(await refundedOf(world, order_id)).toBe(said?.money?.refunded)
  expect(await world.brokenInvariants()).toEqual([])
})

test('what a role does not see it cannot claim, put off, hand on, note or give back', async () => {
  await using world = await freshWorld()
  await using server = served(world)
  const agent = await somebody(server, world, 'agent')
  await deadLetter(world)
  await world.transaction((tx) => reconcileInbox(tx, 100))
  await world.drain()
  const [item] = await itemsOf(world)
  const path = `/inbox/items/${item?.item_id}`
  const until = new Date(world.clock.now().getTime() + DAY_MS).toISOString()
  const tried = [
    await agent.call('POST', `${path}/claim`),
    await agent.call('DELETE', `${path}/claim`),
    await agent.call('POST', `${path}/snooze`, { until }),
    await agent.call('POST', `${path}/assignment`, { queue: null }),
    await agent.call('POST', `${path}/notes`, { text: 'seen' }),
    await agent.call('POST', `${path}/fix`, { fix: 'wait' }),
    await agent.call('DELETE', `${path}/fix`),
  ]
  expect(tried.map((answer) => [answer.status, answer.body.code])).toEqual(tried.map(() => [404, 'item_unknown']))
  expect((await itemsOf(world))[0]).toMatchObject({ state: 'open', assignee: null })
})

test('a decision that waits out its seconds is taken back by whoever may decide, and not put off by another', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await using server = served(world)
  const [ann, agent] = [await somebody(server, world, 'operator'), await somebody(server, world, 'agent')]
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }])
  await world.drain()
  const [item] = await itemsOf(world)
  const path = `/inbox/items/${item?.item_id}`
  expect((await ann.call('POST', `${path}/fix`, { fix: 'approve' })).body.state).toBe('waiting')
  expect((await agent.call('DELETE', `${path}/fix`)).body).toMatchObject({ code: 'forbidden' })
  const until = new Date(world.clock.now().getTime() + DAY_MS).toISOString()
  expect((await agent.call('POST', `${path}/snooze`, { until })).body).toMatchObject({ code: 'fix_unfit' })
  expect((await ann.call('DELETE', `${path}/fix`)).status).toBe(200)
  expect((await agent.call('POST', `${path}/snooze`, { until })).status).toBe(200)
})

test('of two who apply a fix to the same items at once each item is fixed once, and both are told', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 60 } })
  await furnishRates(world, { only_to: ['北京市'] })
  await using server = served(world)
  const people = [await somebody(server, world, 'operator'), await somebody(server, world, 'operator')]
  await unplaced(world, 6)
  const item_ids = (await itemsOf(world)).map((item) => item.item_id)
  const [first, second] = await Promise.all(
    people.map((one, index) =>
      one.call('POST', '/inbox/fixes', {
        fix: 'cancel_missing',
        item_ids: index === 0 ? item_ids : item_ids.toReversed(),
      }),
    ),
  )
  const answers = [...(first?.body.items ?? []), ...(second?.body.items ?? [])]
  const refused = answers.filter((one) => one.state === 'refused')
  expect(refused.map((one) => one.item_id).sort()).toEqual(item_ids.toSorted())
  expect(answers).toHaveLength(2 * item_ids.length)
  for (const one of refused) expect(['nothing_to_cancel', 'item_closed']).toContain(one.code)
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

const MANY = 50_000
const PAGE = 50
/** A page reads its rows and little more; counts stop at a thousand of a kind. */
const FETCHED_AT_MOST = 14_000

test('of fifty thousand items a page and the counts read what they show, by indexes, in a handful of statements', async () => {
  await using world = await freshWorld()
  await world.transaction(
    (tx) => tx.sql`
      insert into inbox.item (tenant_id, item_id, kind, source_id, subject, title, reason, value, currency, mass, due_at, rank, opened_at, noticed_at)
      select ${tx.tenant}, gen_random_uuid(), (array['allocation', 'promise', 'staged', 'dead_letter', 'review'])[1 + n % 5], gen_random_uuid(), gen_random_uuid(),
             'T' || n, 'no_carrier', n, 'CNY', greatest(n, 1), ${tx.now}, -n, ${tx.now}, ${tx.now}
        from generate_series(1, ${MANY}::int) n`,
  )
  // A plan made for an empty table reads by any index; the planner is told of the rows as it would be after a moment.
  const owner = postgres(inject('admin_url'), { max: 1 })
  await owner.unsafe('analyze inbox.item')
  await owner.end()
  const before = world.runtime.db.statements()
  const [page, counts, read] = await world.transaction(async (tx) => {
    const found = await viewInbox(tx, world.runtime.secrets, { limit: PAGE }, everything)
    const counted = await viewCounts(tx, everything)
    const [touched] = await tx.sql<{ scanned: number; fetched: number }[]>`
      select seq_tup_read::int as scanned, idx_tup_fetch::int as fetched from pg_stat_xact_user_tables where relid = 'inbox.item'::regclass and ${tx.tenant}::uuid is not null`
    return [found, counted, touched]
  })
  expect(page.items.map((item) => item.title)).toEqual(Array.from({ length: PAGE }, (_, index) => `T${MANY - index}`))
  expect(counts.open).toBe(1000)
  expect(read?.scanned).toBe(0)
  expect(read?.fetched).toBeLessThan(FETCHED_AT_MOST)
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(12)
})
