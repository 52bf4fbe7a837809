// A person raises or lowers an order against others: what is decided next about it knows.
import type { Tx } from '../../platform/db.ts'
import { recordEvents } from './record-events.ts'
import { putPriority } from './store-moves.ts'
import type { OrderFacts } from './types.ts'

/** Gives an order, locked by the caller, another priority. */
export async function setPriority(
  tx: Tx,
  { order_id, priority: from }: Pick<OrderFacts, 'order_id' | 'priority'>,
  to: number,
): Promise<void> {
  await putPriority(tx, order_id, to)
  await recordEvents(tx, [{ order_id, type: 'order.prioritised', data: { from, to } }])
}
