// What tests of those that wait have in common: orders that are sent or not, time that goes by, goods that come and go missing.
import { expect } from 'vitest'
import { rulesDocument } from '../../src/modules/allocation/default-rules.ts'
import { explainedAllocation } from '../../src/modules/allocation/view-allocation.ts'
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import { row } from '../policies/ground.ts'
import type { World } from '../world/index.ts'
import { place, read } from '../world/orders.ts'
import { openWorkOf } from './ground.ts'

export async function send(world: World, quantity = 1, sku = 'SKU-1'): Promise<string> {
  const [id = ''] = await place(world, [{ lines: [{ sku, quantity }] }])
  await world.drain()
  return id
}

export async function waitFor(world: World, ms: number): Promise<void> {
  world.clock.advance(ms)
  await world.drain()
}

export async function supply(world: World, location_id: string, sku = 'SKU-1'): Promise<void> {
  await world.transaction((tx) => inventory.receiveStock(tx, [{ location_id, sku, quantity: 1 }], { reason: 'supply' }))
  await world.drain()
}

/** The warehouse does not find what it is to send of the order. */
export async function missOne(world: World, order_id: string): Promise<void> {
  const [work] = await openWorkOf(world, order_id)
  await world.transaction((tx) =>
    warehouse.reportShort(
      tx,
      work?.fulfilment_id ?? '',
      [{ scan_id: tx.newId(), fulfilment_line_no: 1, quantity: 1 }],
      'missing',
    ),
  )
  await world.drain()
}

export async function cancel(world: World, order_id: string): Promise<void> {
  await world.transaction(async (tx) => {
    const [order] = await orders.loadOrders(tx, [order_id], { lock: true })
    if (order !== undefined) await orders.cancelUnits(tx, order, null, 'customer')
  })
  await world.drain()
}

export const unitsOf = async (world: World, id: string) => (await read(world, id)).lines[0]?.units
export const isSent = async (world: World, id: string) => (await unitsOf(world, id))?.released === 1
export const newestDecision = async (world: World, id: string) =>
  (await world.transaction((tx) => explainedAllocation(tx, id))).items[0]

/** What happens at the moment of its next try, as the explanation tells it. */
export async function causeOf(world: World, id: string): Promise<string | null | undefined> {
  const { waiting } = await world.transaction((tx) => explainedAllocation(tx, id))
  expect(waiting?.try_again_at === null).toBe(waiting?.try_because === null)
  expect(waiting?.says).not.toEqual([])
  return waiting?.try_because
}

/** One rule: only from Guangzhou, and what it wants where that finds no way. */
export const south = (cells: Readonly<Record<string, string>>) =>
  rulesDocument([row('south', { locations: '["GZ1"]', ...cells })])

/** Before all others. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/** Orders in the queue for ever: older than all others, and no longer there. */
export async function stubborn(world: World, count: number, reason: string, sku: string, first = 1): Promise<void> {
  await world.transaction(
    (tx) => tx.sql`
      insert into allocation.exception (tenant_id, exception_id, order_id, network_id, reason, skus, units, value, currency, decision_id, opened_at)
      select ${tx.tenant}::uuid, lpad(to_hex(n), 32, '0')::uuid, gen_random_uuid(), 'CN', ${reason}, array[${sku}::text], 1, 1, 'CNY', gen_random_uuid(), ${tx.now}
        from generate_series(${first}::int, ${first + count - 1}::int) as n`,
  )
}
