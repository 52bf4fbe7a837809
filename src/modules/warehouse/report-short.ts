// A short pick: what was not found corrects the stock, leaves this fulfilment, and its order looks for another place.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { loseAllocated } from '../inventory/index.ts'
import { moveUnits, recordEvents } from '../orders/index.ts'
import { settleStates } from './carry-units.ts'
import { openWork, type Work } from './open-work.ts'
import { newScans, type PickedLine, type UnitsOfLine, unitsToPick } from './pick-lines.ts'
import { warehouseProblem } from './problems.ts'
import { moveLineUnits, raiseVersions } from './store.ts'
import { insertShorts } from './store-scans.ts'

export type ShortReason = 'missing' | 'damaged' | 'wrong_item'

/** Reports units that are not there or not fit; the order keeps its reservation unless the stock no longer covers it. */
export async function reportShort(
  tx: Tx,
  fulfilment_id: string,
  lines: readonly PickedLine[],
  reason: ShortReason,
): Promise<void> {
  const work = await openWork(tx, fulfilment_id)
  const fresh = await newScans(tx, 'short', work, lines)
  if (fresh.length === 0) return
  if (work.state !== 'released' && work.state !== 'picking')
    throw warehouseProblem('fulfilment_not_released', { state: work.state })
  const byLine = unitsToPick(work, fresh)
  await insertShorts(
    tx,
    fresh.map(({ scan_id, line, quantity }) => ({ ...line, scan_id, quantity, reason })),
  )
  await moveLineUnits(
    tx,
    byLine.map(({ line, quantity }) => ({ ...line, from: 'to_pick', to: 'short', quantity })),
  )
  await moveUnits(
    tx,
    byLine.map(({ line, quantity }) => ({
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'released',
      to: 'reserved',
      quantity,
    })),
  )
  await loseAllocated(
    tx,
    byLine.map(({ line, quantity }) => ({
      demand_id: line.order_id,
      demand_line: line.line_no,
      location_id: work.location_id,
      sku: line.sku,
      quantity,
    })),
    { as: reason === 'damaged' ? 'damaged' : 'missing', reason: 'short_pick', reference: fulfilment_id },
  )
  await tellShort(tx, work, byLine, reason)
  await settleStates(tx, [fulfilment_id], [], 'less')
}

// One event of the fulfilment for each of its orders: allocation looks for another place order by order.
async function tellShort(tx: Tx, work: Work, short: readonly UnitsOfLine[], reason: ShortReason): Promise<void> {
  const { fulfilment_id, location_id } = work
  const orders = [...Map.groupBy(short, ({ line }) => line.order_id)].map(([order_id, mine]) => ({
    order_id,
    data: {
      fulfilment: fulfilment_id,
      location: location_id,
      reason,
      lines: mine.map(({ line, quantity }) => ({ line_no: line.line_no, sku: line.sku, quantity })),
    },
  }))
  await recordEvents(
    tx,
    orders.map(({ order_id, data }) => ({ order_id, type: 'order.short_picked', data })),
  )
  const last = await raiseVersions(tx, fulfilment_id, orders.length)
  await publish(
    tx,
    orders.map(({ order_id, data }, index) => ({
      type: 'fulfilment.short',
      subject: fulfilment_id,
      about: order_id,
      version: last - orders.length + 1 + index,
      data: { order: order_id, ...data },
    })),
  )
}
