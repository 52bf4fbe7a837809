// The inbox over HTTP: what a person sees, takes, fixes, puts off and takes back; two at once collide as they should.
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import { ExceptionList } from '../../src/contracts/allocation.ts'
import { InboxCase, InboxPage } from '../../src/contracts/inbox.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { reconcileInbox } from '../../src/modules/inbox/index.ts'
import { MINUTE_MS, SECOND_MS } from '../../src/platform/clock.ts'
import { furnishRates, limitLocations } from '../allocation/ground.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { deadLetter, itemsOf, served, somebody, unplaced } from './ground.ts'

async function northOnly(): Promise<World> {
  const world = await freshWorld({ stock: { 'SKU-1': 60 } })
  await furnishRates(world, { only_to: ['北京市'] })
  return world
}

/** What a case says of the next try: what is told in words, else the moment. */
function triesIn(found: {
  evidence: readonly { code: string; value: string | null; text: { en: string } | null }[]
}): (string | null)[] {
  return found.evidence.filter(({ code }) => code.startsWith('tried_')).map(({ value, text }) => text?.en ?? value)
}

test('a person sees the ranked list and one case with its evidence and fixes, each with its effect', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [id = ''] = await unplaced(world, 1)
  const list = await ann.call('GET', '/inbox')
  expect([...Compile(InboxPage).Errors(list.body)]).toEqual([])
  expect(list.body.items[0]).toMatchObject({ kind: 'allocation', order_id: id, value: 9_900, state: 'open' })
  expect(list.body.items[0].why.en).toBe('¥99.00 × weight 1 ÷ the hours left')
  const found = await ann.call('GET', `/inbox/items/${list.body.items[0].item_id}`)
  expect([...Compile(InboxCase).Errors(found.body)]).toEqual([])
  expect(found.body.fixes.map((fix: { fix: string }) => fix.fix)).toEqual(['try_again', 'wait', 'cancel_missing'])
  expect(found.body.fixes[2].effect).toMatchObject({
    units_freed: 1,
    money: { refunded: 9_900, currency: 'CNY' },
    promise: 'dropped',
  })
  expect(found.body.evidence[0]).toMatchObject({ code: 'no_carrier' })
  expect(triesIn(found.body)).toEqual(['Tried again as soon as a carrier goes there'])
  expect((await ann.call('GET', '/inbox/counts')).body).toMatchObject({ open: 1, mine: 0, snoozed: 0 })
})

test('the case and the queue tell when what found no room is tried again, and that other things wait for a change', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 60 }, 'SKU-2': { GZ1: 1 } } })
  await furnishRates(world)
  await limitLocations(world, ['HZ1'], {
    hours: { weekly: [{ days: [1], from: '14:00', to: '15:00' }] },
    capacity: { slot_minutes: 60, orders: 1, minutes_per_order: 3, minutes_per_line: 1, urgent_percent: 100 },
  })
  await goLive(world, rulesDocument([row('east', { locations: '["HZ1"]' })]))
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [roomless = ''] = await unplaced(world, 1)
  const [ruledOut = ''] = await place(world, [{ lines: [{ sku: 'SKU-2', quantity: 1 }] }])
  await world.drain()
  const listed = await ann.call('GET', '/allocation/exceptions')
  expect([...Compile(ExceptionList).Errors(listed.body)]).toEqual([])
  const slot = '2026-03-02T06:00:00.000Z'
  expect(listed.body.items).toMatchObject([
    { order_id: roomless, try_again_at: slot, try_because: 'slot', hindrances: ['capacity'] },
    { order_id: ruledOut, try_again_at: null, hindrances: [] },
  ])
  const cases = new Map<string, (string | null)[]>()
  for (const { item_id, order_id } of await itemsOf(world))
    cases.set(order_id ?? '', triesIn((await ann.call('GET', `/inbox/items/${item_id}`)).body))
  expect(cases.get(roomless)).toEqual([
    slot,
    'Then another slot is in sight of a location that has no room now',
    'Tried again as soon as a location has room',
  ])
  expect(cases.get(ruledOut)).toEqual(['Tried again when stock, locations, rates or rules change'])
})

test('pages follow one another by rank without a gap or a repetition', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  await unplaced(world, 25)
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await ann.call('GET', `/inbox?limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`)
    seen.push(...body.items.map((item: { item_id: string }) => item.item_id))
    cursor = body.next_cursor
  }
  expect(seen).toEqual((await itemsOf(world)).map((item) => item.item_id))
})

test('of two who claim at once one gets it, the other is told who has it', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const people = await Promise.all(
    ['operator', 'agent', 'lead'].map((role) => somebody(server, world, role as 'agent')),
  )
  await unplaced(world, 1)
  const [item] = await itemsOf(world)
  const answers = await Promise.all(people.map((one) => one.call('POST', `/inbox/items/${item?.item_id}/claim`)))
  expect(answers.map((one) => one.status).sort()).toEqual([200, 409, 409])
  const winner = (await itemsOf(world))[0]?.assignee
  for (const lost of answers.filter((one) => one.status === 409))
    expect(lost.body).toMatchObject({ code: 'item_claimed', claimed_by: winner })
  const first = people[answers.findIndex((one) => one.status === 200)]
  const second = people[answers.findIndex((one) => one.status === 409)]
  expect((await second?.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'try_again' }))?.status).toBe(409)
  expect((await first?.call('GET', '/inbox?view=mine'))?.body.items).toHaveLength(1)
  expect((await first?.call('DELETE', `/inbox/items/${item?.item_id}/claim`))?.status).toBe(200)
  expect((await second?.call('POST', `/inbox/items/${item?.item_id}/claim`))?.status).toBe(200)
})

test('a claim that was left alone for an hour may be taken over', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const [ann, bob] = [await somebody(server, world, 'operator'), await somebody(server, world, 'operator')]
  await unplaced(world, 1)
  const [item] = await itemsOf(world)
  expect((await ann.call('POST', `/inbox/items/${item?.item_id}/claim`)).status).toBe(200)
  expect((await bob.call('POST', `/inbox/items/${item?.item_id}/claim`)).status).toBe(409)
  world.clock.advance(61 * MINUTE_MS)
  expect((await bob.call('POST', `/inbox/items/${item?.item_id}/claim`)).status).toBe(200)
})

test('cancelling what has no place closes the item in the same transaction and gives the money back', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [id = ''] = await unplaced(world, 1)
  const [item] = await itemsOf(world)
  const applied = await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'cancel_missing' })
  expect(applied).toMatchObject({ status: 200 })
  await world.drain()
  expect((await read(world, id)).commercial).toBe('cancelled')
  expect(await itemsOf(world)).toMatchObject([{ state: 'closed', outcome: 'cancel_missing' }])
  expect(await world.brokenInvariants()).toEqual([])
  expect((await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'wait' })).body.code).toBe('item_closed')
})

test('a try that does not help comes back by itself', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  await unplaced(world, 1)
  const [item] = await itemsOf(world)
  const applied = await ann.call('POST', `/inbox/items/${item?.item_id}/fix`, { fix: 'try_again' })
  expect(applied.body).toMatchObject({ state: 'waiting' })
  await world.drain()
  expect((await ann.call('GET', '/inbox')).body.items).toEqual([])
  world.clock.advance(3 * MINUTE_MS)
  await world.drain()
  expect((await ann.call('GET', '/inbox')).body.items).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an approval waits out its ten seconds and can be taken back until then', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  const [id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1, price_minor: 2_100_000n }] }])
  await world.drain()
  const [item] = await itemsOf(world)
  const path = `/inbox/items/${item?.item_id}/fix`
  expect((await ann.call('POST', path, { fix: 'reject' })).body).toMatchObject({
    code: 'fix_incomplete',
    needs: 'reason',
  })
  const taken = await ann.call('POST', path, { fix: 'approve' })
  expect(taken.body.undo_until).not.toBeNull()
  expect((await ann.call('DELETE', path)).status).toBe(200)
  expect((await itemsOf(world))[0]?.state).toBe('open')
  expect((await ann.call('POST', path, { fix: 'approve' })).status).toBe(200)
  world.clock.advance(11 * SECOND_MS)
  await world.drain()
  expect((await itemsOf(world)).find((one) => one.kind === 'review')).toMatchObject({
    state: 'closed',
    outcome: 'approve',
  })
  expect((await read(world, id)).commercial).toBe('confirmed')
  expect(await world.brokenInvariants()).toEqual([])
})

test('what is put off sleeps until its time and may be woken before', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'agent')
  await unplaced(world, 1)
  const [item] = await itemsOf(world)
  const until = new Date(world.clock.now().getTime() + 20 * MINUTE_MS).toISOString()
  const path = `/inbox/items/${item?.item_id}`
  expect((await ann.call('POST', `${path}/snooze`, { until: '2020-01-01T00:00:00Z' })).body.code).toBe('snooze_past')
  expect((await ann.call('POST', `${path}/snooze`, { until, note: 'supplier calls back' })).status).toBe(200)
  expect((await ann.call('GET', '/inbox')).body.items).toEqual([])
  expect((await ann.call('GET', '/inbox?view=snoozed')).body.items).toHaveLength(1)
  expect(await world.brokenInvariants()).toEqual([])
  expect((await ann.call('DELETE', `${path}/fix`)).status).toBe(200)
  expect((await ann.call('POST', `${path}/snooze`, { until })).status).toBe(200)
  world.clock.advance(20 * MINUTE_MS)
  await world.drain()
  expect((await ann.call('GET', '/inbox')).body.items).toHaveLength(1)
  expect((await ann.call('GET', path)).body.history.map((one: { what: string }) => one.what)).toEqual(
    expect.arrayContaining(['opened', 'snoozed', 'undone', 'woke']),
  )
})

test('many at once each have an answer of their own; what is refused stops no other', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const [ann, bob] = [await somebody(server, world, 'operator'), await somebody(server, world, 'operator')]
  await unplaced(world, 4)
  const job_id = await deadLetter(world)
  await world.transaction((tx) => reconcileInbox(tx, 100))
  await world.drain()
  const items = await itemsOf(world)
  const [first] = items.filter((item) => item.kind === 'allocation')
  await bob.call('POST', `/inbox/items/${first?.item_id}/claim`)
  const item_ids = items.map((item) => item.item_id)
  const past = await ann.call('POST', '/inbox/snoozes', { item_ids, until: '2020-01-01T00:00:00Z' })
  expect([past.status, past.body.code]).toEqual([422, 'snooze_past'])
  expect(
    (await ann.call('POST', '/inbox/snoozes', { item_ids: Array(51).fill(item_ids[0]), until: '2030-01-01T00:00:00Z' }))
      .status,
  ).toBe(422)
  const until = new Date(world.clock.now().getTime() + 20 * MINUTE_MS).toISOString()
  const slept = (await ann.call('POST', '/inbox/snoozes', { item_ids, until, note: 'after lunch' })).body.items
  const claimed = slept.filter((one: { state: string }) => one.state === 'refused')
  expect(claimed).toMatchObject([{ item_id: first?.item_id, code: 'item_claimed' }])
  expect((await ann.call('GET', '/inbox?view=snoozed')).body.items).toHaveLength(4)
  world.clock.advance(20 * MINUTE_MS)
  await world.drain()
  expect((await ann.call('GET', '/inbox')).body.items).toHaveLength(5)
  const { body } = await ann.call('POST', '/inbox/fixes', {
    fix: 'cancel_missing',
    item_ids,
  })
  const answers = new Map(body.items.map((one: { item_id: string; code: string }) => [one.item_id, one.code]))
  expect(answers.get(first?.item_id)).toBe('item_claimed')
  expect(answers.get(items.find((item) => item.kind === 'dead_letter')?.item_id)).toBe('fix_unfit')
  expect(body.items.filter((one: { state: string }) => one.state !== 'refused')).toHaveLength(3)
  await world.drain()
  expect((await itemsOf(world)).filter((item) => item.state === 'closed')).toHaveLength(3)
  expect(job_id).not.toBe('')
})

test('a fix and the end of its source at once: one of both closes the item, once, and nothing is left broken', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const ann = await somebody(server, world, 'operator')
  await unplaced(world, 8)
  const items = await itemsOf(world)
  const orders = items.map((item) => item.order_id ?? '')
  const cancelled = orders.map((order_id) => ann.call('POST', `/orders/${order_id}/cancellation`, { reason: 'other' }))
  const fixed = items.map((item) => ann.call('POST', `/inbox/items/${item.item_id}/fix`, { fix: 'cancel_missing' }))
  const answers = [...(await Promise.all(fixed)), ...(await Promise.all(cancelled))]
  expect(answers.filter((one) => one.status >= 500)).toEqual([])
  await Promise.all([world.drain(), world.drain()])
  expect(new Set((await itemsOf(world)).map((item) => item.state))).toEqual(new Set(['closed']))
  expect(await world.brokenInvariants()).toEqual([])
})

test('nobody sees or fixes what the role does not allow', async () => {
  await using world = await northOnly()
  await using server = served(world)
  const agent = await somebody(server, world, 'agent')
  await unplaced(world, 1)
  await deadLetter(world)
  await world.transaction((tx) => reconcileInbox(tx, 100))
  await world.drain()
  const items = await itemsOf(world)
  expect((await agent.call('GET', '/inbox')).body.items.map((item: { kind: string }) => item.kind)).toEqual([
    'allocation',
  ])
  const hidden = items.find((item) => item.kind === 'dead_letter')
  expect((await agent.call('GET', `/inbox/items/${hidden?.item_id}`)).status).toBe(404)
  const shown = items.find((item) => item.kind === 'allocation')
  expect((await agent.call('POST', `/inbox/items/${shown?.item_id}/fix`, { fix: 'try_again' })).body).toMatchObject({
    code: 'forbidden',
    permission: 'allocation.decide',
  })
})
