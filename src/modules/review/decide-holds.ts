// What people decide about holds: approve, reject, ask again later; each waits out its undo as a job, large sums take two people.
import type { Static } from 'typebox'
import type { ReviewPolicy } from '../../contracts/review.ts'
import type { DecisionTaken, ReviewDecision } from '../../contracts/views-review.ts'
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule, unschedule } from '../../platform/engine/index.ts'
import { endHolds, extendHolds, loadOrders, rejectOrders } from '../orders/index.ts'
import { LAPSE } from './lapse-holds.ts'
import { reviewProblem } from './problems.ts'
import { reviewPolicy } from './read-rules.ts'
import { needsTwo } from './rules.ts'
import {
  applyDecisions,
  type DueDecision,
  endDecisions,
  type HeldRow,
  heldOf,
  insertDecisions,
  moveScreenings,
  type NewDecision,
  secondDecisions,
} from './store.ts'

const APPLY = 'review.apply'
/** A hold does not lapse while a decision on it waits, however long the workers rest. */
const SUSPENDED_MS = 30 * DAY_MS

type Wish = Static<typeof ReviewDecision>
type RefusalCode = 'review_unknown' | 'decision_pending' | 'second_person_needed'

export interface Decided {
  readonly taken: readonly DecisionTaken[]
  readonly refused: readonly { readonly hold_id: string; readonly code: RefusalCode }[]
}

/** Decides one hold; throws what refuses it. */
export async function decideHold(tx: Tx, hold_id: string, wish: Wish): Promise<DecisionTaken> {
  const { taken, refused } = await decideHolds(tx, [hold_id], wish)
  const [one] = taken
  if (one !== undefined) return one
  throw reviewProblem(refused[0]?.code ?? 'review_unknown', { hold_id })
}

/** Decides holds alike, each by itself: what one is refused for does not stop the others. */
export async function decideHolds(tx: Tx, hold_ids: readonly string[], wish: Wish): Promise<Decided> {
  if (wish.decision === 'hold' && wish.minutes === undefined) throw reviewProblem('minutes_missing')
  const policy = await reviewPolicy(tx)
  const effective_at = later(tx.now, policy.undo_seconds * SECOND_MS)
  const held = new Map((await heldOf(tx, hold_ids)).map((row) => [row.hold_id, row]))
  const refused: { hold_id: string; code: RefusalCode }[] = []
  const seconds: HeldRow[] = []
  const overtaken: string[] = []
  const fresh: NewDecision[] = []
  for (const hold_id of hold_ids) {
    const row = held.get(hold_id)
    const code = row === undefined ? 'review_unknown' : refusalOf(row, wish, tx.actor)
    if (row === undefined || code !== null) refused.push({ hold_id, code: code ?? 'review_unknown' })
    else if (row.state === 'first' && wish.decision === 'approve') seconds.push(row)
    else {
      if (row.decision_id !== null) overtaken.push(row.decision_id)
      fresh.push(newDecision(tx, row, wish, policy, effective_at))
    }
  }
  if (overtaken.length > 0) await endDecisions(tx, overtaken, 'overtaken')
  const entered = new Set(fresh.length === 0 ? [] : (await insertDecisions(tx, fresh)).map((row) => row.hold_id))
  const agreed =
    seconds.length === 0
      ? []
      : await secondDecisions(
          tx,
          seconds.flatMap((row) => row.decision_id ?? []),
          effective_at,
        )
  const pending = [...fresh.filter((row) => row.state === 'pending' && entered.has(row.hold_id)), ...agreed]
  await schedule(
    tx,
    pending.map(({ decision_id }) => ({ step: APPLY, subject: decision_id, due_at: effective_at })),
  )
  const waiting = new Set(pending.map((row) => row.hold_id))
  const suspended = [...held.values()].filter((row) => waiting.has(row.hold_id) && row.expires_at !== null)
  await extendHolds(
    tx,
    suspended.map(({ hold_id }) => ({ hold_id, expires_at: later(effective_at, SUSPENDED_MS) })),
  )
  const taken = [
    ...fresh.filter((row) => entered.has(row.hold_id)),
    ...agreed.map((row) => ({ ...row, state: 'pending' })),
  ]
  const lost = [...fresh, ...seconds].filter((row) => !taken.some((one) => one.hold_id === row.hold_id))
  return {
    taken: taken.map(({ hold_id, state }) => ({
      hold_id,
      decision: wish.decision,
      effective_at: effective_at.toISOString(),
      needs_second: state === 'first',
    })),
    refused: [...refused, ...lost.map(({ hold_id }) => ({ hold_id, code: 'decision_pending' as const }))],
  }
}

function refusalOf(row: HeldRow, wish: Wish, actor: string): RefusalCode | null {
  if (row.state === 'pending') return 'decision_pending'
  if (row.state === 'first' && wish.decision === 'approve' && row.decided_by === actor) return 'second_person_needed'
  return null
}

function newDecision(tx: Tx, row: HeldRow, wish: Wish, policy: ReviewPolicy, effective_at: Date): NewDecision {
  const two = wish.decision === 'approve' && needsTwo(policy, row.total, row.currency)
  return {
    decision_id: tx.newId(),
    hold_id: row.hold_id,
    order_id: row.order_id,
    decision: wish.decision,
    state: two ? 'first' : 'pending',
    note: wish.note ?? null,
    minutes: wish.minutes ?? null,
    effective_at,
    held_until: row.expires_at,
  }
}

/** Takes back the decision that waits on a hold; throws nothing_to_undo where it has taken effect or there is none. */
export async function undoDecision(tx: Tx, hold_id: string): Promise<void> {
  const [row] = await heldOf(tx, [hold_id])
  const ended = row?.decision_id == null ? [] : await endDecisions(tx, [row.decision_id], 'undone')
  if (ended.length === 0) throw reviewProblem('nothing_to_undo', { hold_id })
  await unschedule(
    tx,
    APPLY,
    ended.map((one) => one.decision_id),
  )
  if (row?.state !== 'pending') return
  const atLeast = (at: Date) => (at > tx.now ? at : later(tx.now, MINUTE_MS))
  if (row.held_until !== null) await extendHolds(tx, [{ hold_id, expires_at: atLeast(row.held_until) }])
  if (row.on_lapse === 'release' && row.lapses_at !== null)
    await schedule(tx, [{ step: LAPSE, subject: hold_id, due_at: atLeast(row.lapses_at) }])
}

/** When the undo is over: holds end, rejected orders give back stock and money, kept holds get more time. */
export const applyReviews = inside(APPLY, { batch: 100 }, async (tx, jobs) => {
  const due = await applyDecisions(
    tx,
    jobs.map((job) => job.subject),
  )
  const by = (decision: string) => due.filter((row) => row.decision === decision)
  await approve(tx, by('approve'))
  const rejected = await loadOrders(
    tx,
    by('reject').map((row) => row.order_id),
    { lock: true },
  )
  const standing = rejected.filter((order) => order.commercial === 'placed' || order.commercial === 'confirmed')
  await rejectOrders(tx, standing, 'review_rejected')
  await keep(tx, by('hold'))
})

// Notes differ: holds of one note end together, which for a bulk is all of them.
async function approve(tx: Tx, due: readonly DueDecision[]): Promise<void> {
  for (const [note, rows] of Map.groupBy(due, (row) => row.note)) {
    await endHolds(
      tx,
      rows.map((row) => row.hold_id),
      'released',
      note,
    )
  }
}

async function keep(tx: Tx, due: readonly DueDecision[]): Promise<void> {
  if (due.length === 0) return
  const until = new Map(due.map((row) => [row.hold_id, later(row.effective_at, (row.minutes ?? 0) * MINUTE_MS)]))
  const moved = await moveScreenings(
    tx,
    [...until].map(([hold_id, at]) => ({ hold_id, until: at })),
  )
  const released = moved.filter((row) => row.on_lapse === 'release')
  await schedule(
    tx,
    released.map((row) => ({ step: LAPSE, subject: row.hold_id, due_at: row.lapses_at })),
  )
  for (const row of moved) until.set(row.hold_id, row.lapses_at)
  for (const row of released) until.delete(row.hold_id)
  await extendHolds(
    tx,
    [...until].map(([hold_id, expires_at]) => ({ hold_id, expires_at })),
  )
}
