// Writes audit entries in the transaction of what they tell of, and the job that seals them.
import { later, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import type { AuditRow } from '../../platform/http/audit-row.ts'
import { insertEntries } from './store.ts'

export const SEAL_STEP = 'audit.seal'

/** Entries wait a little, so that a block holds many; none waits a minute. */
const SEALED_AFTER_MS = 10 * SECOND_MS

/** Adds one entry per request: two statements, however many. The sealing job names them, so a late commit is never passed over. */
export async function record(tx: Tx, rows: readonly AuditRow[]): Promise<void> {
  if (rows.length === 0) return
  const entry_ids = rows.map(() => tx.newId())
  await insertEntries(tx, entry_ids, rows)
  await schedule(tx, [
    { step: SEAL_STEP, subject: tx.tenant, due_at: later(tx.now, SEALED_AFTER_MS), payload: { entry_ids } },
  ])
}
