// Work in hand: the orders of a fulfilment are locked first, then the fulfilment, so that a cancellation and a scan never both win.
import type { Tx } from '../../platform/db.ts'
import { loadOrders, type OrderFacts } from '../orders/index.ts'
import type { FulfilmentState } from './machine.ts'
import { warehouseProblem } from './problems.ts'
import type { WorkLine } from './rules.ts'
import { lockWork, ordersIn } from './store.ts'

export interface Work {
  readonly fulfilment_id: string
  readonly state: FulfilmentState
  readonly version: number
  readonly location_id: string
  readonly carrier: string | null
  readonly service: string | null
  readonly promised_at: Date | null
  readonly lines: readonly WorkLine[]
  readonly orders: ReadonlyMap<string, OrderFacts>
}

/** Locks a fulfilment with its orders; throws where there is none. */
export async function openWork(tx: Tx, fulfilment_id: string): Promise<Work> {
  const orders = await loadOrders(tx, await ordersIn(tx, [fulfilment_id]), { lock: true })
  const lines = await lockWork(tx, [fulfilment_id])
  const [first] = lines
  if (first === undefined) throw warehouseProblem('fulfilment_unknown')
  return { ...first, lines, orders: new Map(orders.map((order) => [order.order_id, order])) }
}

/** A line by its place in the fulfilment; throws where there is none. */
export function lineAt(work: Work, fulfilment_line_no: number): WorkLine {
  const line = work.lines.find((candidate) => candidate.fulfilment_line_no === fulfilment_line_no)
  if (line === undefined) throw warehouseProblem('fulfilment_unknown', { fulfilment_line_no })
  return line
}

/** Stops at the scan: the order was cancelled, or so many of its units that it no longer wants these. */
export function refuseStopped(
  work: Work,
  line: WorkLine,
  bucket: 'allocated' | 'released' | 'picked' | 'packed',
  quantity: number,
): void {
  const order = work.orders.get(line.order_id)
  const wanted = order?.lines.find((candidate) => candidate.line_no === line.line_no)?.units[bucket] ?? 0
  if (order?.commercial === 'confirmed' && wanted >= quantity) return
  throw warehouseProblem('stopped_at_scan', {
    order_id: line.order_id,
    number: order?.number,
    line_no: line.line_no,
    still_wanted: wanted,
  })
}
