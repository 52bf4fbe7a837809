// Lost parcels: what they were worth is refunded exactly and once, or sent again; until a person has chosen the order stays open.
import { expect, test } from 'vitest'
import * as orders from '../../src/modules/orders/index.ts'
import * as payment from '../../src/modules/payment/index.ts'
import * as returns from '../../src/modules/returns/index.ts'
import { freshWorld, type World } from '../world/index.ts'
import { read } from '../world/orders.ts'
import { lost } from './lose-parcel.ts'

const settle = (world: World, order_id: string, outcome: 'refund' | 'reshipped') =>
  world.transaction((tx) => returns.settleLost(tx, { order_id, outcome, note: null }))

const tender = async (world: World, order_id: string) =>
  (await world.transaction((tx) => payment.balances(tx, [order_id]))).get(order_id)?.[0]

test('what a carrier lost waits for a person, is refunded to the fen and once, and then the order closes', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await lost(world)
  const waiting = await read(world, order_id)
  expect([waiting.commercial, waiting.holds.map((hold) => hold.kind)]).toEqual(['confirmed', ['lost']])
  expect(await world.brokenInvariants()).toEqual([])
  const answers = await Promise.allSettled([settle(world, order_id, 'refund'), settle(world, order_id, 'refund')])
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
  await world.drain()
  expect(await tender(world, order_id)).toMatchObject({ captured: 10_799n, refunded: 9_999n, granted: 9_999n })
  const closed = await read(world, order_id)
  expect([closed.commercial, closed.holds]).toEqual(['closed', []])
  await expect(settle(world, order_id, 'reshipped')).rejects.toMatchObject({ code: 'nothing_lost' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('what was sent again is not refunded, and the order closes', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await lost(world)
  await settle(world, order_id, 'reshipped')
  await world.drain()
  expect((await read(world, order_id)).commercial).toBe('closed')
  expect(await tender(world, order_id)).toMatchObject({ captured: 10_799n, refunded: 0n })
  await expect(settle(world, order_id, 'refund')).rejects.toMatchObject({ code: 'nothing_lost' })
  expect(await world.brokenInvariants()).toEqual([])
})

test('lost units whose hold ended without a choice can still be refunded', async () => {
  await using world = await freshWorld({ stock: { A: 5 } })
  const order_id = await lost(world)
  const [hold] = (await read(world, order_id)).holds
  await world.transaction((tx) => orders.endHolds(tx, [hold?.hold_id ?? ''], 'released'))
  await world.drain()
  await settle(world, order_id, 'refund')
  await world.drain()
  expect(await tender(world, order_id)).toMatchObject({ refunded: 9_999n })
  expect(await world.brokenInvariants()).toEqual([])
})
