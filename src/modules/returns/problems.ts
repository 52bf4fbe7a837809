// The refusals of returns.
import { problems } from '../../platform/problem.ts'

export const returnProblem = problems({
  return_unknown: {
    status: 404,
    en: 'There is no such return.',
    zh: '退货单不存在。',
    fix: { en: 'Look it up under its order.', zh: '请在订单中查找退货单。' },
  },
  return_too_many: {
    status: 409,
    en: 'This is more than can be returned of the line.',
    zh: '数量超过该行可退数量。',
    fix: {
      en: 'Return at most the units given here: those that were delivered and are not on their way back.',
      zh: '可退数量为已签收且未在退货中的数量，详见返回内容。',
    },
  },
  nothing_lost: {
    status: 409,
    en: 'No unit of this order is lost and undecided.',
    zh: '该订单没有待处理的丢失商品。',
    fix: {
      en: 'Close the exception of its parcel as lost first, or read its returns: it may be decided already.',
      zh: '请先将包裹异常关闭为“丢失”，或查看退货记录，可能已处理。',
    },
  },
  return_state: {
    status: 409,
    en: 'This return is not in a state for that.',
    zh: '退货单当前状态不支持此操作。',
    fix: { en: 'Read the return again; its state is given here.', zh: '请刷新退货单，当前状态见返回内容。' },
  },
})
