// The statement budget: a batch costs at most twelve statements in every step of the way, and no more for two hundred orders than for twenty.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import { cancelUnits, loadOrders } from '../../src/modules/orders/index.ts'
import { runBatch, schedule } from '../../src/platform/engine/index.ts'
import { furnishRates, limitLocations } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

const AT_MOST = 12
/** Where locations have limits: their lock, their slots, and what is booked. */
const BOOKING = 3
const CLAIM = 1
const WAY = [
  'orders.reserve',
  'orders.index-search',
  'review.screen',
  'orders.verify-payment',
  'notifications.confirmed',
  'allocation.allocate',
  'warehouse.release',
] as const

/** Statements that each step sends for one batch, in a transaction of its own; the one by which the engine claims the jobs comes on top. */
async function statementsOf(world: World, names: readonly string[]): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const name of names) {
    const step = steps.get(name)
    if (step === undefined) throw new Error(`there is no step ${name}`)
    const before = world.runtime.db.statements()
    const jobs = await runBatch(world.runtime, step, world.tenant)
    if (jobs > 0) counted[name] = world.runtime.db.statements() - before - CLAIM
  }
  return counted
}

function wishes(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    lines: [
      { sku: `SKU-${index % 20}`, quantity: 1 + (index % 2) },
      { sku: `SKU-${(index + 7) % 20}`, quantity: 1 },
    ],
  }))
}

function stock(units: number) {
  return Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`SKU-${index}`, { HZ1: units, GZ1: units }]))
}

test('L5 each step of the way sends at most twelve statements for two hundred orders, and as many for twenty', async () => {
  await using world = await freshWorld({ stock: stock(1_000) })
  // What is read once for each change of facts is read by the first orders.
  await place(world, wishes(20))
  await world.drain()
  await place(world, wishes(20))
  const twenty = await statementsOf(world, WAY)
  await world.drain()
  await place(world, wishes(200))
  const twoHundred = await statementsOf(world, WAY)
  await world.drain()
  expect(Object.keys(twoHundred)).toEqual([...WAY])
  expect(twoHundred).toEqual(twenty)
  expect(Object.entries(twoHundred).filter(([, statements]) => statements > AT_MOST)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('L5 shortages keep to the budget', async () => {
  await using world = await freshWorld({ stock: stock(3) })
  await place(world, wishes(20))
  await world.drain()
  await place(world, wishes(200))
  const counted = await statementsOf(world, WAY)
  expect(Object.entries(counted).filter(([, statements]) => statements > AT_MOST)).toEqual([])
})

test('L5 taking two hundred cancelled orders out of the warehouse keeps to the budget', async () => {
  await using world = await freshWorld({ stock: stock(1_000) })
  const ids = await place(world, wishes(200))
  await world.drain()
  await world.transaction(async (tx) => {
    for (const order of await loadOrders(tx, ids, { lock: true })) await cancelUnits(tx, order, null, 'customer')
  })
  const counted = await statementsOf(world, ['warehouse.cancel'])
  await world.drain()
  expect(counted['warehouse.cancel']).toBeLessThanOrEqual(AT_MOST)
  expect(await world.brokenInvariants()).toEqual([])
})

test('L5 booking slots of work for two hundred orders, and giving them back, keeps to the budget', async () => {
  await using world = await freshWorld({ stock: stock(1_000) })
  const capacity = { slot_minutes: 60, orders: 30, lines: 50, minutes_per_order: 3, minutes_per_line: 1 }
  await limitLocations(world, ['HZ1', 'GZ1'], { capacity })
  await place(world, wishes(20))
  await world.drain()
  const ids = await place(world, wishes(200))
  const counted = await statementsOf(world, WAY)
  await world.drain()
  await world.transaction(async (tx) => {
    for (const order of await loadOrders(tx, ids, { lock: true })) await cancelUnits(tx, order, null, 'customer')
  })
  Object.assign(counted, await statementsOf(world, ['warehouse.cancel', 'capacity.end-bookings']))
  await world.drain()
  expect(counted['allocation.allocate']).toBeLessThanOrEqual(AT_MOST + BOOKING)
  const { 'allocation.allocate': _booked, ...others } = counted
  expect(others['capacity.end-bookings']).toBeGreaterThan(0)
  expect(Object.entries(others).filter(([, statements]) => statements > AT_MOST)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('L5 closing two hundred orders looks at their money within the budget', async () => {
  await using world = await freshWorld({ stock: stock(1_000) })
  await furnishRates(world)
  const ids = await place(world, wishes(200))
  await world.drain()
  await simulateFulfilment(world.runtime, world.tenant, { limit: 200 })
  await world.transaction(async (tx) => {
    await tx.sql`update orders.order set commercial = 'confirmed', closed_at = null where tenant_id = ${tx.tenant}`
    await schedule(
      tx,
      ids.map((subject) => ({ step: 'orders.close', subject })),
    )
  })
  const counted = await statementsOf(world, ['orders.close'])
  expect(counted['orders.close']).toBeLessThanOrEqual(AT_MOST)
  const after = await world.transaction((tx) => loadOrders(tx, ids, { lock: false }))
  expect(after.filter((order) => order.commercial === 'closed')).toHaveLength(200)
})
