// The board's promises: it shows what is where, sees a change within a second, is asked of the database once whoever looks, and never more than a thousand deep.
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { Board } from '../../src/contracts/views-board.ts'
import { insightRoutes } from '../../src/modules/insights/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'

const route = insightRoutes.find((one) => one.path === '/board')!
const check = Compile(Board)

async function board(world: World): Promise<Board> {
  world.clock.advance(60_000)
  const answer: unknown = await route.options.run(world.context(), { params: {}, query: {}, body: {} } as never)
  if (!check.Check(answer)) throw new Error(JSON.stringify([...check.Errors(answer)].slice(0, 3)))
  return answer
}

test('an empty shop has an empty board that fits its contract', async () => {
  await using world = await freshWorld()
  const seen = await board(world)
  expect(seen.steps.map((step) => step.backlog + step.waiting)).toEqual(Array(10).fill(0))
  expect(seen.locations.map((location) => location.location_id)).toEqual(['BJ1', 'CD1', 'GZ1', 'HZ1'])
  expect(seen.rate).toHaveLength(60)
})

test('orders are seen waiting for the machine, then at the warehouse, with their rate', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 100 } })
  await place(
    world,
    Array.from({ length: 30 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  const before = await board(world)
  expect(before.steps.find((step) => step.step === 'reserve')).toMatchObject({ backlog: 30, state: 'slow' })
  expect(before.placed_today).toBe(30)
  await world.drain()
  const after = await board(world)
  expect(after.steps.find((step) => step.step === 'reserve')?.backlog).toBe(0)
  expect(after.steps.find((step) => step.step === 'pick')).toMatchObject({ waiting: 30, waits_for: 'warehouse' })
  expect(after.rate.reduce((sum, point) => sum + point.placed, 0)).toBe(30)
})

test('backorders pool at the first step with the time of the oldest order', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1 } })
  await place(
    world,
    Array.from({ length: 3 }, () => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  const placed_at = world.clock.now()
  await world.drain()
  const seen = await board(world)
  expect(seen.steps.find((step) => step.step === 'reserve')).toMatchObject({
    waiting: 2,
    waits_for: 'stock',
    oldest_at: placed_at.toISOString(),
  })
  expect(seen.queue.find((item) => item.queue === 'backorders')?.count).toBe(2)
})

test('twenty readers within a second cost the database one count', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': 1 } })
  await board(world)
  const before = world.runtime.db.statements()
  const input = { params: {}, query: {}, body: {} } as never
  world.clock.advance(60_000)
  await Promise.all(Array.from({ length: 20 }, () => route.options.run(world.context(), input))) // at most 20
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(12)
})
