// What only a rule limits is taken by nobody twice: every interleaving of two batches keeps the orders a day and the safety stock of a location.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocateOrders } from '../../src/modules/allocation/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { DAY_MS } from '../../src/platform/clock.ts'
import { runBatch } from '../../src/platform/engine/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { furnishRates, stockAt } from '../allocation/ground.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { type Command, countStatements, interleave, schedules } from './interleave.ts'

const AT_MOST = process.env.ORDO_LONG === '1' ? 200 : 8
const SEED = Number(process.env.SEED ?? 8)
const UNITS = 100

// Two orders, confirmed and about to be allocated, each by a batch of its own.
async function twoBatches(world: World): Promise<[Command, Command]> {
  const ids = await place(
    world,
    [1, 2].map(() => ({ lines: [{ sku: 'SKU-1', quantity: 1 }] })),
  )
  for (const name of ['orders.reserve', 'review.screen', 'orders.verify-payment']) {
    const step = steps.get(name)
    if (step !== undefined) await runBatch(world.runtime, step, world.tenant)
  }
  const batch =
    (subject = ''): Command =>
    (tx) =>
      allocateOrders.run(tx, [{ job_id: subject, subject, attempts: 0, payload: null }])
  return [batch(ids[0]), batch(ids[1])]
}

test.each([
  ['order_limit', '1'],
  ['safety_stock', `${UNITS - 1}`],
])('two batches at once do not take more than the %s of a rule leaves', async (column, value) => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: UNITS } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('limit', { [column]: value })]))
  await world.drain()
  // the first count reads what is remembered from then on
  const [one, other] = await twoBatches(world)
  await countStatements(world, one)
  const [a, b] = [await countStatements(world, one), await countStatements(world, other)]
  for (const schedule of ['01'.repeat(a), ...schedules(a, b, AT_MOST, seededRandomness(SEED))]) {
    const before = (await stockAt(world, 'HZ1', 'SKU-1'))?.allocated ?? 0
    await interleave(world, await twoBatches(world), schedule)
    const after = await stockAt(world, 'HZ1', 'SKU-1')
    expect((after?.allocated ?? 0) - before, `seed ${SEED}, schedule ${schedule}`).toBe(1)
    // the day is over, and what was taken is there again
    world.clock.advance(DAY_MS + 1)
    await world.transaction((tx) =>
      inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-1', quantity: 1 }], { reason: 'supply' }),
    )
  }
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})
