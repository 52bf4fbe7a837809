// Degraded mode in the database: rates, coordinates and rules are broken one by one; orders go on with the last good values, say so, and are priced again when good ones are back.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import type { AllocationPolicy } from '../../src/contracts/allocation.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { learnAreas } from '../../src/modules/allocation/index.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { listDegradations, listDegradedOrders } from '../../src/modules/allocation/view-degradations.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { modesNow } from '../../src/modules/modes/view-modes.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { type NewFact, setFacts } from '../../src/platform/facts.ts'
import { furnishRates } from '../allocation/ground.ts'
import { openCrashScene, startOrdo } from '../crash/scene.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, placedOrder, read } from '../world/orders.ts'

const set = (world: World, ...facts: NewFact[]) => world.transaction((tx) => setFacts(tx, facts))
const CARD = { kind: 'rate_card', key: 'SF/standard' }
const RULES = { kind: 'rules', key: 'allocation' }
const wishes = (count: number, quantity = 1) =>
  Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity }] }))

async function send(world: World, count = 1, quantity = 1): Promise<string[]> {
  const ids = await place(world, wishes(count, quantity))
  await world.drain()
  return ids
}

async function decided(world: World, id: string | undefined) {
  const [decision] = (await world.transaction((tx) => explainedAllocation(tx, id ?? ''))).items
  const chosen = decision?.candidates.find((candidate) => candidate.verdict === 'chosen')
  return {
    from: chosen?.locations.map((at) => at.location_id).join(),
    cost: decision?.cost ?? null,
    degraded: decision?.degraded,
    rule: decision?.rule?.rule_id,
    says: decision?.says.map((one) => one.en).join(' ') ?? '',
  }
}

const now = async (world: World) => (await world.transaction((tx) => modesNow(tx))).degraded.map((one) => one.kind)
const listed = async (world: World) =>
  (await world.transaction((tx) => listDegradations(tx, world.runtime.secrets, {}))).items

const rule = (name: string, cells: Readonly<Record<string, string>> = {}) =>
  rulesDocument([{ _id: name, rule: `"${name}"`, name_en: `"${name}"`, name_zh: `"${name}"`, ...cells }])

test('rates that are gone: orders go on with the last card, say so, and the state ends by itself when rates are back', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  const [good] = await send(world)
  await set(world, { ...CARD, value: null })
  const [id] = await send(world)
  expect(await decided(world, id)).toMatchObject({
    from: 'HZ1',
    cost: (await decided(world, good)).cost,
    degraded: ['rates'],
  })
  expect((await decided(world, id)).says).toContain('Rates had failed')
  expect((await decided(world, good)).degraded).toEqual([])
  expect(await now(world)).toEqual(['rates'])
  expect((await listed(world))[0]).toMatchObject({ kind: 'rates', ended_at: null, orders: { decided: 1, waiting: 1 } })
  expect(await world.brokenInvariants()).toEqual([])
  await furnishRates(world)
  const [after] = await send(world)
  expect((await decided(world, after)).degraded).toEqual([])
  expect(await now(world)).toEqual([])
  const [ended] = await listed(world)
  expect(ended?.ended_at).not.toBeNull()
  expect(ended?.orders).toMatchObject({ decided: 1, waiting: 0, same: 1 })
  const told = await world.transaction(
    (tx) => tx.sql<{ type: string }[]>`
      select type from outbox.event where tenant_id = ${tx.tenant} and type like 'degradation.%' order by version`,
  )
  expect(told.map((event) => event.type)).toEqual(['degradation.began', 'degradation.ended'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a card that does not fit its schema is replaced by its last good version, however many followed; the others count as they are', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50 } } })
  await furnishRates(world)
  await set(world, { ...CARD, value: { zones: 'broken' } })
  await set(world, { ...CARD, value: { currency: 5 } })
  const [id] = await send(world)
  expect(await decided(world, id)).toMatchObject({ from: 'HZ1', degraded: ['rates'] })
  const [row] = await listed(world)
  expect(row?.cause).toContain('rate_card does not fit its schema: SF/standard')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a merchant who never had a card is not degraded: the nearest location sends, as ever', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  const [id] = await send(world)
  expect((await decided(world, id)).degraded).toEqual([])
  expect(await now(world)).toEqual([])
})

test('rules that cannot be read are replaced by the newest earlier ones that work, and by those of Ordo where none does', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  await set(world, { ...RULES, value: rule('south', { locations: '["GZ1"]' }) })
  expect(await decided(world, (await send(world))[0])).toMatchObject({ from: 'GZ1', degraded: [] })
  await set(world, { ...RULES, value: { nodes: [], edges: [] } })
  const [id] = await send(world)
  expect(await decided(world, id)).toMatchObject({ from: 'GZ1', rule: 'south', degraded: ['rules'] })
  expect(await now(world)).toEqual(['rules'])
  expect(await world.brokenInvariants()).toEqual([])
  await set(world, { ...RULES, value: rule('north', { locations: '["HZ1"]' }) })
  expect(await decided(world, (await send(world))[0])).toMatchObject({ from: 'HZ1', degraded: [] })
  expect(await now(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that the rules trip over is decided by earlier ones; the others of its batch are not touched by it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  // what comes out for three units or more is no radius: the whole answer cannot be followed
  await set(world, { ...RULES, value: rule('odd', { locations: '["GZ1"]', radius_km: 'units > 2 ? "far" : 5000' }) })
  const ids = await place(world, [...wishes(3), ...wishes(1, 3)])
  await world.drain()
  const answers = await Promise.all(ids.map((id) => decided(world, id)))
  expect(answers.map((one) => [one.from, one.degraded])).toEqual([
    ['GZ1', []],
    ['GZ1', []],
    ['GZ1', []],
    ['HZ1', ['rules']],
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('orders of a channel that stops sending coordinates are decided by where their area was, until it sends them again', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  await set(world, { ...RULES, value: rule('near', { radius_km: '100', on_failure: '"wait"' }) })
  await send(world)
  await world.transaction((tx) => learnAreas(tx))
  const withoutPlace = async () => {
    const [id] = await world.transaction(async (tx) => {
      const order = placedOrder(tx, { lines: [{ sku: 'SKU-1', quantity: 1 }] })
      await orders.placeOrders(tx, [{ ...order, ship: { ...order.ship, lat: null, lon: null } }])
      return [order.order_id]
    })
    await world.drain()
    return id
  }
  const id = await withoutPlace()
  expect(await decided(world, id)).toMatchObject({ from: 'HZ1', degraded: ['geo'] })
  expect(await now(world)).toEqual(['geo'])
  expect(await world.brokenInvariants()).toEqual([])
  await send(world)
  expect(await now(world)).toEqual([])
  expect((await listed(world))[0]?.orders).toMatchObject({ decided: 1, same: 1 })
  expect(await world.brokenInvariants()).toEqual([])
})

// decided by the old card, from Hangzhou; by the new one everything from there is dear
async function decideThenDearer(world: World, count: number): Promise<string[]> {
  await furnishRates(world)
  await send(world)
  await set(world, { ...CARD, value: null })
  const ids = await send(world, count)
  await furnishRates(world, { dear_from: ['HZ1'] })
  return ids
}

const policy = (change: Partial<AllocationPolicy>) => ({
  kind: 'policy',
  key: 'allocation',
  value: { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 5, ...change },
})

test('what costs more than now is listed with the difference and stays, unless the policy allows to move it', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  const ids = await decideThenDearer(world, 2)
  await send(world)
  const [row] = await listed(world)
  expect(row?.orders).toMatchObject({ decided: 2, kept: 2, moved: 0, waiting: 0 })
  const { items } = await world.transaction((tx) =>
    listDegradedOrders(tx, world.runtime.secrets, row?.degradation_id ?? '', {}),
  )
  expect(items.map((item) => item.order_id).sort()).toEqual([...ids].sort())
  for (const item of items) expect((item.cost_now ?? 0) - (item.cost_best ?? 0)).toBeGreaterThan(80_000)
  expect(row?.dearer).toBe(items.reduce((sum, item) => sum + (item.cost_now ?? 0) - (item.cost_best ?? 0), 0))
  expect(await decided(world, ids[0])).toMatchObject({ from: 'HZ1' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('where the policy allows it what nobody has touched moves; what is being picked, cancelled or gone stays and is counted', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await set(world, policy({ reconcile: 'move' }))
  const [moves, picked, cancelled] = await decideThenDearer(world, 3)
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [cancelled ?? ''], { lock: true })
    if (order === undefined) throw new Error('no order')
    await orders.cancelUnits(tx, order, [{ line_no: 1, quantity: 1 }], 'customer')
  })
  await world.transaction(async (tx) => {
    const [work] = await tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.fulfilment_line where tenant_id = ${tx.tenant} and order_id = ${picked ?? ''}`
    await warehouse.pickLines(tx, work?.fulfilment_id ?? '', [{ fulfilment_line_no: 1, quantity: 1 }])
  })
  await send(world)
  const [row] = await listed(world)
  expect(row?.orders).toMatchObject({ decided: 3, moved: 1, gone: 2, kept: 0, waiting: 0 })
  expect(row?.saved).toBeGreaterThan(80_000)
  expect(await decided(world, moves)).toMatchObject({ from: 'GZ1', degraded: [] })
  expect((await read(world, moves ?? '')).lines[0]?.units.reserved).toBe(0)
  expect(await decided(world, picked)).toMatchObject({ from: 'HZ1' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a process that is killed while orders are priced again loses and repeats nothing: another one goes on', async () => {
  const scene = await openCrashScene({ 'SKU-1': 600 })
  const { world } = scene
  try {
    await set(world, policy({ reconcile: 'move' }))
    await world.transaction((tx) =>
      inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'SKU-1', quantity: 600 }], { reason: 'opening' }),
    )
    await decideThenDearer(world, 130)
    await place(world, wishes(1))
    await drain(world.runtime, new Map([...steps].filter(([name]) => name !== 'allocation.reconcile')), world.tenant)
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 130 })
    const doomed = await startOrdo(scene.database.app_url, { faults: 'orders:after-move' })
    expect(await doomed.ended).toBe('SIGKILL')
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 130, moved: 0 })
    await scene.finish()
    expect((await listed(world))[0]?.orders).toMatchObject({ decided: 130, waiting: 0, moved: 130 })
    expect(await world.brokenInvariants()).toEqual([])
  } finally {
    await scene.close()
  }
})
