// Backorders are served oldest first per SKU, as soon as supply has come.
import { inside } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import { loadOrders } from './load-orders.ts'
import { moveUnits } from './move-units.ts'
import { recordEvents } from './record-events.ts'
import { applyGrants, claimsOf } from './reserve-lines.ts'
import { oldestBackorders, setShortage } from './store.ts'
import type { OrderEvent } from './types.ts'

const SERVED_AT_MOST = 500

/** On stock.supplied: claims for the oldest backordered lines of the SKU; a claim that does not fit leaves the stock to nobody younger than it of the same SKU. */
export const serveBackorders = inside('orders.serve-backorders', { batch: 50 }, async (tx, jobs) => {
  const supplied = (await inventory.skusOfStock(tx, [...new Set(jobs.map((job) => job.subject))])).filter(
    (row) => row.free > 0,
  )
  const waiting = await oldestBackorders(tx, [...new Set(supplied.map((row) => row.sku))], SERVED_AT_MOST)
  if (waiting.length === 0) return
  const orders = await loadOrders(
    tx,
    waiting.map((row) => row.order_id),
    { lock: true },
  )
  const wanted = new Set(supplied.map((row) => `${row.network_id} ${row.sku}`))
  const free = new Map(supplied.map((row) => [`${row.network_id} ${row.sku}`, row.free]))
  const claims = claimsOf(
    orders.filter((order) => order.commercial === 'placed' || order.commercial === 'confirmed'),
    'backordered',
  ).filter((claim) => {
    const place = `${claim.network_id} ${claim.sku}`
    const left = free.get(place) ?? 0
    free.set(place, left < claim.quantity ? 0 : left - claim.quantity)
    return wanted.has(place) && claim.quantity <= left
  })
  const lines = applyGrants(await inventory.reserve(tx, claims), 'backordered')
  await moveUnits(
    tx,
    lines.map((line) => line.move),
  )
  if (lines.length > 0)
    await setShortage(
      tx,
      lines.map((line) => ({ order_id: line.move.order_id, line_no: line.move.line_no, reason: null })),
    )
  const byOrder = Map.groupBy(lines, (line) => line.move.order_id)
  await recordEvents(
    tx,
    [...byOrder].map(
      ([order_id, mine]): OrderEvent => ({
        order_id,
        type: 'order.supplied',
        data: { lines: mine.map((line) => ({ line_no: line.move.line_no, quantity: line.move.quantity })) },
      }),
    ),
  )
})
