// Degraded mode in the database: rates, coordinates and rules are broken one by one; orders go on with the last good values and say so.
import { expect, test } from 'vitest'
import { SHIPPED } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind, learnAreas } from '../../src/modules/allocation/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import { putRules, rollBack } from '../../src/modules/policies/activate-rules.ts'
import { MINUTE_MS } from '../../src/platform/clock.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld } from '../world/index.ts'
import { place, placedOrder } from '../world/orders.ts'
import { CARD, decided, listed, now, quiet, RULES, rule, send, set, wishes } from './failing.ts'

test('rates that are gone: orders go on with the last card, say so, and the state ends by itself when rates have been back for a while', async () => {
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
  // they come and go: one degradation, not one for each batch
  await set(world, { ...CARD, value: null })
  await quiet(world, 7)
  expect(await now(world)).toEqual(['rates'])
  await furnishRates(world)
  await quiet(world, 2)
  expect(await now(world)).toEqual(['rates'])
  expect((await listed(world))[0]?.state).toBe('recovering')
  await quiet(world, 4)
  expect(await now(world)).toEqual([])
  const [ended, ...others] = await listed(world)
  expect(others).toEqual([])
  expect(ended).toMatchObject({ state: 'over', ended_by: null })
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
  await quiet(world)
  expect(await now(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('rules that were rolled back are not the last good ones, nor what lies between them and what was brought back', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  const live = (name: string, at: string) =>
    world.transaction((tx) => putRules(tx, allocationRuleKind, rule(name, { locations: `["${at}"]` }), name))
  const first = await live('first', 'HZ1')
  await live('between', 'GZ1')
  await live('wrong', 'GZ1')
  await world.transaction((tx) => rollBack(tx, allocationRuleKind, first, 'it sends everything from the south'))
  await set(world, { ...RULES, value: { nodes: [] } })
  const [id] = await send(world)
  expect(await decided(world, id)).toMatchObject({ from: 'HZ1', rule: 'first', degraded: ['rules'] })
  await world.transaction((tx) => rollBack(tx, allocationRuleKind, SHIPPED, 'none of them is right'))
  await set(world, { ...RULES, value: { nodes: [] } })
  expect((await decided(world, (await send(world))[0])).rule).not.toBe('first')
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
  // one order is no failure of the rules: nobody is told, it is priced again all the same
  expect(await now(world)).toEqual([])
  expect((await listed(world))[0]).toMatchObject({ state: 'suspected', opened_at: null, orders: { waiting: 1 } })
  expect(await world.brokenInvariants()).toEqual([])
  await quiet(world)
  expect((await listed(world))[0]).toMatchObject({ state: 'over', orders: { waiting: 0, decided: 1 } })
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
  expect(await now(world)).toEqual([])
  await withoutPlace()
  await withoutPlace()
  expect(await now(world)).toEqual(['geo'])
  expect(await world.brokenInvariants()).toEqual([])
  await quiet(world, 1)
  for (let batch = 0; batch < 3; batch++) await send(world)
  await quiet(world, 3)
  expect(await now(world)).toEqual(['geo'])
  await quiet(world, 2)
  expect(await now(world)).toEqual([])
  expect((await listed(world))[0]?.orders).toMatchObject({ decided: 3, same: 3 })
  // a channel that has fallen silent shows nothing any more: after an hour it is over
  for (let batch = 0; batch < 3; batch++) await withoutPlace()
  await quiet(world, 10)
  expect(await now(world)).toEqual(['geo'])
  world.clock.advance(55 * MINUTE_MS)
  await world.drain()
  expect(await now(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})
