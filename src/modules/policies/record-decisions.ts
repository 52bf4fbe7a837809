// Counting what rules did with a batch of orders, and comparing it with a draft in the shadow: rows beside the decisions, in their transaction.
import type { RuleOutcome } from '../../contracts/policies.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { insertHits, insertShadow, purgeHits } from './store-counts.ts'

const CHANGES_AT_MOST = 20
const KEPT_DAYS = 30

/** Notes how many orders each rule took: one statement for a batch, none where no rule took one. */
export async function recordHits(tx: Tx, kind: string, version_id: string, rule_ids: readonly string[]): Promise<void> {
  if (rule_ids.length === 0) return
  const counts = new Map<string, number>()
  for (const rule_id of rule_ids) counts.set(rule_id, (counts.get(rule_id) ?? 0) + 1)
  const hits = [...counts].map(([rule_id, orders]) => ({ hit_id: tx.newId(), rule_id, orders }))
  await insertHits(tx, kind, version_id, hits)
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

/** Counts are kept for thirty days. */
export function purgeRuleHits(tx: Tx, limit: number): Promise<number> {
  return purgeHits(tx, later(tx.now, -KEPT_DAYS * DAY_MS), limit)
}
