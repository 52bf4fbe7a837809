// Holds: typed, each with its reasons and the actions that it blocks; ending the last one that blocks an action lets the order go on.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { loadOrders } from './load-orders.ts'
import { recordEvents } from './record-events.ts'
import { closeHolds, insertHolds, ordersOfHolds } from './store.ts'
import type { NewHold, OrderEvent } from './types.ts'

/** The step that a hold with an expiry is a timer of; its job's subject is the hold. */
export const EXPIRE_HOLD = 'orders.expire-hold'

/** Places holds on locked orders, with a timer where they expire, and records order.held; answers their ids in order. */
export async function placeHolds(tx: Tx, holds: readonly NewHold[]): Promise<string[]> {
  if (holds.length === 0) return []
  const rows = holds.map((hold) => ({
    hold_id: tx.newId(),
    order_id: hold.order_id,
    line_no: hold.line_no ?? null,
    kind: hold.kind,
    reasons: JSON.stringify(hold.reasons ?? []),
    blocks: JSON.stringify(hold.blocks),
    owner: hold.owner ?? null,
    expires_at: hold.expires_at ?? null,
    note: hold.note ?? null,
  }))
  await insertHolds(tx, rows)
  await schedule(
    tx,
    rows.flatMap((row) =>
      row.expires_at === null ? [] : [{ step: EXPIRE_HOLD, subject: row.hold_id, due_at: row.expires_at }],
    ),
  )
  await recordEvents(
    tx,
    holds.map(
      (hold, index): OrderEvent => ({
        order_id: hold.order_id,
        type: 'order.held',
        data: { hold_id: rows[index]?.hold_id, kind: hold.kind, blocks: hold.blocks },
      }),
    ),
  )
  return rows.map((row) => row.hold_id)
}

/** Ends open holds; an order resumes when something that they blocked is blocked no longer. Answers the orders concerned. */
export async function endHolds(
  tx: Tx,
  hold_ids: readonly string[],
  outcome: 'released' | 'rejected' | 'expired',
  note: string | null = null,
): Promise<string[]> {
  const open = await ordersOfHolds(tx, hold_ids)
  const ids = [...new Set(open.map((row) => row.order_id))]
  if (ids.length === 0) return []
  await loadOrders(tx, ids, { lock: true })
  const ended = await closeHolds(tx, hold_ids, outcome, note)
  const after = await loadOrders(tx, ids, { lock: false })
  const still = new Map(
    after.map((order) => [order.order_id, new Set(order.holds.flatMap((hold) => hold.blocks))] as const),
  )
  const freed = new Set(
    ended
      .filter((hold) => hold.blocks.some((action) => still.get(hold.order_id)?.has(action) !== true))
      .map((hold) => hold.order_id),
  )
  await recordEvents(
    tx,
    ended.map((hold, index): OrderEvent => {
      const last = ended.findLastIndex((other) => other.order_id === hold.order_id) === index
      const resumes = outcome !== 'rejected' && last && freed.has(hold.order_id)
      return {
        order_id: hold.order_id,
        type: resumes ? 'order.resumed' : 'order.hold_ended',
        data: { hold_id: hold.hold_id, kind: hold.kind, outcome },
      }
    }),
  )
  return ids
}
