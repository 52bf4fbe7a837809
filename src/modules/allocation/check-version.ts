// Whether an order is still what a person looked at: somebody who was faster is not overruled, and the machine's next step after a decision is nobody.
import type { Tx } from '../../platform/db.ts'
import type { OrderFacts } from '../orders/index.ts'
import { allocationProblem } from './problems.ts'
import { typesSince } from './store-hand.ts'

/** What follows from a decision by itself and changes nothing of what was decided: the work is handed to the floor. */
const FOLLOWS: ReadonlySet<string> = new Set(['order.released'])
/** Of one decision: each of its fulfilment orders is handed over once. */
const FOLLOWS_AT_MOST = 20

/** Throws order_changed where more has happened since `seen` than that work was handed to the floor. */
export async function checkVersion(
  tx: Tx,
  { order_id, version }: Pick<OrderFacts, 'order_id' | 'version'>,
  seen: number,
): Promise<void> {
  if (version === seen) return
  const since =
    version < seen || version - seen > FOLLOWS_AT_MOST ? [] : await typesSince(tx, order_id, seen, FOLLOWS_AT_MOST)
  const known = since.length === version - seen && since.every(({ type }) => FOLLOWS.has(type))
  if (!known) throw allocationProblem('order_changed', { version })
}
