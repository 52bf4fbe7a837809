// Facts from memory: what a change says is seen from its first instant, whoever filled the memory before.
import { expect, test } from 'vitest'
import { DAY_MS, later, SECOND_MS } from '../../src/platform/clock.ts'
import type { Tx } from '../../src/platform/db.ts'
import { currentFacts, setFacts } from '../../src/platform/facts.ts'
import { freshWorld } from '../world/index.ts'

const KIND = 'kept'

async function seen(tx: Tx): Promise<unknown> {
  return (await currentFacts(tx, [KIND])).get(KIND)?.[0]?.value
}

test('a transaction that began just before a change and reads its head hides it from nobody', async () => {
  await using world = await freshWorld()
  const set = (value: unknown, valid_from?: Date) =>
    world.transaction((tx) => setFacts(tx, [{ kind: KIND, key: 'a', value, ...(valid_from ? { valid_from } : {}) }]))
  await set('closed')
  world.clock.advance(SECOND_MS)
  // its instant lies before the change, its statements after the commit of the change
  await world.transaction(async (tx) => {
    world.clock.advance(1)
    await set('open')
    expect(await seen(tx)).toBe('closed')
  })
  expect(await world.transaction(seen)).toBe('open')
})

test('a change of the future is seen in its instant', async () => {
  await using world = await freshWorld()
  const at = later(world.clock.now(), DAY_MS)
  await world.transaction((tx) =>
    setFacts(tx, [
      { kind: KIND, key: 'a', value: 'now' },
      { kind: KIND, key: 'a', value: 'then', valid_from: at },
    ]),
  )
  world.clock.set(later(at, -1))
  expect(await world.transaction(seen)).toBe('now')
  world.clock.set(at)
  expect(await world.transaction(seen)).toBe('then')
})
