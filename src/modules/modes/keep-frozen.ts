// The freeze: what would change rules asks here first; refused until when, unless an admin takes it on himself with a reason, which is kept.
import type { Tx } from '../../platform/db.ts'
import { modeProblem } from './problems.ts'
import { insertOverride, promotions } from './store.ts'

/** How somebody goes on all the same: the reason, null for none, and whether he may. */
export interface Despite {
  readonly reason: string | null
  readonly may: boolean
}

/** Throws rules_frozen while a promotion has frozen the rules; `what` is about to be changed. */
export async function refuseFrozen(tx: Tx, what: string, despite: Despite): Promise<void> {
  const [row] = await promotions(tx, { open: true })
  if (row === undefined || !row.frozen || row.from_at > tx.now || row.until_at <= tx.now) return
  const told = { promotion: row.name, until: row.until_at.toISOString() }
  if (despite.reason === null) throw modeProblem('rules_frozen', told)
  if (!despite.may) throw modeProblem('override_forbidden', told)
  await insertOverride(tx, { promotion_id: row.promotion_id, what, reason: despite.reason })
}
