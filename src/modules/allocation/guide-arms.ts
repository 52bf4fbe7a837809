// Asking the rules in force, and while an experiment runs its draft about its share of the orders.
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import { armOf, type Experiment, experimentRules } from '../policies/index.ts'
import { type GuidedAll, guideOrders } from './guide-orders.ts'
import { guide, KIND, type RuledBy, rulesIn } from './read-rules.ts'
import type { Demand } from './types.ts'

export interface Asked extends GuidedAll {
  readonly experiment: Experiment | null
  by(order_id: string): RuledBy
}

/** The rules that take each order. What the draft fails on is decided by the live rules, and what they fail on by earlier ones: neither is part of the experiment. */
export async function guideArms(
  tx: Tx,
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
): Promise<Asked> {
  const live = rulesIn(facts)
  const experiment = experimentRules(facts, KIND)
  const isDraft = ({ order_id }: Demand) =>
    experiment !== null && armOf(experiment.experiment_id, order_id, experiment.share_percent) === 'draft'
  const mine = demands.filter(isDraft)
  const drafted = experiment === null ? null : await guide(experiment, mine, tx.now).catch(() => null)
  const all = await guideOrders(tx, live, drafted === null ? demands : demands.filter((demand) => !isDraft(demand)))
  const byDraft = new Set(mine.map(({ order_id }) => order_id))
  return {
    ...all,
    guided: [...(drafted ?? []), ...all.guided],
    experiment,
    by: (order_id) => {
      if (experiment !== null && drafted !== null && byDraft.has(order_id))
        return { version_id: experiment.version_id, arm: 'draft' }
      const earlier = all.stale.get(order_id)
      const apart = experiment === null || byDraft.has(order_id) || earlier !== undefined
      return { version_id: earlier ?? live.version_id, arm: apart ? null : 'live' }
    },
  }
}
