// Planning: allocation says what a location is to send; it waits here until it is released.
import type { Tx } from '../../platform/db.ts'
import { type NewEvent, publish } from '../../platform/outbox/publish.ts'
import { insertFulfilments } from './store.ts'

export interface PlannedFulfilment {
  readonly location_id: string
  readonly carrier: string | null
  readonly service: string | null
  /** Hand-over to the carrier at the latest; now where absent. */
  readonly ship_by: Date | null
  readonly promised_at: Date | null
  readonly lines: readonly {
    readonly order_id: string
    readonly line_no: number
    readonly sku: string
    readonly quantity: number
  }[]
}

/** Makes planned fulfilment orders, each with at least one line; answers their ids in order. Two statements whatever their number. */
export async function plan(tx: Tx, fulfilments: readonly PlannedFulfilment[]): Promise<string[]> {
  const { ids, events } = await planUntold(tx, fulfilments)
  await publish(tx, events)
  return ids
}

/** The same with one statement, for callers who publish the events together with their own. */
export async function planUntold(
  tx: Tx,
  fulfilments: readonly PlannedFulfilment[],
): Promise<{ ids: string[]; events: NewEvent[] }> {
  if (fulfilments.length === 0) return { ids: [], events: [] }
  const orders = fulfilments.map((fulfilment) => ({
    ...fulfilment,
    fulfilment_id: tx.newId(),
    ship_by: fulfilment.ship_by ?? tx.now,
  }))
  await insertFulfilments(
    tx,
    orders,
    orders.flatMap(({ fulfilment_id, lines }) =>
      lines.map((line, index) => ({ ...line, fulfilment_id, fulfilment_line_no: index + 1 })),
    ),
  )
  const events = orders.map((order) => ({
    type: 'fulfilment.planned',
    subject: order.fulfilment_id,
    version: 1,
    data: {
      location: order.location_id,
      carrier: order.carrier,
      service: order.service,
      orders: [...new Set(order.lines.map((line) => line.order_id))],
    },
  }))
  return { ids: orders.map((order) => order.fulfilment_id), events }
}
