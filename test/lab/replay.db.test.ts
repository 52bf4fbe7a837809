// A replay decides orders of the past again as they were decided then, on the stock, the capacity and the facts of each time.
import { expect, test } from 'vitest'
import * as catalog from '../../src/modules/catalog/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { listChanged, viewLoad } from '../../src/modules/lab/view-changes.ts'
import { cancelOrder } from '../../src/modules/orders/cancel-order.ts'
import { furnishRates } from '../allocation/ground.ts'
import { CHANNEL, freshWorld, type World } from '../world/index.ts'
import { compare, drafted, fromGuangzhou, one, send } from './stage.ts'

const receive = (world: World, location_id: string, sku: string, quantity: number) =>
  world.transaction((tx) => inventory.receiveStock(tx, [{ location_id, sku, quantity }], { reason: 'delivery' }))
const changedOf = (world: World, id: string, what?: string) =>
  world.transaction((tx) => listChanged(tx, world.runtime.secrets, id, what === undefined ? {} : { what }))

async function busyWorld(): Promise<World> {
  const world = await freshWorld({
    stock: { 'SKU-1': { HZ1: 3, GZ1: 4, CD1: 2 }, 'SKU-2': { GZ1: 5, BJ1: 5 }, 'SKU-3': { HZ1: 2, BJ1: 40 } },
  })
  await furnishRates(world)
  return world
}

test('the rules of that time decide every order as it was decided in fact: batches, splits, shortages, receipts and counts between', async () => {
  await using world = await busyWorld()
  await send(world, [
    one('SKU-1', 2),
    one('SKU-1'),
    {
      lines: [
        { sku: 'SKU-1', quantity: 1 },
        { sku: 'SKU-2', quantity: 2 },
      ],
    },
  ])
  await send(world, [one('SKU-3', 4), { ...one('SKU-3', 3), priority: 5 }])
  await receive(world, 'HZ1', 'SKU-1', 5)
  await world.drain()
  await send(world, [
    one('SKU-1', 4),
    {
      lines: [
        { sku: 'SKU-1', quantity: 3 },
        { sku: 'SKU-3', quantity: 1 },
      ],
    },
  ])
  world.clock.advance(60_000)
  await world.transaction((tx) =>
    inventory.countStock(tx, [{ location_id: 'BJ1', sku: 'SKU-3', quantity: 20 }], { reason: 'count' }),
  )
  await world.drain()
  await send(world, [one('SKU-3', 12), one('SKU-2', 3)])
  const view = await compare(world, { a: { of: 'happened' }, b: { of: 'then' } })
  expect(view).toMatchObject({ state: 'done', progress: { done: 9, all: 9 }, changed: { all: 0 } })
  expect(view.figures.b.sent).toBe(9)
  expect({ ...view.figures.b, parcels: null }).toEqual(view.figures.a)
  expect(view.locations.every(({ a, b }) => a.orders === b.orders && a.units === b.units)).toBe(true)
  expect(await world.brokenInvariants()).toEqual([])
})

test('stock counts from the time at which it came: an order before it cannot have it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 0 } } })
  await furnishRates(world)
  const [before] = await send(world, [one('SKU-1')])
  world.clock.advance(60_000)
  await receive(world, 'GZ1', 'SKU-1', 1)
  await world.drain()
  const [after] = await send(world, [one('SKU-1')])
  const [last] = await send(world, [one('SKU-1')])
  const draft_id = await drafted(world, fromGuangzhou)
  const view = await compare(world, { a: { of: 'happened' }, b: { of: 'draft', draft_id } })
  const { items } = await changedOf(world, view.comparison_id)
  expect(items.map((item) => [item.order_id, item.b.says.en])).toEqual([[after, 'GZ1 (SF/standard) × 1']])
  expect([before, last]).not.toContain(after)
  expect(items[0]).toMatchObject({ what: ['dearer'], a: { rule_id: 'cheapest' }, b: { rule_id: 'south' } })
  expect(view.compared.orders).toBe(3)
  expect(view.compared.cost_b - view.compared.cost_a).toBe(items[0]?.difference)
  const endless = await compare(world, {
    a: { of: 'happened' },
    b: { of: 'draft', draft_id },
    ground: { stock: 'unlimited' },
  })
  expect(endless.changed.all).toBe(3)
  expect(endless.notes.map((note) => note.code)).toContain('stock_unlimited')
})

test('what orders outside the comparison took stays taken', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 2, GZ1: 2 } } })
  await furnishRates(world)
  await send(world, [one('SKU-1')])
  const from = new Date(world.clock.now().getTime() + 1).toISOString()
  await send(world, [one('SKU-1')])
  await send(world, [one('SKU-1')])
  const view = await compare(world, {
    a: { of: 'happened' },
    b: { of: 'live' },
    period: { from, to: '2027-01-01T00:00:00Z' },
    channel: CHANNEL,
  })
  expect(view).toMatchObject({ progress: { all: 2 }, changed: { all: 0 } })
  expect(view.locations.map(({ location_id, b }) => [location_id, b.units])).toEqual([
    ['GZ1', 1],
    ['HZ1', 1],
  ])
})

test('what orders outside the comparison gave back is missing until then, whether that was during the comparison or after it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 2, GZ1: 5 } } })
  await furnishRates(world)
  const [early = '', late = ''] = await send(world, [one('SKU-1'), one('SKU-1')])
  const cancelled = async (order_id: string) => {
    world.clock.advance(60_000)
    await world.transaction((tx) => cancelOrder(tx, order_id, { reason: 'customer_request' }))
    await world.drain()
  }
  const from = new Date(world.clock.now().getTime() + 1).toISOString()
  await send(world, [one('SKU-1')])
  await cancelled(early)
  await send(world, [one('SKU-1')])
  await send(world, [one('SKU-1')])
  await cancelled(late)
  const view = await compare(world, {
    a: { of: 'happened' },
    b: { of: 'live' },
    period: { from, to: '2027-01-01T00:00:00Z' },
  })
  expect(view).toMatchObject({ progress: { all: 3 }, changed: { all: 0 } })
  expect(view.locations.map(({ location_id, b }) => [location_id, b.units])).toEqual([
    ['GZ1', 2],
    ['HZ1', 1],
  ])
  for (const code of ['destination', 'rule_limits', 'pace'])
    expect(view.notes.find((note) => note.code === code)?.text.zh).toMatch(/。$/)
  expect(await world.brokenInvariants()).toEqual([])
})

test('a location that closed later counts as open until then; with the facts of now it never was', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  await furnishRates(world)
  await send(world, [one('SKU-1')])
  world.clock.advance(60_000)
  await world.transaction(async (tx) => {
    const hz = (await catalog.locations(tx)).get('HZ1')
    if (hz === undefined) throw new Error('no HZ1')
    const { location_id, version_id: _version, valid_from: _from, ...fact } = hz
    await catalog.putLocations(tx, new Map([[location_id, { ...fact, state: 'closed' }]]))
  })
  await world.drain()
  await send(world, [one('SKU-1')])
  const then = await compare(world, { a: { of: 'happened' }, b: { of: 'live' } })
  expect(then.changed.all).toBe(0)
  const now = await compare(world, { a: { of: 'happened' }, b: { of: 'live' }, ground: { facts: 'now' } })
  expect(now.changed.all).toBe(1)
  expect(now.locations).toEqual([
    expect.objectContaining({ location_id: 'GZ1', b: { orders: 2, units: 2 } }),
    expect.objectContaining({ location_id: 'HZ1', a: { orders: 1, units: 1 }, b: { orders: 0, units: 0 } }),
  ])
})

test('the same comparison again comes to the same, and its load adds up to its figures', async () => {
  await using world = await busyWorld()
  for (let turn = 0; turn < 4; turn++) await send(world, [one('SKU-1'), one('SKU-2'), one('SKU-3', 3)])
  const wish = { a: { of: 'live' }, b: { of: 'draft', draft_id: await drafted(world, fromGuangzhou) } } as const
  const [first, again] = [await compare(world, wish), await compare(world, wish)]
  const { figures, changed, rules, locations, compared } = first
  expect({ ...again }).toMatchObject({ figures, changed, rules, locations, compared })
  const orders = async (id: string) => (await changedOf(world, id)).items
  expect(await orders(first.comparison_id)).toEqual(await orders(again.comparison_id))
  const { step, points } = await world.transaction((tx) => viewLoad(tx, first.comparison_id, null))
  expect(step).toBe('hour')
  expect(points.reduce((sum, point) => sum + point.b.units, 0)).toBe(figures.b.units)
  expect(points.reduce((sum, point) => sum + point.a.orders, 0)).toBe(figures.a.parts)
})
