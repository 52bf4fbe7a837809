// A decision in sentences, Chinese and English: the choice, the next best, what would flip it, what was left out and why.
import type { ExplainedAllocation } from '../../contracts/allocation.ts'
import { formatMinor } from '../../platform/money.ts'
import type { ListedCarrier } from '../shipping/index.ts'
import type { KeptExplanation } from './explain-decision.ts'
import { degradedSaid } from './say-degraded.ts'
import { flipSaid } from './say-flip.ts'
import { scarceSaid } from './say-scarce.ts'
import type { ExplanationRow } from './store.ts'

export const SENTENCES_AT_MOST = 20
type Says = ExplainedAllocation['items'][number]['says']
type KeptPlan = KeptExplanation['plans'][number]

interface Because {
  readonly en: string
  /** The same of several. */
  readonly many?: string
  readonly zh: string
}

const removedBecause: Readonly<Record<string, Because>> = {
  closed: { en: 'it is closed', many: 'they are closed', zh: '已停用' },
  disrupted: {
    en: 'it is closed for a while by a disruption',
    many: 'they are closed for a while by a disruption',
    zh: '因突发中断暂停发货',
  },
  elsewhere: { en: 'the order goes back to where it was', zh: '订单回到原仓点' },
  locked: { en: 'somebody has locked the order to another location', zh: '订单已锁定到其他仓点' },
  excluded: {
    en: 'it rejected these goods before, or did not find them',
    many: 'they rejected these goods before, or did not find them',
    zh: '此前缺货或拒单',
  },
  capability: { en: 'it lacks what the goods need', many: 'they lack what the goods need', zh: '不具备商品所需的能力' },
  no_stock: { en: 'it has too little free stock', many: 'they have too little free stock', zh: '可用库存不足' },
  no_carrier: {
    en: 'no service goes from it to the address',
    many: 'no service goes from them to the address',
    zh: '没有可送达该地址的物流服务',
  },
  out_of_area: {
    en: 'the area is suspended by its carriers',
    many: 'the area is suspended by their carriers',
    zh: '承运商已停发该地区',
  },
  rule_location: { en: 'the rule does not send from there', zh: '规则不允许从该仓点发货' },
  rule_radius: {
    en: 'it is farther than the rule allows',
    many: 'they are farther than the rule allows',
    zh: '超出规则允许的距离',
  },
  rule_capability: {
    en: 'it lacks what the rule asks for',
    many: 'they lack what the rule asks for',
    zh: '不具备规则要求的能力',
  },
  rule_limit: {
    en: 'it has taken as many orders as the rule allows in a day',
    many: 'they have taken as many orders as the rule allows in a day',
    zh: '已达到规则规定的日单量上限',
  },
  rule_safety: { en: 'only the safety stock of the rule is left', zh: '仅剩规则保留的安全库存' },
  capacity: { en: 'no slot of the coming days has room', zh: '近期时段产能已满' },
  slower: { en: 'others are there sooner, and the order hurries', zh: '订单加急，其他仓点更快送达' },
  no_location: { en: 'the network has no location', zh: '该网络没有仓点' },
  split: { en: 'the limits on splitting leave no way', zh: '拆单限制下没有可行方案' },
  dearer: { en: 'they were dearer', zh: '成本更高' },
}

const tooLittle: Because = { en: 'its locations have too little free stock', zh: '其仓点可用库存不足' }
const becauseOf = (code: string): Because => removedBecause[code] ?? { en: code, zh: code }

/** The decision in words: what was chosen, the next best and what would flip it, what was left out. */
export function sentences(
  row: Pick<ExplanationRow, 'currency' | 'margin' | 'outcome'>,
  detail: KeptExplanation,
  carriers: ReadonlyMap<string, ListedCarrier> = new Map(),
): Says {
  const money = (amount: number | bigint) => `${formatMinor(BigInt(amount), row.currency)} ${row.currency}`
  const [chosen] = detail.plans.filter((plan) => plan.v === 'chosen')
  const [next] = detail.plans.filter((plan) => plan.v === 'runner_up')
  const says: Says = []
  if (chosen !== undefined) says.push(choiceSaid(chosen, money, carriers))
  if (detail.rest > 0) {
    says.push({
      en: `${detail.rest} of ${detail.units} units wait: no allowed location can send them now.`,
      zh: `${detail.units} 件中有 ${detail.rest} 件等待处理：目前没有可用仓点能发出。`,
    })
  }
  if (chosen !== undefined && next !== undefined && row.margin !== null) {
    const [ours, theirs] = [namesOf(chosen), namesOf(next)]
    const cost = money(next.cost ?? 0)
    says.push(
      row.margin === 0n
        ? { en: `Next best is ${theirs.en}, which costs the same.`, zh: `次优方案为 ${theirs.zh}，成本相同。` }
        : {
            en: `Next best is ${theirs.en} for ${cost}, ${money(row.margin)} dearer; it would win if ${ours.en} cost that much more.`,
            zh: `次优方案为 ${theirs.zh}，成本 ${cost}，高出 ${money(row.margin)}；若 ${ours.zh} 的成本再高出这一差额，则改选次优方案。`,
          },
    )
  }
  says.push(...degradedSaid(detail.degraded ?? []), ...scarceSaid(detail, money), ...ruleSaid(detail, money))
  const removed = detail.plans.filter((plan) => plan.v === 'removed')
  for (const [code, plans] of Map.groupBy(removed, (plan) => plan.removed ?? 'no_stock')) {
    const because = becauseOf(code)
    const names = plans.flatMap((plan) =>
      plan.p.map(([location_id, , units]) =>
        code === 'no_stock' ? `${location_id} (${units}/${detail.units})` : location_id,
      ),
    )
    says.push({
      en: `Left out: ${names.join(', ')}, because ${names.length > 1 ? (because.many ?? because.en) : because.en}.`,
      zh: `未选 ${names.join('、')}：${because.zh}。`,
    })
  }
  for (const [code, count] of Object.entries(detail.more ?? {})) {
    const because = becauseOf(code)
    says.push({
      en: `${count} more ${count === 1 ? 'is' : 'are'} not listed: ${count > 1 ? (because.many ?? because.en) : because.en}.`,
      zh: `另有 ${count} 个仓点未列出：${because.zh}。`,
    })
  }
  return says.slice(0, SENTENCES_AT_MOST)
}

const armSaid = {
  draft: { en: 'Part of an experiment: a draft decided it.', zh: '属于 A/B 试验：由草稿规则决定。' },
  live: { en: 'Part of an experiment: the live rules decided it.', zh: '属于 A/B 试验：由当前规则决定。' },
} as const
const armFailed = {
  draft: {
    en: 'Part of an experiment: the draft failed on it, the live rules decided it.',
    zh: '属于 A/B 试验：草稿规则执行失败，由当前规则决定。',
  },
  live: {
    en: 'Part of an experiment: the live rules failed on it, earlier ones decided it.',
    zh: '属于 A/B 试验：当前规则执行失败，由较早版本决定。',
  },
} as const

const zoneNames = {
  postcode: { en: 'postcode', zh: '邮编' },
  city: { en: 'city', zh: '城市' },
  region: { en: 'region', zh: '省/州' },
  country: { en: 'country', zh: '国家/地区' },
} as const

function zoneSaid([by, prefer]: NonNullable<KeptExplanation['zone']>): Says[number] {
  const { en, zh } = zoneNames[by]
  return {
    en: `By the ${en} of its address the rule prefers ${prefer.join(', ')}.`,
    zh: `规则按收货${zh}优先 ${prefer.join('、')}。`,
  }
}

// Which rule decided, which were asked before it, how sure the answer is, and what would have changed it.
function ruleSaid(detail: KeptExplanation, money: (amount: number) => string): Says {
  const says: Says = []
  const [, , en, zh] = detail.rule ?? []
  if (en !== undefined && zh !== undefined)
    says.push({ en: `Decided by the rule “${en}”.`, zh: `依据规则“${zh}”决定。` })
  if (detail.zone !== undefined) says.push(zoneSaid(detail.zone))
  if (detail.arm !== undefined) says.push((detail.arm_failed ? armFailed : armSaid)[detail.arm])
  for (const [rule_id, code] of detail.tried ?? []) {
    const because = code === 'no_stock' ? tooLittle : becauseOf(code)
    says.push({
      en: `The rule ${rule_id} came first and found no way: ${because.en}.`,
      zh: `先尝试规则 ${rule_id}，无可行方案：${because.zh}。`,
    })
  }
  if (detail.gap !== undefined)
    says.push(
      detail.gap === null
        ? { en: 'The best way found; it is not proven that none is cheaper.', zh: '为已找到的最佳方案，未证明为最优。' }
        : {
            en: `At most ${money(detail.gap)} above the cheapest possible way.`,
            zh: `与理论最低成本相差不超过 ${money(detail.gap)}。`,
          },
    )
  says.push(...flipSaid(detail, money))
  return says
}

function namesOf(plan: KeptPlan) {
  const names = plan.p.map(([location_id]) => location_id)
  return { en: names.join(' and '), zh: names.join('、') }
}

// A service, filed as carrier/code, by its name and its carrier's; by its code where they are gone.
function serviceSaid(filed: string, carriers: ReadonlyMap<string, ListedCarrier>) {
  const [code = '', service = ''] = filed.split('/')
  const carrier = carriers.get(code)
  const offered = carrier?.services.find((one) => one.service === service)
  if (carrier === undefined || offered === undefined) return { en: filed, zh: filed }
  return {
    en: `${carrier.name} ${offered.name}`,
    zh: `${carrier.name_zh ?? carrier.name} ${offered.name_zh ?? offered.name}`,
  }
}

function choiceSaid(plan: KeptPlan, money: (amount: number) => string, carriers: ReadonlyMap<string, ListedCarrier>) {
  const named = plan.p.map(([location_id, km, units, filed]) => {
    const service = filed === null ? null : serviceSaid(filed, carriers)
    return { location_id, km, units, service }
  })
  const parts = named.map(({ location_id, km, units, service }) => ({
    en: `${location_id} sends ${units} ${units === 1 ? 'unit' : 'units'}${service === null ? '' : ` with ${service.en}`}${km === null ? '' : ` over ${km} km`}`,
    zh: `${location_id} 发出 ${units} 件${service === null ? '' : `（${service.zh}）`}${km === null ? '' : `，距离 ${km} 公里`}`,
  }))
  const more = [
    [plan.split, 'split', '拆单成本'],
    [plan.late, 'lateness', '延误成本'],
    [plan.load, 'load', '负荷成本'],
    [plan.depl, 'depletion', '库存消耗'],
    [plan.carb, 'CO₂', '碳排放成本'],
    [plan.pref, 'preference', '规则偏好'],
  ] as const
  const added = more.flatMap(([amount = 0, en, zh]) =>
    amount === 0 ? [] : [{ en: ` + ${en} ${money(amount)}`, zh: ` + ${zh} ${money(amount)}` }],
  )
  const all = (language: 'en' | 'zh') => added.map((term) => term[language]).join('')
  const emits = carbonSaid(plan)
  return {
    en: `${parts.map((part) => part.en).join('; ')}: ${money(plan.cost ?? 0)} = shipping ${money(plan.ship ?? 0)} + handling ${money(plan.hand ?? 0)}${all('en')}.${emits.en}`,
    zh: `${parts.map((part) => part.zh).join('；')}：成本 ${money(plan.cost ?? 0)} = 运费 ${money(plan.ship ?? 0)} + 操作费 ${money(plan.hand ?? 0)}${all('zh')}。${emits.zh}`,
  }
}

function carbonSaid({ co2 }: KeptPlan) {
  const kilograms = Math.round((co2 ?? 0) / 10) / 100
  if (kilograms === 0) return { en: '', zh: '' }
  return { en: ` Its freight emits about ${kilograms} kg of CO₂.`, zh: `运输约排放 ${kilograms} 千克 CO₂。` }
}
