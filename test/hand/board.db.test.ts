// The board: columns by location with load and cut-off, cards page by page, filters, what waits for a place; fast however much is open.
import postgres from 'postgres'
import { expect, test } from 'vitest'
import type { WorkBoardQuery, WorkCardQuery } from '../../src/contracts/hand-board.ts'
import { viewWorkBoard, viewWorkCards } from '../../src/modules/allocation/view-work-board.ts'
import type { Tx } from '../../src/platform/db.ts'
import { furnishRates } from '../allocation/ground.ts'
import { startTestDatabase } from '../world/database.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { decide } from './hand.ts'

const board = (world: World, query: WorkBoardQuery = {}) =>
  world.transaction((tx) => viewWorkBoard(tx, world.runtime.secrets, query))
const cards = (world: World, query: WorkCardQuery) =>
  world.transaction((tx) => viewWorkCards(tx, world.runtime.secrets, query))
const columnOf = async (world: World, location_id: string, query: WorkBoardQuery = {}) => {
  const column = (await board(world, query)).columns.find((one) => one.location_id === location_id)
  if (column === undefined) throw new Error(`no column ${location_id}`)
  return column
}
const wishes = (count: number) => Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity: 2 }] }))

test('each location is a column with what is open there, page after page, every card once', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 200, GZ1: 4 } } })
  await furnishRates(world)
  const ids = await place(world, wishes(30))
  await world.drain()
  const { columns, waiting, left_out, currency } = await board(world)
  expect(columns.map((column) => [column.location_id, column.count])).toEqual([
    ['BJ1', 0],
    ['CD1', 0],
    ['GZ1', 0],
    ['HZ1', 30],
  ])
  expect({ left_out, currency, waiting }).toEqual({
    left_out: 0,
    currency: 'CNY',
    waiting: { count: 0, cards: [], next_cursor: null },
  })
  const column = await columnOf(world, 'HZ1')
  expect(column.cards[0]).toMatchObject({
    state: 'released',
    units: 2,
    lines: 1,
    late: false,
    locked: null,
    cost: 1050,
  })
  const seen = column.cards.map((card) => card.order_id)
  let cursor = column.next_cursor
  while (cursor !== null) {
    const page = await cards(world, { location: 'HZ1', cursor, limit: 7 })
    seen.push(...page.cards.map((card) => card.order_id))
    cursor = page.next_cursor
  }
  expect(seen.toSorted()).toEqual(ids.toSorted())
})

test('the board is filtered by location, number, SKU and priority; a card says that its order is locked and hurries', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50 }, 'SKU-2': { HZ1: 50 } } })
  await furnishRates(world)
  const [id = '', other = ''] = await place(world, [
    { lines: [{ sku: 'SKU-1', quantity: 1 }] },
    { lines: [{ sku: 'SKU-2', quantity: 1 }] },
  ])
  await world.drain()
  await decide(world, id, { kind: 'lock', location_id: 'HZ1' })
  await decide(world, id, { kind: 'priority', priority: 9 })
  const found = async (query: WorkBoardQuery) =>
    (await columnOf(world, 'HZ1', query)).cards.map((card) => card.order_id)
  expect(await found({ priority: 5 })).toEqual([id])
  expect(await found({ priority: 10 })).toEqual([])
  expect(await found({ q: 'SKU-2' })).toEqual([other])
  expect(await found({ q: 'SKU-2', priority: 1 })).toEqual([])
  expect(await found({ q: (await read(world, id)).number })).toEqual([id])
  expect((await board(world, { locations: 'HZ1,GZ1' })).columns.map((column) => column.location_id)).toEqual([
    'GZ1',
    'HZ1',
  ])
  const [card] = (await columnOf(world, 'HZ1', { priority: 5 })).cards
  expect(card).toMatchObject({ locked: 'HZ1', priority: 9, urgent: true })
})

test('what has no place waits in a column of its own with the reason, page after page', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 100 } } })
  await furnishRates(world, { only_to: ['北京市'] })
  const ids = await place(world, wishes(15))
  await world.drain()
  const { waiting } = await board(world)
  expect(waiting.count).toBe(15)
  expect(waiting.cards[0]).toMatchObject({ fulfilment_id: null, reason: 'no_carrier', units: 2 })
  const rest = await cards(world, { cursor: waiting.next_cursor ?? '' })
  expect([...waiting.cards, ...rest.cards].map((card) => card.order_id).toSorted()).toEqual(ids.toSorted())
  expect((await board(world, { q: 'NOTHING' })).waiting.count).toBe(0)
})

test('with a hundred thousand fulfilments open the board reads the first of each column and little else', async () => {
  const database = await startTestDatabase()
  const sql = postgres(database.admin_url, { max: 1, onnotice: () => {} })
  try {
    await using world = await freshWorld({
      stock: { 'SKU-1': { HZ1: 10 } },
      app_url: database.app_url,
      admin_url: database.admin_url,
    })
    await furnishRates(world)
    const [id = ''] = await place(world, wishes(1))
    await world.drain()
    await sql`
      with made as (
        insert into warehouse.fulfilment_order (tenant_id, fulfilment_id, location_id, state, ship_by, planned_at)
        select ${world.tenant}::uuid, gen_random_uuid(), (array['HZ1', 'GZ1', 'CD1', 'BJ1'])[1 + n % 4], 'released', now() + n * interval '1 second', now()
          from generate_series(1, 100000) as n returning fulfilment_id)
      insert into warehouse.fulfilment_line (tenant_id, fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity, to_pick)
      select ${world.tenant}::uuid, fulfilment_id, ${id}::uuid, 1, 1, 'SKU-1', 1, 1 from made`
    await sql.unsafe('vacuum analyze warehouse.fulfilment_order, warehouse.fulfilment_line')
    await world.transaction(async (tx) => {
      const before = await rowsRead(tx)
      const { columns } = await viewWorkBoard(tx, world.runtime.secrets, {})
      const after = await rowsRead(tx)
      expect(columns.map((column) => [column.count, column.cards.length])).toEqual(
        Array.from({ length: 4 }, () => [1000, 12]),
      )
      expect(after.scanned - before.scanned).toBe(0)
      expect(after.fetched - before.fetched).toBeLessThan(6000)
    })
  } finally {
    await sql.end()
    await database.remove()
  }
}, 60_000)

// Rows of the warehouse that this transaction has read, by scan and by index.
async function rowsRead(tx: Tx): Promise<{ scanned: number; fetched: number }> {
  const [row] = await tx.sql<{ scanned: number; fetched: number }[]>`
    select coalesce(sum(seq_tup_read), 0)::int as scanned, coalesce(sum(idx_tup_fetch), 0)::int as fetched
      from pg_stat_xact_user_tables where schemaname = 'warehouse'`
  if (row === undefined) throw new Error('no statistics')
  return row
}
