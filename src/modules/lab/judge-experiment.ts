// What an experiment lets one say: for each figure the difference with its interval, or that there are not enough orders yet; in words.
import type { ExperimentArm, ExperimentVerdict, ExperimentView } from '../../contracts/experiments.ts'
import type { LabNote } from '../../contracts/lab.ts'
import { formatMinor } from '../../platform/money.ts'
import { type Difference, proportions, type Share, welch } from './significance.ts'

/** An arm with the variance of its cost. */
export type MeasuredArm = ExperimentArm & { readonly cost_variance: number | null }

const ORDERS_AT_LEAST = 100
/** Of each outcome a share needs so many cases in the smaller arm, or the z-test says nothing. */
const CASES_AT_LEAST = 5
const ALPHA = 0.05
const FAILURES_AT_MOST = 0.01
/** Arms whose shares of unsent orders lie further apart do not send the same orders. */
const SHARE_APART = 0.01

type Measure = ExperimentVerdict['measure']
const names: Readonly<Record<Measure, { readonly en: string; readonly zh: string }>> = {
  cost: { en: 'Cost of an order', zh: '单均成本' },
  split: { en: 'Share of split orders', zh: '拆单率' },
  promise_kept: { en: 'Promises kept', zh: '承诺达成率' },
  unallocated: { en: 'Orders that nothing sends', zh: '未分配率' },
}

/** How a difference is told: its number, and the unit behind it. */
interface Unit {
  readonly of: (value: number) => string
  readonly en: string
  readonly zh: string
}
// not money: a share
const points: Unit = { of: (share) => (100 * share).toFixed(1), en: ' percentage points', zh: ' 个百分点' }

type Withheld = Pick<ExperimentVerdict, 'says'> & { readonly withheld: NonNullable<ExperimentVerdict['withheld']> }

/** The four figures of an experiment: draft less live. */
export function judge(live: MeasuredArm, draft: MeasuredArm, currency: string): ExperimentVerdict[] {
  const money: Unit = {
    of: (minor) => formatMinor(BigInt(Math.round(minor)), currency),
    en: ` ${currency}`,
    zh: ` ${currency}`,
  }
  const broken = failures(live, draft)
  const share = (measure: Measure, of: (arm: MeasuredArm) => Share) =>
    verdict(measure, broken ?? shareOf(of(live), of(draft)), points)
  return [
    verdict('cost', broken ?? costOf(live, draft), money),
    share('split', (arm) => ({ n: arm.sent, hits: arm.split })),
    share('promise_kept', (arm) => ({ n: arm.promised, hits: arm.promise_kept })),
    share('unallocated', (arm) => ({ n: arm.orders, hits: arm.unallocated })),
  ]
}

// Where the rules of an arm fail, it shows what others decided.
function failures(live: MeasuredArm, draft: MeasuredArm): Withheld | null {
  const fails = ({ failed, orders }: MeasuredArm) => failed > FAILURES_AT_MOST * orders
  const told = (arm: MeasuredArm, en: string, zh: string): Withheld => ({
    withheld: 'failures',
    says: {
      en: `no verdict: ${en} failed on ${arm.failed} of ${arm.orders} orders of their arm, more than 1 %; other rules decided those.`,
      zh: `不作判断：${zh}在本组 ${arm.orders} 单中的 ${arm.failed} 单上执行失败，超过 1%，这些订单由其他规则决定。`,
    },
  })
  if (fails(draft)) return told(draft, 'the rules of the draft', '草稿规则')
  return fails(live) ? told(live, 'the live rules', '当前规则') : null
}

function tooFew(): Withheld {
  return {
    withheld: 'too_few',
    says: {
      en: `not enough orders yet; it takes ${ORDERS_AT_LEAST} that count in each arm, and of a share ${CASES_AT_LEAST} cases of each outcome.`,
      zh: `订单还不够；每组至少需要 ${ORDERS_AT_LEAST} 个计入的订单，比率类指标每种结果至少 ${CASES_AT_LEAST} 例。`,
    },
  }
}

function costOf(live: MeasuredArm, draft: MeasuredArm): Difference | Withheld {
  if (live.whole < ORDERS_AT_LEAST || draft.whole < ORDERS_AT_LEAST) return tooFew()
  const unlike = (of: (arm: MeasuredArm) => number) =>
    differ({ n: live.orders, hits: of(live) }, { n: draft.orders, hits: of(draft) })
  if (unlike((arm) => arm.unallocated) || unlike((arm) => arm.whole))
    return {
      withheld: 'unlike',
      says: {
        en: 'no verdict: the arms do not send the same orders. One leaves more of them unsent or incomplete, so that its costs are those of other orders.',
        zh: '不作判断：两组发出的订单不同。其中一组未分配或未整单发出的订单更多，其成本来自另一批订单，不可比较。',
      },
    }
  const sample = ({ whole, cost_mean, cost_variance }: MeasuredArm) => ({
    n: whole,
    mean: cost_mean ?? 0,
    variance: cost_variance ?? 0,
  })
  return welch(sample(live), sample(draft))
}

// By more than a point, or by more than chance explains.
function differ(first: Share, second: Share): boolean {
  const { difference, p } = proportions(first, second)
  return Math.abs(difference) > SHARE_APART || p < ALPHA
}

function shareOf(live: Share, draft: Share): Difference | Withheld {
  const smaller = Math.min(live.n, draft.n)
  if (smaller < ORDERS_AT_LEAST) return tooFew()
  const pooled = (live.hits + draft.hits) / (live.n + draft.n)
  const rare = Math.min(pooled, 1 - pooled) * smaller
  return rare > 0 && rare < CASES_AT_LEAST ? tooFew() : proportions(live, draft)
}

function verdict(measure: Measure, found: Difference | Withheld, unit: Unit): ExperimentVerdict {
  const { en, zh } = names[measure]
  if ('withheld' in found) {
    const says = { en: `${en}: ${found.says.en}`, zh: `${zh}：${found.says.zh}` }
    return { measure, enough: false, withheld: found.withheld, difference: null, low: null, high: null, p: null, says }
  }
  const { difference, low, high, p } = found
  const chance = p >= ALPHA
  // not money: a probability
  const odds = p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
  const signed = (value: number) => `${value > 0 ? '+' : ''}${unit.of(value)}`
  const says = {
    en: `${en}: ${signed(difference)}${unit.en} with the draft, 95 % interval ${signed(low)} to ${signed(high)}${unit.en}, ${odds}. ${chance ? 'Chance alone can explain it.' : 'Chance alone hardly explains it.'}`,
    zh: `${zh}：草稿组 ${signed(difference)}${unit.zh}，95% 区间 ${signed(low)} 至 ${signed(high)}${unit.zh}，${odds}。${chance ? '差异可能仅由偶然造成。' : '差异很难仅用偶然解释。'}`,
  }
  return { measure, enough: true, withheld: null, difference, low, high, p, says }
}

/** How to read the result, and what it does not say. */
export function experimentNotes(
  complete: boolean,
  { orders_wanted, decides }: Pick<ExperimentView, 'orders_wanted' | 'decides'>,
): LabNote[] {
  return [
    ...(complete
      ? []
      : [
          {
            code: 'too_early',
            text: {
              en: `The smaller arm has fewer than the ${orders_wanted} orders that were fixed at the start. A difference seen now may vanish: do not decide on it.`,
              zh: `较小一组尚未达到开始时确定的 ${orders_wanted} 单。现在看到的差异可能会消失，请勿据此决定。`,
            },
          },
        ]),
    {
      code: 'one_look',
      text: {
        en: 'Interval and p hold for one look, when the number of orders fixed at the start is reached. Who looks every day and stops at the first difference finds one far more often than 5 times in 100 where there is none.',
        zh: '区间和 p 值只对一次判断有效，即达到开始时确定的订单数时。若每天查看、一见差异就停止，即使没有差异，误判也会远多于百分之五。',
      },
    },
    {
      code: 'four_figures',
      text: {
        en: `Four figures are tested: where nothing differs, about one experiment in five shows something in one of them. ${decides === null ? 'None was named beforehand.' : `Named beforehand was one, and it alone decides: ${names[decides].en.toLowerCase()}.`}`,
        zh: `共检验四个指标：即使毫无差异，约五次试验中也有一次会在某个指标上显示差异。${decides === null ? '开始时未指定以哪个指标为准。' : `开始时已指定，仅以${names[decides].zh}为准。`}`,
      },
    },
    {
      code: 'shared_stock',
      text: {
        en: 'Both arms take from the same stock and slots: what one takes is missing to the other. For all orders the difference can be another; the lab replays that.',
        zh: '两组共用库存和产能，一组占用会影响另一组。全面上线后的差异可能不同，可用实验室重放验证。',
      },
    },
    {
      code: 'first_decision',
      text: {
        en: 'What counts is the first decision about an order: shipping and handling as priced then, of orders that left whole; a promise counts as kept if all of it is sent and arrives in time nine times of ten, by the carrier’s days. An order that the draft fails on stays in its arm, decided by the live rules.',
        zh: '只计每个订单的首次决策：按当时价格计算的整单发出订单的运费和操作费；整单发出且按承运商时效九成概率准时，才视为达成承诺。草稿执行失败的订单仍计入草稿组，由当前规则决定。',
      },
    },
  ]
}
