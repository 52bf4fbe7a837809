// When what waits for a place is tried again, in words, Chinese and English: by the clock and what happens then, by what has stood in its way, else by a change.
import type { WaitingView } from '../../contracts/views-allocation.ts'
import type { Stay, TryCause } from './store-exceptions.ts'

type Words = WaitingView['says'][number]

const moments: Readonly<Record<TryCause, Words>> = {
  slot: {
    en: 'Then another slot is in sight of a location that has no room now',
    zh: '届时无余量的仓点将出现新的可选时段',
  },
  near: {
    en: 'From then on its promise is so near that room kept for urgent orders opens to it',
    zh: '届时临近承诺送达时间，可使用为加急订单保留的产能',
  },
  limit: {
    en: 'Then a location has room again below the orders a day of the rule',
    zh: '届时仓点的订单数回到规则的日单量上限以下',
  },
  suspension: { en: 'Then a carrier goes to the area again', zh: '届时承运商恢复派送该地区' },
  place_back: {
    en: 'Then a location that could not send it may be chosen again',
    zh: '届时此前无法发货的仓点恢复可选',
  },
  reopening: {
    en: 'Then the disruption ends that keeps a location with the goods closed',
    zh: '届时有货仓点的中断结束，恢复发货',
  },
  rule_wait: { en: 'The rule asks for another try then', zh: '规则要求届时重试' },
  rule_date: {
    en: 'The date of the rule: what has no place by then is cancelled',
    zh: '规则设定的期限：届时仍无仓可发则取消',
  },
}

const ROOM: Words = { en: 'Tried again as soon as a location has room', zh: '任一仓点有余量时自动重试' }
const CARRIER: Words = { en: 'Tried again as soon as a carrier goes there', zh: '有承运商可送达时自动重试' }
const BY_HAND: Words = { en: 'Tried again only when a person asks', zh: '仅在人工要求时重试' }
const BY_CHANGE: Words = {
  en: 'Tried again when stock, locations, rates or rules change',
  zh: '库存、仓点、运费或规则变化时自动重试',
}

type Waits = Pick<Stay, 'reason' | 'hindrances' | 'try_again_at' | 'try_because'>

/** The moment of the next try, or of the end by its rule where nothing is tried any more, as far as they are known, and the sentences about it. */
export function sayNextTry({
  reason,
  hindrances,
  try_again_at,
  try_because,
}: Waits): Pick<WaitingView, 'try_again_at' | 'cancelled_at' | 'says'> {
  const at = try_again_at?.toISOString() ?? null
  if (reason === 'too_many_attempts') return { try_again_at: null, cancelled_at: at, says: [BY_HAND] }
  const says = [
    ...(try_again_at === null || try_because === null ? [] : [moments[try_because]]),
    ...(hindrances.includes('capacity') ? [ROOM] : []),
    ...(hindrances.some((name) => name === 'no_carrier' || name === 'out_of_area') ? [CARRIER] : []),
  ]
  const told = says.length === 0 && try_again_at === null ? [BY_CHANGE] : says
  return { try_again_at: at, cancelled_at: null, says: told }
}
