// The refusals of orders.
import { problems } from '../../platform/problem.ts'

export const orderProblem = problems({
  order_unknown: {
    status: 404,
    en: 'There is no such order.',
    zh: '订单不存在。',
    fix: { en: 'Search for it by number, phone tail or name.', zh: '请按订单号、手机尾号或姓名搜索。' },
  },
  nothing_to_cancel: {
    status: 409,
    en: 'Nothing of what was named can be cancelled any more.',
    zh: '所选内容已无法取消。',
    fix: {
      en: 'What has left the warehouse can be intercepted or returned; see blockers.',
      zh: '已出库的商品可申请拦截或退货，详见 blockers。',
    },
  },
  line_unknown: {
    status: 422,
    en: 'The order has no such line, or not so many units of it.',
    zh: '订单没有该行，或数量超出。',
    fix: { en: 'Read the order again and name its lines by line_no.', zh: '请重新读取订单，并以 line_no 指定订单行。' },
  },
  hold_unknown: {
    status: 404,
    en: 'There is no such open hold.',
    zh: '该拦停不存在或已结束。',
    fix: { en: 'Read the order again: somebody may have ended it.', zh: '请重新读取订单，可能已有人处理。' },
  },
  hold_under_review: {
    status: 409,
    en: 'This hold is decided in the review queue.',
    zh: '该拦停须在审核列表中处理。',
    fix: {
      en: 'Approve or reject it there: it may take a second person.',
      zh: '请在审核列表中通过或驳回，可能需要第二人复核。',
    },
  },
  order_conflict: {
    status: 409,
    en: 'This channel has sent another order under the same external id.',
    zh: '该渠道已用相同的外部编号提交过不同的订单。',
    fix: {
      en: 'Compare the difference given here; send changes as a change, new orders under a new id.',
      zh: '请核对差异；变更请走变更接口，新订单请使用新的编号。',
    },
  },
  address_too_late: {
    status: 409,
    en: 'Everything of this order has left or was cancelled: its address cannot change any more.',
    zh: '该订单的商品均已发出或取消，无法再修改地址。',
    fix: {
      en: 'Ask the carrier to intercept or redirect the parcel, or wait for its return.',
      zh: '请联系承运商拦截或改派包裹，或等待退回。',
    },
  },
  address_incomplete: {
    status: 422,
    en: 'The new address names no city, no postcode and no point.',
    zh: '新地址缺少城市、邮编和坐标。',
    fix: {
      en: 'Give at least one of them: the location and the rate follow from it.',
      zh: '请至少填写其中一项，以便选择仓点和运价。',
    },
  },
  person_gone: {
    status: 409,
    en: 'This order has no person to send to: he was never given, or was erased.',
    zh: '该订单没有收件人信息：未提供或已清除。',
    fix: { en: 'Cancel the order and take it anew with its receiver.', zh: '请取消该订单，并附收件人信息重新下单。' },
  },
  search_too_wide: {
    status: 422,
    en: 'Too many orders begin with this to say which are the newest.',
    zh: '以此开头的订单过多，无法列出最新的订单。',
    fix: {
      en: 'Type more of it, or the whole number, phone or name.',
      zh: '请输入更多字符，或完整的编号、手机号或姓名。',
    },
  },
})
