// The plan of a disruption: every order with something open there, where it would go instead, what that costs, when it arrives.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { inside } from '../../platform/engine/index.ts'
import { type HeldPlace, type Replanned, replan } from '../allocation/index.ts'
import { loadOrders, type OrderFacts } from '../orders/index.ts'
import { keptPlaces } from './places.ts'
import { type KeepCause, keptBecause } from './scope.ts'
import { type DisruptionRow, disruptions, moveState, putSums, type Sums } from './store.ts'
import { forgetPlan, insertAffected, type NewAffected, openPlaces } from './store-affected.ts'

export const PLAN = 'disruptions.plan'
/** Lines that a plan looks at; what lies open beyond is taken up when the plan is applied. */
const LINES_AT_MOST = 60_000
const ORDERS_AT_A_TIME = 1000

/** Scheduled when a disruption is drafted or planned anew: the plan is made from what is open, free and valid now. */
export const planDisruption = inside(PLAN, { batch: 1 }, async (tx, jobs) => {
  for (const { subject } of jobs) {
    const [disruption] = await disruptions(tx, { disruption_id: subject })
    if (disruption?.state !== 'draft') continue
    await forgetPlan(tx, subject)
    const { rows, currency, degraded } = await planned(tx, disruption)
    for (let at = 0; at < rows.length; at += ORDERS_AT_A_TIME)
      await insertAffected(tx, subject, rows.slice(at, at + ORDERS_AT_A_TIME))
    if (currency !== null && currency !== disruption.currency) throw new Error('the base currency has changed')
    await putSums(tx, subject, sumsOf(rows), degraded)
    await moveState(tx, subject, 'draft', 'planned')
  }
})

async function planned(
  tx: Tx,
  disruption: DisruptionRow,
): Promise<{ rows: NewAffected[]; currency: string | null; degraded: DegradedKind[] }> {
  const { disruption_id, location_ids, from_at, until_at } = disruption
  const open = await openPlaces(tx, disruption_id, location_ids, LINES_AT_MOST)
  const byOrder = Map.groupBy(open, (place) => place.order_id)
  const kept = new Map<string, KeepCause>()
  for (const [order_id, places] of byOrder) {
    const cause = keptBecause(
      places.map((place) => place.ship_by),
      from_at,
      until_at,
      tx.now,
    )
    if (cause !== null) kept.set(order_id, cause)
  }
  const orders: OrderFacts[] = []
  const moving = [...byOrder.keys()].filter((order_id) => !kept.has(order_id))
  for (let at = 0; at < moving.length; at += ORDERS_AT_A_TIME)
    orders.push(...(await loadOrders(tx, moving.slice(at, at + ORDERS_AT_A_TIME), { lock: false })))
  const heldOf = (order_id: string): readonly HeldPlace[] => byOrder.get(order_id) ?? []
  const stop = { from: from_at, until: until_at }
  const answer =
    orders.length === 0
      ? { currency: null, orders: [], degraded: [] }
      : await replan(tx, orders, byOrder, new Set(location_ids), stop)
  const rows = [
    ...answer.orders.map((one) => plannedRow(one, heldOf(one.order_id))),
    ...[...kept].map(([order_id, cause]) => keptRow(order_id, cause, heldOf(order_id))),
  ]
  return { rows, currency: answer.currency, degraded: answer.degraded }
}

function plannedRow(one: Replanned, held: readonly HeldPlace[]): NewAffected {
  return {
    order_id: one.order_id,
    plan: one.unmet === 0 ? 'move' : one.unmet < one.units ? 'part' : 'inbox',
    cause: one.because,
    units: one.units,
    unmet: one.unmet,
    cost_before: one.before.cost,
    cost_after: one.after.cost,
    promised_at: one.promised_at,
    arrives_before: one.before.arrives_at,
    arrives_after: one.after.arrives_at,
    places: keptPlaces(held),
    targets: JSON.stringify(one.targets.map(({ location_id, units }) => [location_id, units])),
  }
}

/** An order without a plan of its own: it is kept, or came after the plan was made. */
export function plainRow(
  order_id: string,
  plan: 'keep' | 'unplanned',
  cause: KeepCause | null,
  held: readonly HeldPlace[],
): NewAffected {
  return {
    order_id,
    plan,
    cause,
    units: held.reduce((sum, place) => sum + place.quantity, 0),
    unmet: 0,
    cost_before: null,
    cost_after: null,
    promised_at: null,
    arrives_before: null,
    arrives_after: null,
    places: keptPlaces(held),
    targets: '[]',
  }
}

function keptRow(order_id: string, cause: KeepCause, held: readonly HeldPlace[]): NewAffected {
  return plainRow(order_id, 'keep', cause, held)
}

// Costs are summed where both are known, so that before and after are of the same orders.
function sumsOf(rows: readonly NewAffected[]): Sums {
  const count = (met: (row: NewAffected) => boolean) => rows.filter(met).length
  const late = (arrives: Date | null, promised: Date | null) =>
    arrives !== null && promised !== null && arrives > promised
  const both = rows.filter((row) => row.cost_before !== null && row.cost_after !== null && row.unmet === 0)
  return {
    orders: rows.length,
    units: rows.reduce((sum, row) => sum + row.units, 0),
    unmet: rows.reduce((sum, row) => sum + row.unmet, 0),
    to_move: count((row) => row.plan === 'move'),
    to_part: count((row) => row.plan === 'part'),
    to_inbox: count((row) => row.plan === 'inbox'),
    to_keep: count((row) => row.plan === 'keep'),
    late_before: count((row) => late(row.arrives_before, row.promised_at)),
    late_after: count((row) => late(row.arrives_after, row.promised_at)),
    cost_before: both.reduce((sum, row) => sum + BigInt(row.cost_before ?? 0), 0n),
    cost_after: both.reduce((sum, row) => sum + BigInt(row.cost_after ?? 0), 0n),
  }
}
