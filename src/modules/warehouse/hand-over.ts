// Hand-over: parcels leave with the carrier, stock and units follow in the same transaction. A cancelled or held order stops at the dock.
import type { Tx } from '../../platform/db.ts'
import { ship } from '../inventory/index.ts'
import { isBlocked, loadOrders, type OrderFacts } from '../orders/index.ts'
import {
  markHandedOver,
  type ParcelLine,
  type ParcelRow,
  parcelLines,
  parcelsById,
  shippingProblem,
} from '../shipping/index.ts'
import { carryUnits } from './carry-units.ts'
import { warehouseProblem } from './problems.ts'
import { lockWork } from './store.ts'

export interface HandOver {
  readonly parcel_id: string
  /** When the carrier took it. */
  readonly at: Date
}

/** What becomes of a parcel that must not leave: the whole hand-over is refused, or the parcel stays behind. */
export type IfStopped = 'refuse' | 'leave'

/** Hands parcels over; answers those that left now. One that has left before is left out. */
export async function handOver(tx: Tx, handed: readonly HandOver[], stopped: IfStopped): Promise<string[]> {
  if (handed.length === 0) return []
  const lines = await parcelLines(
    tx,
    handed.map((parcel) => parcel.parcel_id),
  )
  const orders = new Map(
    (
      await loadOrders(
        tx,
        lines.map((line) => line.order_id),
        { lock: true },
      )
    ).map((order) => [order.order_id, order]),
  )
  const parcels = new Map(
    (
      await parcelsById(
        tx,
        handed.map((parcel) => parcel.parcel_id),
      )
    ).map((parcel) => [parcel.parcel_id, parcel]),
  )
  const byParcel = Map.groupBy(lines, (line) => line.parcel_id)
  const ready = handed.filter(({ parcel_id }) =>
    mayLeave(parcels.get(parcel_id), byParcel.get(parcel_id) ?? [], orders, stopped),
  )
  if (ready.length === 0) return []
  await lockWork(tx, [...new Set(ready.flatMap(({ parcel_id }) => parcels.get(parcel_id)?.fulfilment_id ?? []))].sort())
  const left = new Set(await markHandedOver(tx, ready))
  const gone = lines
    .filter((line) => left.has(line.parcel_id))
    .map((line) => ({ ...line, parcel: parcels.get(line.parcel_id) }))
  await ship(
    tx,
    gone.map((line) => ({
      demand_id: line.order_id,
      demand_line: line.line_no,
      location_id: line.parcel?.location_id ?? '',
      sku: line.sku,
      quantity: line.quantity,
      reference: line.parcel_id,
    })),
  )
  await carryUnits(
    tx,
    gone.map((line) => ({
      fulfilment_id: line.parcel?.fulfilment_id ?? '',
      order_id: line.order_id,
      line_no: line.line_no,
      from: 'packed',
      to: 'shipped',
      quantity: line.quantity,
    })),
    'order.shipped',
  )
  return [...left]
}

function mayLeave(
  parcel: ParcelRow | undefined,
  lines: readonly ParcelLine[],
  orders: ReadonlyMap<string, OrderFacts>,
  stopped: IfStopped,
): boolean {
  if (parcel === undefined) return refuse(stopped, () => shippingProblem('parcel_unknown'))
  if (parcel.state === 'handed_over' || parcel.state === 'delivered' || parcel.state === 'lost') return false
  if (parcel.state === 'voided')
    return refuse(stopped, () => shippingProblem('parcel_voided', { parcel_id: parcel.parcel_id }))
  if (parcel.state === 'packed')
    return refuse(stopped, () => shippingProblem('label_missing', { parcel_id: parcel.parcel_id }))
  for (const line of lines) {
    const order = orders.get(line.order_id)
    const packed = order?.lines.find((candidate) => candidate.line_no === line.line_no)?.units.packed ?? 0
    if (order?.commercial !== 'confirmed' || packed < line.quantity) {
      return refuse(stopped, () =>
        warehouseProblem('stopped_at_scan', {
          order_id: line.order_id,
          number: order?.number,
          line_no: line.line_no,
          still_wanted: packed,
        }),
      )
    }
    const holds = isBlocked(order, 'ship')
    if (holds.length > 0)
      return refuse(stopped, () =>
        warehouseProblem('held_at_dock', {
          order_id: line.order_id,
          number: order.number,
          holds: holds.map((hold) => hold.kind),
        }),
      )
  }
  return true
}

function refuse(stopped: IfStopped, problem: () => Error): false {
  if (stopped === 'refuse') throw problem()
  return false
}
