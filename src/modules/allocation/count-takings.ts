// How many different orders each rule took and how many of these it sent: only what is new beside the earlier decisions of an order counts.
import type { Tx } from '../../platform/db.ts'
import { recordHits, type Taking } from '../policies/index.ts'
import { KIND } from './read-rules.ts'
import type { EarlierTaking } from './store.ts'
import type { Decision } from './types.ts'

/** Counts decisions by their rule; a person's have none. */
export async function countTakings(
  tx: Tx,
  decisions: readonly Pick<Decision, 'demand' | 'guidance' | 'plan'>[],
  earlier: readonly EarlierTaking[],
): Promise<void> {
  const before = new Map(earlier.map((one) => [`${one.order_id} ${one.rule_id}`, one]))
  const takings = decisions.flatMap(({ demand, guidance, plan }): Taking[] => {
    if (guidance === null) return []
    const { rule_id } = guidance
    const known = before.get(`${demand.order_id} ${rule_id}`)
    const sent = plan !== null && known?.sent !== true
    if (known === undefined) return [{ rule_id, at: tx.now, taken: true, sent }]
    return sent ? [{ rule_id, at: known.at, taken: false, sent }] : []
  })
  await recordHits(tx, KIND, takings)
}
