// Failing values for tests: a card, rules or coordinates taken away, what is decided then, and the minutes in which a circuit closes.
import type { AllocationPolicy } from '../../src/contracts/allocation.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { listDegradations } from '../../src/modules/allocation/view-degradations.ts'
import { closeCircuit } from '../../src/modules/modes/index.ts'
import { modesNow } from '../../src/modules/modes/view-modes.ts'
import { MINUTE_MS } from '../../src/platform/clock.ts'
import { type NewFact, setFacts } from '../../src/platform/facts.ts'
import { furnishRates } from '../allocation/ground.ts'
import type { World } from '../world/index.ts'
import { place } from '../world/orders.ts'

export const set = (world: World, ...facts: NewFact[]) => world.transaction((tx) => setFacts(tx, facts))
export const CARD = { kind: 'rate_card', key: 'SF/standard' }
export const RULES = { kind: 'rules', key: 'allocation' }
export const wishes = (count: number, quantity = 1) =>
  Array.from({ length: count }, () => ({ lines: [{ sku: 'SKU-1', quantity }] }))

export async function send(world: World, count = 1, quantity = 1): Promise<string[]> {
  const ids = await place(world, wishes(count, quantity))
  await world.drain()
  return ids
}

export async function decided(world: World, id: string | undefined) {
  const [decision] = (await world.transaction((tx) => explainedAllocation(tx, id ?? ''))).items
  const chosen = decision?.candidates.find((candidate) => candidate.verdict === 'chosen')
  return {
    from: chosen?.locations.map((at) => at.location_id).join(),
    cost: decision?.cost ?? null,
    degraded: decision?.degraded,
    rule: decision?.rule?.rule_id,
    says: decision?.says.map((one) => one.en).join(' ') ?? '',
  }
}

export const now = async (world: World) =>
  (await world.transaction((tx) => modesNow(tx))).degraded.map((one) => one.kind)
export const listed = async (world: World) =>
  (await world.transaction((tx) => listDegradations(tx, world.runtime.secrets, {}, true))).items
// the clock looks once a minute; five of them without a failure end it
export async function quiet(world: World, minutes = 6): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.clock.advance(MINUTE_MS)
    await world.drain()
  }
}

export const rule = (name: string, cells: Readonly<Record<string, string>> = {}) =>
  rulesDocument([{ _id: name, rule: `"${name}"`, name_en: `"${name}"`, name_zh: `"${name}"`, ...cells }])
export async function endByHand(world: World): Promise<void> {
  const [open] = await listed(world)
  await world.transaction((tx) => closeCircuit(tx, open?.degradation_id ?? '', 'rates are good'))
  // two workers at once price again
  await Promise.all([world.drain(), world.drain()])
  await world.drain()
}

// decided by the old card, from Hangzhou; by the new one everything from there is dear
export async function decideThenDearer(world: World, count: number): Promise<string[]> {
  await furnishRates(world)
  await send(world)
  await set(world, { ...CARD, value: null })
  const ids = await send(world, count)
  await furnishRates(world, { dear_from: ['HZ1'] })
  return ids
}

export const policy = (change: Partial<AllocationPolicy>) => ({
  kind: 'policy',
  key: 'allocation',
  value: { split_penalty_minor: 500, max_parts: 5, attempts_at_most: 5, ...change },
})
