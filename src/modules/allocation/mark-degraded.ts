// Which decisions stand on last good values, and what a batch saw of each kind of value.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { NewJob } from '../../platform/engine/index.ts'
import type { Circuits, Trouble } from '../modes/index.ts'
import type { Located } from './find-places.ts'
import type { GuidedAll } from './guide-orders.ts'
import type { Mended } from './mend-rates.ts'
import type { NewDegraded } from './store-degraded.ts'
import type { Decided, Decision } from './types.ts'

/** The step that prices again what was decided with last good values. */
export const RECONCILE = 'allocation.reconcile'

/** What a batch decides by, where values have failed. */
export interface Footing {
  readonly currency: string
  readonly rates: Mended
  readonly places: Located
  readonly rules: GuidedAll
}

/** For the circuits: trouble or good values, by kind; nothing where nothing was seen. */
export function seenOf({ rates, places, rules }: Footing): ReadonlyMap<DegradedKind, Trouble | 'good'> {
  const orders = new Set(places.demands.map((demand) => demand.order_id)).size
  const found = rates.trouble === null ? 'good' : { ...rates.trouble, orders, certain: true }
  const seen = new Map<DegradedKind, Trouble | 'good'>([['rates', found]])
  if (places.seen !== null) seen.set('geo', places.seen)
  if (rules.seen !== null) seen.set('rules', rules.seen)
  return seen
}

/** The kinds of last good values that any of a batch may stand on. */
export function degradedKindsOf({ rates, places, rules }: Footing): DegradedKind[] {
  const kinds: DegradedKind[] = []
  if (rates.stale.size > 0) kinds.push('rates')
  if (places.stale.size > 0) kinds.push('geo')
  if (rules.stale.size > 0) kinds.push('rules')
  return kinds
}

/** The kinds of last good values that a decision stands on. */
export function degradedBy(
  { currency, rates, places, rules }: Footing,
  { demand, candidates }: Decision,
): DegradedKind[] {
  const { stale } = rates
  const isPricedSo = () =>
    candidates.some(({ ways }) =>
      ways.some(
        ({ service: { name, card } }) =>
          stale.has(`rate_card ${name}`) ||
          stale.has(`carrier ${card.carrier}`) ||
          stale.has(`currency_rate ${card.currency}/${currency}`),
      ),
    )
  const kinds: DegradedKind[] = []
  if (stale.size > 0 && isPricedSo()) kinds.push('rates')
  if (places.stale.has(demand.order_id)) kinds.push('geo')
  if (rules.stale.has(demand.order_id)) kinds.push('rules')
  return kinds
}

/** What is kept of a decision for each degradation that it is made under. */
export function markedRows(
  { ids }: Pick<Circuits, 'ids'>,
  { decision_id, order_id, degraded }: Pick<NewDegraded, 'decision_id' | 'order_id'> & Pick<Decided, 'degraded'>,
): NewDegraded[] {
  return degraded.flatMap((kind) => {
    const degradation_id = ids.get(kind)
    return degradation_id === undefined ? [] : [{ degradation_id, decision_id, order_id }]
  })
}

/** Where a circuit has closed while this was being decided: nobody else would price it again. */
export function reconcileJobs({ over }: Circuits, decided: readonly Pick<Decided, 'order' | 'degraded'>[]): NewJob[] {
  const [marked] = decided.filter(({ degraded }) => degraded.length > 0)
  return over && marked !== undefined ? [{ step: RECONCILE, subject: marked.order.order_id }] : []
}
