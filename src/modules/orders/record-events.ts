// The history of an order: each event raises its version by one, and the event is the history row.
import type { Tx } from '../../platform/db.ts'
import type { NewJob } from '../../platform/engine/index.ts'
import { type NewEvent, publish } from '../../platform/outbox/publish.ts'
import { type Commercial, orderMachine } from './machine.ts'
import { moveAndRaise } from './move-units.ts'
import { changeCommercial } from './store.ts'
import type { OrderEvent, OrderFacts, UnitMove } from './types.ts'

/** What is written together with events: fewer statements for the same rows. */
export interface Together {
  /** Units that move. */
  readonly moves?: readonly UnitMove[]
  /** Events of other aggregates. */
  readonly also?: readonly NewEvent[]
  /** Jobs that are due later. */
  readonly timers?: readonly NewJob[]
}

/** Raises the versions and publishes the events with the order as subject; the orders are locked by the caller. Two statements, with what goes together too. */
export async function recordEvents(tx: Tx, events: readonly OrderEvent[], together: Together = {}): Promise<void> {
  const byOrder = Map.groupBy(events, (event) => event.order_id)
  const raises = [...byOrder].map(([order_id, mine]) => ({ order_id, count: mine.length }))
  const raised = await moveAndRaise(tx, together.moves ?? [], raises)
  const published: NewEvent[] = []
  for (const row of raised) {
    const mine = byOrder.get(row.order_id) ?? []
    for (const [index, event] of mine.entries()) {
      published.push({
        type: event.type,
        subject: row.order_id,
        version: row.version - mine.length + 1 + index,
        data: event.data,
      })
    }
  }
  await publish(tx, [...published, ...(together.also ?? [])], together.timers)
}

export interface Transition {
  readonly order: Pick<OrderFacts, 'order_id' | 'commercial'>
  readonly action: string
  readonly reason?: string
  readonly data?: Readonly<Record<string, unknown>>
}

/** Moves the commercial state where the machine allows it and nobody was faster; answers the ids that moved. */
export async function transition(tx: Tx, moves: readonly Transition[]): Promise<string[]> {
  const legal = moves.flatMap((move) => {
    const to = orderMachine.next(move.order.commercial, move.action)
    return to === null
      ? []
      : [{ ...move, order_id: move.order.order_id, from: move.order.commercial, to, reason: move.reason ?? null }]
  })
  if (legal.length === 0) return []
  const moved = await changeCommercial(tx, legal)
  const byOrder = new Map(legal.map((move) => [move.order_id, move]))
  const events = moved.map((row): NewEvent => {
    const move = byOrder.get(row.order_id)
    const data = {
      from: move?.from,
      to: move?.to,
      ...(move?.reason == null ? {} : { reason: move.reason }),
      ...move?.data,
    }
    return {
      type: `order.${move?.to ?? ('closed' satisfies Commercial)}`,
      subject: row.order_id,
      version: row.version,
      data,
    }
  })
  await publish(tx, events)
  return moved.map((row) => row.order_id)
}
