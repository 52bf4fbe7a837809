// The steps of orders: reserve first, confirm when paid, go on after a hold, serve backorders, close. Each for a batch, never for one.
import { DAY_MS, later } from '../../platform/clock.ts'
import { inside, type NewJob, schedule } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import * as payment from '../payment/index.ts'
import { brokenMoves } from './broken-moves.ts'
import { isBlocked, loadOrders } from './load-orders.ts'
import { moveUnits } from './move-units.ts'
import { recordEvents, transition } from './record-events.ts'
import { rejectOrders } from './reject-orders.ts'
import { applyGrants, claimsOf, type LineReservation } from './reserve-lines.ts'
import { isFinished, nextStep, owedNow } from './rules.ts'
import { setShortage } from './store.ts'
import { screenedOf } from './store-reading.ts'
import type { OrderEvent, OrderFacts } from './types.ts'

const REVIEW_BACKORDER = 'orders.review-backorder'
const BACKORDER_REVIEW_DAYS = 7

/** On order.placed: network stock for every line, each line whole or not at all; what is short becomes a backorder with its reason. */
export const reserveOrders = inside('orders.reserve', { batch: 200 }, async (tx, jobs) => {
  const orders = (
    await loadOrders(
      tx,
      jobs.map((job) => job.subject),
      { lock: true },
    )
  ).filter((order) => order.commercial === 'placed')
  const claims = claimsOf(
    orders.toSorted((a, b) => b.priority - a.priority),
    'open',
  )
  const grants = await inventory.reserve(tx, claims)
  const lines = applyGrants(grants, 'open')
  await moveUnits(
    tx,
    lines.map((line) => line.move),
  )
  const short = lines.filter((line) => line.move.to === 'backordered')
  if (short.length > 0)
    await setShortage(
      tx,
      short.map((line) => ({ order_id: line.move.order_id, line_no: line.move.line_no, reason: 'out_of_stock' })),
    )
  await rejectOrders(
    tx,
    orders.filter(
      (order) => order.shortage_policy === 'cancel' && short.some((line) => line.move.order_id === order.order_id),
    ),
    'out_of_stock',
  )
  const going = orders.filter(
    (order) => order.shortage_policy !== 'cancel' || !short.some((line) => line.move.order_id === order.order_id),
  )
  await recordEvents(tx, reservedEvents(going, lines))
  const waiting = new Set(short.map((line) => line.move.order_id))
  await schedule(
    tx,
    going
      .filter((order) => waiting.has(order.order_id))
      .map(
        (order): NewJob => ({
          step: REVIEW_BACKORDER,
          subject: order.order_id,
          due_at: later(tx.now, BACKORDER_REVIEW_DAYS * DAY_MS),
        }),
      ),
  )
})

function reservedEvents(orders: readonly OrderFacts[], lines: readonly LineReservation[]): OrderEvent[] {
  const byOrder = Map.groupBy(lines, (line) => line.move.order_id)
  return orders.flatMap((order) => {
    const mine = byOrder.get(order.order_id) ?? []
    if (mine.length === 0) return []
    const short = mine.filter((line) => line.move.to === 'backordered')
    const data = {
      reserved: mine.length - short.length,
      ...(short.length === 0
        ? {}
        : {
            backordered: short.slice(0, 50).map((line) => ({
              line_no: line.move.line_no,
              sku: line.sku,
              quantity: line.move.quantity,
              free: line.free,
            })),
          }),
    }
    return [{ order_id: order.order_id, type: short.length === 0 ? 'order.reserved' : 'order.backordered', data }]
  })
}

/** On order.screened and on every word about its money: confirm when the condition is met, reject when it failed, otherwise leave it to the deadline. */
export const verifyPayment = inside('orders.verify-payment', { batch: 200 }, async (tx, jobs) => {
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
})

/** After a hold has ended or supply has come: the order takes up the step that its state waits for. */
export const resumeOrders = inside('orders.resume', { batch: 200 }, async (tx, jobs) => {
  const orders = (
    await loadOrders(
      tx,
      jobs.map((job) => job.subject),
      { lock: true },
    )
  ).filter((order) => order.holds.length === 0)
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
    orders.map(
      (order): NewJob => ({
        step: REVIEW_BACKORDER,
        subject: order.order_id,
        due_at: later(tx.now, BACKORDER_REVIEW_DAYS * DAY_MS),
      }),
    ),
  )
})

/** On fulfilment.shipped, told by orders' shipped event: what has left is charged, never more than is owed. */
export const captureMoney = inside('orders.capture', { batch: 200 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  await payment.captureFor(
    tx,
    orders
      .filter((order) => order.commercial === 'confirmed')
      .map((order) => ({
        demand_id: order.order_id,
        amount: owedNow(order),
        key: `ship:${order.order_id}:${order.version}`,
      })),
  )
})

/** When units come to their end: an order that is finished closes. */
export const closeOrders = inside('orders.close', { batch: 200 }, async (tx, jobs) => {
  const orders = await loadOrders(
    tx,
    jobs.map((job) => job.subject),
    { lock: true },
  )
  await transition(
    tx,
    orders
      .filter((order) => order.commercial === 'confirmed' && isFinished(order))
      .map((order) => ({ order, action: 'close' })),
  )
})

/** On stock.reservation_broken: the units that lost their stock are backordered again and join the queue of their SKU. */
export const breakLines = inside('orders.break-lines', { batch: 200 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  const orders = new Map((await loadOrders(tx, ids, { lock: true })).map((order) => [order.order_id, order]))
  const broken = (await inventory.settleBroken(tx, ids)).filter((row) => orders.has(row.demand_id))
  const moves = brokenMoves(orders, broken)
  await moveUnits(tx, moves)
  if (moves.length > 0)
    await setShortage(
      tx,
      broken.map((row) => ({ order_id: row.demand_id, line_no: row.demand_line, reason: `broken:${row.cause}` })),
    )
  const events = [...Map.groupBy(broken, (row) => row.demand_id)].map(
    ([order_id, rows]): OrderEvent => ({
      order_id,
      type: 'order.backordered',
      data: {
        backordered: rows.map((row) => ({ line_no: row.demand_line, sku: row.sku, quantity: row.quantity })),
        cause: rows[0]?.cause,
      },
    }),
  )
  await recordEvents(tx, events)
})
