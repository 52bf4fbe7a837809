// The refusals of tracking.
import { problems } from '../../platform/problem.ts'

export const trackingProblem = problems({
  exception_unknown: {
    status: 404,
    en: 'There is no such open exception.',
    zh: '该异常不存在或已处理。',
    fix: { en: 'Read the list again: somebody may have closed it.', zh: '请刷新列表，可能已有人处理。' },
  },
  track_not_found: {
    status: 404,
    en: 'Number and phone do not belong together.',
    zh: '订单号与手机尾号不匹配。',
    fix: {
      en: 'Check the order number and the last four digits of the phone given with the order.',
      zh: '请核对订单号和下单手机号的后四位。',
    },
  },
  track_locked: {
    status: 429,
    en: 'Too many wrong tries.',
    zh: '错误次数过多，已暂时锁定。',
    fix: { en: 'Wait an hour, or use the link in your mail.', zh: '请一小时后再试，或使用邮件中的链接。' },
  },
  track_link_invalid: {
    status: 404,
    en: 'This link is not valid.',
    zh: '链接无效。',
    fix: {
      en: 'Copy the whole link from your mail, or use order number and phone.',
      zh: '请从邮件中复制完整链接，或使用订单号和手机尾号查询。',
    },
  },
})
