// What changed, order by order, and the load of locations over time.
import { type ChangedOrder, changedFilters, type LabLoad } from '../../contracts/lab.ts'
import { DAY_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { sideIn } from './outcomes.ts'
import { type ChangedRecord, changedPage, loadPoints } from './store.ts'
import { comparisonOf, named, type PageWish } from './view-comparisons.ts'

const LIST = 'comparison-orders'
const PAGE = 50
const POINTS_AT_MOST = 2000
const BY_HOUR_DAYS = 8

/** A page of the orders that the sides decide otherwise, the largest difference of cost first. */
export async function listChanged(
  tx: Tx,
  secrets: Secrets,
  comparison_id: string,
  wish: PageWish & { readonly what?: string },
) {
  await comparisonOf(tx, comparison_id)
  const { limit = PAGE } = wish
  const [size, order_id] = textPosition(secrets, LIST, wish.cursor, 2) ?? []
  const rows = await changedPage(tx, comparison_id, {
    what: wish.what ?? null,
    after: size === undefined || order_id === undefined ? null : { size: BigInt(size), order_id },
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(changedOf),
    next_cursor: last === undefined ? null : encodeCursor(secrets, LIST, [String(last.size), last.order_id]),
  }
}

function changedOf(row: ChangedRecord): ChangedOrder {
  const { order_id, number, at, promised_at, difference, what } = row
  return {
    order_id,
    number,
    decided_at: at.toISOString(),
    promised_at: promised_at?.toISOString() ?? null,
    a: sideIn(row.a),
    b: sideIn(row.b),
    difference: difference === null ? null : Number(difference),
    what: what.flatMap((name) => named(changedFilters, name) ?? []),
  }
}

/** The work that each side gives one location, or all, over time. */
export async function viewLoad(tx: Tx, comparison_id: string, location_id: string | null): Promise<LabLoad> {
  const { opens_at, closes_at } = await comparisonOf(tx, comparison_id)
  const span_ms = opens_at === null || closes_at === null ? 0 : closes_at.getTime() - opens_at.getTime()
  const step = span_ms > BY_HOUR_DAYS * DAY_MS ? 'day' : 'hour'
  const points = await loadPoints(tx, comparison_id, { location_id, step, limit: POINTS_AT_MOST })
  return {
    step,
    points: points.map(({ at, a_orders, a_units, b_orders, b_units }) => ({
      at: at.toISOString(),
      a: { orders: a_orders, units: a_units },
      b: { orders: b_orders, units: b_units },
    })),
  }
}
