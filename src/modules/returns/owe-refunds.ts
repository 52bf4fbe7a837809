// Owing: what the units that came back are worth, against what returns of the same order were worth before.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { discountsOf, type OrderFacts, type RefundLine, refundDue } from '../orders/index.ts'
import { addRefundDue, decidedLost, returnsOfOrders } from './store.ts'

export const REFUND = 'returns.refund'

/** Units that are accepted now, beside those that the order says were before. */
export interface Accepted {
  readonly return_id: string
  readonly order: OrderFacts
  readonly lines: readonly { readonly line_no: number; readonly quantity: number }[]
}

/** What would be owed for each acceptance, in their order. */
export async function refundsFor(tx: Tx, accepted: readonly Omit<Accepted, 'return_id'>[]): Promise<bigint[]> {
  const order_ids = [...new Set(accepted.map((acceptance) => acceptance.order.order_id))]
  const discounts = new Map((await discountsOf(tx, order_ids)).map((row) => [row.order_id, row.amount]))
  const owed = new Map<string, bigint>()
  for (const row of await returnsOfOrders(tx, order_ids))
    owed.set(row.order_id, (owed.get(row.order_id) ?? 0n) + row.refund_due)
  // Units that a carrier lost and that are refunded count like those that came back.
  const taken = new Map(
    (await decidedLost(tx, order_ids)).map((row) => [`${row.order_id} ${row.line_no}`, row.refunded] as const),
  )
  return accepted.map(({ order, lines }) => {
    for (const { line_no, quantity } of lines)
      taken.set(`${order.order_id} ${line_no}`, (taken.get(`${order.order_id} ${line_no}`) ?? 0) + quantity)
    const due = refundDue(
      order.lines.map((line) => refundLine(line, taken.get(`${order.order_id} ${line.line_no}`) ?? 0)),
      discounts.get(order.order_id) ?? 0n,
    )
    const before = owed.get(order.order_id) ?? 0n
    const amount = due > before ? due - before : 0n
    owed.set(order.order_id, before + amount)
    return amount
  })
}

/** Fixes what is owed for each acceptance, in their order, and has it asked of payment; answers the amounts. */
export async function oweRefunds(tx: Tx, accepted: readonly Accepted[]): Promise<bigint[]> {
  const amounts = await refundsFor(tx, accepted)
  const dues = accepted.flatMap(({ return_id }, index) =>
    (amounts[index] ?? 0n) > 0n ? [{ return_id, amount: amounts[index] ?? 0n }] : [],
  )
  if (dues.length > 0) await addRefundDue(tx, dues)
  await schedule(
    tx,
    dues.map(({ return_id }) => ({ step: REFUND, subject: return_id })),
  )
  return amounts
}

function refundLine(line: OrderFacts['lines'][number], more: number): RefundLine {
  const { line_no, ordered, net, units } = line
  return { line_no, ordered, net, cancelled: units.cancelled, accepted: units.restocked + units.written_off + more }
}
