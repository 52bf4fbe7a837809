// A call that kills its worker every time is not made for ever: its attempts are counted when it is leased, and then it lies before a person.
import { expect, test } from 'vitest'
import { MINUTE_MS } from '../../src/platform/clock.ts'
import { deadLetters, outside, runBatch, schedule } from '../../src/platform/engine/index.ts'
import { leaseForTest } from '../payment/lease.ts'
import { freshWorld } from '../world/index.ts'

test('a job whose worker dies at every attempt is buried after as many as its step allows, without another call', async () => {
  await using world = await freshWorld()
  let calls = 0
  const step = outside('test.kill', { batch: 10, attempts: 3, lease_ms: MINUTE_MS }, async () => {
    calls++
    return async () => {}
  })
  await world.transaction((tx) => schedule(tx, [{ step: step.name, subject: tx.newId() }]))
  for (let death = 0; death < 3; death++) {
    await leaseForTest(world, step)
    world.clock.advance(2 * MINUTE_MS)
  }
  await runBatch(world.runtime, step, world.tenant)
  expect(calls).toBe(0)
  const letters = await world.transaction((tx) => deadLetters(tx, 10))
  expect(letters).toMatchObject([{ step: 'test.kill', error: expect.stringContaining('died at every attempt') }])
})
