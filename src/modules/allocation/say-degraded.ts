// Why a decision is marked: which values had failed, so that it stands on the last good ones.
import type { DegradedKind } from '../../contracts/modes.ts'

const texts: Readonly<Record<DegradedKind, { readonly en: string; readonly zh: string }>> = {
  rates: {
    en: 'Rates had failed: decided with the last good ones, and priced again once good ones are back.',
    zh: '运价失效：按最近有效的运价决定，恢复后会重新核价。',
  },
  geo: {
    en: 'The order came without coordinates: its area is where earlier orders of the channel said.',
    zh: '订单缺少坐标：按该渠道此前订单所在区域的位置决定。',
  },
  rules: {
    en: 'The rules in force had failed: decided by the newest earlier ones that work.',
    zh: '现行规则出错：按最近可用的历史规则决定。',
  },
}

/** The same in sentences. */
export function degradedSaid(kinds: readonly DegradedKind[]): { readonly en: string; readonly zh: string }[] {
  return kinds.map((kind) => texts[kind])
}
