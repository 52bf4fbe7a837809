// Locking, unlocking and raising by hand: what the machine decides later obeys, and says so.
import { expect, test } from 'vitest'
import { handHistory } from '../../src/modules/allocation/hand-history.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { applyDisruption } from '../../src/modules/disruptions/apply-disruption.ts'
import { draftDisruption } from '../../src/modules/disruptions/draft-disruption.ts'
import { endDisruption } from '../../src/modules/disruptions/undo-disruption.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { decide, onlyWork, placesOf, preview, refusedBy } from './hand.ts'

const oneOrder = async (world: World) => (await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }]))[0] ?? ''

test('an order locked before it is decided goes where it is locked to, however near another is; the others are out by the lock', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const id = await oneOrder(world)
  await decide(world, id, { kind: 'lock', location_id: 'GZ1' }, 'They collect it themselves')
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['GZ1 1'])
  const [said] = (await world.transaction((tx) => explainedAllocation(tx, id))).items
  expect(said?.candidates.find((one) => one.locations[0]?.location_id === 'HZ1')?.removed_by).toBe('locked')
  expect(said?.says.some((one) => one.zh.includes('已锁定'))).toBe(true)
  expect(await world.transaction((tx) => handHistory(tx, id))).toMatchObject({
    locked: 'GZ1',
    items: [{ kind: 'lock' }],
  })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a locked order waits for its location when that closes for a while, and leaves from there when it opens; unlocked it may go elsewhere', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const ids = [await oneOrder(world), await oneOrder(world)]
  await world.drain()
  for (const id of ids) await decide(world, id, { kind: 'lock', location_id: 'HZ1' })
  const flood = await world.transaction((tx) =>
    draftDisruption(tx, { name: 'Flood', reason: 'flood', scope: { locations: ['HZ1'] } }),
  )
  await world.drain()
  await world.transaction((tx) => applyDisruption(tx, flood))
  await world.drain()
  expect(await exceptionsOf(world)).toHaveLength(2)
  await decide(world, ids[0] ?? '', { kind: 'unlock' })
  await world.drain()
  expect(await placesOf(world, ids[0] ?? '')).toEqual(['GZ1 1'])
  expect(await placesOf(world, ids[1] ?? '')).toEqual([])
  await world.transaction((tx) => endDisruption(tx, flood))
  await world.drain()
  expect(await placesOf(world, ids[1] ?? '')).toEqual(['HZ1 1'])
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('work that lies elsewhere keeps an order from being locked, and a lock keeps a person from moving it away', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5, GZ1: 5 } } })
  await furnishRates(world)
  const id = await oneOrder(world)
  await world.drain()
  expect(await refusedBy(preview(world, id, { kind: 'lock', location_id: 'GZ1' }))).toEqual(['work_elsewhere'])
  expect(await refusedBy(decide(world, id, { kind: 'unlock' }))).toEqual(['not_locked'])
  await decide(world, id, { kind: 'lock', location_id: 'HZ1' })
  expect(await refusedBy(decide(world, id, { kind: 'lock', location_id: 'HZ1' }))).toEqual(['already_locked'])
  const { fulfilment_id } = await onlyWork(world, id)
  expect(await refusedBy(decide(world, id, { kind: 'move', fulfilment_id, location_id: 'GZ1' }))).toEqual(['locked'])
  await decide(world, id, { kind: 'unlock' })
  await decide(world, id, { kind: 'move', fulfilment_id, location_id: 'GZ1' })
  expect(await placesOf(world, id)).toEqual(['GZ1 1'])
  expect(await world.brokenInvariants()).toEqual([])
})

test('of two orders for the one unit nearby the one that is raised gets it; the same priority again is refused', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, BJ1: 1 } } })
  await furnishRates(world, { far_days: 3 })
  const [older, raised] = [await oneOrder(world), await oneOrder(world)]
  await decide(world, raised, { kind: 'priority', priority: 7 })
  await world.drain()
  expect([await placesOf(world, older), await placesOf(world, raised)]).toEqual([['BJ1 1'], ['HZ1 1']])
  expect(await refusedBy(decide(world, raised, { kind: 'priority', priority: 7 }))).toEqual(['same_priority'])
  expect((await world.transaction((tx) => handHistory(tx, raised))).items).toMatchObject([
    { kind: 'priority', priority: 7 },
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('without it the older of the two gets the unit nearby', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1, BJ1: 1 } } })
  await furnishRates(world, { far_days: 3 })
  const [older, younger] = [await oneOrder(world), await oneOrder(world)]
  await world.drain()
  expect([await placesOf(world, older), await placesOf(world, younger)]).toEqual([['HZ1 1'], ['BJ1 1']])
})
