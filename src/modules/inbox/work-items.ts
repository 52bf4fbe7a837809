// Who works on what: one person at a time claims an item, gives it back, puts it off, hands it on, writes a note.
import type { Static } from 'typebox'
import { type Assignment, type InboxPolicy, itemKinds, kindPermits } from '../../contracts/inbox.ts'
import { DAY_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Actor, Tx } from '../../platform/db.ts'
import { schedule, unschedule } from '../../platform/engine/index.ts'
import { isUuid } from '../../platform/ids.ts'
import { platformProblem } from '../../platform/problems.ts'
import { WAKE } from './follow-sources.ts'
import { inboxProblem } from './problems.ts'
import { inboxPolicy } from './read-policy.ts'
import { type ItemRow, isOnStaff, itemById, lockItem } from './store-reading.ts'
import { assignItem, claimItem, releaseItem, replaceSkills, snoozeItem, writeEntry } from './store-work.ts'

const SNOOZE_AT_MOST_MS = 90 * DAY_MS

/** The kinds of items that these permissions let somebody see. */
export function kindsFor(permissions: ReadonlySet<string>): readonly string[] {
  return itemKinds.filter((kind) => permissions.has(kindPermits[kind]))
}

/** The person or key behind an actor, as items keep it. */
export function ownerOf(actor: Actor): string {
  const id = actor.slice(actor.indexOf(':') + 1)
  return isUuid(id) ? id : '00000000-0000-0000-0000-000000000000'
}

/** The item, where these permissions let somebody see its kind; throws item_unknown where there is none, or not for him. */
export function seen(item: ItemRow | undefined, item_id: string, permissions: ReadonlySet<string>): ItemRow {
  if (item === undefined || !permissions.has(kindPermits[item.kind])) throw inboxProblem('item_unknown', { item_id })
  return item
}

/** An open item, locked; refused where somebody else is working on it. Throws item_unknown, item_closed, item_claimed. */
export async function lockOpen(
  tx: Tx,
  item_id: string,
  policy: InboxPolicy,
  permissions: ReadonlySet<string>,
): Promise<ItemRow> {
  const item = seen(await lockItem(tx, item_id), item_id, permissions)
  if (item.state === 'closed')
    throw inboxProblem('item_closed', { item_id, outcome: item.outcome, closed_at: item.closed_at?.toISOString() })
  const lapsed = item.claimed_at !== null && item.claimed_at < lapsedBefore(tx, policy)
  if (item.claimed_at !== null && !lapsed && item.assignee !== ownerOf(tx.actor))
    throw inboxProblem('item_claimed', {
      item_id,
      claimed_by: item.assignee,
      claimed_at: item.claimed_at.toISOString(),
    })
  return item
}

function lapsedBefore(tx: Tx, policy: InboxPolicy): Date {
  return later(tx.now, -policy.claim_minutes * MINUTE_MS)
}

/** Claims an item: of two at once one gets it, the other is told who has it. */
export async function claim(tx: Tx, item_id: string, permissions: ReadonlySet<string>): Promise<void> {
  const policy = await inboxPolicy(tx)
  const kinds = kindsFor(permissions)
  if (
    !(await claimItem(tx, item_id, { staff_id: ownerOf(tx.actor), kinds, lapsed_before: lapsedBefore(tx, policy) }))
  ) {
    await lockOpen(tx, item_id, policy, permissions)
    throw inboxProblem('item_claimed', { item_id })
  }
  await writeEntry(tx, item_id, 'claimed', null)
}

/** Gives an item back; one that is not this person's is left as it is. */
export async function release(tx: Tx, item_id: string, permissions: ReadonlySet<string>): Promise<void> {
  if (await releaseItem(tx, item_id, ownerOf(tx.actor))) return writeEntry(tx, item_id, 'released', null)
  seen(await itemById(tx, item_id), item_id, permissions)
}

/** Throws snooze_past where the time is not ahead, or too far. */
export function checkSnooze({ now }: { readonly now: Date }, until: Date): void {
  const ahead = until.getTime() - now.getTime()
  if (!(ahead >= MINUTE_MS && ahead <= SNOOZE_AT_MOST_MS)) throw inboxProblem('snooze_past')
}

/** Puts an item off until then; it comes back by a timer. A decision that waits out its seconds is taken back first, not put off. */
export async function snooze(
  tx: Tx,
  item_id: string,
  { until, note }: { readonly until: Date; readonly note: string | null },
  permissions: ReadonlySet<string>,
): Promise<void> {
  checkSnooze(tx, until)
  const item = await lockOpen(tx, item_id, await inboxPolicy(tx), permissions)
  if (item.fix !== null) throw inboxProblem('fix_unfit', { fix: item.fix })
  await snoozeItem(tx, item_id, until, null)
  await unschedule(tx, WAKE, [item_id])
  await schedule(tx, [{ step: WAKE, subject: item_id, due_at: until }])
  await writeEntry(tx, item_id, 'snoozed', note ?? until.toISOString())
}

/** Hands an item to a person or a queue; what is not named stays. Throws queue_unknown, not_found. */
export async function assign(
  tx: Tx,
  item_id: string,
  to: Static<typeof Assignment>,
  permissions: ReadonlySet<string>,
): Promise<void> {
  const policy = await inboxPolicy(tx)
  const item = await lockOpen(tx, item_id, policy, permissions)
  const assignee = to.assignee === undefined ? item.assignee : to.assignee
  const queue = to.queue === undefined ? item.queue : to.queue
  if (queue !== null && queue !== item.queue && !policy.queues.some((one) => one.queue === queue))
    throw inboxProblem('queue_unknown', { queues: [queue] })
  if (assignee !== null && assignee !== item.assignee && !(await isOnStaff(tx, assignee)))
    throw platformProblem('not_found', { staff_id: assignee })
  await assignItem(tx, item_id, { assignee, queue })
  const words = [to.assignee, to.queue].filter((one) => one !== undefined && one !== null)
  await writeEntry(tx, item_id, 'assigned', words.join(' ') || null)
}

/** Writes a note into the history of an item. */
export async function note(tx: Tx, item_id: string, text: string, permissions: ReadonlySet<string>): Promise<void> {
  seen(await itemById(tx, item_id), item_id, permissions)
  await writeEntry(tx, item_id, 'noted', text)
}

/** Sets what a person of the staff can take on. */
export async function setSkills(tx: Tx, staff_id: string, skills: readonly string[]): Promise<void> {
  if (!(await isOnStaff(tx, staff_id))) throw platformProblem('not_found')
  await replaceSkills(tx, staff_id, [...skills].sort())
}
