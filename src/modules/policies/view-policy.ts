// What the screen of one kind of rules shows: the live rules, their words, how busy each was, drafts, tests, history, shadow.
import { Compile } from 'typebox/compile'
import { type RuleChange, RuleOutcome } from '../../contracts/policies.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { DRAFTS_AT_MOST } from './keep-drafts.ts'
import { liveRules, namedNow, ruleFacts, shadowRules } from './read-live.ts'
import type { RuleKind } from './rule-kind.ts'
import { activationsOf, type DraftRow, openDrafts, testsOf } from './store.ts'
import { hitsSince, shadowChanges, shadowSums } from './store-counts.ts'
import { inputOf, TESTS_AT_MOST } from './test-rules.ts'

const WEEK_DAYS = 7
const RULES_AT_MOST = 2000
const HISTORY_AT_MOST = 100
const CHANGES_AT_MOST = 200

export async function viewPolicy(tx: Tx, kind: RuleKind) {
  const facts = await ruleFacts(tx)
  const live = liveRules(facts, kind)
  const shadow = shadowRules(facts, kind.kind)
  const [drafts, tests, history] = [
    await openDrafts(tx, kind.kind, DRAFTS_AT_MOST),
    await testsOf(tx, kind.kind, TESTS_AT_MOST),
    await activationsOf(tx, kind.kind, HISTORY_AT_MOST),
  ]
  return {
    kind: kind.kind,
    title: kind.title,
    live: { ...live, shipped: live.version_id === kind.shipped.version_id },
    ...(await kind.vocabulary(tx)),
    hits: await hitsSince(tx, kind.kind, later(tx.now, -WEEK_DAYS * DAY_MS), RULES_AT_MOST),
    drafts: drafts.map(({ document: _document, ...row }) =>
      shownDraft({ ...row, based_on: namedNow(kind, row.based_on) }),
    ),
    tests: tests.map((test) => ({ ...test, input: inputOf(test) })),
    history: history.map((row) => ({
      ...row,
      version_id: namedNow(kind, row.version_id),
      replaced: namedNow(kind, row.replaced),
      restores: row.restores === null ? null : namedNow(kind, row.restores),
      activated_at: row.activated_at.toISOString(),
    })),
    shadow: shadow === null ? null : { draft_id: shadow.draft_id, since: shadow.since.toISOString() },
  }
}

/** A draft as replies show it. */
export function shownDraft<Row extends Pick<DraftRow, 'created_at' | 'changed_at'>>(row: Row) {
  return { ...row, created_at: row.created_at.toISOString(), changed_at: row.changed_at.toISOString() }
}

const outcome = Compile(RuleOutcome)

/** What the draft that runs in the shadow would have done so far. */
export async function viewShadow(tx: Tx, kind: RuleKind, draft_id: string) {
  const sums = await shadowSums(tx, draft_id)
  const rows = await shadowChanges(tx, draft_id, CHANGES_AT_MOST)
  const numbers = await kind.numbersOf(
    tx,
    rows.map((row) => row.order_id),
  )
  const changes = rows.flatMap(({ order_id, live, draft }): RuleChange[] =>
    outcome.Check(live) && outcome.Check(draft) ? [{ order_id, number: numbers.get(order_id) ?? '', live, draft }] : [],
  )
  return { draft_id, ...(sums ?? { orders: 0, changed: 0, failed: 0, cost_live: 0n, cost_draft: 0n }), changes }
}
