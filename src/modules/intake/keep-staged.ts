// Messages that wait for a person: each that begins or ends its waiting, or was tried again in vain, is told by its id.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { settle } from './store-staged.ts'

/** Settles waiting messages by their ids and tells it; answers those that were waiting. */
export async function settleStaged(
  tx: Tx,
  rows: readonly { staged_id: string; order_id: string | null }[],
  note: string | null,
): Promise<{ staged_id: string }[]> {
  const settled = await settle(tx, rows, note)
  await tellStaged(tx, 'message.settled', settled)
  return settled
}

/** Tells what happened to staged messages. */
export async function tellStaged(
  tx: Tx,
  type: 'message.staged' | 'message.tried' | 'message.settled',
  rows: readonly { readonly staged_id: string }[],
): Promise<void> {
  const version = { 'message.staged': 1, 'message.tried': 2, 'message.settled': 3 }[type]
  await publish(
    tx,
    rows.map(({ staged_id }) => ({ type, subject: staged_id, version, data: {} })),
  )
}
