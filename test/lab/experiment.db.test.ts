// An experiment: a draft decides its share of new orders and no other, both arms are counted, and it ends with what it is measured against.
import { expect, test, vi } from 'vitest'
import type { NewExperiment } from '../../src/contracts/experiments.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { allocationRuleKind as kind } from '../../src/modules/allocation/index.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { listExperiments, viewExperiment } from '../../src/modules/lab/view-experiments.ts'
import { activateDraft } from '../../src/modules/policies/activate-rules.ts'
import { purgeExperimentOrders } from '../../src/modules/policies/arm-sums.ts'
import { armOf } from '../../src/modules/policies/arms.ts'
import { changeDraft, discardDraft } from '../../src/modules/policies/keep-drafts.ts'
import { startExperiment, stopExperiment } from '../../src/modules/policies/run-experiments.ts'
import { addTest } from '../../src/modules/policies/test-rules.ts'
import { furnishRates } from '../allocation/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { compare, drafted, fromGuangzhou, one, row, send } from './stage.ts'

async function soldWorld(): Promise<World> {
  const world = await freshWorld({ stock: { 'SKU-1': { HZ1: 500, GZ1: 500 } } })
  await furnishRates(world)
  return world
}

async function started(world: World, draft_id: string, change: Partial<NewExperiment> = {}): Promise<string> {
  world.clock.advance(1000)
  const wish = { name: 'South', draft_id, revision: 1, share_percent: 50, orders_wanted: 100, reason: 'to see' }
  return world.transaction((tx) => startExperiment(tx, kind, { ...wish, ...change }))
}

const viewOf = (world: World, id: string) => world.transaction((tx) => viewExperiment(tx, id, true))
const decisionOf = async (world: World, id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, id))).items[0]
const sentFrom = async (world: World, id: string) =>
  (await decisionOf(world, id))?.candidates.find((plan) => plan.verdict === 'chosen')?.locations[0]?.location_id

test('each order is decided by the rules of its arm and says so; after the stop all are decided by the live rules', async () => {
  await using world = await soldWorld()
  const [before = ''] = await send(world, [one('SKU-1')])
  const id = await started(world, await drafted(world, fromGuangzhou))
  const orders = [
    ...(await send(world, Array(15).fill(one('SKU-1')))),
    ...(await send(world, Array(15).fill(one('SKU-1')))),
  ]
  for (const order_id of orders) {
    const arm = armOf(id, order_id, 50)
    const decision = await decisionOf(world, order_id)
    expect([decision?.arm, await sentFrom(world, order_id)]).toEqual([arm, arm === 'draft' ? 'GZ1' : 'HZ1'])
    expect(decision?.rule?.rule_id).toBe(arm === 'draft' ? 'south' : 'cheapest')
  }
  const view = await viewOf(world, id)
  const drafts = orders.filter((order_id) => armOf(id, order_id, 50) === 'draft').length
  expect(view).toMatchObject({
    state: 'running',
    complete: false,
    decides: 'cost',
    draft: { orders: drafts, whole: drafts },
  })
  expect(view.live.orders).toBe(30 - drafts)
  expect(view.draft.cost_mean ?? 0).toBeGreaterThan(view.live.cost_mean ?? 0)
  expect(view.verdicts.map((verdict) => verdict.enough)).toEqual([false, false, false, false])
  expect(view.notes.map((note) => note.code)).toContain('too_early')
  world.clock.advance(1000)
  await world.transaction((tx) => stopExperiment(tx, kind, id, 'seen enough'))
  const after = await send(world, Array(8).fill(one('SKU-1')))
  for (const order_id of [before, ...after])
    expect([(await decisionOf(world, order_id))?.arm, await sentFrom(world, order_id)]).toEqual([null, 'HZ1'])
  expect(await viewOf(world, id)).toMatchObject({ state: 'stopped', stop_reason: 'seen enough', live: view.live })
  // the lab replays the time of an experiment with its arms
  expect((await compare(world, { a: { of: 'happened' }, b: { of: 'then' } })).changed.all).toBe(0)
  expect(await world.brokenInvariants()).toEqual([])
})

test('with enough orders in both arms the dearer draft is told to be dearer, with its interval', async () => {
  await using world = await soldWorld()
  const id = await started(world, await drafted(world, fromGuangzhou))
  await send(world, Array(150).fill(one('SKU-1')))
  await send(world, Array(150).fill(one('SKU-1', 2)))
  const view = await viewOf(world, id)
  expect(view.complete).toBe(true)
  expect(view.notes.map((note) => note.code)).not.toContain('too_early')
  const [cost, split] = view.verdicts
  expect(cost).toMatchObject({ measure: 'cost', enough: true })
  expect(cost?.low).toBeGreaterThan(0)
  expect(cost?.p).toBeLessThan(0.001)
  expect(cost?.says.en).toContain('Chance alone hardly explains it.')
  expect(split).toMatchObject({ measure: 'split', enough: true, difference: 0, p: 1 })
  // ninety days after its end the rows of its orders go, a few at a time; what it came to stays
  await world.transaction((tx) => stopExperiment(tx, kind, id, 'seen enough'))
  const purge = () => world.transaction((tx) => purgeExperimentOrders(tx, 200))
  world.clock.advance(90 * 86_400_000)
  expect(await purge()).toBe(0)
  world.clock.advance(1)
  const over = await viewOf(world, id)
  expect([await purge(), (await viewOf(world, id)).live]).toEqual([200, over.live])
  expect([await purge(), await purge()]).toEqual([100, 0])
  expect(await viewOf(world, id)).toEqual(over)
  expect(over.verdicts).toEqual(view.verdicts)
  expect(await world.brokenInvariants()).toEqual([])
})

test('one runs at a time, of a draft as it was looked at; it ends when the live rules change or its draft is thrown away', async () => {
  await using world = await soldWorld()
  const draft_id = await drafted(world, fromGuangzhou)
  const first = await started(world, draft_id)
  await expect(started(world, draft_id)).rejects.toMatchObject({ code: 'experiment_running' })
  const other = await drafted(world, fromGuangzhou, 'other')
  world.clock.advance(1000)
  await world.transaction((tx) => activateDraft(tx, kind, { draft_id: other, revision: 1, reason: 'go' }))
  expect(await viewOf(world, first)).toMatchObject({ state: 'stopped', stop_reason: 'The live rules changed.' })
  await expect(world.transaction((tx) => stopExperiment(tx, kind, first, 'again'))).rejects.toMatchObject({
    code: 'experiment_over',
  })
  const second = await started(world, draft_id)
  world.clock.advance(1000)
  await world.transaction((tx) => discardDraft(tx, kind, draft_id))
  const { items } = await world.transaction((tx) => listExperiments(tx, true))
  expect(items.map((view) => [view.experiment_id, view.state])).toEqual([
    [second, 'stopped'],
    [first, 'stopped'],
  ])
  const third = await drafted(world, fromGuangzhou, 'third')
  await world.transaction((tx) => changeDraft(tx, kind, third, 1, { name: 'third', document: fromGuangzhou }))
  await expect(started(world, third)).rejects.toMatchObject({ code: 'rule_draft_stale' })
  await expect(viewOf(world, world.tenant)).rejects.toMatchObject({ code: 'experiment_unknown' })
})

test('an order that the draft fails on stays in its arm, decided by the live rules, and takes no other along; too many of them and nothing is judged', async () => {
  await using world = await soldWorld()
  const warn = vi.spyOn(world.runtime.log, 'warn')
  // a rule may split in 20 parts at most: of 21 units the answer cannot be followed
  const brittle = rulesDocument([row('south', { locations: '["GZ1"]', max_parts: 'units' })])
  const id = await started(world, await drafted(world, brittle))
  const [small, large] = [Array(20).fill(one('SKU-1')), Array(20).fill(one('SKU-1', 21))]
  const orders = await send(world, [...small, ...large])
  for (const [index, order_id] of orders.entries()) {
    const decision = await decisionOf(world, order_id)
    const arm = armOf(id, order_id, 50)
    expect([decision?.arm, await sentFrom(world, order_id)]).toEqual([
      arm,
      arm === 'draft' && index < small.length ? 'GZ1' : 'HZ1',
    ])
    const failed = arm === 'draft' && index >= small.length
    expect(decision?.says.some(({ en }) => en.includes('the draft failed on it'))).toBe(failed)
  }
  const mine = (some: readonly string[]) => some.filter((order_id) => armOf(id, order_id, 50) === 'draft').length
  const failed = mine(orders.slice(small.length))
  const view = await viewOf(world, id)
  expect(view.draft).toMatchObject({ orders: mine(orders), failed })
  expect(view.live).toMatchObject({ orders: orders.length - mine(orders), failed: 0 })
  expect(view.verdicts.map(({ withheld }) => withheld)).toEqual(Array(4).fill('failures'))
  expect(view.verdicts[0]?.says.en).toContain(`the rules of the draft failed on ${failed} of ${mine(orders)} orders`)
  expect(view.verdicts[0]?.says.zh).toContain('超过 1%')
  const told = warn.mock.calls.filter(([, text]) => text?.includes('draft of an experiment failed'))
  expect(told).toEqual([[expect.objectContaining({ experiment_id: id, orders: failed }), expect.anything()]])
  expect(await world.brokenInvariants()).toEqual([])
})

test('a draft with a red test decides no order unless somebody takes it on himself, and the experiment keeps how its tests stood', async () => {
  await using world = await soldWorld()
  await world.transaction((tx) => addTest(tx, kind, { name: 'north', input: { units: 1 }, expected: ['north'] }))
  await world.transaction((tx) =>
    addTest(tx, kind, { name: 'south', input: { units: 1 }, expected: ['south', 'rest'] }),
  )
  const draft_id = await drafted(world, fromGuangzhou)
  await expect(started(world, draft_id)).rejects.toMatchObject({
    code: 'rule_tests_red',
    errors: [{ code: 'rule_test_red', detail: 'north' }],
  })
  const wish = { name: 'South', draft_id, revision: 1, share_percent: 10, orders_wanted: 100, reason: 'to see' }
  const id = await world.transaction((tx) => startExperiment(tx, kind, { ...wish, despite_tests: true }))
  expect(await viewOf(world, id)).toMatchObject({ state: 'running', tests_passed: 1, tests_failed: 1 })
})

test('a draft that leaves orders behind has not kept their promises', async () => {
  await using world = await soldWorld()
  const west = await drafted(world, rulesDocument([row('west', { locations: '["CD1"]' })]))
  const id = await started(world, west, { decides: 'promise_kept' })
  const promised_at = new Date(world.clock.now().getTime() + 20 * 86_400_000).toISOString()
  await send(world, Array(30).fill({ ...one('SKU-1'), promised_at }))
  const { live, draft, decides, notes } = await viewOf(world, id)
  expect(decides).toBe('promise_kept')
  expect(notes.find((note) => note.code === 'four_figures')?.text.en).toMatch(/it alone decides: promises kept/)
  expect(draft).toMatchObject({ unallocated: draft.orders, promised: draft.orders, promise_kept: 0 })
  expect(live).toMatchObject({ unallocated: 0, promised: live.orders, promise_kept: live.orders })
  expect(live.orders + draft.orders).toBe(30)
})
