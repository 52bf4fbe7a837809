// What would have decided otherwise, as data and in words.
import type { Static } from 'typebox'
import type { AllocationDecision } from '../../contracts/views-allocation.ts'
import type { BothTexts } from '../../contracts/views-shared.ts'
import type { KeptExplanation } from './explain-decision.ts'

/** The smallest change that would have led elsewhere; null where none is known. */
export function flipOf({ flip }: KeptExplanation): AllocationDecision['flip'] {
  if (flip === undefined) return null
  const [location_id, amount, cost, kind = 'stock', locations = [location_id]] = flip
  return { kind, location_id, amount, cost, locations }
}

/** The same as a sentence. */
export function flipSaid(detail: KeptExplanation, money: (amount: number) => string): Static<typeof BothTexts>[] {
  const flip = flipOf(detail)
  if (flip === null) return []
  const { kind, location_id, amount, cost, locations } = flip
  const change = {
    stock: {
      en: `With ${amount} more ${amount === 1 ? 'unit' : 'units'} in stock at ${location_id}`,
      zh: `若 ${location_id} 再多 ${amount} 件库存`,
    },
    slot: {
      en: `With room for one more order in a slot of ${location_id}`,
      zh: `若 ${location_id} 的时段再多一单产能`,
    },
    order_limit: {
      en: `If the rule allowed ${amount} ${amount === 1 ? 'order' : 'orders'} a day at ${location_id}`,
      zh: `若规则允许 ${location_id} 每日 ${amount} 单`,
    },
    radius: {
      en: `If the rule reached ${amount} km, as far as ${location_id},`,
      zh: `若规则距离放宽到 ${amount} 公里（可达 ${location_id}）`,
    },
  }[kind]
  return [
    {
      en: `${change.en} it would leave from ${locations.join(' and ')} for ${money(cost)}.`,
      zh: `${change.zh}，则由 ${locations.join('、')} 发货，成本 ${money(cost)}。`,
    },
  ]
}
