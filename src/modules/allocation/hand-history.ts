// What people have decided about an order by hand, as screens show it.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { decisionKinds, type HandHistory } from '../../contracts/hand.ts'
import type { Tx } from '../../platform/db.ts'
import { loadOrders, orderProblem } from '../orders/index.ts'
import { lockedTo, manualDecisionsOf } from './store-hand.ts'

const SHOWN_AT_MOST = 100

const Detail = Compile(
  Type.Object({
    locations: Type.Array(Type.String(), { maxItems: 50 }),
    priority: Type.Optional(Type.Integer()),
  }),
)

/** Throws order_unknown. */
export async function handHistory(tx: Tx, order_id: string): Promise<Static<typeof HandHistory>> {
  const [order] = await loadOrders(tx, [order_id], { lock: false })
  if (order === undefined) throw orderProblem('order_unknown', { order_id })
  const [lock] = await lockedTo(tx, [order_id])
  const rows = await manualDecisionsOf(tx, order_id, SHOWN_AT_MOST)
  return {
    items: rows.flatMap(({ decision_id, kind, reason, decided_by, decided_at, detail }) => {
      const known = decisionKinds.find((one) => one === kind)
      if (known === undefined || !Detail.Check(detail)) return []
      const { locations, priority = null } = detail
      return [{ decision_id, kind: known, reason, by: decided_by, at: decided_at.toISOString(), locations, priority }]
    }),
    locked: lock?.location_id ?? null,
    version: order.version,
  }
}
