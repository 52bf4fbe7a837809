// The first step of an order: network stock for every line; what is short becomes a backorder or, by policy, the end of its order.
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, type NewJob } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import { loadOrders } from './load-orders.ts'
import { moveUnits } from './move-units.ts'
import { recordEvents } from './record-events.ts'
import { rejectOrders } from './reject-orders.ts'
import { applyGrants, claimsOf, type LineReservation } from './reserve-lines.ts'
import { setShortage } from './store.ts'
import type { LineFacts, OrderEvent, OrderFacts } from './types.ts'

/** The step that looks at backorders which have waited long. */
export const REVIEW_BACKORDER = 'orders.review-backorder'
export const BACKORDER_REVIEW_DAYS = 7

/** On order.placed: network stock for every line, each line whole or not at all; what is short becomes a backorder with its reason. */
export const reserveOrders = inside('orders.reserve', { batch: 200 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  const orders = (await loadOrders(tx, ids, { lock: true })).filter((order) => order.commercial === 'placed')
  const grants = await inventory.reserve(
    tx,
    claimsOf(
      orders.toSorted((a, b) => b.priority - a.priority),
      'open',
    ),
  )
  const lines = Map.groupBy(applyGrants(grants, 'open'), (line) => line.move.order_id)
  const linesOf = (order: OrderFacts) => lines.get(order.order_id) ?? []
  const isShort = (order: OrderFacts) => linesOf(order).some((line) => line.move.to === 'backordered')
  const ending = orders.filter((order) => order.shortage_policy === 'cancel' && isShort(order))
  const going = ending.length === 0 ? orders : orders.filter((order) => !ending.includes(order))
  await recordEvents(
    tx,
    going.flatMap((order) => eventOf(order, linesOf(order))),
    {
      moves: going.flatMap((order) => linesOf(order).map((line) => line.move)),
      timers: going.filter(isShort).map(
        (order): NewJob => ({
          step: REVIEW_BACKORDER,
          subject: order.order_id,
          due_at: later(tx.now, BACKORDER_REVIEW_DAYS * DAY_MS),
        }),
      ),
    },
  )
  await tellShortage(tx, going.flatMap(linesOf))
  await endShort(tx, ending, linesOf)
})

async function tellShortage(tx: Tx, lines: readonly LineReservation[]): Promise<void> {
  const short = lines.filter((line) => line.move.to === 'backordered')
  if (short.length === 0) return
  await setShortage(
    tx,
    short.map(({ move }) => ({ order_id: move.order_id, line_no: move.line_no, reason: 'out_of_stock' })),
  )
}

// What was granted to an order that ends for another line is freed again by its rejection.
async function endShort(
  tx: Tx,
  orders: readonly OrderFacts[],
  linesOf: (order: OrderFacts) => readonly LineReservation[],
): Promise<void> {
  if (orders.length === 0) return
  const lines = orders.flatMap(linesOf)
  await moveUnits(
    tx,
    lines.map((line) => line.move),
  )
  await tellShortage(tx, lines)
  const after = orders.map((order) => ({ ...order, lines: order.lines.map((line) => moved(line, linesOf(order))) }))
  await rejectOrders(tx, after, 'out_of_stock')
}

function moved(line: LineFacts, reservations: readonly LineReservation[]): LineFacts {
  const move = reservations.find((one) => one.move.line_no === line.line_no)?.move
  if (move === undefined) return line
  const { from, to, quantity } = move
  return {
    ...line,
    units: { ...line.units, [from]: line.units[from] - quantity, [to]: line.units[to] + quantity },
  }
}

const unitsOf = (lines: readonly LineReservation[]) => lines.reduce((sum, { move }) => sum + move.quantity, 0)

function eventOf(order: OrderFacts, lines: readonly LineReservation[]): OrderEvent[] {
  if (lines.length === 0) return []
  const short = lines.filter((line) => line.move.to === 'backordered')
  const data = {
    // lines; the units of them beside it
    reserved: lines.length - short.length,
    reserved_units: unitsOf(lines) - unitsOf(short),
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
}
