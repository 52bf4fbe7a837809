// Orders for the floor: placed, paid by reference, confirmed and allocated to a location in one transaction, then released by the flow.
import * as inventory from '../../src/modules/inventory/index.ts'
import * as orders from '../../src/modules/orders/index.ts'
import * as payment from '../../src/modules/payment/index.ts'
import * as shipping from '../../src/modules/shipping/index.ts'
import * as warehouse from '../../src/modules/warehouse/index.ts'
import type { Tx } from '../../src/platform/db.ts'
import { NETWORK, type World } from '../world/index.ts'
import { type OrderWish, placedOrder } from '../world/orders.ts'

export interface Ready {
  readonly order_id: string
  readonly fulfilment_id: string
}

/** Orders whose goods are allocated at `location_id`, each with one planned fulfilment; `drain` releases them. */
export async function allocated(world: World, wishes: readonly OrderWish[], location_id = 'HZ1'): Promise<Ready[]> {
  return world.transaction(async (tx) => {
    const placed = wishes.map((wish) => placedOrder(tx, wish))
    await orders.placeOrders(tx, placed)
    const ids = placed.map((order) => order.order_id)
    await payment.conditionOf(tx, ids)
    const facts = await orders.loadOrders(tx, ids, { lock: true })
    await reserveAll(tx, facts)
    await orders.transition(
      tx,
      facts.map((order) => ({ order, action: 'confirm' })),
    )
    const lines = facts.flatMap((order) => order.lines)
    const places = lines.map((line) => ({
      demand_id: line.order_id,
      demand_line: line.line_no,
      location_id,
      sku: line.sku,
      quantity: line.ordered,
    }))
    const { short } = await inventory.allocate(tx, places)
    if (short.length > 0) throw new Error('the world has too little stock')
    await orders.moveUnits(
      tx,
      lines.map((line) => ({
        order_id: line.order_id,
        line_no: line.line_no,
        from: 'reserved',
        to: 'allocated',
        quantity: line.ordered,
      })),
    )
    await orders.recordEvents(
      tx,
      ids.map((order_id) => ({ order_id, type: 'order.allocated', data: {} })),
    )
    const byId = new Map(facts.map((order) => [order.order_id, order]))
    const planned = await warehouse.plan(
      tx,
      ids.map((order_id) => ({
        location_id,
        carrier: 'ordo-express',
        service: 'standard',
        ship_by: null,
        promised_at: null,
        lines: (byId.get(order_id)?.lines ?? []).map((line) => ({
          order_id,
          line_no: line.line_no,
          sku: line.sku,
          quantity: line.ordered,
        })),
      })),
    )
    return ids.map((order_id, index) => ({ order_id, fulfilment_id: planned[index] ?? '' }))
  })
}

async function reserveAll(tx: Tx, facts: readonly orders.OrderFacts[]): Promise<void> {
  const lines = facts.flatMap((order) => order.lines)
  const { refused } = await inventory.reserve(
    tx,
    lines.map((line) => ({
      claim_id: tx.newId(),
      demand_id: line.order_id,
      demand_line: line.line_no,
      network_id: NETWORK,
      sku: line.sku,
      quantity: line.ordered,
    })),
  )
  if (refused.length > 0) throw new Error('the world has too little stock')
  await orders.moveUnits(
    tx,
    lines.map((line) => ({
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'open',
      to: 'reserved',
      quantity: line.ordered,
    })),
  )
}

/** The same, released to the floor. */
export async function released(world: World, wishes: readonly OrderWish[], location_id = 'HZ1'): Promise<Ready[]> {
  const ready = await allocated(world, wishes, location_id)
  await world.drain()
  return ready
}

/** Picked and packed into one parcel, labelled. */
export async function packed(world: World, wishes: readonly OrderWish[], location_id = 'HZ1'): Promise<Ready[]> {
  const ready = await released(world, wishes, location_id)
  for (const { fulfilment_id } of ready) {
    await world.transaction((tx) => warehouse.pickLines(tx, fulfilment_id, null))
    await world.transaction((tx) => warehouse.packParcels(tx, fulfilment_id, null))
  }
  await world.drain()
  return ready
}

/** As `packed`, labelled in bulk: nothing is drawn, so that hundreds are made in seconds. */
export async function labelled(world: World, wishes: readonly OrderWish[], location_id = 'HZ1'): Promise<Ready[]> {
  const ready = await released(world, wishes, location_id)
  await world.transaction(async (tx) => {
    for (const { fulfilment_id } of ready) {
      await warehouse.pickLines(tx, fulfilment_id, null)
      await warehouse.packParcels(tx, fulfilment_id, null)
    }
    await shipping.labelDirectly(
      tx,
      await shipping.parcelsOfFulfilments(
        tx,
        ready.map((one) => one.fulfilment_id),
      ),
    )
  })
  await world.drain()
  return ready
}
