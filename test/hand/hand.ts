// What tests of decisions by hand share: deciding at the version that is there now, and where an order's work lies.
import type { HandDecision, HandPreview } from '../../src/contracts/hand.ts'
import { decideByHand } from '../../src/modules/allocation/decide-by-hand.ts'
import { previewByHand } from '../../src/modules/allocation/preview-by-hand.ts'
import { loadOrders } from '../../src/modules/orders/index.ts'
import { Problem } from '../../src/platform/problem.ts'
import type { World } from '../world/index.ts'

export type Wish = Omit<HandPreview, 'version'>

export async function versionOf(world: World, order_id: string): Promise<number> {
  const [order] = await world.transaction((tx) => loadOrders(tx, [order_id], { lock: false }))
  if (order === undefined) throw new Error('no such order')
  return order.version
}

export async function decide(world: World, order_id: string, wish: Wish, reason = 'The customer asked for it') {
  const version = await versionOf(world, order_id)
  const decision: HandDecision = { ...wish, version, reason }
  return world.transaction((tx) => decideByHand(tx, order_id, decision))
}

export async function preview(world: World, order_id: string, wish: Wish) {
  const version = await versionOf(world, order_id)
  return world.transaction((tx) => previewByHand(tx, order_id, { ...wish, version }))
}

/** What stands in the way, by code; empty where it was done. */
export async function refusedBy(work: Promise<unknown>): Promise<string[]> {
  try {
    await work
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return error.errors.length === 0 ? [error.code] : error.errors.map((one) => one.code)
  }
}

export interface OpenWork {
  readonly fulfilment_id: string
  readonly location_id: string
  readonly state: string
  readonly units: number
}

export async function workOf(world: World, order_id: string): Promise<OpenWork[]> {
  return world.transaction(
    (tx) => tx.sql<OpenWork[]>`
      select fulfilment_id, location_id, state, sum(to_pick + picked + packed)::int as units from warehouse.v_open_place
       where tenant_id = ${tx.tenant} and order_id = ${order_id} group by fulfilment_id, location_id, state order by fulfilment_id`,
  )
}

export async function onlyWork(world: World, order_id: string): Promise<OpenWork> {
  const [work, ...more] = await workOf(world, order_id)
  if (work === undefined || more.length > 0) throw new Error('the order has not exactly one open fulfilment')
  return work
}

export async function placesOf(world: World, order_id: string): Promise<string[]> {
  return (await workOf(world, order_id)).map((work) => `${work.location_id} ${work.units}`).sort()
}
