// What was scarce when orders were decided together, as data and in words: its own first choice, for whom that was kept, and the price.
import type { Static } from 'typebox'
import type { AllocationDecision } from '../../contracts/views-allocation.ts'
import type { BothTexts } from '../../contracts/views-shared.ts'
import type { KeptExplanation } from './explain-decision.ts'

/** The first choice that it did not get; null where it got it. */
export function scarceOf({ scarce }: KeptExplanation): AllocationDecision['scarce'] {
  if (scarce === undefined) return null
  const [locations, cost, worth, saved] = scarce
  return { locations, cost, worth, saved }
}

/** The same in sentences. */
export function scarceSaid(detail: KeptExplanation, money: (amount: number) => string): Static<typeof BothTexts>[] {
  const says: Static<typeof BothTexts>[] = []
  if (detail.in_turn === true)
    says.push({
      en: 'What was scarce in this batch was given in turn: no division was found within the bound on the work.',
      zh: '本批次中紧缺的库存或产能按顺序分配：在计算量上限内未找到更优分配。',
    })
  const scarce = scarceOf(detail)
  if (scarce === null) return says
  const { locations, cost, worth, saved } = scarce
  const price = {
    en:
      worth === null
        ? ' (some of them could not leave without it)'
        : worth > 0
          ? ` (worth ${money(worth)} to them)`
          : '',
    zh: worth === null ? '（其中有订单否则无法发出）' : worth > 0 ? `（对它们价值 ${money(worth)}）` : '',
  }
  const all =
    saved === null
      ? { en: 'All together more of them leave, or sooner.', zh: '整批合计可发出更多或更快送达。' }
      : saved > 0
        ? {
            en: `All together cost ${money(saved)} less than one after the other.`,
            zh: `整批合计比逐单决定节省 ${money(saved)}。`,
          }
        : { en: 'No division was found that costs less in all.', zh: '未找到合计成本更低的分配。' }
  says.push({
    en: `As the first it would leave from ${locations.join(' and ')} for ${money(cost)}. What is scarce there was kept for orders that it saves more${price.en}. ${all.en}`,
    zh: `若最先决定，应由 ${locations.join('、')} 发货，成本 ${money(cost)}。该处紧缺的库存或产能留给了节省更多的订单${price.zh}。${all.zh}`,
  })
  return says
}
