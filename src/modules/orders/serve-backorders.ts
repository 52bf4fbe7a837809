// Backorders are served oldest first per SKU, as soon as supply has come or somebody else's units are free again.
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import * as inventory from '../inventory/index.ts'
import { loadOrders } from './load-orders.ts'
import { recordEvents } from './record-events.ts'
import { applyGrants, claimsOf, type LineReservation } from './reserve-lines.ts'
import { type Backorder, oldestBackorders, setShortage } from './store.ts'
import type { OrderEvent } from './types.ts'

const SERVE = 'orders.serve-backorders'
const SERVED_AT_MOST = 500
const BATCH = 50

type Stock = Awaited<ReturnType<typeof inventory.skusOfStock>>[number]

const placeOf = ({ network_id, sku }: { readonly network_id: string; readonly sku: string }) => `${network_id} ${sku}`

/**
 * On stock.supplied and stock.freed: claims for the oldest backordered lines of the SKU; a claim that does not fit leaves the stock to nobody
 * younger than it of the same SKU. Where more wait than one batch looks at, the next batch goes on.
 */
export const serveBackorders = inside(SERVE, { batch: BATCH }, async (tx, jobs) => {
  const supplied = (await inventory.skusOfStock(tx, [...new Set(jobs.map((job) => job.subject))])).filter(
    (row) => row.free > 0,
  )
  if (supplied.length === 0) return
  const at_most = Math.floor(SERVED_AT_MOST / supplied.length)
  const waiting = await oldestBackorders(tx, supplied, at_most)
  if (waiting.length === 0) return
  const claims = await claimsFor(tx, waiting, supplied)
  const lines = applyGrants(await inventory.reserve(tx, claims), 'backordered')
  await tellSupplied(tx, lines)
  await goOn(tx, waiting, supplied, at_most, lines)
})

async function claimsFor(tx: Tx, waiting: readonly Backorder[], supplied: readonly Stock[]) {
  const orders = await loadOrders(
    tx,
    waiting.map((row) => row.order_id),
    { lock: true },
  )
  const looked = new Set(waiting.map((row) => `${row.order_id}:${row.line_no}`))
  const free = new Map(supplied.map((row) => [placeOf(row), row.free]))
  return claimsOf(
    orders.filter((order) => order.commercial === 'placed' || order.commercial === 'confirmed'),
    'backordered',
  ).filter((claim) => {
    if (!looked.has(claim.claim_id)) return false
    const left = free.get(placeOf(claim)) ?? 0
    free.set(placeOf(claim), left < claim.quantity ? 0 : left - claim.quantity)
    return claim.quantity <= left
  })
}

async function tellSupplied(tx: Tx, lines: readonly LineReservation[]): Promise<void> {
  if (lines.length === 0) return
  await setShortage(
    tx,
    lines.map((line) => ({ order_id: line.move.order_id, line_no: line.move.line_no, reason: null })),
  )
  await recordEvents(
    tx,
    [...Map.groupBy(lines, (line) => line.move.order_id)].map(
      ([order_id, mine]): OrderEvent => ({
        order_id,
        type: 'order.supplied',
        data: { lines: mine.map((line) => ({ line_no: line.move.line_no, quantity: line.move.quantity })) },
      }),
    ),
    { moves: lines.map((line) => line.move) },
  )
}

// A place of which all that was looked at has been served, and that was looked at no further, may serve more.
async function goOn(
  tx: Tx,
  waiting: readonly Backorder[],
  supplied: readonly Stock[],
  at_most: number,
  lines: readonly LineReservation[],
): Promise<void> {
  const served = new Set(lines.map(({ move }) => `${move.order_id}:${move.line_no}`))
  const looked = Map.groupBy(waiting, placeOf)
  const more = supplied.filter((row) => {
    const rows = looked.get(placeOf(row)) ?? []
    return rows.length === at_most && rows.every((line) => served.has(`${line.order_id}:${line.line_no}`))
  })
  await schedule(
    tx,
    more.map((row) => ({ step: SERVE, subject: row.stock_id })),
  )
}
