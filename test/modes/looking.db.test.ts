// Degraded mode for people: who decides by hand, rehearses rules or plans a closure while values fail stands on the last good ones too, and is told so.
import { expect, test } from 'vitest'
import { allocationRuleKind } from '../../src/modules/allocation/index.ts'
import { viewWorkBoard } from '../../src/modules/allocation/view-work-board.ts'
import { draftDisruption } from '../../src/modules/disruptions/draft-disruption.ts'
import { viewDisruption } from '../../src/modules/disruptions/view-disruptions.ts'
import { closeCircuit } from '../../src/modules/modes/index.ts'
import { beginDraft, simulateDraft } from '../../src/modules/policies/keep-drafts.ts'
import { carriers } from '../../src/modules/shipping/rates-face.ts'
import { furnishRates } from '../allocation/ground.ts'
import { change, GUANGZHOU, SHANGHAI } from '../allocation/readdress.ts'
import { onTheFloor, STOCK } from '../fulfilment/rejecting.ts'
import { decide, onlyWork, preview, type Wish } from '../hand/hand.ts'
import { freshWorld } from '../world/index.ts'
import { CARD, decided, listed, RULES, rule, send, set } from './failing.ts'

test('with rates and rules that cannot be read an order is moved by hand as ever: the preview says so, the decision is marked and priced again afterwards', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  const [id = ''] = await send(world)
  const wish: Wish = { kind: 'move', fulfilment_id: (await onlyWork(world, id)).fulfilment_id, location_id: 'GZ1' }
  const before = await preview(world, id, wish)
  expect(before.degraded).toEqual([])
  await set(world, { ...CARD, value: { currency: 5 } }, { ...RULES, value: { nodes: [] } })
  const seen = await preview(world, id, wish)
  expect(seen).toMatchObject({ degraded: ['rates', 'rules'], after: before.after })
  // a look opens nothing
  expect(await listed(world)).toEqual([])
  await decide(world, id, wish, 'Hangzhou is flooded')
  expect(await decided(world, id)).toMatchObject({ from: 'GZ1', degraded: ['rates', 'rules'] })
  const open = await listed(world)
  expect(open.map((one) => [one.kind, one.state, one.orders.waiting])).toEqual([
    ['rules', 'failing', 1],
    ['rates', 'failing', 1],
  ])
  expect(await world.brokenInvariants()).toEqual([])
  await furnishRates(world)
  for (const { degradation_id } of open) await world.transaction((tx) => closeCircuit(tx, degradation_id, 'mended'))
  await world.drain()
  expect((await listed(world)).map((one) => one.orders.waiting)).toEqual([0, 0])
  expect(await world.brokenInvariants()).toEqual([])
})

test('an address that changes while rates cannot be read leaves the work where it is best by the last good ones, marked', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  const order_id = await onTheFloor(world)
  await set(
    world,
    { ...CARD, value: { currency: 5 } },
    { ...RULES, value: { nodes: [] } },
    { kind: 'carrier', key: 'XX', value: { name: 5 } },
  )
  expect(await change(world, order_id, SHANGHAI)).toMatchObject({ stay: 3, move: 0, repack: 0 })
  expect(await decided(world, order_id)).toMatchObject({ from: 'HZ1', degraded: ['rates', 'rules'] })
  expect((await listed(world)).map((one) => one.orders.waiting)).toEqual([1, 1])
  // one carrier that does not fit takes no other along
  expect([...(await world.transaction((tx) => carriers(tx))).keys()]).toEqual(['SF'])
  expect(await world.brokenInvariants()).toEqual([])
  await set(world, { ...CARD, value: null })
  expect(await change(world, order_id, GUANGZHOU)).toMatchObject({ stay: 0, move: 3, repack: 0 })
  expect(await decided(world, order_id)).toMatchObject({ from: 'GZ1', degraded: ['rates', 'rules'] })
  expect(await world.brokenInvariants()).toEqual([])
})

test('a rehearsal, the plan of a closure and the board go on while values fail; a draft that trips over an order leaves the others alone', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 50, GZ1: 50 } } })
  await furnishRates(world)
  await send(world, 2)
  await send(world, 1, 3)
  await set(world, { ...CARD, value: { currency: 5 } }, { ...RULES, value: { nodes: [] } })
  const odd = rule('odd', { locations: '["GZ1"]', radius_km: 'units > 2 ? "far" : 5000' })
  const draft = await world.transaction((tx) => beginDraft(tx, allocationRuleKind, 'odd', odd))
  const simulated = await world.transaction((tx) => simulateDraft(tx, allocationRuleKind, draft.draft_id, 100, 'CNY'))
  expect(simulated).toMatchObject({ orders: 3, failed: 1, changed: 2, degraded: ['rates', 'rules'] })
  const closure = await world.transaction((tx) =>
    draftDisruption(tx, { name: 'Flood', reason: 'flood', scope: { locations: ['HZ1'] } }),
  )
  await world.drain()
  const plan = await world.transaction((tx) => viewDisruption(tx, closure, true))
  expect(plan).toMatchObject({ state: 'planned', degraded: ['rates', 'rules'], totals: { to_move: 3 } })
  expect(plan.totals.cost_after).toBeGreaterThan(plan.totals.cost_before)
  const board = await world.transaction((tx) => viewWorkBoard(tx, world.runtime.secrets, {}))
  expect(board.columns.length).toBeGreaterThan(0)
  expect(await world.brokenInvariants()).toEqual([])
})
