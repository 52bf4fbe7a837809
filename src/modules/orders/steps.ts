// The steps of orders: reserve first, confirm when paid, go on after a hold, serve backorders. Each for a batch, never for one.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob, schedule } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import * as payment from '../payment/index.ts'
import { brokenMoves } from './broken-moves.ts'
import { isBlocked, loadOrders } from './load-orders.ts'
import { recordEvents, transition } from './record-events.ts'
import { rejectOrders } from './reject-orders.ts'
import { BACKORDER_REVIEW_DAYS, REVIEW_BACKORDER } from './reserve-orders.ts'
import { nextStep, owedForShipped } from './rules.ts'
import { setShortage } from './store.ts'
import { screenedOf } from './store-reading.ts'
import type { OrderEvent } from './types.ts'

/** On order.screened and on every word about its money: confirm when the condition is met, reject when it failed, otherwise leave it to the deadline. */
export const verifyPayment = inside(
  'orders.verify-payment',
  { batch: 200, at_once: ['order.screened'] },
  async (tx, jobs) => {
    const orders = (
      await loadOrders(
        tx,
        jobs.map((job) => job.subject),
        { lock: true },
      )
    ).filter((order) => order.commercial === 'placed' && isBlocked(order, 'confirm').length === 0)
    if (orders.length === 0) return
    const screened = await screenedOf(
      tx,
      orders.map((order) => order.order_id),
    )
    const ready = orders.filter((order) => screened.has(order.order_id))
    const conditions = await payment.conditionOf(
      tx,
      ready.map((order) => order.order_id),
    )
    await transition(
      tx,
      ready.filter((order) => conditions.get(order.order_id) === 'met').map((order) => ({ order, action: 'confirm' })),
    )
    await rejectOrders(
      tx,
      ready.filter((order) => conditions.get(order.order_id) === 'failed'),
      'payment_failed',
    )
  },
)

/** After a hold has ended or supply has come: the order takes up the step that its state waits for; the step looks at the holds that are left. */
export const resumeOrders = inside('orders.resume', { batch: 200 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  const screened = await screenedOf(
    tx,
    orders.map((order) => order.order_id),
  )
  await schedule(
    tx,
    orders.flatMap((order): NewJob[] => {
      const step = nextStep(order, screened.has(order.order_id))
      return step === null ? [] : [{ step, subject: order.order_id }]
    }),
  )
})

/** A backorder that has waited long is put before a person; the next look is a week later. */
export const reviewBackorders = inside(REVIEW_BACKORDER, { batch: 200 }, async (tx, jobs) => {
  const orders = (
    await loadOrders(
      tx,
      jobs.map((job) => job.subject),
      { lock: true },
    )
  ).filter((order) => order.lines.some((line) => line.units.backordered > 0))
  await recordEvents(
    tx,
    orders.map(
      (order): OrderEvent => ({
        order_id: order.order_id,
        type: 'order.backorder_waiting',
        data: { lines: order.lines.filter((line) => line.units.backordered > 0).length },
      }),
    ),
  )
  await schedule(
    tx,
    orders.map((order) => reviewLater(tx, order.order_id)),
  )
})

/** On order.shipped: what has left so far is charged, also of an order that has closed meanwhile; never more than is owed. */
export const captureMoney = inside('orders.capture', { batch: 200 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  await payment.captureFor(
    tx,
    orders.map((order) => ({
      demand_id: order.order_id,
      worth: owedForShipped(order),
      key: `ship:${order.order_id}:${order.version}`,
    })),
  )
})

/** On stock.reservation_broken: the units that lost their stock are backordered again and join the queue of their SKU. */
export const breakLines = inside('orders.break-lines', { batch: 200 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  const orders = new Map((await loadOrders(tx, ids, { lock: true })).map((order) => [order.order_id, order]))
  const broken = (await inventory.settleBroken(tx, ids)).filter((row) => orders.has(row.demand_id))
  const moves = brokenMoves(orders, broken)
  // Units that were cancelled in the meantime went with their cancellation: nobody is told that they come later.
  const waiting = new Set(moves.map((move) => `${move.order_id} ${move.line_no}`))
  const told = broken.filter((row) => waiting.has(`${row.demand_id} ${row.demand_line}`))
  if (told.length === 0) return
  await setShortage(
    tx,
    told.map((row) => ({ order_id: row.demand_id, line_no: row.demand_line, reason: `broken:${row.cause}` })),
  )
  const byOrder = Map.groupBy(told, (row) => row.demand_id)
  await recordEvents(
    tx,
    [...byOrder].map(
      ([order_id, rows]): OrderEvent => ({
        order_id,
        type: 'order.backordered',
        data: {
          backordered: rows.map((row) => ({ line_no: row.demand_line, sku: row.sku, quantity: row.quantity })),
          cause: rows[0]?.cause,
        },
      }),
    ),
    { moves, timers: [...byOrder.keys()].map((order_id) => reviewLater(tx, order_id)) },
  )
})

function reviewLater(tx: Tx, subject: string): NewJob {
  return { step: REVIEW_BACKORDER, subject, due_at: later(tx.now, BACKORDER_REVIEW_DAYS * DAY_MS) }
}
