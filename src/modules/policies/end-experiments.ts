// The end of an experiment: by a person, or because what it was measured against is no more.
import type { Tx } from '../../platform/db.ts'
import { setFacts } from '../../platform/facts.ts'
import { experimentKey, experimentRules, ruleFacts } from './read-live.ts'
import type { RuleKind } from './rule-kind.ts'
import { endExperiment } from './store-experiments.ts'

/** Ends what runs, or only that of one draft. The caller has locked the rules. */
export async function endRunning(tx: Tx, { kind }: RuleKind, reason: string, draft_id?: string): Promise<void> {
  const running = experimentRules(await ruleFacts(tx), kind)
  if (running === null || (draft_id !== undefined && running.draft_id !== draft_id)) return
  await endOf(tx, kind, running.experiment_id, reason)
}

/** Ends one that runs: every order is decided by the live rules from now on. */
export async function endOf(tx: Tx, kind: string, experiment_id: string, reason: string): Promise<void> {
  await endExperiment(tx, experiment_id, reason)
  await setFacts(tx, [{ kind: 'rules', key: experimentKey(kind), value: null, reason }])
}
