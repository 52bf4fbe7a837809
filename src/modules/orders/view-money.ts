// The money of an order: every figure adds up, and behind each stands the journal.
import type { OrderMoney } from '../../contracts/views-money.ts'
import type { Tx } from '../../platform/db.ts'
import { sum } from '../../platform/money.ts'
import * as payment from '../payment/index.ts'
import { loadOrders } from './load-orders.ts'
import { orderProblem } from './problems.ts'
import { owedNow } from './rules.ts'

/** goods − discounts + charges (+ tax where prices exclude it) = total; due = total − cancelled − captured + refunded. */
export async function moneyOf(tx: Tx, order_id: string): Promise<OrderMoney> {
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const balances = (await payment.balances(tx, [order_id])).get(order_id) ?? []
  const journal = await payment.journalOf(tx, order_id)
  const captured = sum(balances.map((balance) => balance.captured))
  const refunded = sum(balances.map((balance) => balance.refunded))
  const cancelled = order.total - owedNow(order)
  return {
    order_id,
    currency: order.currency,
    goods: Number(sum(order.lines.map((line) => line.gross))),
    discounts: Number(sum(order.lines.map((line) => line.discount))),
    charges: Number(order.charges_total),
    tax: Number(order.tax_total),
    prices_include_tax: order.prices_include_tax,
    total: Number(order.total),
    cancelled: Number(cancelled),
    authorised: Number(sum(balances.map((balance) => balance.authorised - balance.voided))),
    captured: Number(captured),
    refunded: Number(refunded),
    due: Number(order.total - cancelled - captured + refunded),
    tenders: balances.map((balance) => ({
      ...balance,
      amount: Number(balance.amount),
      authorised: Number(balance.authorised),
      captured: Number(balance.captured),
      refunded: Number(balance.refunded),
      voided: Number(balance.voided),
      deadline_at: balance.deadline_at?.toISOString() ?? null,
    })),
    journal: journal.map((booking) => ({
      ...booking,
      at: booking.at.toISOString(),
      entries: booking.entries.map((entry) => ({ ...entry, amount: Number(entry.amount) })),
    })),
  }
}
