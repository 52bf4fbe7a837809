// Which decisions stand on last good values, and what a batch saw of each kind of value.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Trouble } from '../modes/index.ts'
import type { Located } from './find-places.ts'
import type { GuidedAll } from './guide-orders.ts'
import type { Mended } from './mend-rates.ts'
import type { Decision } from './types.ts'

/** What a batch decides by, where values have failed. */
export interface Footing {
  readonly currency: string
  readonly rates: Mended
  readonly places: Located
  readonly rules: GuidedAll
}

/** For the circuits: trouble or good values, by kind; nothing where nothing was seen. */
export function seenOf({ rates, places, rules }: Footing): ReadonlyMap<DegradedKind, Trouble | 'good'> {
  const seen = new Map<DegradedKind, Trouble | 'good'>([['rates', rates.trouble ?? 'good']])
  if (places.seen !== null) seen.set('geo', places.seen)
  if (rules.seen !== null) seen.set('rules', rules.seen)
  return seen
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
