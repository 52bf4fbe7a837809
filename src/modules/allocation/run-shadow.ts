// What the draft in the shadow would have done with a batch, on the same ground.
import type { RuleOutcome } from '../../contracts/policies.ts'
import type { Tx } from '../../platform/db.ts'
import type { Fact } from '../../platform/facts.ts'
import { recordShadow, shadowRules } from '../policies/index.ts'
import { decideAll } from './decide-all.ts'
import type { FreeStock } from './free-stock.ts'
import type { Ground } from './prepare-ground.ts'
import { guide, KIND } from './read-rules.ts'
import type { Decision, Demand } from './types.ts'

/** Asks the draft in the shadow about the same orders; its answers change nothing. */
export async function noteShadow(
  tx: Tx,
  ground: Ground,
  facts: ReadonlyMap<string, readonly Fact[]>,
  decided: readonly Decision[],
  before: FreeStock,
): Promise<void> {
  const shadow = shadowRules(facts, KIND)
  if (shadow === null || decided.length === 0) return
  const demands = decided.map(({ demand }) => demand)
  const drafted = await draftOutcomes(ground, shadow, demands, before, tx.now)
  await recordShadow(
    tx,
    shadow.draft_id,
    decided.map((decision) => {
      const { order_id } = decision.demand
      return { order_id, live: outcomeOf(decision), draft: drafted.get(order_id) ?? null }
    }),
  )
}

// A draft that fails must not stop the orders: they are counted as failed for it.
async function draftOutcomes(
  ground: Ground,
  shadow: { version_id: string; document: unknown },
  demands: readonly Demand[],
  free: FreeStock,
  at: Date,
): Promise<ReadonlyMap<string, RuleOutcome>> {
  try {
    const guided = await guide(shadow, demands, at)
    return new Map(
      decideAll(ground, guided, free, at).map((decision) => [decision.demand.order_id, outcomeOf(decision)]),
    )
  } catch {
    return new Map()
  }
}

/** A decision as people compare it: where from, by which service, how much, at what cost. */
export function outcomeOf({ plan, guidance, demand }: Decision): RuleOutcome {
  const rule_id = guidance?.rule_id ?? null
  if (plan === null)
    return {
      key: '',
      rule_id,
      says: { en: 'No location sends it.', zh: '没有仓点可发货。' },
      cost: null,
      units: 0,
      parts: 0,
    }
  const parts = plan.parts
    .map(({ candidate, quantity, offer }) => ({
      location_id: candidate.site.location.location_id,
      units: quantity.reduce((sum, units) => sum + units, 0),
      service: offer?.service.name ?? null,
      lines: quantity.join('.'),
    }))
    .sort((a, b) => (a.location_id < b.location_id ? -1 : 1))
  const units = parts.reduce((sum, part) => sum + part.units, 0)
  const wanted = demand.lines.reduce((sum, line) => sum + line.quantity, 0)
  const named = (part: (typeof parts)[number]) =>
    `${part.location_id}${part.service === null ? '' : ` (${part.service})`} × ${part.units}`
  return {
    key: parts.map((part) => `${part.location_id}/${part.service}/${part.lines}`).join(),
    rule_id,
    says: {
      en: `${parts.map(named).join(' + ')}${units < wanted ? `, ${wanted - units} wait` : ''}`,
      zh: `${parts.map(named).join(' + ')}${units < wanted ? `，${wanted - units} 件等待` : ''}`,
    },
    // money alone: what a rule prefers is no cost
    cost: Math.round(plan.parts.reduce((sum, part) => sum + part.shipping + part.handling, 0)),
    units,
    parts: parts.length,
  }
}
