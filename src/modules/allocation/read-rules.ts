// The allocation rules in force, ready to ask; a batch is asked in one call.
import type { Fact } from '../../platform/facts.ts'
import { rulesOf } from '../../platform/rules.ts'
import { type Arm, armOf, type Experiment, experimentRules, liveRules, type VersionedRules } from '../policies/index.ts'
import { SHIPPED, shippedRules } from './default-rules.ts'
import { type Guidance, guidancesOf, shippedGuidance } from './guidance.ts'
import { caseOf } from './make-demand.ts'
import type { Guided } from './rules.ts'
import type { Demand } from './types.ts'

export const KIND = 'allocation'
/** The rules that came with Ordo: they take every order and cannot fail. */
export const shippedVersion: VersionedRules = { version_id: SHIPPED, document: shippedRules }
const everything: readonly Guidance[] = [shippedGuidance]

/** The rules in force. */
export function rulesIn(facts: ReadonlyMap<string, readonly Fact[]>): VersionedRules {
  return liveRules(facts, { kind: KIND, shipped: shippedVersion })
}

/** Asks rules about each order; those that take it, in their order. The shipped rules take every order alike and need no asking. */
export async function guide(
  { version_id, document }: VersionedRules,
  demands: readonly Demand[],
  at: Date,
): Promise<Guided[]> {
  if (version_id === SHIPPED) return demands.map((demand) => ({ demand, guidances: everything }))
  if (demands.length === 0) return []
  const answers = await rulesOf(version_id, document).evaluate(demands.map((demand) => caseOf(demand, at)))
  return demands.map((demand, index) => ({ demand, guidances: guidancesOf(answers[index]) }))
}

/** By which rules an order was decided; `arm` where an experiment runs that it is part of. */
export interface RuledBy {
  readonly version_id: string
  readonly arm: Arm | null
}

export interface Ruled {
  readonly guided: readonly Guided[]
  readonly experiment: Experiment | null
  by(order_id: string): RuledBy
}

/** Asks the rules in force; while an experiment runs its draft is asked about its share. What the draft fails on is decided by the live rules and left out of it. */
export async function guideInForce(
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
  at: Date,
): Promise<Ruled> {
  const live = rulesIn(facts)
  const experiment = experimentRules(facts, KIND)
  if (experiment === null) {
    const by = { version_id: live.version_id, arm: null }
    return { guided: await guide(live, demands, at), experiment, by: () => by }
  }
  const { experiment_id, share_percent, version_id } = experiment
  const arms = Map.groupBy(demands, ({ order_id }) => armOf(experiment_id, order_id, share_percent))
  const [mine, others] = [arms.get('draft') ?? [], arms.get('live') ?? []]
  const drafted = await guide(experiment, mine, at).catch(() => null)
  const guided = [...(drafted ?? (await guide(live, mine, at))), ...(await guide(live, others, at))]
  const byDraft = new Set(mine.map(({ order_id }) => order_id))
  return {
    guided,
    experiment,
    by: (order_id) => {
      if (!byDraft.has(order_id)) return { version_id: live.version_id, arm: 'live' }
      return drafted === null ? { version_id: live.version_id, arm: null } : { version_id, arm: 'draft' }
    },
  }
}
