// The allocation rules in force, ready to ask; a batch is asked in one call.
import type { Fact } from '../../platform/facts.ts'
import { rulesOf } from '../../platform/rules.ts'
import { liveRules, type VersionedRules } from '../policies/index.ts'
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
