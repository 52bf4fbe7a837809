// A promise at risk: the fixes that would still keep it do what their preview says in money and time, by the ledger of decisions by hand; else the customer is told.
import { expect, test } from 'vitest'
import { tendInbox } from '../../src/modules/inbox/index.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { messagesOf } from '../../src/modules/notifications/store.ts'
import { pickLines } from '../../src/modules/warehouse/index.ts'
import { DAY_MS, HOUR_MS, later } from '../../src/platform/clock.ts'
import { onlyWork } from '../hand/hand.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { itemsOf, served, somebody } from './ground.ts'
import { furnishLate } from './late-rates.ts'

/** An order that lies where it is cheapest and arrives after its promise, though it would not from elsewhere. */
async function atRisk(world: World): Promise<string> {
  const promised_at = later(world.clock.now(), 4 * DAY_MS).toISOString()
  const [id = ''] = await place(world, [{ lines: [{ sku: 'A', quantity: 2 }], promised_at }])
  await world.drain()
  await world.transaction((tx) => tendInbox(tx, 100))
  return id
}

const world_of = () => freshWorld({ stock: { A: { HZ1: 20 } } })

/** Goods come to the place from which it would be in time. */
async function supply(world: World): Promise<void> {
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'GZ1', sku: 'A', quantity: 4 }], { reason: 'opening' }),
  )
  await world.drain()
}

async function caseOf(world: World, ann: Awaited<ReturnType<typeof somebody>>, order_id: string) {
  const item = (await itemsOf(world)).find((one) => one.order_id === order_id && one.kind === 'promise')
  const path = `/inbox/items/${item?.item_id}`
  const { body } = await ann.call('GET', path)
  const fixes = new Map<string, { way: { cost: number; cost_now: number; arrives_at: string; arrives_now: string } }>(
    body.fixes.map((one: { fix: string; effect: object }) => [one.fix, one.effect]),
  )
  const apply = (fix: string, more: object = {}) => ann.call('POST', `${path}/fix`, { fix, ...more })
  const state = async () => (await itemsOf(world)).find((one) => one.item_id === item?.item_id)
  return { item_id: item?.item_id ?? '', reason: item?.reason, fixes, apply, state }
}

async function leaving(world: World, order_id: string) {
  const [row] = await world.transaction(
    (tx) => tx.sql<{ location_id: string; service: string; promised_at: Date }[]>`
      select distinct location_id, service, promised_at from warehouse.v_fulfilment_line
       where tenant_id = ${tx.tenant} and order_id = ${order_id} and to_pick + picked + packed > 0`,
  )
  return { ...row, promised_at: row?.promised_at.toISOString() }
}

/** Freight and handling as the ledger of decisions has them, newest first. */
async function spent(world: World, order_id: string): Promise<number[]> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ kind: string; cost: number | null; reason: string }[]>`
      select kind, (detail ->> 'cost')::int as cost, reason from allocation.manual_decision
       where tenant_id = ${tx.tenant} and order_id = ${order_id} order by decision_id desc`,
  )
  return rows.map((row) => row.cost ?? 0)
}

test('a late promise is kept from the cheapest place or by the cheapest service that still makes it, for what the preview says', async () => {
  await using world = await world_of()
  await furnishLate(world)
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [moved, faster] = [await atRisk(world), await atRisk(world)]
  await supply(world)

  const one = await caseOf(world, ann, moved)
  expect(one.reason).toBe('late_by_carrier')
  expect([...one.fixes.keys()]).toEqual(['move_in_time', 'upgrade_service', 'tell_customer', 'wait'])
  const way = one.fixes.get('move_in_time')?.way
  expect(way).toMatchObject({ location_id: 'GZ1', service: 'SF/standard', currency: 'CNY' })
  expect((way?.cost ?? 0) - (way?.cost_now ?? 0)).toBe(700)
  expect((await leaving(world, moved)).promised_at).toBe(way?.arrives_now)
  expect((await one.apply('move_in_time')).body).toMatchObject({ code: 'fix_incomplete', needs: 'reason' })
  const seen = { cost: way?.cost, arrives_at: way?.arrives_at }
  const wrong = await one.apply('move_in_time', { reason: 'VIP', seen: { ...seen, cost: 1 } })
  expect(wrong).toMatchObject({ status: 409, body: { code: 'way_changed', cost: way?.cost } })
  const elsewhere = await one.apply('move_in_time', { reason: 'VIP', seen: { ...seen, location_id: 'HZ1' } })
  expect(elsewhere).toMatchObject({ status: 409, body: { code: 'way_changed', location_id: 'GZ1' } })
  // cheaper and sooner than it was shown is no reason to refuse
  const worse = { cost: (way?.cost ?? 0) + 1, arrives_at: later(new Date(way?.arrives_at ?? ''), DAY_MS) }
  expect((await one.apply('move_in_time', { reason: 'VIP', seen: worse })).body).toMatchObject({ state: 'closed' })
  await world.drain()
  expect(await leaving(world, moved)).toEqual({ location_id: 'GZ1', service: 'standard', promised_at: way?.arrives_at })
  expect(await spent(world, moved)).toEqual([way?.cost])
  const [decision] = (await ann.call('GET', `/orders/${moved}/allocation`)).body.items
  const chosen = decision.candidates.find((candidate: { verdict: string }) => candidate.verdict === 'chosen')
  const paid = chosen.terms.filter((term: { term: string }) => ['shipping', 'handling'].includes(term.term))
  expect(chosen.arrives_at).toBe(way?.arrives_at)
  expect(paid.reduce((sum: number, term: { amount: number }) => sum + term.amount, 0)).toBe(way?.cost)
  expect(await one.state()).toMatchObject({ state: 'closed', outcome: 'move_in_time' })

  const other = await caseOf(world, ann, faster)
  const upgrade = other.fixes.get('upgrade_service')?.way
  expect(upgrade).toMatchObject({ location_id: 'HZ1', service: 'SF/express' })
  expect((upgrade?.cost ?? 0) - (upgrade?.cost_now ?? 0)).toBe(1700)
  expect((await other.apply('upgrade_service', { reason: 'Promised' })).body.state).toBe('closed')
  await world.drain()
  expect(await leaving(world, faster)).toEqual({
    location_id: 'HZ1',
    service: 'express',
    promised_at: upgrade?.arrives_at,
  })
  expect(await spent(world, faster)).toEqual([upgrade?.cost])
  const history = (await ann.call('GET', `/orders/${faster}/manual-decisions`)).body.items
  expect(history).toMatchObject([{ kind: 'service', reason: 'Promised', locations: ['HZ1'] }])
  await world.transaction((tx) => tendInbox(tx, 100))
  expect((await itemsOf(world)).filter((item) => item.state !== 'closed')).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
})

test('where nothing makes the promise any more the customer is told the new date, once, and the case comes back if it has not left by then', async () => {
  await using world = await world_of()
  await furnishLate(world)
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const id = await atRisk(world)
  await supply(world)
  const late = await caseOf(world, ann, id)
  await world.transaction((tx) =>
    inventory.countStock(tx, [{ location_id: 'GZ1', sku: 'A', quantity: 0 }], { reason: 'count' }),
  )
  const gone = await late.apply('move_in_time', { reason: 'VIP' })
  expect(gone).toMatchObject({ status: 409, body: { code: 'promise_out_of_reach' } })
  const work = await onlyWork(world, id)
  await world.transaction((tx) => pickLines(tx, work.fulfilment_id, [{ fulfilment_line_no: 1, quantity: 1 }]))
  expect([...(await caseOf(world, ann, id)).fixes.keys()]).toEqual(['upgrade_service', 'tell_customer', 'wait'])

  const day = late.fixes.get('tell_customer')?.way.arrives_at
  const sooner = { cost: null, arrives_at: later(new Date(day ?? ''), -DAY_MS) }
  expect((await late.apply('tell_customer', { seen: sooner })).body.code).toBe('way_changed')
  expect((await late.apply('tell_customer', { seen: { cost: null, arrives_at: day } })).body.state).toBe('waiting')
  await world.drain()
  const told = (await world.transaction((tx) => messagesOf(tx, id))).filter((message) => message.kind === 'delayed')
  expect(told.map((message) => message.data)).toMatchObject([{ arrives_at: day }])
  expect(await late.state()).toMatchObject({ state: 'snoozed' })
  world.clock.advance(DAY_MS + HOUR_MS)
  await world.drain()
  expect(await late.state()).toMatchObject({ state: 'open' })
  expect(await world.brokenInvariants()).toEqual([])
})
