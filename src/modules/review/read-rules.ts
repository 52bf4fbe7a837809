// The rules and the policy of review as they stand now: the shipped ones until somebody sets others; versions are never changed in place.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ReviewPolicy } from '../../contracts/review.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact, setFacts } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'
import { type Rules, rulesOf } from '../../platform/rules.ts'
import { checkFact } from '../catalog/index.ts'
import { liveRules, type VersionedRules } from '../policies/index.ts'
import { defaultPolicy, defaultRules, SHIPPED } from './default-rules.ts'

/** The kinds of facts that review reads, with one statement while none has changed; `sku` has a head only. */
export const reviewKinds = ['policy', 'rules', 'sku'] as const

export const KIND = 'review'

const policyValidator = Compile(ReviewPolicy)
const anything = Compile(Type.Unknown())
const versioned = ({ value, version_id }: Fact) => ({ value, version_id })
const policiesIn = factReader('policy', anything, versioned)

type Facts = ReadonlyMap<string, readonly Fact[]>

/** The document in force and its version. */
export function documentIn(facts: Facts): VersionedRules {
  return liveRules(facts, { kind: KIND, shipped: { version_id: SHIPPED, document: defaultRules } })
}

/** The same, ready to evaluate; compiled once for each version. */
export function rulesIn(facts: Facts): { version_id: string; rules: Rules } {
  const { version_id, document } = documentIn(facts)
  return { version_id, rules: rulesOf(version_id, document) }
}

export function policyIn(facts: Facts): { version_id: string; policy: ReviewPolicy } {
  const set = policiesIn(facts).get('review')
  return policyValidator.Check(set?.value)
    ? { version_id: set.version_id, policy: set.value }
    : { version_id: SHIPPED, policy: defaultPolicy }
}

export async function reviewPolicy(tx: Tx): Promise<ReviewPolicy> {
  return policyIn(await currentFacts(tx, reviewKinds)).policy
}

/** The rules document in force, to change it. */
export async function reviewRules(tx: Tx): Promise<unknown> {
  return documentIn(await currentFacts(tx, reviewKinds)).document
}

export async function putReviewPolicy(tx: Tx, policy: ReviewPolicy, reason?: string): Promise<string> {
  checkFact(policyValidator, 'policy', 'review', policy)
  const [id = ''] = await setFacts(tx, [
    { kind: 'policy', key: 'review', value: policy, ...(reason === undefined ? {} : { reason }) },
  ])
  return id
}
