// The inbox's policy as it stands now, with the currency rates that compare money: one statement while none has changed.
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { CurrencyRate } from '../../contracts/allocation.ts'
import { InboxPolicy } from '../../contracts/inbox.ts'
import type { Tx } from '../../platform/db.ts'
import { currentFacts, setFacts } from '../../platform/facts.ts'
import { factReader } from '../../platform/read-facts.ts'
import { converter } from '../allocation/index.ts'
import { checkFact } from '../catalog/index.ts'
import { defaultPolicy } from './default-policy.ts'
import { inboxProblem } from './problems.ts'
import type { ToBase } from './rules.ts'
import { baseCurrency } from './store-reading.ts'

const KINDS = ['policy', 'currency_rate'] as const
const validator = Compile(InboxPolicy)
const policiesIn = factReader('policy', Compile(Type.Unknown()), (_fact, value) => value)
const rateValidator = Compile(CurrencyRate)
const ratesIn = factReader('currency_rate', Compile(Type.Unknown()), (_fact, value) => value)

export interface Measure {
  readonly policy: InboxPolicy
  readonly toBase: ToBase
}

export async function inboxPolicy(tx: Tx): Promise<InboxPolicy> {
  const set = policiesIn(await currentFacts(tx, KINDS)).get('inbox')
  return validator.Check(set) ? set : defaultPolicy
}

/** The policy, and how money of other currencies compares. */
export async function measure(tx: Tx): Promise<Measure> {
  const facts = await currentFacts(tx, KINDS)
  const set = policiesIn(facts).get('inbox')
  const base = await baseCurrency(tx)
  // a rate that does not fit is not known: what it would compare counts as of unknown value
  const rates = new Map(
    [...ratesIn(facts)].flatMap(([key, value]) => (rateValidator.Check(value) ? [[key, value.rate] as const] : [])),
  )
  return { policy: validator.Check(set) ? set : defaultPolicy, toBase: (from) => converter(from, base, rates) }
}

/** Sets the policy from now on; a route to a queue that is not there is refused. */
export async function putInboxPolicy(tx: Tx, policy: InboxPolicy): Promise<string> {
  checkFact(validator, 'policy', 'inbox', policy)
  const known = new Set(policy.queues.map((one) => one.queue))
  const unknown = policy.routes.filter((route) => !known.has(route.queue)).map((route) => route.queue)
  if (unknown.length > 0) throw inboxProblem('queue_unknown', { queues: unknown })
  const [version_id = ''] = await setFacts(tx, [{ kind: 'policy', key: 'inbox', value: policy }])
  return version_id
}
