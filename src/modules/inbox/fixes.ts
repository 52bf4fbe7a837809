// The fixes that fit an item, the suggested one first: what each asks for, and what it says that it will do.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FixCode, FixView, ItemKind } from '../../contracts/inbox.ts'
import type { Permission } from '../../contracts/permissions.ts'

interface FixRule {
  readonly permit: Permission
  readonly needs: FixView['needs']
  /** It waits out some seconds as a job and can be taken back. */
  readonly undo: boolean
  readonly promise: FixView['effect']['promise']
  readonly words: { readonly en: string; readonly zh: string }
}

const rule = (
  permit: Permission,
  promise: FixRule['promise'],
  en: string,
  zh: string,
  more: Partial<Pick<FixRule, 'needs' | 'undo'>> = {},
): FixRule => ({ permit, promise, words: { en, zh }, needs: null, undo: false, ...more })

export const fixRules: Readonly<Record<FixCode, FixRule>> = {
  try_again: rule(
    'allocation.decide',
    'unknown',
    'Looks for locations again with the stock, rates and rules of now. If none can send it, the case comes back.',
    '按当前库存、运费与规则重新分仓；若仍无仓可发，事项会自动返回。',
  ),
  lift_exclusion: rule(
    'allocation.decide',
    'unknown',
    'A location that is out after a refusal or a short pick may be chosen again for this order, which tries again at once. A new refusal counts anew.',
    '因拒单或拣货缺货被排除的仓点对该订单恢复可选，并立即重新分仓；再次拒单会重新排除。',
    { needs: 'reason' },
  ),
  send_from: rule(
    'allocation.decide',
    'unknown',
    'Decides by hand that the waiting units leave from there, although rules leave it out. Stock, room and carriers are checked as always.',
    '由人工指定发货仓点，优先于将其排除的规则；库存、产能与物流仍照常校验。',
    { needs: 'reason' },
  ),
  wait: rule(
    'orders.hold',
    'later',
    'Nothing changes now; the case comes back at the chosen time, or closes by itself once supply settles it.',
    '暂不变更；到所选时间返回，若补货后自动解决则自行关闭。',
    { undo: true },
  ),
  move_in_time: rule(
    'allocation.decide',
    'kept',
    'Moves the work to the cheapest location from which it still arrives in time.',
    '改由仍能按承诺送达的最便宜仓点发货。',
    { needs: 'reason' },
  ),
  upgrade_service: rule(
    'allocation.decide',
    'kept',
    'Stays where it is and leaves by the cheapest service that still arrives in time.',
    '仍由原仓发货，改用仍能按承诺送达的最便宜物流服务。',
    { needs: 'reason' },
  ),
  tell_customer: rule(
    'orders.hold',
    'later',
    'Writes to the customer that it comes later, and when. The case comes back if it has not left by then.',
    '通知顾客将晚于承诺送达及新的日期；若届时仍未发出，事项会自动返回。',
  ),
  cancel_missing: rule(
    'orders.cancel',
    'dropped',
    'Cancels the units that have no place, frees their stock and pays back what was paid for them. The rest goes on.',
    '取消未能分仓的商品，释放库存并退还已付款项，其余继续履行。',
  ),
  approve: rule(
    'review.decide',
    'kept',
    'The hold ends after ten seconds and the order goes on.',
    '十秒后解除挂起，订单继续。',
    {
      undo: true,
    },
  ),
  reject: rule(
    'review.decide',
    'dropped',
    'The order is rejected after ten seconds: its stock is freed and what was paid goes back.',
    '十秒后驳回订单：释放库存并退还已付款项。',
    { needs: 'reason', undo: true },
  ),
  release_hold: rule(
    'orders.hold',
    'kept',
    'The hold ends and the order goes on from where it stood.',
    '解除挂起，订单从原处继续。',
  ),
  replay: rule(
    'intake.replay',
    'unknown',
    'Tries the message once more; if its cause is mended it becomes an order and reserves stock.',
    '重新处理该消息；若原因已修复则生成订单并预留库存。',
  ),
  dismiss: rule(
    'intake.replay',
    'none',
    'The message becomes no order; the reason stays with it.',
    '该消息不再生成订单，原因会保留。',
    {
      needs: 'reason',
    },
  ),
  match: rule(
    'payment.refund',
    'kept',
    'Books the money to the order of this number; what is beyond its due goes back.',
    '将款项记入该编号的订单，超出应付部分退回。',
    { needs: 'order_number' },
  ),
  return_money: rule(
    'payment.refund',
    'none',
    'Notes that the money was sent back; it waits no longer.',
    '记录款项已退回，不再等待。',
  ),
  ask_again: rule(
    'payment.refund',
    'unknown',
    'Asks the provider once more for the same amount.',
    '就同一金额再次请求支付机构。',
  ),
  retry_job: rule(
    'jobs.retry',
    'unknown',
    'Runs the work once more with a clean count of attempts.',
    '清零尝试次数，再次执行。',
  ),
  parcel_solved: rule(
    'tracking.write',
    'later',
    'The parcel goes on; the next silence or trouble tells again.',
    '包裹继续运输，再有异常会重新提示。',
  ),
  parcel_delivered: rule(
    'tracking.write',
    'kept',
    'The parcel counts as delivered, and its units with it.',
    '包裹及其商品记为已送达。',
  ),
  parcel_lost: rule(
    'tracking.write',
    'dropped',
    'The parcel is given up; a case opens to choose between refund and sending again.',
    '包裹判定丢失；随后可选择退款或补发。',
  ),
  refund_lost: rule('returns.decide', 'dropped', 'Pays back what the lost units were worth.', '退还丢失商品的款项。'),
  resent: rule(
    'returns.decide',
    'later',
    'Notes that the lost units were sent again; nothing is paid back.',
    '记录已补发，不退款。',
  ),
}

/** What of a source's detail decides which fixes fit. */
export const SourceDetail = Type.Object(
  {
    hold_kind: Type.Optional(Type.String()),
    channel: Type.Optional(Type.String()),
    skus: Type.Optional(Type.Array(Type.String(), { maxItems: 10_000 })),
    units: Type.Optional(Type.Integer()),
    code: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    carrier: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    error: Type.Optional(Type.String()),
    step: Type.Optional(Type.String()),
    attempts: Type.Optional(Type.Integer()),
    failure: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    provider: Type.Optional(Type.String()),
    cause: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    reasons: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.String(),
          text: Type.Optional(Type.Unknown()),
          detail: Type.Optional(Type.Unknown()),
        }),
        { maxItems: 1000 },
      ),
    ),
  },
  { additionalProperties: true },
)
export type SourceDetail = Static<typeof SourceDetail>
const detailValidator = Compile(SourceDetail)

/** The detail of a source as far as it can be read. */
export function detailOf(value: unknown): SourceDetail {
  return detailValidator.Check(value) ? value : {}
}

const PARCEL = ['parcel_solved', 'parcel_delivered', 'parcel_lost'] as const
const STAGED = ['replay', 'dismiss'] as const
const REVIEW = ['approve', 'reject'] as const

/** The fixes that fit, the suggested one first. */
export function fixesFor(item: { kind: ItemKind; reason: string }, detail: SourceDetail): readonly FixCode[] {
  switch (item.kind) {
    case 'allocation':
    case 'special':
      return ['try_again', 'lift_exclusion', 'send_from', 'wait', 'cancel_missing']
    case 'promise':
      return ['move_in_time', 'upgrade_service', 'tell_customer', 'wait']
    case 'stock':
      return ['wait', 'cancel_missing']
    case 'payment':
      return item.reason === 'unmatched' ? ['match', 'return_money'] : ['ask_again', 'wait']
    case 'address':
      if (detail.hold_kind === 'review') return REVIEW
      if (detail.hold_kind !== undefined) return ['release_hold', 'wait']
      return detail.channel === undefined ? PARCEL : STAGED
    case 'parcel':
      return PARCEL
    case 'lost':
      return ['resent', 'refund_lost']
    case 'review':
      return REVIEW
    case 'hold':
      return ['release_hold', 'wait']
    case 'staged':
      return STAGED
    case 'dead_letter':
      return ['retry_job', 'wait']
  }
}
