// Counting the orders that rules took, and comparing a batch with a draft in the shadow: rows beside the decisions, in their transaction.
import type { RuleOutcome } from '../../contracts/policies.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { foldHits, insertHits, insertShadow, purgeHours } from './store-counts.ts'

const CHANGES_AT_MOST = 20
/** A day longer than they are shown. */
const KEPT_DAYS = 8

/** What became of one order: a rule took it for the first time, or sent it for the first time, or both. */
export interface Taking {
  readonly rule_id: string
  /** When the rule took it for the first time. */
  readonly at: Date
  readonly taken: boolean
  /** null where rules send nothing. */
  readonly sent: boolean | null
}

/**
 * Counts orders by the rule that took them, each once however often it is tried: one statement for a batch, none where nothing is new. What is
 * sent later counts when it was taken, so that of no week more is sent than was taken. Rows are added, never changed: batches do not wait for each other.
 */
export async function recordHits(tx: Tx, kind: string, takings: readonly Taking[]): Promise<void> {
  const counts = new Map<string, { hit_id: string; rule_id: string; at: Date; orders: number; sent: number | null }>()
  for (const { rule_id, at, taken, sent } of takings) {
    const key = `${at.getTime()} ${rule_id}`
    const count = counts.get(key) ?? { hit_id: tx.newId(), rule_id, at, orders: 0, sent: sent === null ? null : 0 }
    count.orders += Number(taken)
    if (count.sent !== null) count.sent += Number(sent)
    counts.set(key, count)
  }
  if (counts.size > 0) await insertHits(tx, kind, [...counts.values()])
}

/** Adds what was counted to its hours, so that however many batches there were a week stays small. */
export function foldRuleHits(tx: Tx, limit: number): Promise<number> {
  return foldHits(tx, limit)
}

export interface Compared {
  readonly order_id: string
  readonly live: RuleOutcome
  /** null: the draft failed on it. */
  readonly draft: RuleOutcome | null
}

/** Notes what the draft in the shadow would have done with a batch: one statement, up to 20 of the orders that would have changed. */
export async function recordShadow(tx: Tx, draft_id: string, compared: readonly Compared[]): Promise<void> {
  const both = compared.flatMap(({ order_id, live, draft }) => (draft === null ? [] : [{ order_id, live, draft }]))
  const changed = both.filter(({ live, draft }) => live.key !== draft.key)
  const sums = costsOf(both)
  await insertShadow(
    tx,
    {
      draft_id,
      orders: compared.length,
      changed: changed.length,
      failed: compared.length - both.length,
      cost_live: BigInt(sums.live),
      cost_draft: BigInt(sums.draft),
    },
    changed.slice(0, CHANGES_AT_MOST).map((row) => ({ change_id: tx.newId(), ...row })),
  )
}

/** What orders cost on both sides that both send in the same number of units: others cannot be compared. */
export function costsOf(rows: readonly { readonly live: RuleOutcome; readonly draft: RuleOutcome }[]) {
  let [live, draft, compared] = [0, 0, 0]
  for (const row of rows) {
    if (row.live.cost === null || row.draft.cost === null || row.live.units !== row.draft.units) continue
    live += row.live.cost
    draft += row.draft.cost
    compared += 1
  }
  return { live, draft, compared }
}

/** Hours that no list shows any more go. */
export function purgeRuleHours(tx: Tx, limit: number): Promise<number> {
  return purgeHours(tx, later(tx.now, -KEPT_DAYS * DAY_MS), limit)
}
