// What tests of closures have in common: a flood, its plan, applying it, where work lies then.
import { steps } from '../../src/app.ts'
import { applyDisruption } from '../../src/modules/disruptions/apply-disruption.ts'
import { type DraftWish, draftDisruption } from '../../src/modules/disruptions/draft-disruption.ts'
import { listAffected, viewDisruption } from '../../src/modules/disruptions/view-disruptions.ts'
import { cancelUnits, loadOrders } from '../../src/modules/orders/index.ts'
import { runBatch } from '../../src/platform/engine/index.ts'
import type { World } from '../world/index.ts'

export const FLOOD: DraftWish = { name: 'Flood', reason: 'flood', scope: { locations: ['HZ1'] } }

export const wishes = (count: number, sku = 'SKU-1') =>
  Array.from({ length: count }, () => ({ lines: [{ sku, quantity: 1 }] }))

export async function plan(world: World, wish: DraftWish = FLOOD): Promise<string> {
  const id = await world.transaction((tx) => draftDisruption(tx, wish))
  await world.drain()
  return id
}

export const view = (world: World, id: string) => world.transaction((tx) => viewDisruption(tx, id, true))
export const affected = async (world: World, id: string) =>
  (await world.transaction((tx) => listAffected(tx, world.runtime.secrets, id, {}))).items

export async function apply(world: World, id: string): Promise<void> {
  await world.transaction((tx) => applyDisruption(tx, id))
  await world.drain()
}

export async function places(world: World): Promise<Record<string, number>> {
  const rows = await world.transaction(
    (tx) => tx.sql<{ location_id: string; orders: number }[]>`
      select location_id, count(distinct order_id)::int as orders from warehouse.v_open_place where tenant_id = ${tx.tenant} group by location_id order by location_id`,
  )
  return Object.fromEntries(rows.map((row) => [row.location_id, row.orders]))
}

export async function run(world: World, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const step = steps.get(name)
    if (step === undefined) throw new Error(`no step ${name}`)
    await runBatch(world.runtime, step, world.tenant)
  }
}

export async function workOf(world: World, order_id: string): Promise<string> {
  const [row] = await world.transaction(
    (tx) => tx.sql<{ fulfilment_id: string }[]>`
      select fulfilment_id from warehouse.v_open_place where tenant_id = ${tx.tenant} and order_id = ${order_id}`,
  )
  if (row === undefined) throw new Error('no work is open')
  return row.fulfilment_id
}

export async function cancel(world: World, order_id: string): Promise<void> {
  await world.transaction(async (tx) => {
    const [order] = await loadOrders(tx, [order_id], { lock: true })
    if (order !== undefined) await cancelUnits(tx, order, null, 'customer')
  })
}
