// Applies a fix: the use case and the end of the item are one transaction; what has not taken effect yet waits and comes back by itself.
import type { ApplyFix, FixApplied } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { schedule, unschedule } from '../../platform/engine/index.ts'
import { platformProblem } from '../../platform/problems.ts'
import { undoDecision } from '../review/index.ts'
import { detailOf, fixesFor, fixRules } from './fixes.ts'
import { WAKE } from './follow-sources.ts'
import { inboxProblem } from './problems.ts'
import { inboxPolicy } from './read-policy.ts'
import { runFix } from './run-fix.ts'
import { closeOver } from './store.ts'
import { type ItemRow, sourceDetail } from './store-reading.ts'
import { closeItem, reopenItem, snoozeItem, writeEntry } from './store-work.ts'
import { checkSnooze, lockOpen } from './work-items.ts'

/** Applies one fix. Throws item_closed, item_claimed, fix_unfit, fix_incomplete, forbidden, and whatever the use case refuses. */
export async function applyFix(
  tx: Tx,
  item_id: string,
  wish: ApplyFix,
  permissions: ReadonlySet<string>,
): Promise<FixApplied> {
  const item = await lockOpen(tx, item_id, await inboxPolicy(tx), permissions)
  await refuseUnfit(tx, item, wish, permissions)
  const { returns_at, undo_until, is_over = false } = await runFix(tx, item, wish)
  if (returns_at === null) {
    await reopenItem(tx, item_id)
  } else {
    if (wish.fix === 'wait') checkSnooze(tx, returns_at)
    await putOff(tx, item_id, returns_at, wish.fix === 'wait' ? null : wish.fix)
  }
  await writeEntry(tx, item_id, 'fixed', wish.reason === undefined ? wish.fix : `${wish.fix}: ${wish.reason}`)
  const closed = is_over
    ? await closeItem(tx, item_id, wish.fix)
    : await closeOver(tx, [item.subject], item_id, wish.fix)
  if (closed.length > 0) await unschedule(tx, WAKE, [item_id])
  return {
    item_id,
    state: closed.length > 0 ? 'closed' : 'waiting',
    undo_until: closed.length > 0 ? null : (undo_until?.toISOString() ?? null),
  }
}

async function refuseUnfit(tx: Tx, item: ItemRow, wish: ApplyFix, permissions: ReadonlySet<string>): Promise<void> {
  const detail = detailOf((await sourceDetail(tx, item))?.detail)
  const { permit, needs } = fixRules[wish.fix]
  if (!fixesFor(item, detail).includes(wish.fix)) throw inboxProblem('fix_unfit', { fix: wish.fix })
  if (!permissions.has(permit)) throw platformProblem('forbidden', { permission: permit })
  if (needs !== null && wish[needs] === undefined) throw inboxProblem('fix_incomplete', { needs })
}

async function putOff(tx: Tx, item_id: string, until: Date, fix: string | null): Promise<void> {
  await snoozeItem(tx, item_id, until, fix)
  await unschedule(tx, WAKE, [item_id])
  await schedule(tx, [{ step: WAKE, subject: item_id, due_at: until }])
}

/** Takes back what has not taken effect: a decision within its seconds, by whoever may decide, or that an item was put off. */
export async function undoFix(tx: Tx, item_id: string, permissions: ReadonlySet<string>): Promise<void> {
  const item = await lockOpen(tx, item_id, await inboxPolicy(tx), permissions)
  const decided = item.fix === 'approve' || item.fix === 'reject'
  const { permit } = fixRules.approve
  if (decided && !permissions.has(permit)) throw platformProblem('forbidden', { permission: permit })
  if (item.state !== 'snoozed' || (item.fix !== null && !decided)) throw inboxProblem('fix_unfit', { fix: item.fix })
  if (decided) await undoDecision(tx, item.source_id)
  await reopenItem(tx, item_id)
  await unschedule(tx, WAKE, [item_id])
  await writeEntry(tx, item_id, 'undone', item.fix)
}
