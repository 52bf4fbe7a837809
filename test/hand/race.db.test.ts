// Two at once: two people on one order, a person against a picker, people and the machine on the same stock; one clear winner, nothing half-done.
import { expect, test } from 'vitest'
import { steps } from '../../src/app.ts'
import { decideByHand } from '../../src/modules/allocation/decide-by-hand.ts'
import { pickLines } from '../../src/modules/warehouse/index.ts'
import { drain } from '../../src/platform/engine/index.ts'
import { seededRandomness } from '../../src/platform/ids.ts'
import { Problem } from '../../src/platform/problem.ts'
import { furnishRates, stockAt } from '../allocation/ground.ts'
import { type Command, countStatements, interleave, schedules } from '../race/interleave.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { decide, onlyWork, placesOf, versionOf } from './hand.ts'

const SEED = Number(process.env.SEED ?? 33)
const AT_MOST = 16

async function released(world: World): Promise<{ id: string; fulfilment_id: string; version: number }> {
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  return { id, fulfilment_id: (await onlyWork(world, id)).fulfilment_id, version: await versionOf(world, id) }
}

const codeOf = (error: unknown) => (error instanceof Problem ? error.code : undefined)

type Ground = Awaited<ReturnType<typeof released>>

const moveTo =
  (location_id: string, { id, fulfilment_id, version }: Ground): Command =>
  (tx) =>
    decideByHand(tx, id, { kind: 'move', fulfilment_id, location_id, version, reason: 'Race' })

async function raced(world: World, pair: (ground: Ground) => readonly [Command, Command]) {
  const [one, other] = pair(await released(world))
  const chosen = schedules(
    await countStatements(world, one),
    await countStatements(world, other),
    AT_MOST,
    seededRandomness(SEED),
  )
  const ends = []
  for (const schedule of chosen) {
    const ground = await released(world)
    const [first, second] = pair(ground)
    ends.push({ ...ground, schedule, ended: await interleave(world, [first, second], schedule) })
  }
  return ends
}

test('of two people who decide on the same order one wins, whatever the order of their statements; the other is told', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 500, GZ1: 500, BJ1: 500 } } })
  await furnishRates(world)
  for (const { id, schedule, ended } of await raced(world, (ground) => [
    moveTo('GZ1', ground),
    moveTo('BJ1', ground),
  ])) {
    expect(ended.map((end) => end.outcome).sort(), `seed ${SEED}, schedule ${schedule}`).toEqual(['done', 'refused'])
    expect(ended.find((end) => end.outcome === 'refused')?.error).toMatchObject({ code: 'order_changed' })
    expect(await placesOf(world, id)).toEqual([ended[0]?.outcome === 'done' ? 'GZ1 1' : 'BJ1 1'])
  }
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('of a person who moves work and a picker who picks it one wins, and the goods are where the work is', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 500, GZ1: 500 } } })
  await furnishRates(world)
  const pick =
    ({ fulfilment_id }: Ground): Command =>
    (tx) =>
      pickLines(tx, fulfilment_id, null)
  for (const { id, schedule, ended } of await raced(world, (ground) => [moveTo('GZ1', ground), pick(ground)])) {
    const person = ended[0]?.outcome === 'done' ? 'done' : codeOf(ended[0]?.error)
    expect(['done', 'decision_refused', 'order_changed'], `seed ${SEED}, schedule ${schedule}`).toContain(person)
    const moved = person === 'done'
    const seen = { places: await placesOf(world, id), picked: (await read(world, id)).lines[0]?.units.picked }
    expect(seen, `seed ${SEED}, schedule ${schedule}`).toEqual(
      moved ? { places: ['GZ1 1'], picked: 0 } : { places: ['HZ1 1'], picked: 1 },
    )
  }
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})

test('people who move orders to and fro while the machine allocates never take a unit twice, and nobody locks another out', async () => {
  await using world = await freshWorld({
    stock: { 'SKU-1': { HZ1: 30, BJ1: 10 }, 'SKU-2': { HZ1: 30, BJ1: 10 } },
    connections: 14,
  })
  await furnishRates(world)
  const lines = [
    { sku: 'SKU-1', quantity: 1 },
    { sku: 'SKU-2', quantity: 1 },
  ]
  const wishes = (count: number) => Array.from({ length: count }, () => ({ lines }))
  const first = await place(world, wishes(12))
  await world.drain()
  await place(world, wishes(12))
  const move = async (id: string, location_id: string) => {
    const { fulfilment_id } = await onlyWork(world, id)
    return decide(world, id, { kind: 'move', fulfilment_id, location_id })
  }
  const results = await Promise.allSettled([
    ...first.map((id) => move(id, 'BJ1')),
    drain(world.runtime, steps, world.tenant),
    drain(world.runtime, steps, world.tenant),
  ])
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  for (const reason of refused) expect(reason).toMatchObject({ code: 'decision_refused' })
  expect(results.length - refused.length).toBeGreaterThanOrEqual(12)
  expect((await stockAt(world, 'BJ1', 'SKU-1'))?.allocated).toBeLessThanOrEqual(10)
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
})
