// Letting a place in again that failed for an order: a person's decision with its reason, and the order tries again at once.
import type { Tx } from '../../platform/db.ts'
import { loadOrders, orderProblem, recordEvents } from '../orders/index.ts'
import { checkVersion } from './check-version.ts'
import { hindrance } from './hand-texts.ts'
import { allocationProblem } from './problems.ts'
import { retryOrder } from './retry-exceptions.ts'
import { insertManualDecision } from './store-hand.ts'
import { liftRefusals, refusalsNow } from './store-refusals.ts'
import { isOutFor } from './ways-out.ts'

export interface LiftWish {
  /** The place; null: all that are out for something that waits. */
  readonly location_id: string | null
  readonly reason: string
  /** The version of the order that was looked at; null: whatever it is now. */
  readonly version: number | null
}

/** Lets it in again. What failed still counts among the attempts. Throws order_unknown, order_changed, decision_refused, nothing_to_allocate. */
export async function letInAgain(tx: Tx, order_id: string, { location_id, reason, version }: LiftWish): Promise<void> {
  const [order] = await loadOrders(tx, [order_id], { lock: true })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  if (version !== null) await checkVersion(tx, order, version)
  const waiting = { lines: order.lines.filter((line) => line.units.reserved > 0) }
  const out = (await refusalsNow(tx, [order_id]))
    .filter(isOutFor(waiting))
    .filter((row) => location_id === null || row.location_id === location_id)
  if (out.length === 0)
    throw allocationProblem('decision_refused', {}, [hindrance('not_out', '/location_id', { location_id })])
  const locations = [...new Set(out.map((row) => row.location_id))]
  const decision_id = tx.newId()
  await insertManualDecision(tx, {
    ...{ decision_id, order_id, kind: 'lift', reason: reason.trim() },
    detail: JSON.stringify({ locations }),
  })
  await liftRefusals(tx, order_id, decision_id, {
    refusal_ids: [...new Set(out.flatMap((row) => row.refusal_id ?? []))],
    location_ids: locations,
  })
  await recordEvents(tx, [{ order_id, type: 'order.exclusions_lifted', data: { locations } }])
  await retryOrder(tx, order_id)
}
