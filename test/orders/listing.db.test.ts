// The list of orders never ends in silence: what is not looked at yet is the next page, and what is too wide to search says so.
import { expect, test } from 'vitest'
import { listOrders } from '../../src/modules/orders/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

const page = (world: World, query: Parameters<typeof listOrders>[1], after: string | null = null, limit = 5) =>
  world.transaction((tx) => listOrders(tx, query, after, limit, (name) => name))

/** Search keys of orders that are older than all others and have gone. */
const addKeys = (world: World, start: string, count: number) =>
  world.transaction(
    (tx) => tx.sql`
      insert into orders.search_key (tenant_id, kind, key, order_id)
      select ${tx.tenant}::uuid, 'name', ${start}::text || lpad(n::text, 6, '0'), ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid
        from generate_series(1, ${count}::int) as n`,
  )

test('a filter that leaves nothing of five thousand candidates goes on after them instead of ending', async () => {
  await using world = await freshWorld({ stock: { A: 1 } })
  const [oldest] = await place(world, [{ lines: [{ sku: 'A', quantity: 1 }], external_id: 'the-oldest' }])
  await world.transaction(
    (tx) =>
      tx.sql`update orders.order set channel = 'first' where tenant_id = ${tx.tenant} and order_id = ${oldest ?? ''}`,
  )
  for (let round = 0; round < 6; round++)
    await place(
      world,
      Array.from({ length: 1_000 }, () => ({ lines: [{ sku: 'A', quantity: 1 }] })),
    )
  const first = await page(world, { channel: 'first' })
  expect(first.items).toEqual([])
  expect(first.next).not.toBeNull()
  const second = await page(world, { channel: 'first' }, first.next)
  expect(second.items.map((item) => item.order_id)).toEqual([oldest])
  expect(second.next).toBeNull()
})

test('the newest of what begins alike is found, whatever its key; beyond twenty thousand the search is refused', async () => {
  await using world = await freshWorld({ stock: { A: 1 } })
  const [order_id] = await place(world, [{ lines: [{ sku: 'A', quantity: 1 }] }])
  await addKeys(world, 'yy', 6_000)
  await world.transaction(
    (tx) =>
      tx.sql`insert into orders.search_key (tenant_id, kind, key, order_id) values (${tx.tenant}, 'name', 'yy000000', ${order_id ?? ''})`,
  )
  expect((await page(world, { q: 'yy' })).items.map((item) => item.order_id)).toEqual([order_id])
  await addKeys(world, 'zz', 20_001)
  await expect(page(world, { q: 'zz' })).rejects.toMatchObject({ code: 'search_too_wide' })
})
