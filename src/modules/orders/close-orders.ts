// The end of orders: one closes when every unit has come to its end and its money with it; money that a provider refused is put before a person.
import type { Tx } from '../../platform/db.ts'
import { inside } from '../../platform/engine/index.ts'
import * as payment from '../payment/index.ts'
import { endHolds, placeHolds } from './hold-orders.ts'
import { loadOrders } from './load-orders.ts'
import { transition } from './record-events.ts'
import { refundDue } from './refund-due.ts'
import { isFinished } from './rules.ts'
import { discountsOf } from './store-numbers.ts'
import type { LineFacts, OrderFacts } from './types.ts'

/** The hold of an order whose money a provider refused: nothing more is sent until it is settled. */
const MONEY_HOLD = 'payment'
/** The hold of an order of which units are lost: a person chooses what becomes of them. */
export const LOST_HOLD = 'lost'

/** When units or money come to their end: an order that is finished closes. What still waits for its money closes when that has come. */
export const closeOrders = inside('orders.close', { batch: 200 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  const finished = orders.filter(
    (order) =>
      order.commercial === 'confirmed' && isFinished(order) && !order.holds.some((hold) => hold.kind === LOST_HOLD),
  )
  if (finished.length === 0) return
  const settled = await settledOf(tx, finished)
  await transition(
    tx,
    finished.filter((order) => settled.has(order.order_id)).map((order) => ({ order, action: 'close' })),
  )
})

// Settled: each tender has brought what is due, nothing is asked or refused, and what came back was refunded.
async function settledOf(tx: Tx, orders: readonly OrderFacts[]): Promise<ReadonlySet<string>> {
  const ids = orders.map((order) => order.order_id)
  const standing = await payment.standingOf(tx, ids)
  const returned = orders.filter((order) => order.lines.some((line) => accepted(line) > 0))
  const discounts =
    returned.length === 0
      ? new Map<string, bigint>()
      : new Map(
          (
            await discountsOf(
              tx,
              returned.map((order) => order.order_id),
            )
          ).map((row) => [row.order_id, row.amount]),
        )
  return new Set(
    orders
      .filter((order) => {
        const money = standing.get(order.order_id)
        if (money === undefined) return true
        return money.settled && money.granted >= dueBack(order, discounts.get(order.order_id) ?? 0n)
      })
      .map((order) => order.order_id),
  )
}

function accepted({ units }: LineFacts): number {
  return units.restocked + units.written_off
}

function dueBack(order: OrderFacts, discount: bigint): bigint {
  return refundDue(
    order.lines.map((line) => ({
      line_no: line.line_no,
      ordered: line.ordered,
      net: line.net,
      cancelled: line.units.cancelled,
      accepted: accepted(line),
    })),
    discount,
  )
}

/** On what providers say of a confirmed order's money: refused, it is held for a person; asked again and settled, the hold ends by itself. */
export const watchMoney = inside('orders.watch-money', { batch: 200 }, async (tx, jobs) => {
  const orders = (
    await loadOrders(
      tx,
      jobs.map((job) => job.subject),
      { lock: true },
    )
  ).filter((order) => order.commercial === 'confirmed' || order.holds.some((hold) => hold.kind === MONEY_HOLD))
  if (orders.length === 0) return
  const standing = await payment.standingOf(
    tx,
    orders.map((order) => order.order_id),
  )
  const refused = (order: OrderFacts) => standing.get(order.order_id)?.refused === true
  const held = (order: OrderFacts) => order.holds.filter((hold) => hold.kind === MONEY_HOLD)
  await placeHolds(
    tx,
    orders
      .filter((order) => refused(order) && held(order).length === 0)
      .map((order) => ({
        order_id: order.order_id,
        kind: MONEY_HOLD,
        reasons: [{ code: 'payment_refused' }],
        blocks: ['release', 'ship'],
      })),
  )
  await endHolds(
    tx,
    orders.filter((order) => !refused(order)).flatMap((order) => held(order).map((hold) => hold.hold_id)),
    'released',
  )
})
