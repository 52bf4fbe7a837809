// What each reason of staging says to people, in English and Chinese, with what to do about it.
import type { Reason, ReasonCode } from '../../contracts/order-intake.ts'

export const reasonTexts: Readonly<Record<ReasonCode, { readonly en: string; readonly zh: string }>> = {
  malformed: {
    en: 'The message does not fit the form of an order. Ask the channel to send it again, or dismiss it.',
    zh: '消息不符合订单格式。请让渠道重新发送，或将其忽略。',
  },
  unknown_channel: {
    en: 'The channel is not set up. Create it, then replay.',
    zh: '渠道尚未建立。请先创建渠道，然后重放。',
  },
  unknown_sku: {
    en: 'The SKU does not exist or is retired. Create or reactivate it, then replay.',
    zh: 'SKU 不存在或已停用。请先创建或重新启用，然后重放。',
  },
  currency_mismatch: {
    en: 'The currency is not that of the channel.',
    zh: '币种与渠道设置不一致。',
  },
  totals_mismatch: {
    en: 'The figures of the channel differ by more than one minor unit a line.',
    zh: '渠道金额核对不符，差额超过每行一个最小货币单位。',
  },
  total_negative: {
    en: 'The order comes to less than nothing.',
    zh: '订单总额为负数。',
  },
  charge_sign: {
    en: 'A discount takes away: its amount must not be above zero. Every other charge must not be below zero.',
    zh: '折扣金额不得大于零；其他费用不得小于零。',
  },
  amount_too_large: {
    en: 'An amount is larger than 2^53 − 1 minor units.',
    zh: '金额超过 2^53 − 1 个最小货币单位。',
  },
  discount_exceeds_line: {
    en: 'A line is discounted by more than it costs.',
    zh: '行折扣大于行金额。',
  },
  address_incomplete: {
    en: 'The destination needs a city, a postcode or coordinates.',
    zh: '收货地址至少需要城市、邮编或坐标之一。',
  },
  payment_method_not_taken: {
    en: 'The channel does not take this way of payment.',
    zh: '该渠道不接受此付款方式。',
  },
  line_limit: {
    en: 'The order has more lines than one order may have.',
    zh: '订单行数超过单个订单的上限。',
  },
  no_lines: {
    en: 'The order has no line with goods.',
    zh: '订单没有商品行。',
  },
  order_exists: {
    en: 'An order with other content was placed under this number. Change that order if need be, then dismiss this message.',
    zh: '该编号下已有内容不同的订单。如有需要请修改该订单，然后忽略此消息。',
  },
}

/** Reasons with their words, as replies and screens show them. */
export function inWords(reasons: readonly Reason[]) {
  return reasons.map((reason) => ({ ...reason, text: reasonTexts[reason.code] }))
}
