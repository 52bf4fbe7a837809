// Experiments as screens show them: both arms, what may be said of them, what is possible now.
import type { ExperimentArm, ExperimentView } from '../../contracts/experiments.ts'
import type { Tx } from '../../platform/db.ts'
import { allocationRuleKind, currencyOf } from '../allocation/index.ts'
import { type Arm, type ArmSums, armsOf, type ExperimentRow, experimentOf, experiments } from '../policies/index.ts'
import { experimentNotes, judge, type MeasuredArm } from './judge-experiment.ts'

const EXPERIMENTS_AT_MOST = 50

/** Experiments with allocation rules, the newest first. */
export async function listExperiments(tx: Tx, mayStop: boolean) {
  const rows = await experiments(tx, allocationRuleKind.kind, { limit: EXPERIMENTS_AT_MOST })
  const currency = await currencyOf(tx)
  const items: ExperimentView[] = []
  for (const row of rows) items.push(viewOf(row, await armsOf(tx, row), currency, mayStop))
  return { items }
}

/** One experiment; throws where there is none. */
export async function viewExperiment(tx: Tx, experiment_id: string, mayStop: boolean): Promise<ExperimentView> {
  const row = await experimentOf(tx, allocationRuleKind, experiment_id)
  return viewOf(row, await armsOf(tx, row), await currencyOf(tx), mayStop)
}

function viewOf(row: ExperimentRow, sums: readonly ArmSums[], currency: string, mayStop: boolean): ExperimentView {
  const [live, draft] = [measured(sums, 'live'), measured(sums, 'draft')]
  const complete = Math.min(live.orders, draft.orders) >= row.orders_wanted
  const running = row.stopped_at === null
  return {
    experiment_id: row.experiment_id,
    name: row.name,
    draft_id: row.draft_id,
    draft_name: row.draft_name,
    share_percent: row.share_percent,
    orders_wanted: row.orders_wanted,
    decides: row.decides,
    state: running ? 'running' : 'stopped',
    reason: row.reason,
    started_at: row.started_at.toISOString(),
    started_by: row.started_by,
    stopped_at: row.stopped_at?.toISOString() ?? null,
    stopped_by: row.stopped_by,
    stop_reason: row.stop_reason,
    tests_passed: row.tests_passed,
    tests_failed: row.tests_failed,
    currency,
    live: shown(live),
    draft: shown(draft),
    complete,
    verdicts: judge(live, draft, currency),
    notes: experimentNotes(complete, row),
    available_actions: [
      {
        action: 'stop',
        allowed: mayStop && running,
        blocked_by: [
          ...(mayStop ? [] : [{ code: 'not_permitted', detail: 'policies.activate' }]),
          ...(running ? [] : [{ code: 'state', detail: 'stopped' }]),
        ],
      },
    ],
  }
}

const empty = {
  orders: 0,
  whole: 0,
  cost_mean: null,
  cost_variance: null,
  sent: 0,
  split: 0,
  promised: 0,
  promise_kept: 0,
  unallocated: 0,
  failed: 0,
}

function measured(sums: readonly ArmSums[], arm: Arm): MeasuredArm {
  return sums.find((one) => one.arm === arm) ?? empty
}

function shown(arm: MeasuredArm): ExperimentArm {
  const { orders, whole, cost_mean, sent, split, promised, promise_kept, unallocated, failed } = arm
  return { orders, whole, cost_mean, sent, split, promised, promise_kept, unallocated, failed }
}
