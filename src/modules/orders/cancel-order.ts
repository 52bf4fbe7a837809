// Cancels what has not left the warehouse yet, or shows what that would do; the rest can be intercepted or returned.
import type { CancellationPreview, CancelOrder } from '../../contracts/views-cancellation.ts'
import type { Tx } from '../../platform/db.ts'
import * as payment from '../payment/index.ts'
import { loadOrders } from './load-orders.ts'
import { orderProblem } from './problems.ts'
import { afterwards, cancelUnits } from './reject-orders.ts'
import { type CancelPlan, owedNow, planCancellation } from './rules.ts'
import type { OrderFacts } from './types.ts'

/** Cancels in one transaction: units, free stock, money; the warehouse hears it by the event. Throws nothing_to_cancel with what stands in the way. */
export async function cancelOrder(tx: Tx, order_id: string, request: CancelOrder): Promise<void> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  refuse(order, await cancelUnits(tx, order, request.lines ?? null, request.reason))
}

/** What the same request would do, in stock, money and warehouse, without doing it. */
export async function previewCancellation(
  tx: Tx,
  order_id: string,
  request: CancelOrder,
): Promise<CancellationPreview> {
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const plan = planCancellation(order, request.lines ?? null)
  refuse(order, plan)
  const before = owedNow(order)
  const after = plan.whole ? 0n : owedNow(afterwards(order, plan))
  const balances = (await payment.balances(tx, [order_id])).get(order_id) ?? []
  const captured = balances.reduce((sum, balance) => sum + heldOf(balance), 0n)
  // What was granted before went back for other reasons: it is not given back again.
  const granted = balances.reduce((sum, balance) => sum + balance.granted, 0n)
  const kept = after > granted ? after - granted : 0n
  const authorised = balances.reduce((sum, balance) => sum + balance.authorised - balance.voided, 0n)
  const over = (held: bigint) => (held > kept ? Number(held - kept) : 0)
  return {
    order_id,
    whole: plan.whole,
    lines: plan.parts.map((part) => ({
      line_no: part.line.line_no,
      sku: part.line.sku,
      title: part.line.title,
      cancelled: part.quantity,
      kept: part.line.ordered - part.line.units.cancelled - part.quantity,
      freed: part.freed - part.put_back,
      put_back: part.put_back,
    })),
    money: {
      currency: order.currency,
      total_before: Number(before),
      total_after: Number(after),
      to_void: captured > 0n ? 0 : over(authorised),
      to_refund: over(captured),
    },
    warehouse: [],
  }
}

/** What of a tender would go back. Money that the channel holds is here in all but its booking, which comes with the order's first step. */
function heldOf({ method, state, amount, captured, refunded, refunding }: payment.Balance): bigint {
  return (method === 'reference' && state === 'new' ? amount : captured) - refunded - refunding
}

function refuse(order: OrderFacts, plan: CancelPlan): void {
  const unknown = plan.refused.filter((line) => line.blocked_by === 'line_unknown')
  if (unknown.length > 0)
    throw orderProblem('line_unknown', { order_id: order.order_id, lines: unknown.map((line) => line.line_no) })
  if (plan.refused.length > 0 || plan.parts.length === 0) {
    throw orderProblem('nothing_to_cancel', {
      order_id: order.order_id,
      commercial: order.commercial,
      blockers: plan.refused,
    })
  }
}
