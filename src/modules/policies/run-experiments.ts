// Experiments: a draft decides a share of new orders from now until somebody stops it, or its rules or the live ones change.
import type { NewExperiment } from '../../contracts/experiments.ts'
import type { Tx } from '../../platform/db.ts'
import { setFacts } from '../../platform/facts.ts'
import { refuseFrozen } from '../modes/index.ts'
import { draftToRun } from './choose-rules.ts'
import { endOf } from './end-experiments.ts'
import { policyProblem } from './problems.ts'
import { experimentKey, experimentRules, ruleFacts } from './read-live.ts'
import type { RuleKind } from './rule-kind.ts'
import { lockRules } from './store.ts'
import { type ExperimentRow, experiments, insertExperiment } from './store-experiments.ts'
import { proveRules } from './test-rules.ts'

/** Starts one; at most one runs at a time. Throws rule_tests_red where a test case fails and nobody takes it on himself. Answers its id. */
export async function startExperiment(tx: Tx, kind: RuleKind, wish: NewExperiment): Promise<string> {
  const { draft_id, revision, share_percent, orders_wanted, decides = 'cost', name, reason, despite_tests } = wish
  const draft = await draftToRun(tx, kind, draft_id)
  if (draft.revision !== revision) throw policyProblem('rule_draft_stale', { revision: draft.revision })
  const tests = await proveRules(tx, kind, draft.document, despite_tests)
  await lockRules(tx)
  await refuseFrozen(tx, `${kind.kind}: ${draft_id}`, { reason: null, may: false })
  if (experimentRules(await ruleFacts(tx), kind.kind) !== null) throw policyProblem('experiment_running')
  const experiment_id = tx.newId()
  await insertExperiment(tx, {
    experiment_id,
    kind: kind.kind,
    name,
    draft_id,
    draft_name: draft.name,
    share_percent,
    orders_wanted,
    decides,
    reason,
    tests_passed: tests.passed,
    tests_failed: tests.failed,
  })
  const value = { experiment_id, draft_id, share_percent, document: draft.document }
  await setFacts(tx, [{ kind: 'rules', key: experimentKey(kind.kind), value, reason }])
  return experiment_id
}

/** Stops an experiment; every order is decided by the live rules from now on. */
export async function stopExperiment(tx: Tx, kind: RuleKind, experiment_id: string, reason: string): Promise<void> {
  await lockRules(tx)
  const known = await experimentOf(tx, kind, experiment_id)
  if (known.stopped_at !== null) throw policyProblem('experiment_over')
  await endOf(tx, kind.kind, experiment_id, reason)
}

/** One experiment; throws where there is none. */
export async function experimentOf(tx: Tx, { kind }: RuleKind, experiment_id: string): Promise<ExperimentRow> {
  const [row] = await experiments(tx, kind, { experiment_id })
  if (row === undefined) throw policyProblem('experiment_unknown')
  return row
}
