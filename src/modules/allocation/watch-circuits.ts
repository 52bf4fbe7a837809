// The clock looks at what has failed, so that a circuit closes though no order comes, and stays open though none fails.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Tx } from '../../platform/db.ts'
import { inside } from '../../platform/engine/index.ts'
import { currentFacts } from '../../platform/facts.ts'
import { degradationsIn, judgeCircuit, type Trouble, WATCH_CIRCUITS } from '../modes/index.ts'
import { currencyOf } from './allocate-orders.ts'
import { mendRates } from './mend-rates.ts'
import { groundKinds } from './prepare-ground.ts'
import { isReadable, rulesIn } from './read-rules.ts'

/** A timer, its subject the degradation: looked at every minute while it is not over. */
export const watchCircuits = inside(WATCH_CIRCUITS, { batch: 1 }, async (tx, jobs) => {
  for (const { subject } of jobs) await judgeCircuit(tx, subject, await probe(tx))
})

// Rates and rules that nobody can read show themselves without any order; where addresses are only orders tell, and what a rule trips over too.
async function probe(tx: Tx): Promise<ReadonlyMap<DegradedKind, Trouble | 'good'>> {
  const facts = await currentFacts(tx, groundKinds)
  const { trouble } = await mendRates(tx, facts, await currencyOf(tx))
  const seen = new Map<DegradedKind, Trouble | 'good'>([
    ['rates', trouble === null ? 'good' : { ...trouble, orders: 0, certain: true }],
  ])
  const rules = rulesIn(facts)
  const keys = [rules.version_id]
  if (!isReadable(rules)) seen.set('rules', { cause: 'the rules cannot be read', keys, orders: 0, certain: true })
  else if (!degradationsIn(facts).get('rules')?.keys.includes(rules.version_id)) seen.set('rules', 'good')
  return seen
}
