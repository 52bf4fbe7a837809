// An order that too many places have failed is a person's: what he asks for is done, whatever clock rings at the same moment.
import { expect, test } from 'vitest'
import { schedule } from '../../src/platform/engine/index.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { exceptionsOf, furnishRates } from '../allocation/ground.ts'
import { freshWorld } from '../world/index.ts'
import { onTheFloor, placesOf, reject, STOCK } from './rejecting.ts'

test('beyond the bound of attempts clocks try nothing, and a person who asks is heard though a clock asks with him', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const value = { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 1 }
  await world.transaction((tx) => setFacts(tx, [{ kind: 'policy', key: 'allocation', value }]))
  const order_id = await onTheFloor(world)
  await reject(world, order_id, 'no_stock_found')
  const ask = async (step: string, ...causes: string[]) => {
    const jobs = causes.map((cause) => ({ step, subject: order_id, payload: { cause } }))
    await world.transaction((tx) => schedule(tx, jobs))
    await world.drain()
    return [(await exceptionsOf(world)).map((row) => row.reason), (await placesOf(world, order_id)).length]
  }
  expect(await ask('allocation.give-up', 'a date that was set before')).toEqual([['too_many_attempts'], 0])
  expect(await ask('allocation.allocate', 'waited')).toEqual([['too_many_attempts'], 0])
  expect(await ask('allocation.allocate', 'manual', 'waited')).toEqual([[], 1])
  expect(await world.brokenInvariants()).toEqual([])
})
