// Degradations as screens show them: what failed and when, how many orders were decided under it, and what came of those once good values were back.
import type { DegradationState, DegradationView, ReconciledOrder } from '../../contracts/degradations.ts'
import type { Tx } from '../../platform/db.ts'
import { encodeCursor, textPosition } from '../../platform/http/cursor.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { loadOrders } from '../orders/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { type DegradationSums, degradationPage, degradedOrders } from './store-degradations.ts'

const LIST = 'degradations'
const ORDERS = 'degraded-orders'
const PAGE = 25

interface PageWish {
  readonly cursor?: string
  readonly limit?: number
}

/** A page of degradations, the newest first. */
export async function listDegradations(
  tx: Tx,
  secrets: Secrets,
  { cursor, limit = PAGE }: PageWish,
  mayWrite: boolean,
) {
  const before = textPosition(secrets, LIST, cursor, 1)?.[0] ?? null
  const rows = await degradationPage(tx, before, limit + 1)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const currency = await currencyOf(tx)
  return {
    items: page.map((row) => viewOf(row, currency, mayWrite)),
    next_cursor: last === undefined ? null : encodeCursor(secrets, LIST, [last.degradation_id]),
  }
}

/** One; throws where there is none. */
export async function viewDegradation(tx: Tx, degradation_id: string, mayWrite: boolean): Promise<DegradationView> {
  const [row] = await degradationPage(tx, null, 1, degradation_id)
  if (row === undefined) throw platformProblem('not_found')
  return viewOf(row, await currencyOf(tx), mayWrite)
}

function stateOf({ opened_at, good_probes, ended_at }: DegradationSums): DegradationState {
  if (ended_at !== null) return 'over'
  if (opened_at === null) return 'suspected'
  return good_probes > 0 ? 'recovering' : 'failing'
}

function viewOf(row: DegradationSums, currency: string, mayWrite: boolean): DegradationView {
  const {
    degradation_id,
    kind,
    cause,
    keys,
    since,
    opened_at,
    failed_at,
    ended_at,
    ended_by,
    end_reason,
    decided,
    waiting,
    same,
    kept,
    moved,
    gone,
  } = row
  return {
    degradation_id,
    kind,
    cause,
    keys,
    state: stateOf(row),
    since: since.toISOString(),
    opened_at: opened_at?.toISOString() ?? null,
    failed_at: failed_at.toISOString(),
    ended_at: ended_at?.toISOString() ?? null,
    ended_by,
    end_reason,
    orders: { decided, waiting, same, kept, moved, gone },
    currency,
    dearer: Number(row.dearer),
    saved: Number(row.saved),
    available_actions: [
      {
        action: 'end',
        allowed: mayWrite && ended_at === null,
        blocked_by: [
          ...(mayWrite ? [] : [{ code: 'not_permitted', detail: 'modes.write' }]),
          ...(ended_at === null ? [] : [{ code: 'state', detail: 'over' }]),
        ],
      },
    ],
  }
}

/** The orders decided under one, those that cost most more than now first. */
export async function listDegradedOrders(
  tx: Tx,
  secrets: Secrets,
  degradation_id: string,
  { cursor, limit = PAGE }: PageWish,
) {
  const [more = null, after = null] = textPosition(secrets, ORDERS, cursor, 2) ?? []
  const rows = await degradedOrders(tx, degradation_id, more === null ? null : Number(more), after, limit + 1)
  const page = rows.slice(0, limit)
  const known = await loadOrders(
    tx,
    page.map((row) => row.order_id),
    { lock: false },
  )
  const numbers = new Map(known.map((order) => [order.order_id, order.number]))
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(
      ({ decision_id, order_id, decided_at, result, cost_now, cost_best }): ReconciledOrder => ({
        decision_id,
        order_id,
        number: numbers.get(order_id) ?? '',
        decided_at: decided_at.toISOString(),
        result,
        cost_now: cost_now === null ? null : Number(cost_now),
        cost_best: cost_best === null ? null : Number(cost_best),
      }),
    ),
    next_cursor: last === undefined ? null : encodeCursor(secrets, ORDERS, [String(last.more), last.decision_id]),
  }
}
