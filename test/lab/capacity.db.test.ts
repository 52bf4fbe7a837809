// A replay honours the slots of work of that time: orders beyond what a place gets done leave from elsewhere, as they did.
import { expect, test } from 'vitest'
import type { LocationFact } from '../../src/contracts/catalog.ts'
import * as catalog from '../../src/modules/catalog/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { CHANNEL, freshWorld, type World } from '../world/index.ts'
import { compare, one, send } from './stage.ts'

/** Hangzhou gets two orders ready in an hour, eight hours a day. */
async function limitHangzhou(world: World, orders: number): Promise<void> {
  await world.transaction(async (tx) => {
    const place = (await catalog.locations(tx)).get('HZ1')
    if (place === undefined) throw new Error('no HZ1')
    const { location_id, version_id: _version, valid_from: _from, ...fact } = place
    const limited: LocationFact = {
      ...fact,
      hours: { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '16:00' }] },
      capacity: { slot_minutes: 60, orders, minutes_per_order: 2, minutes_per_line: 1 },
    }
    await catalog.putLocations(tx, new Map([[location_id, limited]]))
  })
  await world.drain()
}

async function busyWorld(): Promise<World> {
  const world = await freshWorld({ stock: { 'SKU-1': { HZ1: 900, GZ1: 900 } } })
  await furnishRates(world)
  await limitHangzhou(world, 1)
  return world
}

test('the slots of that time fill as they did: what found no room there finds none in the replay', async () => {
  await using world = await busyWorld()
  for (let turn = 0; turn < 4; turn++) await send(world, Array(20).fill(one('SKU-1')))
  const view = await compare(world, { a: { of: 'happened' }, b: { of: 'then' } })
  expect(view.figures.b.sent).toBe(80)
  expect(view.locations.map((place) => place.location_id)).toEqual(['GZ1', 'HZ1'])
  expect(view.changed.all).toBe(0)
})

test('work of orders outside the comparison fills its slots too', async () => {
  await using world = await busyWorld()
  await send(world, Array(60).fill(one('SKU-1')))
  const from = new Date(world.clock.now().getTime() + 1).toISOString()
  await send(world, Array(10).fill(one('SKU-1')))
  const period = { from, to: '2027-01-01T00:00:00Z' }
  const view = await compare(world, { a: { of: 'happened' }, b: { of: 'then' }, period, channel: CHANNEL })
  expect(view).toMatchObject({ progress: { all: 10 }, changed: { all: 0 } })
  const free = await compare(world, { a: { of: 'happened' }, b: { of: 'then' } })
  expect(free.changed.all).toBe(0)
  await limitHangzhou(world, 100)
  const now = await compare(world, { a: { of: 'happened' }, b: { of: 'live' }, period, ground: { facts: 'now' } })
  expect(now.locations.find((place) => place.location_id === 'HZ1')?.b.orders).toBe(10)
  expect(now.changed.all).toBeGreaterThan(0)
})
