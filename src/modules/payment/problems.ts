// What payment refuses.
import { problems } from '../../platform/problem.ts'

export const paymentProblem = problems({
  refund_exceeds_captured: {
    status: 409,
    en: 'More would be refunded than was captured.',
    zh: '退款金额超过已收款金额。',
    fix: {
      en: 'Refund at most what balances show as captured and not yet refunded.',
      zh: '退款金额不得超过“已收款减已退款”的余额。',
    },
  },
  reference_used: {
    status: 409,
    en: 'This line of the bank statement is booked for another payment.',
    zh: '该银行流水已登记到另一笔付款。',
    fix: {
      en: 'Check the reference: each line is booked once. The payment that has it is named here.',
      zh: '请核对流水号：每条流水只能登记一次，已登记的付款见返回内容。',
    },
  },
  capture_exceeds_authorised: {
    status: 409,
    en: 'More would be captured than is authorised.',
    zh: '请款金额超过已授权金额。',
    fix: {
      en: 'Capture at most what is authorised and not yet captured or voided.',
      zh: '请款金额不得超过尚未请款或撤销的授权金额。',
    },
  },
  provider_unknown: {
    status: 404,
    en: 'No payment provider of this name is configured.',
    zh: '未配置该名称的支付服务商。',
    fix: { en: 'Configure the provider, or correct its name.', zh: '请先配置该支付服务商，或更正名称。' },
  },
  provider_lacks_method: {
    status: 422,
    en: 'This provider does not offer this payment method.',
    zh: '该支付服务商不支持此付款方式。',
    fix: { en: 'Choose another provider or method.', zh: '请选择其他服务商或付款方式。' },
  },
  callback_unsigned: {
    status: 401,
    en: 'The signature of this callback is missing, wrong or too old.',
    zh: '回调签名缺失、错误或已过期。',
    fix: {
      en: 'Sign the bytes of the body with the secret of this provider, with the present time.',
      zh: '请使用该服务商的密钥对请求体原始字节及当前时间签名。',
    },
  },
  callback_unreadable: {
    status: 422,
    en: 'The signed callback is not in the form of this provider.',
    zh: '回调签名有效，但内容不符合该服务商的格式。',
    fix: { en: 'Check which adapter the provider is configured with.', zh: '请检查该服务商所配置的适配器。' },
  },
  receipt_settled: {
    status: 409,
    en: 'This receipt was settled before.',
    zh: '该笔款项已处理。',
    fix: { en: 'Read the list of unmatched payments again.', zh: '请刷新待匹配款项列表。' },
  },
  receipt_mismatch: {
    status: 422,
    en: 'This receipt cannot belong to that intent: currency or provider differ, or it brought no money.',
    zh: '该笔款项与所选付款单不符：币种或服务商不同，或没有实际到账。',
    fix: { en: 'Choose an intent of the same currency.', zh: '请选择币种一致的付款单。' },
  },
})
