// Which places reject how often, and why: what a manager asks.
import type { RejectionReport } from '../../contracts/rejections.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { locations } from '../catalog/index.ts'
import { loadOrders } from '../orders/index.ts'
import { newestRejections, plannedSince, rejectionsByReason } from './store-rejections.ts'

const USUAL_DAYS = 28
const PLACES_AT_MOST = 500
const ROWS_AT_MOST = 3500
const COUNTED_AT_MOST = 100_000
const NEWEST = 50

/** Rejections of the last `days`, by place with its reasons, the most often first. */
export async function rejectionReport(
  tx: Tx,
  { location = null, days = USUAL_DAYS }: { readonly location?: string | null; readonly days?: number },
): Promise<RejectionReport> {
  const since = later(tx.now, -days * DAY_MS)
  const places = Map.groupBy(await rejectionsByReason(tx, since, location, ROWS_AT_MOST), (row) => row.location_id)
  const given = new Map(
    (await plannedSince(tx, [...places.keys()], since, COUNTED_AT_MOST)).map((row) => [row.location_id, row]),
  )
  const rows = await newestRejections(tx, since, location, NEWEST)
  const numbers = new Map(
    (
      await loadOrders(
        tx,
        rows.flatMap((row) => row.order_ids),
        { lock: false },
      )
    ).map((order) => [order.order_id, order.number]),
  )
  const names = await locations(tx)
  const sum = (mine: readonly { readonly rejections: number; readonly units: number }[], of: 'rejections' | 'units') =>
    mine.reduce((total, row) => total + row[of], 0)
  return {
    since: since.toISOString(),
    locations: [...places]
      .map(([location_id, mine]) => ({
        location_id,
        name: names.get(location_id)?.name ?? location_id,
        name_zh: names.get(location_id)?.name_zh ?? null,
        rejections: sum(mine, 'rejections'),
        units: sum(mine, 'units'),
        fulfilments: given.get(location_id)?.fulfilments ?? 0,
        reasons: mine
          .map(({ reason, rejections, units }) => ({ reason, rejections, units }))
          .sort((a, b) => b.rejections - a.rejections),
      }))
      .sort((a, b) => b.rejections - a.rejections || (a.location_id < b.location_id ? -1 : 1))
      .slice(0, PLACES_AT_MOST),
    newest: rows.map(({ order_ids, out_until, at, ...row }) => ({
      ...row,
      orders: order_ids.map((order_id) => ({ order_id, number: numbers.get(order_id) ?? '' })),
      out_until: out_until?.toISOString() ?? null,
      at: at.toISOString(),
    })),
  }
}
