// The queue of orders that nothing can send: each that comes or goes is told, so that whoever lists what needs a person hears of it.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { endExceptions, insertExceptions, type NewException, type ToldException } from './store-exceptions.ts'
import { updateException } from './store-hand.ts'

/** Opens exceptions, or renews the one that an order has open. */
export async function openExceptions(tx: Tx, rows: readonly NewException[]): Promise<void> {
  await tell(tx, 'allocation.exception_opened', 1, await insertExceptions(tx, rows))
}

/** Of what an order has in the queue less waits than before: its reason and its queue stay. */
export async function lessenException(tx: Tx, row: NewException): Promise<void> {
  await tell(tx, 'allocation.exception_opened', 1, await updateException(tx, row))
}

/** Ends the exceptions of these orders. */
export async function resolveExceptions(
  tx: Tx,
  order_ids: readonly string[],
  resolution: 'allocated' | 'gone',
): Promise<void> {
  await tell(tx, 'allocation.exception_resolved', 2, await endExceptions(tx, order_ids, resolution))
}

async function tell(tx: Tx, type: string, version: number, rows: readonly ToldException[]): Promise<void> {
  await publish(
    tx,
    rows.map(({ exception_id, order_id }) => ({
      type,
      subject: exception_id,
      version,
      about: order_id,
      data: { order: order_id },
    })),
  )
}
