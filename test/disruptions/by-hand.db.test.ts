// Undoing a closure overrules nobody: what a person moved since, or locked to another place, stays and says so.
import { expect, test } from 'vitest'
import { applyDisruption } from '../../src/modules/disruptions/apply-disruption.ts'
import { draftDisruption } from '../../src/modules/disruptions/draft-disruption.ts'
import { undoDisruption } from '../../src/modules/disruptions/undo-disruption.ts'
import { listAffected, viewDisruption } from '../../src/modules/disruptions/view-disruptions.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { decide, onlyWork, placesOf, type Wish } from '../hand/hand.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

/** Two orders that Hangzhou's closure has sent to Guangzhou, and the closure. */
async function closed(world: World): Promise<{ flood: string; mine: string; other: string }> {
  await furnishRates(world)
  const [mine = '', other = ''] = await place(
    world,
    [1, 2].map(() => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  await world.drain()
  const flood = await world.transaction((tx) =>
    draftDisruption(tx, { name: 'Flood', reason: 'flood', scope: { locations: ['HZ1'] } }),
  )
  await world.drain()
  await world.transaction((tx) => applyDisruption(tx, flood))
  await world.drain()
  expect([await placesOf(world, mine), await placesOf(world, other)]).toEqual([['GZ1 1'], ['GZ1 1']])
  return { flood, mine, other }
}

async function undo(world: World, flood: string): Promise<Map<string, string>> {
  await world.transaction((tx) => undoDisruption(tx, flood))
  await world.drain()
  expect((await world.transaction((tx) => viewDisruption(tx, flood, true))).state).toBe('undone')
  const { items } = await world.transaction((tx) => listAffected(tx, world.runtime.secrets, flood, {}))
  return new Map(items.map((row) => [row.order_id, [row.back, row.back_cause].filter(Boolean).join(' ')]))
}

test.each<[string, (fulfilment_id: string) => Wish, string]>([
  ['moved on', (fulfilment_id) => ({ kind: 'move', fulfilment_id, location_id: 'BJ1' }), 'BJ1 1'],
  ['locked', () => ({ kind: 'lock', location_id: 'GZ1' }), 'GZ1 1'],
])('an order that a person has %s while the place was closed stays when that is undone', async (_what, wish, lies) => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9, BJ1: 9 } } })
  const { flood, mine, other } = await closed(world)
  await decide(world, mine, wish((await onlyWork(world, mine)).fulfilment_id))
  await world.drain()
  const back = await undo(world, flood)
  expect([back.get(mine), back.get(other)]).toEqual(['stays by_hand', 'returned'])
  expect([await placesOf(world, mine), await placesOf(world, other)]).toEqual([[lies], ['HZ1 1']])
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what a person decided before the closure, or a lock that has ended, keeps no order from going back', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 9, GZ1: 9 } } })
  const [mine = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2 }] }])
  await furnishRates(world)
  const { fulfilment_id } = await onlyWork(world, mine)
  await decide(world, mine, { kind: 'split', fulfilment_id, lines: [{ line_no: 1, quantity: 1 }] })
  const { flood, other } = await closed(world)
  await decide(world, other, { kind: 'lock', location_id: 'GZ1' })
  await decide(world, other, { kind: 'unlock' })
  const back = await undo(world, flood)
  expect([back.get(mine), back.get(other)]).toEqual(['returned', 'returned'])
  expect(await placesOf(world, other)).toEqual(['HZ1 1'])
  expect(await world.brokenInvariants()).toEqual([])
})
