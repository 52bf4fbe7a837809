// Drafts: begun from what is live, changed under their revision, proved and rehearsed, run in the shadow, discarded.
import type { RuleSimulation } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import { setFacts } from '../../platform/facts.ts'
import { checkRules, type RulesFinding } from '../../platform/rules.ts'
import { completed, straysIn } from './complete-document.ts'
import { endRunning } from './end-experiments.ts'
import { policyProblem } from './problems.ts'
import { liveRules, namedNow, ruleFacts, shadowKey, shadowRules } from './read-live.ts'
import { costsOf } from './record-decisions.ts'
import type { RuleKind } from './rule-kind.ts'
import { closeDraft, type DraftRow, insertDraft, lockDraft, lockRules, openDrafts, rewriteDraft } from './store.ts'

export const DRAFTS_AT_MOST = 50
const CHANGES_AT_MOST = 200

/** Begins a draft from a document, or from what is live; one that cannot be followed yet may be kept, it only cannot run. */
export async function beginDraft(tx: Tx, kind: RuleKind, name: string, document: unknown): Promise<DraftRow> {
  if ((await openDrafts(tx, kind.kind, DRAFTS_AT_MOST)).length >= DRAFTS_AT_MOST)
    throw policyProblem('rule_drafts_full')
  const live = liveRules(await ruleFacts(tx), kind)
  const draft_id = tx.newId()
  await insertDraft(tx, {
    draft_id,
    kind: kind.kind,
    name,
    document: document ?? live.document,
    based_on: live.version_id,
  })
  return draftOf(tx, kind, draft_id)
}

/** An open draft of the kind, locked; one of before the last columns has those that it needs. */
export async function draftOf(tx: Tx, kind: RuleKind, draft_id: string): Promise<DraftRow> {
  const draft = await lockDraft(tx, draft_id)
  if (draft === undefined || draft.kind !== kind.kind || draft.state !== 'open')
    throw policyProblem('rule_draft_unknown', { draft_id })
  const { based_on, document } = draft
  return { ...draft, based_on: namedNow(kind, based_on), document: completed(document, kind.columns) }
}

/** Changes a draft as its revision was read. */
export async function changeDraft(
  tx: Tx,
  kind: RuleKind,
  draft_id: string,
  revision: number | null,
  { name, document }: { name: string; document: unknown },
): Promise<DraftRow> {
  const draft = await draftOf(tx, kind, draft_id)
  if (revision !== null && draft.revision !== revision)
    throw policyProblem('rule_draft_stale', { revision: draft.revision })
  await rewriteDraft(tx, draft_id, name, document)
  return draftOf(tx, kind, draft_id)
}

/** Discards a draft; where it runs in the shadow, that ends too. */
export async function discardDraft(tx: Tx, kind: RuleKind, draft_id: string): Promise<void> {
  await draftOf(tx, kind, draft_id)
  await closeDraft(tx, draft_id, 'discarded')
  await lockRules(tx)
  await endShadow(tx, kind, draft_id)
  await endRunning(tx, kind, 'The draft was discarded.', draft_id)
}

/** Throws rule_document_invalid with every cell that cannot be followed, or that would count for nothing. */
export async function mustRun(kind: RuleKind, document: unknown): Promise<void> {
  refuseFindings(straysIn(document, kind.columns))
  await mustRunAgain(kind, document)
}

/** The same for rules that have run before: a cell that counted for nothing then counts for nothing again. */
export async function mustRunAgain(kind: RuleKind, document: unknown): Promise<void> {
  refuseFindings(checkRules(document))
  refuseFindings(await kind.check(document))
}

function refuseFindings(findings: readonly RulesFinding[]): void {
  if (findings.length === 0) return
  throw policyProblem(
    'rule_document_invalid',
    {},
    findings.map(({ place, says }) => ({ code: 'rule_cell', pointer: place, detail: says })),
  )
}

/** Runs a draft beside the live rules from now on, in place of another one; it decides nothing. */
export async function startShadow(tx: Tx, kind: RuleKind, draft_id: string): Promise<void> {
  const draft = await draftOf(tx, kind, draft_id)
  await mustRun(kind, draft.document)
  await lockRules(tx)
  await setFacts(tx, [{ kind: 'rules', key: shadowKey(kind.kind), value: { draft_id, document: draft.document } }])
}

/** Ends the shadow, or only that of one draft. */
export async function endShadow(tx: Tx, { kind }: RuleKind, draft_id?: string): Promise<void> {
  const running = shadowRules(await ruleFacts(tx), kind)
  if (running === null || (draft_id !== undefined && running.draft_id !== draft_id)) return
  await setFacts(tx, [{ kind: 'rules', key: shadowKey(kind), value: null }])
}

/** What a draft would change about the newest real orders; nothing is written. */
export async function simulateDraft(
  tx: Tx,
  kind: RuleKind,
  draft_id: string,
  orders: number,
  currency: string,
): Promise<RuleSimulation> {
  const draft = await draftOf(tx, kind, draft_id)
  await mustRun(kind, draft.document)
  const live = liveRules(await ruleFacts(tx), kind)
  const version_id = `${draft.draft_id}/${draft.revision}`
  const {
    rows: all,
    cancelled,
    degraded,
  } = await kind.rehearse(tx, live, { version_id, document: draft.document }, orders)
  const rows = all.flatMap((row) => (row.draft === null ? [] : [{ ...row, draft: row.draft }]))
  const changed = rows.filter((row) => row.live.key !== row.draft.key)
  const costs = costsOf(rows)
  const side = (of: 'live' | 'draft') => ({
    cost: costs[of],
    unplaced: rows.filter((row) => row[of].parts === 0).length,
    split: rows.filter((row) => row[of].parts > 1).length,
    units: rows.reduce((sum, row) => sum + row[of].units, 0),
  })
  return {
    orders: all.length,
    cancelled,
    changed: changed.length,
    compared: costs.compared,
    failed: all.length - rows.length,
    degraded: [...degraded],
    currency,
    live: side('live'),
    draft: side('draft'),
    changes: changed.slice(0, CHANGES_AT_MOST),
  }
}
