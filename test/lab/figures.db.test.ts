// Every figure of a comparison against six orders worked out by hand, on the stock of then while that of now is another.
import { expect, test } from 'vitest'
import * as inventory from '../../src/modules/inventory/index.ts'
import { listChanged, viewLoad } from '../../src/modules/lab/view-changes.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { ask, compare, drafted, fromGuangzhou, one, send, view } from './stage.ts'

const HOUR_MS = 3_600_000
const guangzhou = { region: '广东省', city: '广州市', postcode: '510000', lat: 23.13, lon: 113.26 }
const promised_at = '2026-03-06T00:00:00Z'

/*
 * A unit weighs 500 g. A part costs 8.00 within 300 km, 16.00 from 1,000 to 1,500 km, 5.00 more beyond 1 kg, and 2.50 of handling; it arrives two days
 * after it left near by, five days after it left far away. Hangzhou is 1,048 km from Guangzhou and 1,124 km from Beijing.
 *
 *      to, units          as it was                        with the draft: Guangzhou first
 *  1   Hangzhou 1, prom.  HZ1            8.00              GZ1         16.00, after the promise
 *  2   Hangzhou 2         HZ1 (restocked) 8.00             GZ1         16.00
 *  3   Guangzhou 3        GZ1           13.00              GZ1         13.00
 *  4   Hangzhou 5         GZ1           21.00              GZ1 × 3     21.00, 2 wait
 *  5   Hangzhou 2         GZ1 + BJ1     32.00              HZ1 × 2      8.00
 *  6   Hangzhou 1, prom.  nobody has it                    nobody has it
 */
async function soldWorld(): Promise<{ world: World; ids: string[] }> {
  const world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, GZ1: 9, BJ1: 1 }, 'SKU-2': { CD1: 0 } } })
  await furnishRates(world, { far_days: 5 })
  const ids = [...(await send(world, [{ ...one('SKU-1'), promised_at }]))]
  world.clock.advance(60_000)
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 2 }], { reason: 'delivery' }),
  )
  await world.drain()
  ids.push(...(await send(world, [one('SKU-1', 2)])))
  ids.push(...(await send(world, [{ ...one('SKU-1', 3), ship: guangzhou }])))
  world.clock.advance(HOUR_MS)
  ids.push(...(await send(world, [one('SKU-1', 5)])))
  ids.push(...(await send(world, [one('SKU-1', 2)])))
  ids.push(...(await send(world, [{ ...one('SKU-2'), promised_at }])))
  // now everything lies elsewhere
  world.clock.advance(HOUR_MS)
  await world.transaction((tx) =>
    inventory.receiveStock(
      tx,
      [
        { location_id: 'CD1', sku: 'SKU-1', quantity: 100 },
        { location_id: 'HZ1', sku: 'SKU-1', quantity: 100 },
      ],
      { reason: 'delivery' },
    ),
  )
  await world.drain()
  return { world, ids }
}

const before = {
  sent: 5,
  split: 1,
  parts: 6,
  parcels: 6,
  shipping: 8200,
  handling: 1500,
  km_mean: 536.7,
  // 137 g for a tonne and a kilometre: 2.5 kg from Guangzhou, half a kilogram from there and from Beijing
  carbon_grams: 508,
  promised: 2,
  promise_kept: 1,
  late_days_mean: 0,
  unallocated: 1,
  units: 13,
  units_waiting: 1,
}

const after = {
  sent: 5,
  split: 0,
  parts: 5,
  parcels: 5,
  shipping: 7400,
  handling: 1250,
  km_mean: 628.8,
  // 0.5, 1 and 1.5 kg from Guangzhou
  carbon_grams: 431,
  promised: 2,
  promise_kept: 0,
  // 32 hours
  late_days_mean: 1.33,
  unallocated: 1,
  units: 11,
  units_waiting: 3,
}

test('cost, split, distance, parcels, promises, what waits, the load: all as worked out by hand, twice the same, on the stock of then', async () => {
  const { world, ids } = await soldWorld()
  await using _world = world
  const b = { of: 'draft', draft_id: await drafted(world, fromGuangzhou) } as const
  // two people ask for the same at once
  const both = [await ask(world, { a: { of: 'live' }, b }), await ask(world, { a: { of: 'live' }, b })]
  await world.drain()
  const [first, again] = await Promise.all(both.map((id) => view(world, id)))
  const { figures, compared, changed, rules, locations } = first!
  expect(figures).toEqual({ a: before, b: after })
  // the fourth is sent in other numbers: its cost does not compare
  expect(compared).toEqual({ orders: 4, cost_a: 1050 + 1050 + 1550 + 3700, cost_b: 1850 + 1850 + 1550 + 1050 })
  expect(changed).toEqual({
    all: 4,
    dearer: 2,
    cheaper: 1,
    more_parts: 0,
    fewer_parts: 1,
    later: 2,
    sooner: 1,
    unallocated: 1,
    allocated: 0,
  })
  expect(rules.map((rule) => [rule.rule_id, rule.a, rule.b])).toEqual([
    ['cheapest', 6, 0],
    ['south', 0, 4],
    // the last rule that was asked takes the order that nobody has
    ['rest', 0, 2],
  ])
  expect(locations.map((place) => [place.location_id, place.a, place.b])).toEqual([
    ['BJ1', { orders: 1, units: 1 }, { orders: 0, units: 0 }],
    ['GZ1', { orders: 3, units: 9 }, { orders: 4, units: 9 }],
    ['HZ1', { orders: 2, units: 3 }, { orders: 1, units: 2 }],
  ])
  expect(again).toMatchObject({ figures, compared, changed, rules, locations })

  const [items = [], other] = await changedIn(world, both)
  expect(other).toEqual(items)
  expect(items.map((item) => [ids.indexOf(item.order_id) + 1, item.difference, item.what, item.b.says.en])).toEqual([
    [5, -2650, ['cheaper', 'fewer_parts', 'sooner'], 'HZ1 (SF/standard) × 2'],
    [2, 800, ['dearer', 'later'], 'GZ1 (SF/standard) × 2'],
    [1, 800, ['dearer', 'later'], 'GZ1 (SF/standard) × 1'],
    [4, null, ['unallocated'], 'GZ1 (SF/standard) × 3, 2 wait'],
  ])
  expect(items[0]?.a).toMatchObject({ cost: 3700, parts: 2, km: 1086, rule_id: 'cheapest' })
  expect(items[1]?.b).toMatchObject({ cost: 1850, km: 1048, arrives_at: '2026-03-07T08:00:00.000Z', rule_id: 'south' })

  expect(await loadAt(world, both[0]!, 'GZ1')).toEqual({
    step: 'hour',
    points: [
      { at: '2026-03-02T02:00:00.000Z', a: { orders: 1, units: 3 }, b: { orders: 3, units: 6 } },
      { at: '2026-03-02T03:00:00.000Z', a: { orders: 2, units: 6 }, b: { orders: 1, units: 3 } },
    ],
  })
  expect((await loadAt(world, both[0]!, null)).points.map(({ a, b: load_b }) => [a.orders, load_b.orders])).toEqual([
    [3, 3],
    [3, 2],
  ])

  await sameAsHappened(world)
  expect(await world.brokenInvariants()).toEqual([])
})

/** The orders that changed in each of these comparisons. */
function changedIn(world: World, ids: readonly string[]) {
  const { secrets } = world.runtime
  return world.transaction((tx) => Promise.all(ids.map(async (id) => (await listChanged(tx, secrets, id, {})).items)))
}

function loadAt(world: World, id: string, location_id: string | null) {
  return world.transaction((tx) => viewLoad(tx, id, location_id))
}

// What happened says the same of side a, as far as it was kept; the order that nobody had was never decided.
async function sameAsHappened(world: World): Promise<void> {
  const happened = await compare(world, { a: { of: 'happened' }, b: { of: 'then' } })
  expect(happened).toMatchObject({ changed: { all: 0 }, lost: { destinations: 0, reasons: 1 } })
  expect(happened.figures).toEqual({ a: { ...before, parcels: null }, b: before })
  expect(happened.notes[0]?.text.en).toMatch(/^1 order has no kept reasons/)
}
