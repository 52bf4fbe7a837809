// Work that a location rejects, for tests: an order on the floor, its rejection, and what that left behind.
import type { Rejection, RejectionReason } from '../../src/contracts/rejections.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import type { World } from '../world/index.ts'
import { type OrderWish, place } from '../world/orders.ts'

export const STOCK = { A: { HZ1: 10, GZ1: 10, CD1: 10, BJ1: 10 }, B: { HZ1: 10, GZ1: 10 } }

export const ONE: OrderWish = { lines: [{ sku: 'A', quantity: 3 }] }

interface Work {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly version: number
}

export async function workOf(world: World, order_id: string): Promise<Work[]> {
  return world.transaction(
    (tx) => tx.sql<Work[]>`
      select distinct f.fulfilment_id, f.location_id, f.version from warehouse.fulfilment_order f
        join warehouse.v_open_place p on p.tenant_id = ${tx.tenant} and p.fulfilment_id = f.fulfilment_id and p.order_id = ${order_id}
       where f.tenant_id = ${tx.tenant} order by f.location_id`,
  )
}

/** One order on the floor of Hangzhou, the nearest place. */
export async function onTheFloor(world: World, wish: OrderWish = ONE): Promise<string> {
  const [order_id = ''] = await place(world, [wish])
  await world.drain()
  return order_id
}

export async function reject(
  world: World,
  order_id: string,
  reason: RejectionReason,
  more: Partial<Rejection> = {},
): Promise<void> {
  const [work] = await workOf(world, order_id)
  if (work === undefined) throw new Error('no work is open')
  const note = reason === 'other' ? { note: 'The roof leaks' } : {}
  await world.transaction((tx) =>
    warehouse.rejectFulfilment(tx, work.fulfilment_id, { reason, version: work.version, ...note, ...more }),
  )
  await world.drain()
}

export const placesOf = async (world: World, order_id: string) =>
  (await workOf(world, order_id)).map((work) => work.location_id)

export async function stockAt(world: World, location_id: string, sku = 'A') {
  const [row] = await world.transaction(
    (tx) => tx.sql<{ on_hand: number; unsellable: number; allocated: number }[]>`
      select on_hand, unsellable, allocated from inventory.stock where tenant_id = ${tx.tenant} and location_id = ${location_id} and sku = ${sku}`,
  )
  return row
}

export async function aside(world: World): Promise<number> {
  const [row] = await world.transaction(
    (tx) => tx.sql<{ units: number }[]>`
      select coalesce(sum(quantity), 0)::int as units from warehouse.put_back where tenant_id = ${tx.tenant} and done_at is null`,
  )
  return row?.units ?? 0
}
