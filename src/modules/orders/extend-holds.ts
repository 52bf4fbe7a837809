// A hold that is to be asked about again later: it keeps its place, its time moves.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { EXPIRE_HOLD } from './hold-orders.ts'
import { moveExpiry } from './store-holds.ts'

/** Moves the expiry of open holds; the timer of the old one finds that its time has not come. Answers the holds that were still open. */
export async function extendHolds(tx: Tx, holds: readonly { hold_id: string; expires_at: Date }[]): Promise<string[]> {
  if (holds.length === 0) return []
  const moved = (await moveExpiry(tx, holds)).map((row) => row.hold_id)
  await schedule(
    tx,
    holds
      .filter((hold) => moved.includes(hold.hold_id))
      .map((hold) => ({ step: EXPIRE_HOLD, subject: hold.hold_id, due_at: hold.expires_at })),
  )
  return moved
}
