// An order closes when its money is settled and not before: what a provider refuses waits for a person, and closes the order when it comes.
import { expect, test } from 'vitest'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import { askAgain, refusedRequests } from '../../src/modules/payment/settle-receipts.ts'
import { furnishRates } from '../allocation/ground.ts'
import { place, read } from '../world/orders.ts'
import { type Paying, payingWorld } from './paying.ts'

async function paidByCard(paying: Paying): Promise<string> {
  await furnishRates(paying.world)
  const [order_id = ''] = await place(paying.world, [
    { lines: [{ sku: 'SKU-1', quantity: 2, price_minor: 3_000n }], method: 'card' },
  ])
  await paying.drain()
  await paying.choose(order_id, 'approve')
  await paying.drain()
  return order_id
}

const point = (paying: Paying, order_id: string, provider_ref: string | null) =>
  paying.world.transaction(
    (tx) =>
      tx.sql`update payment.intent set provider_ref = ${provider_ref} where tenant_id = ${tx.tenant} and demand_id = ${order_id}`,
  )

test('an order whose capture is declined stays open with a hold, and closes when the money comes after all', async () => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 9 } })
  const { world } = paying
  const order_id = await paidByCard(paying)
  const { provider_ref } = await paying.balance(order_id)
  await point(paying, order_id, 'gone')
  await simulateFulfilment(world.runtime, world.tenant, { limit: 10 })
  await paying.drain()
  const stuck = await read(world, order_id)
  expect(stuck.lines[0]?.units.delivered).toBe(2)
  expect(stuck.commercial).toBe('confirmed')
  expect(stuck.holds.map((hold) => hold.kind)).toEqual(['payment'])
  expect(await world.brokenInvariants()).toEqual([])

  await point(paying, order_id, provider_ref)
  await world.transaction(async (tx) => {
    const [refused] = await refusedRequests(tx)
    await askAgain(tx, refused?.request_id ?? '')
  })
  await paying.drain()
  expect((await paying.balance(order_id)).captured).toBe(6_000n)
  const closed = await read(world, order_id)
  expect([closed.commercial, closed.holds]).toEqual(['closed', []])
  expect(await world.brokenInvariants()).toEqual([])
})

test.each(['reference', 'cod', 'card'] as const)('a delivered order paid by %s closes', async (method) => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 9 } })
  const { world } = paying
  await furnishRates(world)
  const [order_id = ''] =
    method === 'card'
      ? [await paidByCard(paying)]
      : await place(world, [{ lines: [{ sku: 'SKU-1', quantity: 2, price_minor: 3_000n }], method }])
  await paying.drain()
  await simulateFulfilment(world.runtime, world.tenant, { limit: 10 })
  await paying.drain()
  expect((await read(world, order_id)).commercial).toBe('closed')
  expect((await paying.balance(order_id)).captured).toBe(6_000n)
  expect(await world.brokenInvariants()).toEqual([])
})
