// What the audit keeps of intake: one row for each request that changed something, in the transaction that changed it.
import type { AuditRow } from '../../platform/http/audit-row.ts'
import type { Incoming, Outcome } from './incoming.ts'

/** The rows of a group; a repeat and a conflict changed nothing and leave none. */
export function auditRows(actor: string, items: readonly Incoming[], outcomes: readonly Outcome[]): AuditRow[] {
  const rows: AuditRow[] = []
  for (const [index, { request, source }] of items.entries()) {
    const outcome = outcomes[index]
    if (request === null || outcome === undefined) continue
    const isBulk = source === 'bulk'
    const changed = outcome.kind !== 'conflict' && !outcome.repeated
    if (!isBulk && !changed) continue
    const status = isBulk ? 200 : outcome.kind === 'accepted' ? 201 : 202
    const subjects = isBulk ? [] : [outcome.kind === 'staged' ? outcome.staged_id : outcome.order.order_id]
    rows.push({ ...request, actor, status, subjects, before_digest: null, after_digest: null })
  }
  return rows
}
