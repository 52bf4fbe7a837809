// Withdrawing: units leave their fulfilments and want another place; what was packed or picked is opened again and lies aside.
import type { Tx } from '../../platform/db.ts'
import type { NewJob } from '../../platform/engine/index.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { type Freed, type Loss, loseFreed, unplace, unplaceToMove } from '../inventory/index.ts'
import { type OrderEvent, type UnitMove as OrderMove, recordEvents } from '../orders/index.ts'
import { layAside, openAgain } from './cancel-work.ts'
import { settleUntold } from './carry-units.ts'
import type { UnitMove, WorkLine } from './rules.ts'
import { moveLineUnits } from './store.ts'

export interface Withdrawal {
  /** What made it: "disruption", "undo", a reason of a rejection. */
  readonly cause: string
  /** Why, in a word that screens know. */
  readonly reason?: string
  /** Jobs that go with it. */
  readonly timers?: readonly NewJob[]
  /** Goods that are not there or not fit: those that nobody has in his hands, or all. */
  readonly loss?: Loss & { readonly of: 'on_shelf' | 'all' }
}

/** Units by which the stock was corrected. */
export type WrittenDown = Freed

const LINES_TOLD = 50

/**
 * Takes all living units of these lines out of their fulfilments: they are reserved again, their places are free. Orders and fulfilments are
 * locked by the caller. Answers the units that the stock lost by it.
 */
export async function withdraw(
  tx: Tx,
  lines: readonly WorkLine[],
  { cause, reason, timers = [], loss }: Withdrawal,
): Promise<readonly WrittenDown[]> {
  const out = lines.flatMap(movesOut)
  if (out.length === 0) {
    await publish(tx, [], timers)
    return []
  }
  const back = await openAgain(tx, out)
  await moveLineUnits(tx, [...out, ...back])
  const settled = await settleUntold(tx, [...new Set(out.map((move) => move.fulfilment_id))], 'less')
  await recordEvents(tx, eventsOf(lines, reason === undefined ? { cause } : { cause, reason }), {
    moves: [...lines.flatMap(movesBack), ...back.map((move): OrderMove => ({ ...move, from: 'packed', to: 'picked' }))],
    also: settled,
    timers,
  })
  const places = lines.map((line) => ({
    demand_id: line.order_id,
    demand_line: line.line_no,
    location_id: line.location_id,
    sku: line.sku,
    quantity: line.to_pick + line.picked + line.packed,
  }))
  const inHand = lines.some((line) => line.picked + line.packed > 0)
  const freed = await (inHand || loss !== undefined ? unplaceToMove : unplace)(tx, places)
  const onShelf = loss?.of === 'all' ? freed : await layAside(tx, out, lines, freed)
  if (loss === undefined) return []
  await loseFreed(tx, onShelf, loss)
  return onShelf
}

function movesOut({ fulfilment_id, order_id, line_no, ...units }: WorkLine): UnitMove[] {
  return (['to_pick', 'picked', 'packed'] as const)
    .filter((from) => units[from] > 0)
    .map((from) => ({ fulfilment_id, order_id, line_no, from, to: 'cancelled', quantity: units[from] }))
}

function movesBack({ order_id, line_no, state, to_pick, picked, packed }: WorkLine): OrderMove[] {
  const move = (from: OrderMove['from'], quantity: number): OrderMove => ({
    order_id,
    line_no,
    from,
    to: 'reserved',
    quantity,
  })
  return [
    move(state === 'planned' ? 'allocated' : 'released', to_pick),
    move('picked', picked),
    move('packed', packed),
  ].filter((one) => one.quantity > 0)
}

function eventsOf(lines: readonly WorkLine[], why: Pick<Withdrawal, 'cause' | 'reason'>): OrderEvent[] {
  return [...Map.groupBy(lines, (line) => line.order_id)].map(([order_id, mine]) => ({
    order_id,
    type: 'order.withdrawn',
    data: {
      ...why,
      lines: mine.slice(0, LINES_TOLD).map((line) => ({
        line_no: line.line_no,
        quantity: line.to_pick + line.picked + line.packed,
        location: line.location_id,
        fulfilment: line.fulfilment_id,
      })),
    },
  }))
}
