// A return begins: the customer or an agent names units that were delivered, or a carrier brings back what it could not deliver.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { type LineFacts, loadOrders, moveUnits, type OrderFacts, orderProblem, recordEvents } from '../orders/index.ts'
import { shippedFrom } from '../warehouse/index.ts'
import { returnProblem } from './problems.ts'
import { insertReturns } from './store.ts'

export interface ReturnWish {
  readonly order_id: string
  readonly lines: readonly { readonly line_no: number; readonly quantity: number }[]
  readonly reason: string
  readonly note: string | null
  /** The goods never reached the customer and are back already. */
  readonly undelivered: boolean
}

/** Opens a return; answers its id. Throws where more is named than was delivered. */
export async function requestReturn(tx: Tx, wish: ReturnWish): Promise<string> {
  const [order] = await loadOrders(tx, [wish.order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown')
  const from = wish.undelivered ? 'shipped' : 'delivered'
  const lines = [...Map.groupBy(wish.lines, (line) => line.line_no)].map(([line_no, parts]) => ({
    line: lineOf(order, line_no, from),
    quantity: parts.reduce((sum, part) => sum + part.quantity, 0),
  }))
  for (const { line, quantity } of lines) {
    if (quantity > line.units[from])
      throw returnProblem('return_too_many', { line_no: line.line_no, possible: line.units[from] })
  }
  const return_id = tx.newId()
  const places = await shippedFrom(tx, [order.order_id])
  const location_id = places.find((place) => place.line_no === lines[0]?.line.line_no)?.location_id ?? null
  const state = wish.undelivered ? 'received' : 'requested'
  await insertReturns(
    tx,
    [
      {
        return_id,
        order_id: order.order_id,
        state,
        reason: wish.reason,
        note: wish.note,
        location_id,
        currency: order.currency,
        at: tx.now,
      },
    ],
    lines.map(({ line, quantity }) => ({
      return_id,
      order_id: order.order_id,
      line_no: line.line_no,
      sku: line.sku,
      quantity,
    })),
  )
  const to = wish.undelivered ? 'returned' : 'return_requested'
  await moveUnits(
    tx,
    lines.map(({ line, quantity }) => ({ order_id: order.order_id, line_no: line.line_no, from, to, quantity })),
  )
  const data = {
    return: return_id,
    reason: wish.reason,
    lines: lines.map(({ line, quantity }) => ({ line_no: line.line_no, quantity })),
  }
  await recordEvents(tx, [
    { order_id: order.order_id, type: wish.undelivered ? 'order.returned' : 'order.return_requested', data },
  ])
  await publish(tx, [{ type: `return.${state}`, subject: return_id, version: 1, data: { order: order.order_id } }])
  return return_id
}

function lineOf(order: OrderFacts, line_no: number, from: 'shipped' | 'delivered'): LineFacts {
  const line = order.lines.find((candidate) => candidate.line_no === line_no)
  if (line === undefined) throw orderProblem('line_unknown', { line_no, from })
  return line
}
