// The explanation of an order's allocation as people read it: plans with their costs, and the same in sentences, Chinese and English.
import { Compile } from 'typebox/compile'
import type { ExplainedAllocation } from '../../contracts/allocation.ts'
import type { Candidate } from '../../contracts/views-allocation.ts'
import type { Tx } from '../../platform/db.ts'
import { formatMinor } from '../../platform/money.ts'
import { type Location, locations } from '../catalog/index.ts'
import { KeptExplanation } from './explain-decision.ts'
import { type ExplanationRow, explanationsOf } from './store.ts'

const kept = Compile(KeptExplanation)
const DECISIONS_AT_MOST = 20
type View = ExplainedAllocation['items'][number]
type KeptPlan = KeptExplanation['plans'][number]

/** The decisions about an order, newest first; names are those of today. */
export async function explainedAllocation(tx: Tx, order_id: string) {
  const rows = await explanationsOf(tx, order_id, DECISIONS_AT_MOST)
  const places = await locations(tx)
  return { items: rows.flatMap((row) => (kept.Check(row.detail) ? [viewOf(row, row.detail, places)] : [])) }
}

function viewOf(row: ExplanationRow, detail: KeptExplanation, places: ReadonlyMap<string, Location>) {
  return {
    decision_id: row.decision_id,
    at: row.at.toISOString(),
    cause: row.cause,
    outcome: row.outcome,
    currency: row.currency,
    cost: row.cost,
    margin: row.margin,
    candidates: detail.plans.map((plan) => candidateOf(plan, detail.units, places)),
    read: detail.read.map(([kind, version]) => ({ kind, version })),
    says: sentences(row, detail),
  }
}

function candidateOf(plan: KeptPlan, units: number, places: ReadonlyMap<string, Location>): Candidate {
  const term = (name: string, amount: number | undefined) => (amount === undefined ? [] : [{ term: name, amount }])
  const [carrier = null, service = null] = plan.p[0]?.[3]?.split('/') ?? []
  return {
    locations: plan.p.map(([location_id, distance_km, some]) => {
      const place = places.get(location_id)
      return {
        location_id,
        name: place?.name ?? location_id,
        name_zh: place?.name_zh ?? null,
        distance_km,
        units: some,
      }
    }),
    verdict: plan.v,
    removed_by: plan.removed ?? null,
    removed_detail: plan.removed === 'no_stock' ? `${plan.p[0]?.[2] ?? 0}/${units}` : null,
    cost: plan.cost ?? null,
    terms: [...term('shipping', plan.ship), ...term('handling', plan.hand), ...term('split', plan.split)],
    carrier,
    service,
    arrives_at: plan.at ?? null,
  }
}

const removedBecause: Readonly<Record<string, { en: string; zh: string }>> = {
  closed: { en: 'it is closed', zh: '已停用' },
  excluded: { en: 'it was refused for these goods before', zh: '此前已被排除' },
  capability: { en: 'it lacks what the goods need', zh: '不具备商品所需的能力' },
  no_stock: { en: 'it has too little free stock', zh: '可用库存不足' },
  no_carrier: { en: 'no service goes from it to the address', zh: '没有可送达该地址的物流服务' },
  out_of_area: { en: 'the area is suspended by its carriers', zh: '承运商已停发该地区' },
  dearer: { en: 'they were dearer', zh: '成本更高' },
}

/** The decision in words: what was chosen, the next best and what would flip it, what was left out. */
export function sentences(
  row: Pick<ExplanationRow, 'currency' | 'margin' | 'outcome'>,
  detail: KeptExplanation,
): View['says'] {
  const money = (amount: number | bigint) => `${formatMinor(BigInt(amount), row.currency)} ${row.currency}`
  const [chosen] = detail.plans.filter((plan) => plan.v === 'chosen')
  const [next] = detail.plans.filter((plan) => plan.v === 'runner_up')
  const says: View['says'] = []
  if (chosen !== undefined) says.push(choiceSaid(chosen, money))
  if (detail.rest > 0) {
    says.push({
      en: `${detail.rest} of ${detail.units} units wait: no allowed location can send them now.`,
      zh: `${detail.units} 件中有 ${detail.rest} 件等待处理：目前没有可用仓点能发出。`,
    })
  }
  if (chosen !== undefined && next !== undefined && row.margin !== null) {
    const [ours, theirs] = [namesOf(chosen), namesOf(next)]
    says.push({
      en: `Next best is ${theirs.en} for ${money(next.cost ?? 0)}, ${money(row.margin)} dearer; it would win if ${ours.en} cost that much more.`,
      zh: `次优方案为 ${theirs.zh}，成本 ${money(next.cost ?? 0)}，高出 ${money(row.margin)}；若 ${ours.zh} 的成本再高出这一差额，则改选次优方案。`,
    })
  }
  const removed = detail.plans.filter((plan) => plan.v === 'removed')
  for (const [code, plans] of Map.groupBy(removed, (plan) => plan.removed ?? 'no_stock')) {
    const because = removedBecause[code] ?? { en: code, zh: code }
    const names = plans.flatMap((plan) =>
      plan.p.map(([location_id, , units]) =>
        code === 'no_stock' ? `${location_id} (${units}/${detail.units})` : location_id,
      ),
    )
    says.push({
      en: `Left out: ${names.join(', ')}, because ${because.en}.`,
      zh: `未选 ${names.join('、')}：${because.zh}。`,
    })
  }
  for (const [code, count] of Object.entries(detail.more ?? {})) {
    const because = removedBecause[code] ?? { en: code, zh: code }
    says.push({ en: `${count} more are not listed: ${because.en}.`, zh: `另有 ${count} 个仓点未列出：${because.zh}。` })
  }
  return says.slice(0, 20)
}

function namesOf(plan: KeptPlan) {
  const names = plan.p.map(([location_id]) => location_id)
  return { en: names.join(' and '), zh: names.join('、') }
}

function choiceSaid(plan: KeptPlan, money: (amount: number) => string) {
  const parts = plan.p.map(([location_id, km, units, service]) => ({
    en: `${location_id} sends ${units} ${units === 1 ? 'unit' : 'units'}${service === null ? '' : ` with ${service}`}${km === null ? '' : ` over ${km} km`}`,
    zh: `${location_id} 发出 ${units} 件${service === null ? '' : `（${service}）`}${km === null ? '' : `，距离 ${km} 公里`}`,
  }))
  const split = plan.split ?? 0
  return {
    en: `${parts.map((part) => part.en).join('; ')}: ${money(plan.cost ?? 0)} = shipping ${money(plan.ship ?? 0)} + handling ${money(plan.hand ?? 0)}${split === 0 ? '' : ` + split ${money(split)}`}.`,
    zh: `${parts.map((part) => part.zh).join('；')}：成本 ${money(plan.cost ?? 0)} = 运费 ${money(plan.ship ?? 0)} + 操作费 ${money(plan.hand ?? 0)}${split === 0 ? '' : ` + 拆单成本 ${money(split)}`}。`,
  }
}
