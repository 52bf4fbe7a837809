// Closures in the database: what lies open there is planned anew with its cost, moved in one action and back in one; nothing is lost or oversold.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { applyDisruption } from '../../src/modules/disruptions/apply-disruption.ts'
import type { DraftWish } from '../../src/modules/disruptions/draft-disruption.ts'
import { endDisruption, undoDisruption } from '../../src/modules/disruptions/undo-disruption.ts'
import { packParcels, pickLines } from '../../src/modules/warehouse/index.ts'
import { HOUR_MS, later } from '../../src/platform/clock.ts'
import { drain, runBatch } from '../../src/platform/engine/index.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { reject } from '../fulfilment/rejecting.ts'
import { freshWorld } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { affected, apply, cancel, FLOOD, places, plan, view, wishes, workOf } from './closing.ts'

test('a plan says for each order where it would go and what that costs, and nothing has moved yet', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 3 } } })
  await furnishRates(world)
  await place(world, wishes(5))
  await world.drain()
  const id = await plan(world)
  const { state, totals } = await view(world, id)
  expect(state).toBe('planned')
  expect(totals).toMatchObject({ orders: 5, units: 5, unmet: 2, to_move: 3, to_inbox: 2, to_keep: 0 })
  // three orders: from near by 8.00, from Guangzhou 16.00; handling is the same
  expect(totals.cost_after - totals.cost_before).toBe(3 * 800)
  const rows = await affected(world, id)
  expect(rows.map((row) => row.plan)).toEqual(['move', 'move', 'move', 'inbox', 'inbox'])
  expect(rows[0]).toMatchObject({ from: [{ location_id: 'HZ1', units: 1 }], to: [{ location_id: 'GZ1', units: 1 }] })
  expect(rows[3]?.cause_text?.en).toBe('only closed locations have the goods')
  expect(await places(world)).toEqual({ HZ1: 5 })
  expect(await world.brokenInvariants()).toEqual([])
})

test('applied, orders leave from elsewhere, what has no place is before a person, and the explanation says why', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 3 } } })
  await furnishRates(world)
  const ids = await place(world, wishes(5))
  await world.drain()
  const id = await plan(world)
  await apply(world, id)
  const { state, progress } = await view(world, id)
  expect(state).toBe('active')
  expect(progress).toMatchObject({ waiting: 0, moved: 3, inbox: 2 })
  expect(await places(world)).toEqual({ GZ1: 3 })
  expect((await exceptionsOf(world)).map((row) => row.reason)).toEqual(['disrupted', 'disrupted'])
  const [said] = (await world.transaction((tx) => explainedAllocation(tx, ids[0] ?? ''))).items
  expect(said?.cause).toBe('disruption')
  expect(said?.candidates.find((one) => one.locations[0]?.location_id === 'HZ1')?.removed_by).toBe('disrupted')
  expect(await world.brokenInvariants()).toEqual([])
})

test('while it is active no new order goes there; when it ends what waited leaves from there', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10 } } })
  await furnishRates(world)
  const id = await plan(world)
  await apply(world, id)
  await place(world, wishes(2))
  await world.drain()
  expect(await places(world)).toEqual({})
  expect(await exceptionsOf(world)).toHaveLength(2)
  await world.transaction((tx) => endDisruption(tx, id))
  await world.drain()
  expect(await places(world)).toEqual({ HZ1: 2 })
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('goods that were picked or packed at the closed place lie aside there, and their order leaves from elsewhere', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  const [picked = '', packed = ''] = await place(world, wishes(3))
  await world.drain()
  for (const order_id of [picked, packed]) {
    const work = await workOf(world, order_id)
    await world.transaction((tx) => pickLines(tx, work, null))
  }
  const parcel = await workOf(world, packed)
  await world.transaction((tx) => packParcels(tx, parcel, null))
  await world.drain()
  const id = await plan(world)
  await apply(world, id)
  expect((await view(world, id)).progress).toMatchObject({ moved: 3 })
  expect(await places(world)).toEqual({ GZ1: 3 })
  const aside = await world.transaction(
    (tx) => tx.sql<{ quantity: number }[]>`
      select sum(quantity)::int as quantity from warehouse.put_back where tenant_id = ${tx.tenant} and done_at is null`,
  )
  expect(aside).toEqual([{ quantity: 2 }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('what has changed since the plan is looked at again: cancelled orders are gone, new ones are moved too', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  const [gone = ''] = await place(world, wishes(2))
  await world.drain()
  const id = await plan(world)
  await place(world, wishes(1))
  await world.drain()
  await cancel(world, gone)
  await apply(world, id)
  expect((await view(world, id)).progress).toMatchObject({ waiting: 0, moved: 2, gone: 1 })
  expect(await places(world)).toEqual({ GZ1: 2 })
  expect((await read(world, gone)).commercial).toBe('cancelled')
  expect(await world.brokenInvariants()).toEqual([])
})

test('a stocktake that is over before the goods leave moves nothing', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } }, now: '2026-03-02T02:00:00Z' })
  await furnishRates(world)
  await place(world, wishes(2))
  await world.drain()
  const until = later(new Date('2026-03-02T02:00:00Z'), 2 * HOUR_MS)
  const id = await plan(world, { ...FLOOD, reason: 'stocktake', until })
  expect((await view(world, id)).totals).toMatchObject({ orders: 2, to_keep: 2 })
  await apply(world, id)
  expect((await view(world, id)).progress).toMatchObject({ kept: 2, moved: 0 })
  expect(await places(world)).toEqual({ HZ1: 2 })
  world.clock.advance(3 * HOUR_MS)
  await world.drain()
  expect((await view(world, id)).state).toBe('ended')
  expect(await world.brokenInvariants()).toEqual([])
})

test('what waits for the end of a closure says when that is, and no place is promised while it is closed', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 1 } }, now: '2026-03-02T02:00:00Z' })
  await furnishRates(world)
  const [rejected = ''] = await place(world, wishes(1))
  await world.drain()
  await reject(world, rejected, 'no_capacity')
  expect(await places(world)).toEqual({ GZ1: 1 })
  const until = later(world.clock.now(), 48 * HOUR_MS)
  await apply(world, await plan(world, { ...FLOOD, scope: { locations: ['HZ1', 'GZ1'] }, until }))
  const [fresh = ''] = await place(world, wishes(1))
  await world.drain()
  // Hangzhou is in again for the rejected one at midnight, but closed until the day after
  const said = await Promise.all(
    [rejected, fresh].map(async (id) => (await world.transaction((tx) => explainedAllocation(tx, id))).waiting),
  )
  expect(said.map((waiting) => waiting?.try_again_at)).toEqual([until.toISOString(), until.toISOString()])
  expect(said[1]?.try_because).toBe('reopening')
  world.clock.advance(48 * HOUR_MS)
  await world.drain()
  expect(await exceptionsOf(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a region or a circle means the locations that lie in it; one without any is refused', async () => {
  await using world = await freshWorld()
  const named = async (scope: DraftWish['scope']) =>
    (await view(world, await plan(world, { ...FLOOD, scope }))).locations.map((one) => one.location_id)
  expect(await named({ region: { country: 'CN', regions: ['浙江省', '广东省'] } })).toEqual(['GZ1', 'HZ1'])
  expect(await named({ radius: { lat: 30.57, lon: 104.07, km: 50 } })).toEqual(['CD1'])
  await expect(plan(world, { ...FLOOD, scope: { region: { country: 'US' } } })).rejects.toMatchObject({
    code: 'scope_empty',
  })
})

test('a plan is applied once, whoever asks at the same time', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  await place(world, wishes(3))
  await world.drain()
  const id = await plan(world)
  const both = await Promise.allSettled([1, 2].map(() => world.transaction((tx) => applyDisruption(tx, id))))
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  await world.drain()
  expect((await view(world, id)).progress).toMatchObject({ moved: 3 })
  expect(await world.brokenInvariants()).toEqual([])
})

const BUDGET = ['disruptions.take-out', 'allocation.allocate', 'disruptions.settle', 'disruptions.bring-back']

test('taking out, deciding, settling and bringing back two hundred orders keep to the budget of statements', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 1000, GZ1: 1000 } } })
  await furnishRates(world)
  await place(world, wishes(200))
  await world.drain()
  // What is read once for each change of facts is read for a closure of nothing, and stays as it is.
  await apply(world, await plan(world, { ...FLOOD, scope: { locations: ['CD1'] } }))
  const id = await plan(world)
  await world.transaction((tx) => applyDisruption(tx, id))
  await place(world, wishes(1))
  await drain(world.runtime, new Map([...steps].filter(([name]) => !name.startsWith('disruptions.'))), world.tenant)
  const counted: Record<string, number> = {}
  const count = async (names: readonly string[]) => {
    for (const name of names) {
      const step = steps.get(name)
      if (step === undefined) throw new Error(`there is no step ${name}`)
      const before = world.runtime.db.statements()
      const jobs = await runBatch(world.runtime, step, world.tenant)
      if (jobs > 1) counted[name] = world.runtime.db.statements() - before - 1
    }
  }
  await count(['disruptions.roll', ...BUDGET])
  await world.drain()
  await world.transaction((tx) => undoDisruption(tx, id))
  await count(['disruptions.roll', 'disruptions.bring-back'])
  await world.drain()
  expect(Object.keys(counted).sort()).toEqual([...BUDGET].sort())
  expect(Object.entries(counted).filter(([, statements]) => statements > 12)).toEqual([])
  expect(await places(world)).toEqual({ GZ1: 1, HZ1: 200 })
  expect(await world.brokenInvariants()).toEqual([])
})
