// Asking the rules in force, and where they fail the newest earlier ones that do not: order by order, so that one order that a rule trips over does not take the others along.
import type { Tx } from '../../platform/db.ts'
import { rulesOf } from '../../platform/rules.ts'
import type { Trouble } from '../modes/index.ts'
import { earlierRules, type VersionedRules } from '../policies/index.ts'
import { guide, KIND, shippedVersion } from './read-rules.ts'
import type { Guided } from './rules.ts'
import type { Demand } from './types.ts'

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
  let left = isReadable(rules) ? await guideEach(rules, demands, tx.now, guided) : demands
  const stale = new Map<string, string>()
  for (const earlier of [...(await earlierRules(tx, KIND, rules.version_id, EARLIER_AT_MOST)), shippedVersion]) {
    if (left.length === 0) break
    if (!isReadable(earlier)) continue
    const before = left
    left = await guideEach(earlier, left, tx.now, guided)
    for (const demand of before) if (!left.includes(demand)) stale.set(demand.order_id, earlier.version_id)
  }
  return { guided, stale, seen: { cause, keys: [rules.version_id] } }
}

// Answers those that the rules fail for.
async function guideEach(
  rules: VersionedRules,
  demands: readonly Demand[],
  at: Date,
  guided: Guided[],
): Promise<readonly Demand[]> {
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

function isReadable({ version_id, document }: VersionedRules): boolean {
  if (version_id === shippedVersion.version_id) return true
  try {
    rulesOf(version_id, document)
    return true
  } catch {
    return false
  }
}
