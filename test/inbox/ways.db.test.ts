// What waits for a place, and how a person helps: what trying again comes to, a place that failed let in again, another one above the rules; as previewed, so done.
import { expect, test } from 'vitest'
import { permissions } from '../../src/contracts/permissions.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { handHistory } from '../../src/modules/allocation/hand-history.ts'
import { defaultPolicy } from '../../src/modules/allocation/prepare-ground.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import { viewCase } from '../../src/modules/inbox/view-case.ts'
import { previewMany } from '../../src/modules/inbox/view-fixes.ts'
import { DAY_MS, HOUR_MS, later } from '../../src/platform/clock.ts'
import { setFacts } from '../../src/platform/facts.ts'
import { exceptionsOf, furnishRates, limitLocations } from '../allocation/ground.ts'
import { onTheFloor, placesOf, reject, STOCK, stockAt } from '../fulfilment/rejecting.ts'
import { decide } from '../hand/hand.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { itemsOf, served, somebody } from './ground.ts'

const everything: ReadonlySet<string> = new Set(Object.keys(permissions))
const STATEMENTS_AT_MOST = 40

async function caseOf(world: World) {
  const item = (await itemsOf(world)).find((one) => one.state === 'open')
  if (item === undefined) throw new Error('nothing is open')
  const { fixes } = await world.transaction((tx) => viewCase(tx, item.item_id, everything))
  return { path: `/inbox/items/${item.item_id}/fix`, fixes, effectOf: (fix: string) => effectIn(fixes, fix) }
}

function effectIn(fixes: Awaited<ReturnType<typeof viewCase>>['fixes'], fix: string) {
  const effect = fixes.find((one) => one.fix === fix)?.effect
  if (effect === undefined) throw new Error(`no fix ${fix}`)
  return effect
}

/** A first attempt is one too many: a rejection brings the order to a person. */
async function oneTry(world: World): Promise<void> {
  await world.transaction((tx) =>
    setFacts(tx, [{ kind: 'policy', key: 'allocation', value: { ...defaultPolicy, attempts_at_most: 1 } }]),
  )
  await world.drain()
}

const costOf = async (world: World, id: string) =>
  Number((await world.transaction((tx) => explainedAllocation(tx, id))).items[0]?.cost)

test('trying again does what its preview says, which writes nothing and reads little', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  await oneTry(world)
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const id = await onTheFloor(world)
  await reject(world, id, 'damaged')
  expect(await exceptionsOf(world)).toMatchObject([{ reason: 'too_many_attempts' }])
  const { version } = await read(world, id)
  const before = world.runtime.db.statements()
  const { path, fixes, effectOf } = await caseOf(world)
  expect(world.runtime.db.statements() - before).toBeLessThanOrEqual(STATEMENTS_AT_MOST)
  expect(fixes.map((one) => one.fix)).toEqual(['try_again', 'lift_exclusion', 'send_from', 'wait', 'cancel_missing'])
  expect((await read(world, id)).version).toBe(version)
  const said = effectOf('try_again').outlook
  expect(said).toMatchObject({ units: 3, unmet: 0, because: null })
  const where = said?.plan?.parts.map((part) => part.location_id) ?? []
  expect(where).not.toContain('HZ1')
  expect((await ann.call('POST', path, { fix: 'try_again', version: version - 1 })).body.code).toBe('order_changed')
  expect((await ann.call('POST', path, { fix: 'try_again', version })).status).toBe(200)
  await world.drain()
  expect(await placesOf(world, id)).toEqual(where)
  expect(await costOf(world, id)).toBe(said?.plan?.cost)
  expect(await world.brokenInvariants()).toEqual([])
})

test('where nothing can send it still, trying again says why and what keeps each place, and stands behind what helps', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world)
  const id = await onTheFloor(world)
  await reject(world, id, 'quality')
  const { fixes, effectOf } = await caseOf(world)
  expect(fixes.map((one) => one.fix)).toEqual(['lift_exclusion', 'send_from', 'try_again', 'wait', 'cancel_missing'])
  expect(effectOf('try_again')).toMatchObject({
    promise: 'unknown',
    outlook: { plan: null, unmet: 3, because: 'refused', stands: [{ location_id: 'HZ1', code: 'excluded' }] },
  })
})

test('a place let in again may send the order at once, by a decision with its reason, and is out anew when it fails again', async () => {
  await using world = await freshWorld({ stock: STOCK })
  await furnishRates(world)
  await oneTry(world)
  await using server = served(world)
  const people = [await somebody(server, world, 'operator'), await somebody(server, world, 'operator')]
  const id = await onTheFloor(world)
  await reject(world, id, 'damaged')
  const { path, effectOf } = await caseOf(world)
  const { choices, version } = effectOf('lift_exclusion')
  expect(choices).toMatchObject([
    {
      place: { location_id: 'HZ1' },
      set_aside: [{ code: 'damaged', until: null }],
      outlook: { unmet: 0, plan: { parts: [{ location_id: 'HZ1', units: 3 }] } },
    },
  ])
  const wish = { fix: 'lift_exclusion', location_id: 'HZ1', version }
  expect((await people[0]?.call('POST', path, wish))?.body).toMatchObject({ code: 'fix_incomplete', needs: 'reason' })
  const lost = { ...wish, location_id: 'CD1', reason: 'Counted again' }
  expect((await people[0]?.call('POST', path, lost))?.body.errors).toMatchObject([{ code: 'not_out' }])
  const both = await Promise.all(people.map((one) => one.call('POST', path, { ...wish, reason: 'Counted again' })))
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409])
  expect(both.find((answer) => answer.status === 409)?.body.code).toBe('order_changed')
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['HZ1'])
  expect(await costOf(world, id)).toBe(choices[0]?.outlook.plan?.cost)
  expect((await world.transaction((tx) => handHistory(tx, id))).items).toMatchObject([
    { kind: 'lift', reason: 'Counted again', locations: ['HZ1'] },
  ])
  expect(await world.brokenInvariants()).toEqual([])
  await reject(world, id, 'damaged')
  expect(await placesOf(world, id)).toEqual([])
  expect((await caseOf(world)).effectOf('lift_exclusion').choices).toMatchObject([{ set_aside: [{ code: 'damaged' }] }])
  expect(await world.brokenInvariants()).toEqual([])
})

test('all that are out are let in together, each by its name and with when it would be by itself', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const id = await onTheFloor(world)
  for (const reason of ['no_capacity', 'cannot_handle_goods'] as const) await reject(world, id, reason)
  const { path, effectOf } = await caseOf(world)
  const { choices, version } = effectOf('lift_exclusion')
  const all = choices.at(-1)
  expect(all).toMatchObject({
    place: null,
    lets_in: [
      { location_id: 'GZ1', name: 'Guangzhou', until: null },
      { location_id: 'HZ1', name: 'Hangzhou', until: expect.stringMatching(/T16:00:00/) },
    ],
  })
  const wish = { fix: 'lift_exclusion', version, reason: 'Both are able again' }
  expect((await ann.call('POST', path, wish)).status).toBe(200)
  await world.drain()
  const [lift] = (await world.transaction((tx) => handHistory(tx, id))).items
  expect(lift?.locations.toSorted()).toEqual(all?.lets_in.map((place) => place.location_id))
  expect(await placesOf(world, id)).toEqual(all?.outlook.plan?.parts.map((part) => part.location_id))
  expect(await world.brokenInvariants()).toEqual([])
})

test('for many the places that are out are let in together, each order by itself', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10 } } })
  await furnishRates(world)
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const ids = [await onTheFloor(world), await onTheFloor(world)]
  for (const id of ids) await reject(world, id, 'cannot_handle_goods')
  const item_ids = (await itemsOf(world)).map((item) => item.item_id)
  const said = await world.transaction((tx) => previewMany(tx, item_ids, everything))
  expect(said.fixes.find((one) => one.fix === 'try_again')).toMatchObject({ fits: 2, places: { found: 0, costs: [] } })
  expect(said.fixes.find((one) => one.fix === 'lift_exclusion')).toMatchObject({ fits: 2, places: { found: 2 } })
  expect(said.fixes.map((one) => one.fix)).not.toContain('send_from')
  const done = await ann.call('POST', '/inbox/fixes', { fix: 'lift_exclusion', item_ids, reason: 'Repacked' })
  expect(done.body.items.map((one: { state: string }) => one.state)).toEqual(['waiting', 'waiting'])
  await world.drain()
  expect(await Promise.all(ids.map((id) => placesOf(world, id)))).toEqual([['HZ1'], ['HZ1']])
  expect(await world.brokenInvariants()).toEqual([])
})

const TWENTY_A_DAY = { capacity: { slot_minutes: 1440, orders: 20, minutes_per_order: 3, minutes_per_line: 1 } }

test('sent from a busy place that the rules leave out, for no more than was shown and as soon, with the checks and the ledger of a decision by hand', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 10, GZ1: 10 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], TWENTY_A_DAY)
  await goLive(world, rulesDocument([row('near', { locations: '["BJ1"]' })]))
  await world.drain()
  await using server = served(world)
  const [ann, agent] = [await somebody(server, world, 'operator'), await somebody(server, world, 'agent')]
  const [id = ''] = await place(world, [{ lines: [{ sku: 'A', quantity: 3 }] }])
  await world.drain()
  const { path, effectOf, fixes } = await caseOf(world)
  expect(fixes[0]?.fix).toBe('send_from')
  expect(effectOf('try_again').outlook).toMatchObject({ plan: null, because: 'rules' })
  const { choices, version } = effectOf('send_from')
  expect(choices).toMatchObject([
    { place: { location_id: 'HZ1' }, set_aside: [{ code: 'rule_location' }], outlook: { unmet: 0 } },
    { place: { location_id: 'GZ1' }, set_aside: [{ code: 'rule_location' }], outlook: { unmet: 0 } },
  ])
  const { cost = null, paid = null, arrives_at = null } = choices[0]?.outlook.plan ?? {}
  const seen = { cost: paid, arrives_at, units: 3 }
  const wish = { fix: 'send_from', reason: 'Beijing is out', location_id: 'HZ1', version, seen }
  const arrival = new Date(arrives_at ?? '')
  const others = await place(
    world,
    [1, 2, 3].map(() => ({ lines: [{ sku: 'A', quantity: 1 }] })),
  )
  await world.drain()
  for (const other of others) await decide(world, other, { kind: 'allocate', parts: [{ location_id: 'HZ1' }] })
  const refused = await Promise.all([
    ann.call('POST', path, { ...wish, location_id: undefined }),
    ann.call('POST', path, { ...wish, seen: { ...seen, cost: (paid ?? 0) - 1 } }),
    ann.call('POST', path, { ...wish, seen: { ...seen, arrives_at: later(arrival, -DAY_MS) } }),
    ann.call('POST', path, { ...wish, seen: { ...seen, units: 4 } }),
    ann.call('POST', path, { ...wish, version: 1 }),
    ann.call('POST', path, { ...wish, location_id: 'CD1' }),
    agent.call('POST', path, wish),
  ])
  expect(refused.map((answer) => [answer.status, answer.body.code])).toEqual([
    [422, 'fix_incomplete'],
    [409, 'way_changed'],
    [409, 'way_changed'],
    [409, 'way_changed'],
    [409, 'order_changed'],
    [409, 'decision_refused'],
    [403, 'forbidden'],
  ])
  // what the others took has made the place dearer, by nothing that is paid; an hour of the same day is no news either
  const hour_before = { ...seen, arrives_at: later(arrival, -HOUR_MS) }
  expect((await ann.call('POST', path, { ...wish, seen: hour_before })).body.state).toBe('closed')
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['HZ1'])
  expect(await stockAt(world, 'HZ1')).toMatchObject({ allocated: 6 })
  expect(await costOf(world, id)).toBeGreaterThan(cost ?? Infinity)
  expect((await world.transaction((tx) => handHistory(tx, id))).items).toMatchObject([
    { kind: 'allocate', reason: 'Beijing is out', locations: ['HZ1'] },
  ])
  expect(await world.brokenInvariants()).toEqual([])
})

test('where no place has all, the most that one has may leave by hand, and what is left goes on waiting', async () => {
  await using world = await freshWorld({ stock: { A: { HZ1: 2, GZ1: 1 } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('near', { locations: '["BJ1"]' })]))
  await world.drain()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [id = ''] = await place(world, [{ lines: [{ sku: 'A', quantity: 3 }], shortage_policy: 'split' }])
  await world.drain()
  const { path, effectOf } = await caseOf(world)
  const { choices, version } = effectOf('send_from')
  expect(choices).toMatchObject([{ place: { location_id: 'HZ1' }, outlook: { units: 3, unmet: 1, because: 'rules' } }])
  const wish = { fix: 'send_from', reason: 'Two of three', location_id: 'HZ1', version }
  expect((await ann.call('POST', path, wish)).body.state).toBe('waiting')
  await world.drain()
  expect(await placesOf(world, id)).toEqual(['HZ1'])
  expect(await exceptionsOf(world)).toMatchObject([{ order_id: id, units: 1 }])
  expect(await world.brokenInvariants()).toEqual([])
})
