// The inbox in the database: every open thing has one item, whatever opens or closes it; time moves items up; work goes to whoever knows it.
import { expect, test } from 'vitest'
import { defaultPolicy } from '../../src/modules/inbox/default-policy.ts'
import { reconcileInbox, tendInbox } from '../../src/modules/inbox/index.ts'
import { putInboxPolicy } from '../../src/modules/inbox/read-policy.ts'
import { rankOf } from '../../src/modules/inbox/rules.ts'
import { setSkills } from '../../src/modules/inbox/work-items.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/platform/clock.ts'
import { furnishRates } from '../allocation/ground.ts'
import { personOf } from '../api/serve.ts'
import { freshWorld } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { deadLetter, itemsOf, unplaced } from './ground.ts'

test('an order that nothing can send is one item, and it closes by itself when a carrier goes there', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 50 } })
  await furnishRates(world, { only_to: ['北京市'] })
  const ids = await unplaced(world, 3)
  const items = await itemsOf(world)
  expect(items.map((item) => [item.kind, item.reason, item.state])).toEqual(
    ids.map(() => ['allocation', 'no_carrier', 'open']),
  )
  expect(items.map((item) => item.order_id).sort()).toEqual([...ids].sort())
  expect(await world.brokenInvariants()).toEqual([])
  await furnishRates(world)
  expect((await itemsOf(world)).map((item) => [item.state, item.outcome])).toEqual(ids.map(() => ['closed', 'settled']))
  expect(await world.brokenInvariants()).toEqual([])
})

test('a review hold is an item until it is decided; a rejected order leaves none', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }])
  await world.drain()
  expect(await itemsOf(world)).toMatchObject([{ kind: 'review', reason: 'large_amount', queue: 'valuables' }])
  world.clock.advance(3 * DAY_MS)
  await world.drain()
  expect(await itemsOf(world)).toMatchObject([{ state: 'closed' }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('units that a count took from an order are a mismatch until supply comes', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world, { only_to: ['北京市'] })
  await unplaced(world, 1)
  await world.transaction((tx) =>
    inventory.countStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 0 }], { reason: 'count' }),
  )
  await world.drain()
  const kinds = (await itemsOf(world)).filter((item) => item.state === 'open').map((item) => item.kind)
  expect(kinds).toContain('stock')
  expect(await world.brokenInvariants()).toEqual([])
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 9 }], { reason: 'supply' }),
  )
  await world.drain()
  expect((await itemsOf(world)).filter((item) => item.state === 'open').map((item) => item.kind)).toEqual([
    'allocation',
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what no event told is found by reconciling, and what is over is closed', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  const job_id = await deadLetter(world)
  expect(await itemsOf(world)).toEqual([])
  await world.transaction((tx) => reconcileInbox(tx, 1000))
  await world.drain()
  expect(await itemsOf(world)).toMatchObject([{ kind: 'dead_letter', queue: 'technical', state: 'open' }])
  await world.transaction(
    (tx) => tx.sql`delete from engine.dead_letter where tenant_id = ${tx.tenant} and job_id = ${job_id}`,
  )
  await world.transaction((tx) => reconcileInbox(tx, 1000))
  await world.drain()
  expect(await itemsOf(world)).toMatchObject([{ state: 'closed', outcome: 'settled' }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('the dearer comes first, time moves items up, and the database ranks as the rule says', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 50 } })
  await furnishRates(world, { only_to: ['北京市'] })
  const [cheap] = await unplaced(world, 1, 10_000n)
  const [dear] = await unplaced(world, 1, 900_000n)
  const before = await itemsOf(world)
  expect(before.map((item) => item.order_id)).toEqual([dear, cheap])
  const due_at = new Date(world.clock.now().getTime() + 24 * HOUR_MS)
  expect(before.map((item) => item.rank)).toEqual(
    [900_000, 10_000].map((mass) => rankOf({ mass, due_at }, world.clock.now())),
  )
  for (const hours of [6, 12, 5, 2]) {
    world.clock.advance(hours * HOUR_MS)
    await world.transaction((tx) => tendInbox(tx, 1000))
    const now = world.clock.now()
    expect((await itemsOf(world)).map((item) => item.rank)).toEqual(
      [900_000, 10_000].map((mass) => rankOf({ mass, due_at }, now)),
    )
  }
  expect(await world.transaction((tx) => tendInbox(tx, 1000))).toBe(0)
})

test('work that is late to leave is an item, and closed when the work is gone', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world)
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  await world.transaction((tx) => tendInbox(tx, 1000))
  expect(await itemsOf(world)).toEqual([])
  world.clock.advance(2 * DAY_MS)
  await world.transaction((tx) => tendInbox(tx, 1000))
  expect(await itemsOf(world)).toMatchObject([{ kind: 'promise', reason: 'late_released', state: 'open' }])
  await world.transaction(
    (tx) => tx.sql`
    update warehouse.fulfilment_order set state = 'cancelled', cancelled_at = ${tx.now} where tenant_id = ${tx.tenant}`,
  )
  await world.transaction((tx) => tendInbox(tx, 1000))
  expect(await itemsOf(world)).toMatchObject([{ state: 'closed', outcome: 'left' }])
})

test('goods of a handling class go to the people who have that skill, evenly', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 50 } })
  await furnishRates(world, { only_to: ['北京市'] })
  await world.transaction(
    (tx) => tx.sql`
    update catalog.sku set handling_classes = array['fragile'] where tenant_id = ${tx.tenant} and sku = 'SKU-1'`,
  )
  const [ann, bob, cid] = [
    await personOf(world, 'operator'),
    await personOf(world, 'agent'),
    await personOf(world, 'agent'),
  ]
  await world.transaction(async (tx) => {
    await setSkills(tx, ann.staff_id, ['fragile'])
    await setSkills(tx, bob.staff_id, ['fragile', 'money'])
    await setSkills(tx, cid.staff_id, ['money'])
  })
  await unplaced(world, 10)
  const items = await itemsOf(world)
  expect(new Set(items.map((item) => item.queue))).toEqual(new Set(['fragile']))
  const load = Map.groupBy(items, (item) => item.assignee)
  expect([load.get(ann.staff_id)?.length, load.get(bob.staff_id)?.length, load.get(cid.staff_id)]).toEqual([
    5,
    5,
    undefined,
  ])
})

test('a policy of its own sends items elsewhere, and one that names an unknown queue is refused', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world, { only_to: ['北京市'] })
  const route = { queue: 'north', kinds: [], handling_classes: [], from_value_minor: 0 }
  await expect(
    world.transaction((tx) => putInboxPolicy(tx, { ...defaultPolicy, routes: [route] })),
  ).rejects.toMatchObject({
    code: 'queue_unknown',
  })
  const queue = { queue: 'north', name: 'North', name_zh: '北区', skill: null }
  await world.transaction((tx) => putInboxPolicy(tx, { ...defaultPolicy, queues: [queue], routes: [route] }))
  await unplaced(world, 1)
  expect(await itemsOf(world)).toMatchObject([{ queue: 'north' }])
})

test('following two hundred things takes a dozen statements, whatever they are', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 500 } })
  await furnishRates(world, { only_to: ['北京市'] })
  await place(
    world,
    Array.from({ length: 200 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  expect(await itemsOf(world)).toHaveLength(200)
  world.clock.advance(MINUTE_MS)
  await world.transaction(
    (tx) => tx.sql`
      insert into engine.job (tenant_id, step, due_at, job_id, subject)
      select tenant_id, 'inbox.follow', ${tx.now}, gen_random_uuid(), subject from inbox.item where tenant_id = ${tx.tenant}`,
  )
  const before = world.runtime.db.statements()
  expect(await world.drain()).toBe(200)
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(14)
})
