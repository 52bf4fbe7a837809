// The step of returns: what is owed is asked of payment as soon as payment holds so much.
import { HOUR_MS, later } from '../../platform/clock.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { loadOrders, recordEvents } from '../orders/index.ts'
import { type Balance, balances, refund } from '../payment/index.ts'
import { REFUND } from './owe-refunds.ts'
import { endLost } from './settle-lost.ts'
import { lockReturns, markAsked, type ReturnRow, returnsById } from './store.ts'

/** Refunds what returns are owed. Money that is not captured yet is asked for again in an hour: the return shows as owed until then. */
export const refundReturns = inside(REFUND, { batch: 200 }, async (tx, jobs) => {
  const ids = [...new Set(jobs.map((job) => job.subject))]
  const order_ids = [...new Set((await returnsById(tx, ids)).map((row) => row.order_id))]
  if (order_ids.length === 0) return
  const orders = await loadOrders(tx, order_ids, { lock: true })
  const owed = (await lockReturns(tx, ids)).filter((row) => row.refund_due > row.refund_asked)
  if (owed.length === 0) return
  const left = new Map(
    [...(await balances(tx, order_ids))].map(([order_id, tenders]) => [order_id, refundable(tenders)]),
  )
  const now: ReturnRow[] = []
  const waiting: ReturnRow[] = []
  for (const row of owed) {
    const amount = row.refund_due - row.refund_asked
    const has = left.get(row.order_id) ?? 0n
    if (has < amount) waiting.push(row)
    else {
      left.set(row.order_id, has - amount)
      now.push(row)
    }
  }
  await schedule(
    tx,
    waiting.map((row) => ({ step: REFUND, subject: row.return_id, due_at: later(tx.now, HOUR_MS) })),
  )
  if (now.length === 0) return
  await refund(
    tx,
    now.map((row) => ({
      demand_id: row.order_id,
      amount: row.refund_due - row.refund_asked,
      reason: row.reason === 'lost' ? 'lost' : 'return',
      key: `return:${row.return_id}:${row.refund_asked}`,
    })),
  )
  await markAsked(
    tx,
    now.map((row) => row.return_id),
  )
  await recordEvents(
    tx,
    now.map((row) => ({
      order_id: row.order_id,
      type: 'order.refunded',
      data: { return: row.return_id, amount: row.refund_due - row.refund_asked, currency: row.currency },
    })),
  )
  const lost = new Set(now.filter((row) => row.reason === 'lost').map((row) => row.order_id))
  if (lost.size > 0)
    await endLost(
      tx,
      orders.filter((order) => lost.has(order.order_id)),
    )
})

function refundable(tenders: readonly Balance[]): bigint {
  return tenders.reduce((sum, tender) => sum + tender.captured - tender.refunded - tender.refunding, 0n)
}
