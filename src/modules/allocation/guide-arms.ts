// Asking the rules in force, and while an experiment runs its draft about its share of the orders.
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import type { Experiment } from '../policies/index.ts'
import { type GuidedAll, guideOrders } from './guide-orders.ts'
import { askDraft, rulesIn } from './read-rules.ts'
import type { Demand, RuledBy } from './types.ts'

export interface Asked extends GuidedAll {
  readonly experiment: Experiment | null
  by(order_id: string): RuledBy
}

/** The rules that take each order. What the draft fails on is decided by the live rules, and what they fail on by earlier ones: each stays in its arm as failed. */
export async function guideArms(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
): Promise<Asked> {
  const live = rulesIn(facts)
  const { experiment, guided, left, failed, cause, by } = await askDraft(facts, demands, tx.now)
  if (experiment !== null && cause !== null) {
    const { experiment_id } = experiment
    const told = { tenant: tx.tenant, experiment_id, orders: failed.size, error: cause }
    tx.log.warn(told, 'the draft of an experiment failed, the live rules decide')
  }
  const all = await guideOrders(tx, live, left)
  return {
    ...all,
    guided: [...guided, ...all.guided],
    experiment,
    by: (order_id) => {
      const earlier = all.stale.get(order_id)
      return by(order_id, earlier ?? live.version_id, earlier !== undefined)
    },
  }
}
