// Many fulfilments at once from the floor to the carrier: for imports, demo data and rehearsals, where nobody scans. The same ledgers, buckets
// and events as by hand, written once per line instead of once per scan.
import type { Tx } from '../../platform/db.ts'
import { skusOf } from '../catalog/index.ts'
import { ship } from '../inventory/index.ts'
import {
  isBlocked,
  loadOrders,
  moveUnits,
  type OrderFacts,
  type UnitMove as OrderMove,
  recordEvents,
} from '../orders/index.ts'
import { defaultCarrier, labelDirectly, markHandedOver, openParcels } from '../shipping/index.ts'
import { settleStates } from './carry-units.ts'
import type { UnitMove, WorkLine } from './rules.ts'
import { lockWork, moveLineUnits, ordersIn } from './store.ts'
import { releasedAfter } from './store-views.ts'

export interface RushPlace {
  readonly ship_by: Date
  readonly fulfilment_id: string
}

/** The next fulfilments on the floor, at most `limit` of them and about `lines` lines; by ship_by. */
export async function nextToRush(tx: Tx, after: RushPlace | null, limit: number, lines: number): Promise<RushPlace[]> {
  const rows = await releasedAfter(tx, after, limit)
  let sum = 0
  return rows.filter((row, index) => {
    sum += row.lines
    return index === 0 || sum <= lines
  })
}

export interface RushedParcel {
  readonly parcel_id: string
  readonly carrier: string
  readonly tracking_number: string
  readonly handed_over_at: Date
  readonly order_ids: readonly string[]
}

/** When a parcel is handed over, given the orders that it is for. */
export type HandOverTime = (orders: readonly OrderFacts[]) => Date

/** Picks, packs, labels and hands over released fulfilments, each in one parcel; those that are held, stopped, half done or not of `chosen` orders are left alone. */
export async function rushFulfilments(
  tx: Tx,
  fulfilment_ids: readonly string[],
  handed_over_at: HandOverTime,
  chosen: (order: OrderFacts) => boolean = () => true,
): Promise<RushedParcel[]> {
  const loaded = await loadOrders(tx, await ordersIn(tx, fulfilment_ids), { lock: true })
  const orders = new Map(loaded.map((order) => [order.order_id, order]))
  const lines = (await lockWork(tx, fulfilment_ids)).filter((line) => line.to_pick > 0)
  const ready = [...Map.groupBy(lines, (line) => line.fulfilment_id).values()].filter((mine) =>
    mayRush(mine, orders, chosen),
  )
  const parcels = await pack(tx, ready, orders, handed_over_at)
  if (parcels.length === 0) return []
  const tracking = await labelDirectly(tx, parcels)
  await markHandedOver(
    tx,
    parcels.map(({ parcel_id, at }) => ({ parcel_id, at })),
  )
  await ship(
    tx,
    parcels.flatMap(({ parcel_id, location_id, lines: inside }) =>
      inside.map((line) => ({
        demand_id: line.order_id,
        demand_line: line.line_no,
        location_id,
        sku: line.sku,
        quantity: line.quantity,
        reference: parcel_id,
      })),
    ),
  )
  await moveAll(tx, ready.flat())
  return parcels.map(({ parcel_id, carrier, at, lines: inside }) => ({
    parcel_id,
    carrier,
    tracking_number: tracking.get(parcel_id) ?? '',
    handed_over_at: at,
    order_ids: [...new Set(inside.map((line) => line.order_id))],
  }))
}

function mayRush(
  lines: readonly WorkLine[],
  orders: ReadonlyMap<string, OrderFacts>,
  chosen: (order: OrderFacts) => boolean,
): boolean {
  return lines.every((line) => {
    const order = orders.get(line.order_id)
    const wanted = order?.lines.find((candidate) => candidate.line_no === line.line_no)?.units.released ?? 0
    if (
      order === undefined ||
      !chosen(order) ||
      order.commercial !== 'confirmed' ||
      isBlocked(order, 'ship').length > 0
    )
      return false
    return line.state === 'released' && line.picked + line.packed === 0 && wanted >= line.to_pick
  })
}

async function pack(
  tx: Tx,
  ready: readonly (readonly WorkLine[])[],
  orders: ReadonlyMap<string, OrderFacts>,
  timeOf: HandOverTime,
) {
  const skus = await skusOf(tx, [...new Set(ready.flatMap((lines) => lines.map((line) => line.sku)))])
  const parcels = ready.flatMap((lines) => {
    const [first] = lines
    if (first === undefined) return []
    const weight = lines.reduce((sum, line) => sum + (skus.get(line.sku)?.weight_grams ?? 0) * line.to_pick, 0)
    const mine = [...new Set(lines.map((line) => line.order_id))].flatMap((order_id) => orders.get(order_id) ?? [])
    return [
      {
        parcel_id: tx.newId(),
        fulfilment_id: first.fulfilment_id,
        location_id: first.location_id,
        carrier: first.carrier ?? defaultCarrier.carrier,
        service: first.service ?? defaultCarrier.service,
        weight_grams: Math.min(Math.max(1, weight), 2_000_000_000),
        length_mm: null,
        width_mm: null,
        height_mm: null,
        promised_at: first.promised_at,
        at: timeOf(mine),
        lines: lines.map(({ order_id, line_no, sku, to_pick }) => ({ order_id, line_no, sku, quantity: to_pick })),
      },
    ]
  })
  await openParcels(tx, parcels)
  return parcels
}

const LINES_TOLD = 50
const WAY = [
  ['released', 'picked', 'order.picked'],
  ['picked', 'packed', 'order.packed'],
  ['packed', 'shipped', 'order.shipped'],
] as const

async function moveAll(tx: Tx, lines: readonly WorkLine[]): Promise<void> {
  await moveLineUnits(
    tx,
    lines.map((line): UnitMove => ({ ...line, from: 'to_pick', to: 'shipped', quantity: line.to_pick })),
  )
  await moveUnits(
    tx,
    lines.flatMap(({ order_id, line_no, to_pick }) =>
      WAY.map(([from, to]): OrderMove => ({ order_id, line_no, from, to, quantity: to_pick })),
    ),
  )
  await recordEvents(
    tx,
    [...Map.groupBy(lines, (line) => line.order_id)].flatMap(([order_id, mine]) => {
      const told = mine.slice(0, LINES_TOLD)
      const data = {
        lines: told.map(({ line_no, to_pick, fulfilment_id }) => ({
          line_no,
          quantity: to_pick,
          fulfilment: fulfilment_id,
        })),
      }
      return WAY.map(([, , type]) => ({ order_id, type, data }))
    }),
  )
  // Straight to shipped: fulfilment.packed would have labels bought that are there already.
  await settleStates(tx, [...new Set(lines.map((line) => line.fulfilment_id))])
}
