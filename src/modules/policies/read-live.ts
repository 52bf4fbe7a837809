// The rules in force of a kind and the draft in its shadow, among facts that were read with others.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'
import type { RuleKind, VersionedRules } from './rule-kind.ts'
import { rulesInForce } from './store.ts'

const documentsIn = factReader('rules', Compile(Type.Unknown()), (fact) => fact)
const Shadowed = Compile(Type.Object({ draft_id: Type.String(), document: Type.Unknown() }))

/** The key of the fact that holds a kind's shadow. */
export const shadowKey = (kind: string) => `${kind}.shadow`

/** So far back a version that works is looked for. */
const VERSIONS_AT_MOST = 50

type Facts = ReadonlyMap<string, readonly Fact[]>

/** The rules in force; the shipped ones until somebody has set others. */
export function liveRules(facts: Facts, { kind, shipped }: Pick<RuleKind, 'kind' | 'shipped'>): VersionedRules {
  const set = documentsIn(facts).get(kind)
  return set === undefined ? shipped : { version_id: set.version_id, document: set.value }
}

/** The name of a version today: the shipped rules had others. */
export function namedNow({ shipped, shipped_before = [] }: RuleKind, version_id: string): string {
  return shipped_before.includes(version_id) ? shipped.version_id : version_id
}

export interface Shadow extends VersionedRules {
  readonly draft_id: string
  readonly since: Date
}

/** The draft that runs beside the live rules; null for none. */
export function shadowRules(facts: Facts, kind: string): Shadow | null {
  const set = documentsIn(facts).get(shadowKey(kind))
  if (set === undefined || !Shadowed.Check(set.value)) return null
  const { draft_id, document } = set.value
  return { draft_id, version_id: set.version_id, document, since: set.valid_from }
}

/**
 * The rules that were in force before this version, the newest first, back to where the shipped ones were. What a roll-back took out of
 * force, and what lies between it and what it brought back, is none of them: somebody had a reason.
 */
export async function earlierRules(tx: Tx, kind: string, version_id: string, limit: number): Promise<VersionedRules[]> {
  const earlier: VersionedRules[] = []
  let back_to: string | null = null
  for (const row of await rulesInForce(tx, kind, VERSIONS_AT_MOST)) {
    if (back_to !== null && row.version_id !== back_to) continue
    // the shipped rules were in force: they cannot fail, and nothing before them is asked
    if (row.value === null || earlier.length >= limit) break
    back_to = row.restores
    if (row.version_id !== version_id) earlier.push({ version_id: row.version_id, document: row.value })
  }
  return earlier
}

/** The key of the fact that holds a kind's experiment. */
export const experimentKey = (kind: string) => `${kind}.experiment`

const Tried = Compile(
  Type.Object({
    experiment_id: Type.String(),
    draft_id: Type.String(),
    share_percent: Type.Integer(),
    document: Type.Unknown(),
  }),
)

export interface Experiment extends VersionedRules {
  readonly experiment_id: string
  readonly draft_id: string
  readonly share_percent: number
}

/** The draft that decides a share of new orders; null for none. */
export function experimentRules(facts: Facts, kind: string): Experiment | null {
  const set = documentsIn(facts).get(experimentKey(kind))
  if (set === undefined || !Tried.Check(set.value)) return null
  return { ...set.value, version_id: set.version_id }
}

/** The facts that hold rules, for those who read nothing else. */
export function ruleFacts(tx: Tx): Promise<Facts> {
  return currentFacts(tx, ['rules'])
}
