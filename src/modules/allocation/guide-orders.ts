// Asking the rules in force, and where they fail the newest earlier ones that do not: order by order, so that one order that a rule trips over does not take the others along.
import type { Tx } from '../../platform/db.ts'
import type { Trouble } from '../modes/index.ts'
import { earlierRules, type VersionedRules } from '../policies/index.ts'
import { guide, guideEach, isReadable, KIND, shippedVersion } from './read-rules.ts'
import type { Demand, Guided } from './types.ts'

export interface GuidedAll {
  readonly guided: readonly Guided[]
  /** By order: the version that was asked instead of the one in force. */
  readonly stale: ReadonlyMap<string, string>
  /** null: the rules were not asked. */
  readonly seen: Trouble | 'good' | null
}

const EARLIER_AT_MOST = 5

/** The rules that take each order. */
export async function guideOrders(tx: Tx, rules: VersionedRules, demands: readonly Demand[]): Promise<GuidedAll> {
  if (demands.length === 0) return { guided: [], stale: new Map(), seen: null }
  try {
    return { guided: await guide(rules, demands, tx.now), stale: new Map(), seen: 'good' }
  } catch (error) {
    return guideApart(tx, rules, demands, String(error instanceof Error ? error.message : error))
  }
}

async function guideApart(
  tx: Tx,
  rules: VersionedRules,
  demands: readonly Demand[],
  cause: string,
): Promise<GuidedAll> {
  const guided: Guided[] = []
  let left = await guideEach(rules, demands, tx.now, guided)
  const stale = new Map<string, string>()
  for (const earlier of [...(await earlierRules(tx, KIND, rules.version_id, EARLIER_AT_MOST)), shippedVersion]) {
    if (left.length === 0) break
    const before = left
    left = await guideEach(earlier, left, tx.now, guided)
    for (const demand of before) if (!left.includes(demand)) stale.set(demand.order_id, earlier.version_id)
  }
  return { guided, stale, seen: { cause, keys: [rules.version_id], orders: stale.size, certain: !isReadable(rules) } }
}
