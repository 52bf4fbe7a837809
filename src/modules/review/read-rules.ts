// The rules and the policy of review as they stand now: the shipped ones until somebody sets others; versions are never changed in place.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { ReviewPolicy } from '../../contracts/review.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, type Fact, setFacts } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'
import { checkRules, type Rules, rulesOf } from '../../platform/rules.ts'
import { checkFact } from '../catalog/index.ts'
import { defaultPolicy, defaultRules, SHIPPED } from './default-rules.ts'
import { reviewProblem } from './problems.ts'

/** The kinds of facts that review reads, with one statement while none has changed; `sku` has a head only. */
export const reviewKinds = ['policy', 'rules', 'sku'] as const

const policyValidator = Compile(ReviewPolicy)
const anything = Compile(Type.Unknown())
const versioned = ({ value, version_id }: Fact) => ({ value, version_id })
const policiesIn = factReader('policy', anything, versioned)
const documentsIn = factReader('rules', anything, versioned)

export interface RulesInForce {
  readonly version_id: string
  readonly document: unknown
}

type Facts = ReadonlyMap<string, readonly Fact[]>

/** The document in force and its version. */
export function documentIn(facts: Facts): RulesInForce {
  const set = documentsIn(facts).get('review')
  return set === undefined
    ? { version_id: SHIPPED, document: defaultRules }
    : { version_id: set.version_id, document: set.value }
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

/** Sets the rules from now on; throws rules_unreadable with the cells that cannot be read. */
export async function putReviewRules(tx: Tx, document: unknown, reason?: string): Promise<string> {
  const findings = checkRules(document)
  if (findings.length > 0) {
    throw reviewProblem(
      'rules_unreadable',
      {},
      findings.map(({ place, says }) => ({ code: 'unreadable', pointer: place, detail: says })),
    )
  }
  const [id = ''] = await setFacts(tx, [
    { kind: 'rules', key: 'review', value: document, ...(reason === undefined ? {} : { reason }) },
  ])
  return id
}

export async function putReviewPolicy(tx: Tx, policy: ReviewPolicy, reason?: string): Promise<string> {
  checkFact(policyValidator, 'policy', 'review', policy)
  const [id = ''] = await setFacts(tx, [
    { kind: 'policy', key: 'review', value: policy, ...(reason === undefined ? {} : { reason }) },
  ])
  return id
}
