// The board: columns by location with load and cut-off, cards page by page, filters, what waits for a place; fast however much is open.
import postgres from 'postgres'
import { expect, test } from 'vitest'
import type { WorkBoardQuery, WorkCardQuery } from '../../src/contracts/hand-board.ts'
import { decideByHand } from '../../src/modules/allocation/decide-by-hand.ts'
import { viewWorkBoard, viewWorkCards } from '../../src/modules/allocation/view-work-board.ts'
import { locations, putLocations } from '../../src/modules/catalog/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { furnishRates } from '../allocation/ground.ts'
import { startTestDatabase } from '../world/database.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { decide, refusedBy } from './hand.ts'

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

const LOCATIONS = 300
const COLUMNS = 60

/** Three hundred locations with a hundred thousand fulfilments of an order, and six thousand orders that are newer than `rare` and have left. */
async function fill(world: World, sql: postgres.Sql, order_id: string, rare: string): Promise<void> {
  await world.transaction(async (tx) => {
    const {
      location_id: _id,
      version_id: _version,
      valid_from: _from,
      ...fact
    } = (await locations(tx)).get('HZ1') ?? {}
    if (!('time_zone' in fact)) throw new Error('no location')
    const more = Array.from({ length: LOCATIONS - 4 }, (_, index): [string, typeof fact] => [
      `S${index}`,
      { ...fact, name: `Store ${index}` },
    ])
    await putLocations(tx, new Map(more))
  })
  await sql`
    with places as (select key as location_id, row_number() over (order by key) as place from platform.fact where tenant_id = ${world.tenant} and kind = 'location'),
    made as (
      insert into warehouse.fulfilment_order (tenant_id, fulfilment_id, location_id, state, ship_by, planned_at)
      select ${world.tenant}::uuid, gen_random_uuid(), p.location_id, 'released', now() + p.place * interval '1 hour' + n * interval '1 second', now()
        from generate_series(1, 100000) as n join places p on p.place = 1 + n % ${LOCATIONS}::int returning fulfilment_id)
    insert into warehouse.fulfilment_line (tenant_id, fulfilment_id, order_id, line_no, fulfilment_line_no, sku, quantity, to_pick)
    select ${world.tenant}::uuid, fulfilment_id, ${order_id}::uuid, 1, 1, 'SKU-1', 1, 1 from made`
  await sql`
    insert into orders.order_line
    select (jsonb_populate_record(l, jsonb_build_object('order_id', ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))))).*
      from orders.order_line l cross join generate_series(1, 6000) as n where l.tenant_id = ${world.tenant} and l.order_id = ${rare}`
  await sql.unsafe('vacuum analyze warehouse.fulfilment_order, warehouse.fulfilment_line, orders.order_line')
}

test('with three hundred locations and a hundred thousand fulfilments open the board reads the first of sixty columns and little else', async () => {
  const database = await startTestDatabase()
  const sql = postgres(database.admin_url, { max: 1, onnotice: () => {} })
  try {
    await using world = await freshWorld({
      stock: { 'SKU-1': { HZ1: 10 }, 'SKU-2': { HZ1: 10 } },
      app_url: database.app_url,
      admin_url: database.admin_url,
    })
    await furnishRates(world)
    const [id = '', rare = ''] = await place(world, [...wishes(1), { lines: [{ sku: 'SKU-2', quantity: 1 }] }])
    await world.drain()
    await fill(world, sql, id, rare)
    // facts are read once, then known
    await board(world, { locations: 'S1' })
    const before_statements = world.runtime.db.statements()
    await world.transaction(async (tx) => {
      const before = await rowsRead(tx)
      const found = await viewWorkBoard(tx, world.runtime.secrets, {})
      const after = await rowsRead(tx)
      expect(found).toMatchObject({ left_out: LOCATIONS - COLUMNS, counted_to: 200, cut: false })
      expect(found.columns.map((column) => [column.count, column.cards.length])).toEqual(
        Array.from({ length: COLUMNS }, () => [200, 12]),
      )
      expect(after.scanned).toEqual(before.scanned)
      expect(after.fetched - before.fetched).toBeLessThan(25_000)
    })
    expect(world.runtime.db.statements() - before_statements).toBeLessThanOrEqual(25)
    const mine = await board(world, { q: 'SKU-2' })
    expect(mine.columns.flatMap((column) => column.cards.map((card) => card.order_id))).toEqual([rare])
    expect(mine.cut).toBe(false)
    const asked = await board(world, { locations: 'S1,S2' })
    expect(asked.columns.map((column) => [column.location_id, column.count >= 333])).toEqual([
      ['S1', true],
      ['S2', true],
    ])
    // of a SKU that very many hold the answer says that it is cut
    await sql`
      insert into inventory.reservation
      select (jsonb_populate_record(r, jsonb_build_object('reservation_id', gen_random_uuid(), 'demand_id', gen_random_uuid()))).*
        from inventory.reservation r cross join generate_series(1, 5001) as n where r.tenant_id = ${world.tenant} and r.sku = 'SKU-1'`
    expect((await board(world, { q: 'SKU-1' })).cut).toBe(true)
  } finally {
    await sql.end()
    await database.remove()
  }
}, 120_000)

test('what was moved can be moved on at once, also after it was handed to the floor; who comes after somebody else is told', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  const [id = ''] = await place(world, wishes(1))
  await world.drain()
  const move = (location_id: string, version: number, fulfilment_id: string) =>
    world.transaction((tx) =>
      decideByHand(tx, id, { kind: 'move', version, fulfilment_id, location_id, reason: 'Asked for' }),
    )
  const [before] = (await columnOf(world, 'HZ1')).cards
  const moved = await move('GZ1', before?.version ?? 0, before?.fulfilment_id ?? '')
  const [card] = (await columnOf(world, 'GZ1')).cards
  expect(card).toMatchObject({ order_id: id, version: moved.version, state: 'planned' })
  await world.drain()
  expect((await columnOf(world, 'GZ1')).cards[0]).toMatchObject({ state: 'released' })
  await decide(world, id, { kind: 'priority', priority: 2 })
  expect(await refusedBy(move('HZ1', moved.version, card?.fulfilment_id ?? ''))).toEqual(['order_changed'])
  const { version } = await read(world, id)
  await move('HZ1', version, card?.fulfilment_id ?? '')
  await world.drain()
  const [back] = (await columnOf(world, 'HZ1')).cards
  await move('GZ1', (back?.version ?? 0) - 1, back?.fulfilment_id ?? '')
  expect(await world.brokenInvariants()).toEqual([])
})

// Rows of the warehouse that this transaction has read: by scan, table by table, and by index.
async function rowsRead(tx: Tx): Promise<{ scanned: Record<string, number>; fetched: number }> {
  const rows = await tx.sql<{ table_name: string; scanned: number; fetched: number }[]>`
    select relname as table_name, coalesce(seq_tup_read, 0)::int as scanned, coalesce(idx_tup_fetch, 0)::int as fetched
      from pg_stat_xact_user_tables where schemaname = 'warehouse' order by relname`
  return {
    scanned: Object.fromEntries(rows.map((row) => [row.table_name, row.scanned])),
    fetched: rows.reduce((sum, row) => sum + row.fetched, 0),
  }
}
