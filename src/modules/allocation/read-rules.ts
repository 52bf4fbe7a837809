// The allocation rules in force, ready to ask; a batch is asked in one call.
import type { Fact } from '../../platform/facts.ts'
import { rulesOf } from '../../platform/rules.ts'
import { armOf, type Experiment, experimentRules, liveRules, type VersionedRules } from '../policies/index.ts'
import { SHIPPED, shippedRules } from './default-rules.ts'
import { type Guidance, guidancesOf, shippedGuidance } from './guidance.ts'
import { loosened } from './loosen-cells.ts'
import { caseOf } from './make-demand.ts'
import type { Demand, Guided, RuledBy } from './types.ts'

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
  const answers = await rulesOf(version_id, document, loosened).evaluate(demands.map((demand) => caseOf(demand, at)))
  return demands.map((demand, index) => ({ demand, guidances: guidancesOf(answers[index], demand.to) }))
}

/** Asks rules about each order by itself; answers those that they fail for. */
export async function guideEach(
  rules: VersionedRules,
  demands: readonly Demand[],
  at: Date,
  guided: Guided[],
): Promise<readonly Demand[]> {
  if (!isReadable(rules)) return demands
  const failing: Demand[] = []
  for (const demand of demands) {
    try {
      guided.push(...(await guide(rules, [demand], at)))
    } catch {
      failing.push(demand)
    }
  }
  return failing
}

/** Whether rules can be asked at all. */
export function isReadable({ version_id, document }: VersionedRules): boolean {
  if (version_id === SHIPPED) return true
  try {
    rulesOf(version_id, document, loosened)
    return true
  } catch {
    return false
  }
}

/** What the draft of an experiment said about its share of orders. */
export interface Drafted {
  readonly experiment: Experiment | null
  readonly guided: readonly Guided[]
  /** What the live rules decide: their own arm, and what the draft failed on. */
  readonly left: readonly Demand[]
  readonly failed: ReadonlySet<string>
  /** Why it failed; null where it did not. */
  readonly cause: string | null
  /** `live`: the version that decides what is left; `stale`: it is not the one in force. */
  by(order_id: string, live: string, stale?: boolean): RuledBy
}

/** Asks the draft of the experiment that runs, if any; what it fails on stays in its arm, or the arms would not be alike. */
export async function askDraft(
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
  at: Date,
): Promise<Drafted> {
  const experiment = experimentRules(facts, KIND)
  const none: ReadonlySet<string> = new Set()
  if (experiment === null) {
    const by = (_: string, version_id: string) => ({ version_id, arm: null, failed: false })
    return { experiment, guided: [], left: demands, failed: none, cause: null, by }
  }
  const { experiment_id, share_percent, version_id } = experiment
  const arms = new Map(demands.map(({ order_id }) => [order_id, armOf(experiment_id, order_id, share_percent)]))
  const mine = demands.filter(({ order_id }) => arms.get(order_id) === 'draft')
  const { guided, failed, cause } = await guide(experiment, mine, at).then(
    (all) => ({ guided: all, failed: none, cause: null }),
    (error: unknown) => guideWhole(experiment, mine, at, String(error instanceof Error ? error.message : error)),
  )
  return {
    experiment,
    guided,
    left: demands.filter(({ order_id }) => arms.get(order_id) === 'live' || failed.has(order_id)),
    failed,
    cause,
    by: (order_id, live, stale = false) => {
      const arm = arms.get(order_id) ?? null
      if (arm === 'draft' && !failed.has(order_id)) return { version_id, arm, failed: false }
      return { version_id: live, arm, failed: arm === 'draft' || (arm === 'live' && stale) }
    },
  }
}

// Of an order that is asked about in several parts all are answered, or none.
async function guideWhole(rules: VersionedRules, demands: readonly Demand[], at: Date, cause: string) {
  const guided: Guided[] = []
  const failing = await guideEach(rules, demands, at, guided)
  const failed: ReadonlySet<string> = new Set(failing.map(({ order_id }) => order_id))
  return { guided: guided.filter(({ demand }) => !failed.has(demand.order_id)), failed, cause }
}

export interface Ruled {
  readonly guided: readonly Guided[]
  by(order_id: string): RuledBy
}

/** Asks the rules in force; while an experiment runs its draft is asked about its share. What the draft fails on is decided by the live rules. */
export async function guideInForce(
  facts: ReadonlyMap<string, readonly Fact[]>,
  demands: readonly Demand[],
  at: Date,
): Promise<Ruled> {
  const live = rulesIn(facts)
  const drafted = await askDraft(facts, demands, at)
  return {
    guided: [...drafted.guided, ...(await guide(live, drafted.left, at))],
    by: (order_id) => drafted.by(order_id, live.version_id),
  }
}
