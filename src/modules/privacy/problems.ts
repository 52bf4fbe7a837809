// The refusals of privacy.
import { problems } from '../../platform/problem.ts'

export const privacyProblem = problems({
  person_unknown: {
    status: 404,
    en: 'There is no such person.',
    zh: '查无此人。',
    fix: { en: 'Search by order, phone or mail.', zh: '请按订单、电话或邮箱查找。' },
  },
  person_in_use: {
    status: 409,
    en: 'An order or a return of this person is still open: their name and address are needed to end it.',
    zh: '该客户仍有未完结的订单或退货，需要其姓名和地址才能完成。',
    fix: {
      en: 'Let the orders in `orders` end or cancel them, then erase. Only what the law still asks for is kept meanwhile.',
      zh: '请先完成或取消 orders 中列出的订单，再执行清除。',
    },
  },
  contact_shared: {
    status: 409,
    en: 'This phone or mail stands in more orders than one customer has.',
    zh: '该电话或邮箱出现在过多订单中，不像是同一位客户。',
    fix: {
      en: 'It may be a shop’s own number. Erase the persons one by one with whom `person`.',
      zh: '可能是店铺自己的号码。请以 whom `person` 逐个清除。',
    },
  },
})
