// The allocation rules in force and those that run in the shadow, ready to ask; a batch is asked in one call.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Fact } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'
import { rulesOf } from '../../platform/rules.ts'
import { SHIPPED } from './default-rules.ts'
import { type Guidance, guidancesOf, shippedGuidance } from './guidance.ts'
import { caseOf } from './make-demand.ts'
import type { Guided } from './rules.ts'
import type { Demand } from './types.ts'

export interface RulesInForce {
  readonly version_id: string
  /** null: the shipped rules, which take every order alike. */
  readonly document: unknown
}

const documentsIn = factReader('rules', Compile(Type.Unknown()), ({ value, version_id }) => ({ value, version_id }))

/** The rules in force. */
export function rulesIn(facts: ReadonlyMap<string, readonly Fact[]>): RulesInForce {
  const set = documentsIn(facts).get('allocation')
  return set === undefined
    ? { version_id: SHIPPED, document: null }
    : { version_id: set.version_id, document: set.value }
}

const shipped: readonly Guidance[] = [shippedGuidance]

/** Asks the rules about each order; those that take it, in their order. */
export async function guide(
  { version_id, document }: RulesInForce,
  demands: readonly Demand[],
  at: Date,
): Promise<Guided[]> {
  if (document === null) return demands.map((demand) => ({ demand, guidances: shipped }))
  const answers = await rulesOf(version_id, document).evaluate(demands.map((demand) => caseOf(demand, at)))
  return demands.map((demand, index) => ({ demand, guidances: guidancesOf(answers[index]) }))
}
