// Loading orders whole, for any number of them: header, lines with their buckets, open holds; with the lock where something will change.
import type { Tx } from '../../platform/db.ts'
import type { Bucket } from './machine.ts'
import { headers, type LineRow, linesOf, lockHeaders, openHolds } from './store.ts'
import type { BlockedAction, LineFacts, OpenHold, OrderFacts } from './types.ts'

/** The orders of these ids in the order of their ids; unknown ids are left out. `lock` keeps everybody else's changes out until the end of the transaction. */
export async function loadOrders(tx: Tx, ids: readonly string[], { lock }: { lock: boolean }): Promise<OrderFacts[]> {
  const distinct = [...new Set(ids)]
  if (distinct.length === 0) return []
  const rows = await (lock ? lockHeaders(tx, distinct) : headers(tx, distinct))
  const [lines, holds] = await Promise.all([linesOf(tx, distinct), openHolds(tx, distinct)])
  const linesBy = Map.groupBy(lines, (line) => line.order_id)
  const holdsBy = Map.groupBy(holds, (hold) => hold.order_id)
  return rows.map((row) => ({
    ...row,
    lines: (linesBy.get(row.order_id) ?? []).map(lineFacts),
    holds: holdsBy.get(row.order_id) ?? [],
  }))
}

function lineFacts(row: LineRow): LineFacts {
  const { order_id, line_no, sku, title, ordered, unit_price, gross, discount, tax, net, ...units } = row
  return { order_id, line_no, sku, title, ordered, unit_price, gross, discount, tax, net, units }
}

/** The holds that keep an order from an action. */
export function isBlocked(order: OrderFacts, action: BlockedAction): OpenHold[] {
  return order.holds.filter((hold) => hold.blocks.includes(action))
}

/** How many units of an order lie in a bucket. */
export function unitsIn(order: OrderFacts, bucket: Bucket): number {
  return order.lines.reduce((sum, line) => sum + line.units[bucket], 0)
}
