// Fulfilment orders as screens show them: lines, parcels with their scans, and what can be done or what stands in the way.
import type { ActionView, Blocker } from '../../contracts/views-shared.ts'
import type { FulfilmentView, ParcelView } from '../../contracts/views-warehouse.ts'
import type { Tx } from '../../platform/db.ts'
import { isBlocked, loadOrders, type OrderFacts } from '../orders/index.ts'
import { type ParcelLine, type ParcelRow, parcelLines, parcelsOfFulfilments } from '../shipping/index.ts'
import { parcelScans, parcelStatuses, type ScanRow, type StatusRow } from './store-scan-views.ts'
import { type HeaderRow, type ViewLine, viewLines } from './store-views.ts'

/** Views of fulfilments in the order given; `may` says what the caller is allowed. */
export async function viewFulfilments(
  tx: Tx,
  headers: readonly HeaderRow[],
  may: (permission: string) => boolean,
): Promise<FulfilmentView[]> {
  if (headers.length === 0) return []
  const ids = headers.map((header) => header.fulfilment_id)
  const lines = await viewLines(tx, ids)
  const orders = new Map(
    (await loadOrders(tx, [...new Set(lines.map((line) => line.order_id))], { lock: false })).map((order) => [
      order.order_id,
      order,
    ]),
  )
  const parcels = await viewParcels(tx, await parcelsOfFulfilments(tx, ids), orders)
  const linesBy = Map.groupBy(lines, (line) => line.fulfilment_id)
  const parcelsBy = Map.groupBy(parcels, (parcel) => parcel.fulfilment_id)
  return headers.map((header) => {
    const mine = linesBy.get(header.fulfilment_id) ?? []
    const packed = parcelsBy.get(header.fulfilment_id) ?? []
    return {
      fulfilment_id: header.fulfilment_id,
      location_id: header.location_id,
      state: header.state,
      version: header.version,
      carrier: header.carrier ?? '',
      service: header.service ?? '',
      ship_by: header.ship_by.toISOString(),
      promised_at: instant(header.promised_at),
      released_at: instant(header.released_at),
      created_at: header.planned_at.toISOString(),
      lines: mine.slice(0, 2000).map((line) => viewLine(line, orders)),
      parcels: packed.slice(0, 200),
      available_actions: actionsOf(header, mine, packed, orders, may),
    }
  })
}

function viewLine(line: ViewLine, orders: ReadonlyMap<string, OrderFacts>) {
  const { fulfilment_line_no, order_id, line_no, sku, quantity, picked, packed } = line
  return {
    fulfilment_line_no,
    order_id,
    order_number: orders.get(order_id)?.number ?? '',
    line_no,
    sku,
    title: titleOf(orders, order_id, line_no),
    quantity,
    picked,
    packed,
  }
}

function titleOf(orders: ReadonlyMap<string, OrderFacts>, order_id: string, line_no: number): string | null {
  return orders.get(order_id)?.lines.find((line) => line.line_no === line_no)?.title ?? null
}

function instant(at: Date | null): string | null {
  return at?.toISOString() ?? null
}

async function viewParcels(
  tx: Tx,
  parcels: readonly ParcelRow[],
  orders: ReadonlyMap<string, OrderFacts>,
): Promise<ParcelView[]> {
  const ids = parcels.map((parcel) => parcel.parcel_id)
  if (ids.length === 0) return []
  const lines = Map.groupBy(await parcelLines(tx, ids), (line: ParcelLine) => line.parcel_id)
  const scans = Map.groupBy(await parcelScans(tx, ids), (scan: ScanRow) => scan.parcel_id)
  const statuses = new Map((await parcelStatuses(tx, ids)).map((row) => [row.parcel_id, row]))
  return parcels.map((parcel) => ({
    parcel_id: parcel.parcel_id,
    fulfilment_id: parcel.fulfilment_id,
    location_id: parcel.location_id,
    carrier: parcel.carrier,
    service: parcel.service,
    tracking_number: parcel.tracking_number,
    state: shownState(parcel, statuses.get(parcel.parcel_id)),
    weight_grams: parcel.weight_grams,
    label_url:
      parcel.tracking_number === null || parcel.state === 'voided' ? null : `/parcels/${parcel.parcel_id}/label`,
    handed_over_at: instant(parcel.handed_over_at),
    delivered_at: instant(parcel.delivered_at),
    promised_at: instant(parcel.promised_at),
    lines: (lines.get(parcel.parcel_id) ?? []).slice(0, 2000).map(({ order_id, line_no, sku, quantity }) => ({
      order_id,
      line_no,
      sku,
      quantity,
      title: titleOf(orders, order_id, line_no),
    })),
    scans: (scans.get(parcel.parcel_id) ?? [])
      .slice(0, 200)
      .map(({ code, at, place }) => ({ code, at: at.toISOString(), place, text: null })),
  }))
}

/** What the carrier says last counts as long as the parcel is on its way. */
function shownState(parcel: ParcelRow, status: StatusRow | undefined): ParcelView['state'] {
  if (parcel.state === 'voided') return 'cancelled'
  if (parcel.state !== 'handed_over' || status === undefined) return parcel.state
  if (
    status.status === 'in_transit' ||
    status.status === 'out_for_delivery' ||
    status.status === 'exception' ||
    status.status === 'returned'
  )
    return status.status
  return parcel.state
}

const WORK = 'warehouse.work'

function actionsOf(
  header: HeaderRow,
  lines: readonly ViewLine[],
  parcels: readonly ParcelView[],
  orders: ReadonlyMap<string, OrderFacts>,
  may: (permission: string) => boolean,
): ActionView[] {
  const stopped = lines.flatMap((line) => {
    const order = orders.get(line.order_id)
    return order === undefined || order.commercial !== 'confirmed'
      ? [{ code: 'state', detail: order?.commercial ?? 'unknown' }]
      : []
  })
  const holds = [...orders.values()]
    .filter((order) => lines.some((line) => line.order_id === order.order_id))
    .flatMap((order) =>
      isBlocked(order, 'ship').map((hold) => ({ code: 'hold', hold_id: hold.hold_id, detail: hold.kind })),
    )
  const state: Blocker = { code: 'state', detail: header.state }
  const working = header.state === 'released' || header.state === 'picking'
  const open = working || header.state === 'planned' || header.state === 'packed'
  const left = lines.some((line) => line.picked < line.quantity)
  const unpacked = lines.some((line) => line.packed < line.picked)
  const living = parcels.filter((parcel) => parcel.state !== 'cancelled')
  const unlabelled = living.some((parcel) => parcel.state === 'packed')
  const action = (name: string, permission: string, blockers: readonly Blocker[]): ActionView => {
    const blocked_by = [...(may(permission) ? [] : [{ code: 'not_permitted', detail: permission }]), ...blockers].slice(
      0,
      20,
    )
    return { action: name, allowed: blocked_by.length === 0, blocked_by }
  }
  const picking = [
    ...(working ? [] : [state]),
    ...(working && !left ? [{ code: 'nothing_left' }] : []),
    ...stopped.slice(0, 1),
  ]
  return [
    action('pick', WORK, picking),
    action('short_pick', WORK, picking),
    action('reject', WORK, open ? stopped.slice(0, 1) : [state]),
    action('pack', WORK, [
      ...(header.state === 'picking' ? [] : [state]),
      ...(header.state === 'picking' && !unpacked ? [{ code: 'nothing_left' }] : []),
      ...stopped.slice(0, 1),
    ]),
    action(
      'unpack',
      WORK,
      living.some((parcel) => parcel.state === 'packed' || parcel.state === 'labelled') ? [] : [state],
    ),
    action('hand_over', 'shipping.work', [
      ...(header.state === 'packed' ? [] : [state]),
      ...(unlabelled ? [{ code: 'state', detail: 'label_missing' }] : []),
      ...holds,
      ...stopped.slice(0, 1),
    ]),
  ]
}
