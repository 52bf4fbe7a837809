// Ending orders before they leave: units are cancelled, free stock goes back at once, the money is given back, the warehouse hears it.
import type { Tx } from '../../platform/db.ts'
import * as inventory from '../inventory/index.ts'
import * as payment from '../payment/index.ts'
import { moveUnits } from './move-units.ts'
import { recordEvents, transition } from './record-events.ts'
import { type CancelLine, type CancelPlan, owedNow, planCancellation } from './rules.ts'
import { closeHolds } from './store.ts'
import type { OrderFacts } from './types.ts'

/** Rejects whole orders (locked by the caller): nothing of them is fulfilled, all money goes back. */
export async function rejectOrders(tx: Tx, orders: readonly OrderFacts[], reason: string): Promise<void> {
  await endOrders(
    tx,
    orders.map((order) => ({ order, plan: planCancellation(order, null) })),
    'reject',
    reason,
  )
}

/** Cancels the named units of a locked order, or all that can still be cancelled; the order ends when nothing of it remains. */
export async function cancelUnits(
  tx: Tx,
  order: OrderFacts,
  lines: readonly CancelLine[] | null,
  reason: string,
): Promise<CancelPlan> {
  const plan = planCancellation(order, lines)
  if (plan.parts.length > 0 && plan.refused.length === 0) await endOrders(tx, [{ order, plan }], 'cancel', reason)
  return plan
}

interface Ending {
  readonly order: OrderFacts
  readonly plan: CancelPlan
}

// Units that are allocated or further keep their stock until the warehouse has let go of them (warehouse.cancel): only it knows where they are.
async function endOrders(
  tx: Tx,
  endings: readonly Ending[],
  action: 'cancel' | 'reject',
  reason: string,
): Promise<void> {
  if (endings.length === 0) return
  // What has left cannot be taken back here: a rejection ends the holds of such an order and tells only that.
  const ended = await closeHolds(
    tx,
    endings
      .filter(({ plan }) => plan.whole || action === 'reject')
      .flatMap(({ order }) => order.holds.map((hold) => hold.hold_id)),
    action === 'reject' ? 'rejected' : 'released',
    reason,
  )
  const left = new Set(endings.filter(({ plan }) => plan.parts.length === 0).map(({ order }) => order.order_id))
  await recordEvents(
    tx,
    ended
      .filter((hold) => left.has(hold.order_id))
      .map(({ order_id, hold_id, kind }) => ({
        order_id,
        type: 'order.hold_ended',
        data: { hold_id, kind, outcome: 'rejected' },
      })),
  )
  await endUnits(
    tx,
    endings.filter(({ plan }) => plan.parts.length > 0),
    action,
    reason,
  )
}

async function endUnits(
  tx: Tx,
  endings: readonly Ending[],
  action: 'cancel' | 'reject',
  reason: string,
): Promise<void> {
  if (endings.length === 0) return
  const moves = endings.flatMap(({ plan }) => plan.parts.flatMap((part) => part.moves))
  await inventory.release(
    tx,
    moves
      .filter((move) => move.from === 'reserved')
      .map((move) => ({ demand_id: move.order_id, demand_line: move.line_no, quantity: move.quantity })),
  )
  await moveUnits(tx, moves)
  await payment.releaseMoney(
    tx,
    endings.map(({ order, plan }) => ({
      demand_id: order.order_id,
      keep_amount: plan.whole ? 0n : owedNow(afterwards(order, plan)),
      reason,
      key: `${action}:${order.order_id}:${order.version}`,
    })),
  )
  const data = (plan: CancelPlan) => ({
    lines: plan.parts.slice(0, 200).map((part) => ({ line_no: part.line.line_no, quantity: part.quantity })),
    worth: plan.worth,
  })
  await transition(
    tx,
    endings.filter(({ plan }) => plan.whole).map(({ order, plan }) => ({ order, action, reason, data: data(plan) })),
  )
  await recordEvents(
    tx,
    endings
      .filter(({ plan }) => !plan.whole)
      .map(({ order, plan }) => ({
        order_id: order.order_id,
        type: 'order.units_cancelled',
        data: { reason, ...data(plan) },
      })),
  )
}

/** The order as it is once the plan is carried out. */
export function afterwards(order: OrderFacts, plan: CancelPlan): OrderFacts {
  const gone = new Map(plan.parts.map((part) => [part.line.line_no, part.quantity]))
  return {
    ...order,
    lines: order.lines.map((line) => ({
      ...line,
      units: { ...line.units, cancelled: line.units.cancelled + (gone.get(line.line_no) ?? 0) },
    })),
  }
}
