// Going live and back: the document becomes the fact that decides from now on, with who, why and what it replaced.
import type { RuleTestRun } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import { setFacts } from '../../platform/facts.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { type Despite, refuseFrozen } from '../modes/index.ts'
import { completed } from './complete-document.ts'
import { endRunning } from './end-experiments.ts'
import { draftOf, endShadow, mustRun } from './keep-drafts.ts'
import { policyProblem } from './problems.ts'
import { liveRules, namedNow, ruleFacts } from './read-live.ts'
import type { RuleKind } from './rule-kind.ts'
import { closeDraft, documentOfVersion, insertActivation, lockRules } from './store.ts'
import { proveRules, runTests } from './test-rules.ts'

interface Going {
  readonly document: unknown
  readonly reason: string
  readonly tests: RuleTestRun
  readonly draft_id: string | null
  readonly restores: string | null
  readonly despite?: Despite
}

const nobody: Despite = { reason: null, may: false }

/** Sets rules directly, without a draft; throws rule_document_invalid where they cannot be followed. Answers their version. */
export async function putRules(tx: Tx, kind: RuleKind, sent: unknown, reason: string): Promise<string> {
  const document = completed(sent, kind.columns)
  await mustRun(kind, document)
  const tests = await runTests(tx, kind, document)
  return goLive(tx, kind, { document, reason, tests, draft_id: null, restores: null })
}

export interface ActivationWish {
  readonly draft_id: string
  readonly revision: number
  readonly reason: string
  readonly despite_tests?: boolean
}

/** Switches a draft on, as it was looked at; throws rule_tests_red where a test case fails and nobody takes it on himself. */
export async function activateDraft(
  tx: Tx,
  kind: RuleKind,
  wish: ActivationWish,
  despite: Despite = nobody,
): Promise<string> {
  const draft = await draftOf(tx, kind, wish.draft_id)
  if (draft.revision !== wish.revision) throw policyProblem('rule_draft_stale', { revision: draft.revision })
  await mustRun(kind, draft.document)
  const tests = await proveRules(tx, kind, draft.document, wish.despite_tests)
  await closeDraft(tx, draft.draft_id, 'activated')
  await endShadow(tx, kind, draft.draft_id)
  return goLive(tx, kind, {
    document: draft.document,
    reason: wish.reason,
    tests,
    draft_id: draft.draft_id,
    restores: null,
    despite,
  })
}

/** Brings back exactly the document of an earlier version, whatever its tests say now. */
export async function rollBack(
  tx: Tx,
  kind: RuleKind,
  version_id: string,
  reason: string,
  despite: Despite = nobody,
): Promise<string> {
  const document = await versionOf(tx, kind, version_id)
  const tests = await runTests(tx, kind, document)
  return goLive(tx, kind, { document, reason, tests, draft_id: null, restores: namedNow(kind, version_id), despite })
}

/** The document of a version; throws rule_version_unknown. */
export async function versionOf(tx: Tx, kind: RuleKind, version_id: string): Promise<unknown> {
  if (namedNow(kind, version_id) === kind.shipped.version_id) return kind.shipped.document
  const [version] = await documentOfVersion(tx, kind.kind, version_id)
  if (version === undefined) throw policyProblem('rule_version_unknown', { version_id })
  return version.value
}

async function goLive(tx: Tx, kind: RuleKind, going: Going): Promise<string> {
  const { document, reason, tests, draft_id, restores, despite = nobody } = going
  await refuseFrozen(tx, `${kind.kind}: ${draft_id ?? restores ?? 'document'}`, despite)
  await lockRules(tx)
  await endRunning(tx, kind, 'The live rules changed.')
  const replaced = liveRules(await ruleFacts(tx), kind).version_id
  const to_shipped = restores === kind.shipped.version_id
  if (restores !== null && restores === replaced) throw policyProblem('rules_live_already', { version_id: restores })
  const [fact_id = ''] = await setFacts(tx, [
    { kind: 'rules', key: kind.kind, value: to_shipped ? null : document, reason },
  ])
  const version_id = to_shipped ? kind.shipped.version_id : fact_id
  await insertActivation(tx, {
    activation_id: tx.newId(),
    kind: kind.kind,
    version_id,
    replaced,
    restores,
    draft_id,
    reason,
    tests_passed: tests.passed,
    tests_failed: tests.failed,
  })
  await publish(tx, [
    { type: 'rules.changed', subject: fact_id, version: 1, data: { kind: kind.kind, version_id, replaced, restores } },
  ])
  return version_id
}
