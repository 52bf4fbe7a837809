// Every kind of thing that needs a person comes into the inbox by its own event and leaves by itself when it is over, however it ends.
import { expect, test } from 'vitest'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { dismiss } from '../../src/modules/intake/index.ts'
import { endHolds, placeHolds } from '../../src/modules/orders/index.ts'
import {
  askAgain,
  refusedRequests,
  returnReceipt,
  unmatchedReceipts,
} from '../../src/modules/payment/settle-receipts.ts'
import * as returns from '../../src/modules/returns/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as tracking from '../../src/modules/tracking/index.ts'
import { openExceptionPage } from '../../src/modules/tracking/store.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { MINUTE_MS } from '../../src/platform/clock.ts'
import { deadLetters, outside, revive, runBatch, schedule } from '../../src/platform/engine/index.ts'
import { furnishRates } from '../allocation/ground.ts'
import { packed } from '../fulfilment/furnish.ts'
import { place as receive } from '../intake/shop.ts'
import { captured, post } from '../payment/alien.ts'
import { leaseForTest } from '../payment/lease.ts'
import { payingWorld } from '../payment/paying.ts'
import { goLive, row } from '../policies/ground.ts'
import { freshWorld, type World } from '../world/index.ts'
import { place } from '../world/orders.ts'
import { itemsOf } from './ground.ts'

const open = async (world: World) =>
  (await itemsOf(world)).filter((item) => item.state === 'open').map(({ kind, reason }) => [kind, reason])

async function nothingLeft(world: World): Promise<void> {
  await world.drain()
  expect(await open(world)).toEqual([])
  expect(await world.brokenInvariants()).toEqual([])
}

test('what a rule parks in a queue is special until new rules take it up', async () => {
  await using world = await freshWorld({ stock: { 'SKU-1': { HZ1: 5 } } })
  await furnishRates(world)
  await goLive(world, rulesDocument([row('park', { locations: '["GZ1"]', on_failure: '"park"', park_in: '"south"' })]))
  await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.drain()
  expect((await itemsOf(world)).map(({ kind, queue, reason }) => [kind, queue, reason])).toEqual([
    ['special', 'south', 'parked'],
  ])
  await goLive(world, rulesDocument([row('parked', { queue: '"south"' })]), 'unpark')
  await nothingLeft(world)
})

test.each([
  ['review', [{ code: 'address_unclear' }], 'address', 'address_unclear'],
  ['address', [], 'address', 'address'],
  ['review', [{ code: 'large_amount' }], 'review', 'large_amount'],
  ['manual', [], 'hold', 'manual'],
])('a hold of %s for %j is an item of %s until it ends', async (kind, reasons, as, reason) => {
  await using world = await freshWorld({ stock: { 'SKU-1': 5 } })
  await furnishRates(world)
  const [order_id = ''] = await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
  await world.transaction((tx) => placeHolds(tx, [{ order_id, kind, reasons, blocks: ['release'] }]))
  await world.drain()
  expect(await open(world)).toEqual([[as, reason]])
  const held = await world.transaction(
    (tx) => tx.sql<{ hold_id: string }[]>`
      select hold_id from orders.v_open_hold where tenant_id = ${tx.tenant} and order_id = ${order_id}`,
  )
  await world.transaction((tx) =>
    endHolds(
      tx,
      held.map((hold) => hold.hold_id),
      'released',
    ),
  )
  await nothingLeft(world)
})

test('a message without a whole address is one of address, another is staged; each leaves when it is dismissed', async () => {
  await using world = await freshWorld({ stock: { TEA: 5 } })
  await receive(world, { external_id: 'A-1', ship_to: { country: 'CN', address_lines: [] } })
  await receive(world, { external_id: 'A-2', lines: [{ sku: 'NEW-1', quantity: 1, unit_price: '9.90' }] })
  await world.drain()
  expect((await open(world)).sort()).toEqual([
    ['address', 'address_incomplete'],
    ['staged', 'unknown_sku'],
  ])
  const staged = await world.transaction(
    (tx) => tx.sql<{ staged_id: string }[]>`select staged_id from intake.v_open_staged where tenant_id = ${tx.tenant}`,
  )
  await world.transaction(async (tx) => {
    for (const { staged_id } of staged) await dismiss(tx, staged_id, 'a test of the channel')
  })
  await nothingLeft(world)
})

test('money that belongs to nothing is an item until it goes back', async () => {
  await using paying = await payingWorld({ now: new Date().toISOString() })
  const { world } = paying
  await post(paying, captured('e1'))
  await world.drain()
  expect(await open(world)).toEqual([['payment', 'unmatched']])
  const [receipt] = await world.transaction(unmatchedReceipts)
  await world.transaction((tx) => returnReceipt(tx, receipt?.callback_id ?? ''))
  await nothingLeft(world)
})

test('a capture that is refused is one item, not also its hold, until the money comes', async () => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 9 } })
  const { world } = paying
  await furnishRates(world)
  const [order_id = ''] = await place(world, [
    { lines: [{ sku: 'SKU-1', quantity: 2, price_minor: 3_000n }], method: 'card' },
  ])
  await paying.drain()
  await paying.choose(order_id, 'approve')
  await paying.drain()
  const point = (provider_ref: string | null) =>
    world.transaction(
      (tx) =>
        tx.sql`update payment.intent set provider_ref = ${provider_ref} where tenant_id = ${tx.tenant} and demand_id = ${order_id}`,
    )
  const { provider_ref } = await paying.balance(order_id)
  await point('gone')
  await simulateFulfilment(world.runtime, world.tenant, { limit: 10 })
  await paying.drain()
  expect(await open(world)).toEqual([['payment', 'refused_capture']])
  await point(provider_ref)
  await world.transaction(async (tx) => {
    const [refused] = await refusedRequests(tx)
    await askAgain(tx, refused?.request_id ?? '')
  })
  await paying.drain()
  await nothingLeft(world)
})

async function sent(world: World) {
  const [one] = await packed(world, [{ lines: [{ sku: 'A', quantity: 3, price_minor: 3_333n }], shipping_minor: 800n }])
  const of = () => world.transaction((tx) => shipping.parcelsOfFulfilments(tx, [one?.fulfilment_id ?? '']))
  const [before] = await of()
  await world.transaction((tx) =>
    warehouse.handOver(tx, [{ parcel_id: before?.parcel_id ?? '', at: tx.now }], 'refuse'),
  )
  await world.drain()
  const [parcel] = await of()
  const scan = (code: string) =>
    world.transaction((tx) =>
      tracking.recordScans(tx, [
        {
          carrier: parcel?.carrier ?? '',
          event_id: code,
          tracking_number: parcel?.tracking_number ?? '',
          at: tx.now,
          code,
          place: null,
        },
      ]),
    )
  return { order_id: one?.order_id ?? '', scan }
}

test.each([
  ['damaged', 'parcel'],
  ['address_problem', 'address'],
])('a parcel with %s is an item of %s until it arrives', async (code, kind) => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { scan } = await sent(world)
  await scan(code)
  await world.drain()
  expect((await open(world)).map(([as]) => as)).toEqual([kind])
  world.clock.advance(MINUTE_MS)
  await scan('delivered')
  await nothingLeft(world)
})

test('a parcel given up for lost becomes the choice between refund and sending again, and leaves with it', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const { order_id, scan } = await sent(world)
  await scan('lost')
  await world.drain()
  expect((await open(world)).map(([as]) => as)).toEqual(['parcel'])
  const [exception] = await world.transaction((tx) => openExceptionPage(tx, null, 10))
  await world.transaction((tx) => tracking.closeException(tx, exception?.exception_id ?? '', 'lost', null))
  await world.drain()
  expect((await open(world)).map(([as]) => as)).toEqual(['lost'])
  await world.transaction((tx) => returns.settleLost(tx, { order_id, outcome: 'reshipped', note: null }))
  await nothingLeft(world)
})

test('work that died is an item as it dies, and leaves when it is sent again', async () => {
  await using world = await freshWorld()
  const step = outside('test.dies', { batch: 10, attempts: 1, lease_ms: MINUTE_MS }, async () => async () => {})
  await world.transaction((tx) => schedule(tx, [{ step: step.name, subject: tx.newId() }]))
  await leaseForTest(world, step)
  world.clock.advance(2 * MINUTE_MS)
  await runBatch(world.runtime, step, world.tenant)
  await world.drain()
  expect(await open(world)).toEqual([['dead_letter', 'test.dies']])
  const [letter] = await world.transaction((tx) => deadLetters(tx, 10))
  expect(await world.transaction((tx) => revive(tx, letter?.job_id ?? ''))).toBe(true)
  await world.drain()
  expect(await open(world)).toEqual([])
})
