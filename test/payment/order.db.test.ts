// An order with a card, all the way through the page of its bank: confirmed when approved, its stock freed when not.
import { expect, test } from 'vitest'
import { simulateFulfilment } from '../../src/cli/simulate.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import { openIntents } from '../../src/modules/payment/index.ts'
import { HOUR_MS } from '../../src/platform/clock.ts'
import { furnishRates } from '../allocation/ground.ts'
import { place, read } from '../world/orders.ts'
import { type Paying, payingWorld } from './paying.ts'

async function press(paying: Paying, order_id: string, choice: string): Promise<string> {
  const { redirect_url } = await paying.balance(order_id)
  const url = redirect_url ?? ''
  const page = await fetch(url)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(await page.text()).toContain('安全支付验证')
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ choice }) })
  await paying.sandbox.settled()
  await paying.drain()
  return answer.text()
}

test('a card order waits for its bank with its stock reserved, and is confirmed when the customer approves', async () => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 1 } })
  const [order_id = ''] = await place(paying.world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }], method: 'card' }])
  await paying.drain()
  expect((await read(paying.world, order_id)).commercial).toBe('placed')
  expect((await read(paying.world, order_id)).lines[0]?.units.reserved).toBe(1)
  expect(await press(paying, order_id, 'approve')).toContain('付款已确认')
  expect((await read(paying.world, order_id)).commercial).toBe('confirmed')
  expect(await paying.world.brokenInvariants()).toEqual([])
})

test.each(['decline', 'timeout', 'late'])(
  'a card order whose customer chooses %s is rejected and frees its unit for the next',
  async (choice) => {
    await using paying = await payingWorld({ stock: { 'SKU-1': 1 } })
    const [order_id = ''] = await place(paying.world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }], method: 'card' }])
    await paying.drain()
    await press(paying, order_id, choice)
    paying.world.clock.advance(HOUR_MS)
    await paying.drain()
    paying.sandbox.tellLate()
    await paying.drain()
    expect((await read(paying.world, order_id)).commercial).toBe('rejected')
    const { authorised, voided, captured } = await paying.balance(order_id)
    expect([authorised - voided, captured]).toEqual([0n, 0n])
    const [next = ''] = await place(paying.world, [{ lines: [{ sku: 'SKU-1', quantity: 1 }] }])
    await paying.drain()
    expect((await read(paying.world, next)).commercial).toBe('confirmed')
    expect(await paying.world.brokenInvariants()).toEqual([])
  },
)

test('M7 each shipment captures what it carries, the first the charges too; the last makes the order whole', async () => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 2, 'SKU-2': 0 } })
  const { world } = paying
  await furnishRates(world)
  const [order_id = ''] = await place(world, [
    {
      lines: [
        { sku: 'SKU-1', quantity: 2, price_minor: 3_000n },
        { sku: 'SKU-2', quantity: 3, price_minor: 1_000n },
      ],
      method: 'card',
      shortage_policy: 'split',
      shipping_minor: 700n,
    },
  ])
  await paying.drain()
  await press(paying, order_id, 'approve')
  const shipAll = async () => {
    await simulateFulfilment(world.runtime, world.tenant, { limit: 10 })
    await paying.drain()
    return (await paying.balance(order_id)).captured
  }
  expect(await shipAll()).toBe(6_700n)
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-2', quantity: 2 }], { reason: 'supply' }),
  )
  await paying.drain()
  expect(await shipAll()).toBe(6_700n)
  await world.transaction((tx) =>
    inventory.receiveStock(tx, [{ location_id: 'HZ1', sku: 'SKU-2', quantity: 1 }], { reason: 'supply' }),
  )
  await paying.drain()
  expect(await shipAll()).toBe(9_700n)
  expect((await read(world, order_id)).commercial).toBe('closed')
  expect((await paying.done(order_id)).filter((operation) => operation.kind === 'capture')).toHaveLength(2)
  expect(await world.brokenInvariants()).toEqual([])
})

test('an order that waited for a person past its deadline still gets its time to pay', async () => {
  await using paying = await payingWorld({ stock: { 'SKU-1': 1 } })
  const { world } = paying
  const deadline_at = new Date(world.clock.now().getTime() + HOUR_MS)
  const demand_id = world.runtime.db.newId()
  await world.transaction((tx) =>
    openIntents(tx, [{ demand_id, method: 'card', currency: 'CNY', amount: 100n, deadline_at }]),
  )
  world.clock.advance(5 * HOUR_MS)
  expect(await paying.condition(demand_id)).toBe('pending')
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('pending')
  expect((await paying.balance(demand_id)).redirect_url).not.toBeNull()
  world.clock.advance(2 * HOUR_MS)
  await paying.drain()
  expect(await paying.condition(demand_id)).toBe('failed')
  expect(await world.brokenInvariants()).toEqual([])
})
