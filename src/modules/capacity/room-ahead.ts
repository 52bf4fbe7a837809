// How many orders the slots in sight could take still: of those that wait for room no more need be tried.
import type { Tx } from '../../platform/db.ts'
import { currentFacts } from '../../platform/facts.ts'
import { locations } from '../catalog/index.ts'
import { modeKinds, promotionIn } from '../modes/index.ts'
import { isLimited } from './limits.ts'
import { shiftsOf } from './lock-shifts.ts'
import type { Shift, Slot } from './slot-book.ts'

/** By network, where there is room at all; never less than will fit, for work that is overdue and what is kept for urgent orders are not taken off. */
export async function roomAhead(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const open = [...(await locations(tx)).values()].filter(isLimited).filter(({ state }) => state === 'open')
  const promotion = promotionIn(await currentFacts(tx, modeKinds))
  const shifts = await shiftsOf(tx, open, promotion, { need: null, leaving: [] })
  const room = new Map<string, number>()
  for (const { location_id, network } of open) {
    const shift = shifts.get(location_id)
    const orders = shift?.slots.reduce((sum, slot) => sum + ordersInto(slot, shift), 0) ?? 0
    if (orders > 0) room.set(network, (room.get(network) ?? 0) + orders)
  }
  return room
}

// An order has a line at least, and what is done in several slots begins in one of them.
function ordersInto(slot: Slot, { pace }: Pick<Shift, 'pace'>): number {
  const { max_orders, max_lines, max_seconds, orders, lines, seconds } = slot
  const left = [
    max_orders === null ? Number.POSITIVE_INFINITY : max_orders - orders,
    max_lines === null ? Number.POSITIVE_INFINITY : max_lines - lines,
    max_seconds === null ? Number.POSITIVE_INFINITY : (max_seconds - seconds) / Math.max(1, pace.per_order_seconds),
  ]
  return Math.max(0, Math.ceil(Math.min(...left)))
}
