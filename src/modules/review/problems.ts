// The refusals of review.
import { problems } from '../../platform/problem.ts'

export const reviewProblem = problems({
  review_unknown: {
    status: 404,
    en: 'There is no open hold of this id.',
    zh: '没有此待审核记录。',
    fix: { en: 'It may have been decided meanwhile; reload the queue.', zh: '可能已被处理，请刷新审核列表。' },
  },
  decision_pending: {
    status: 409,
    en: 'A decision on this hold is already on its way.',
    zh: '该记录已有待生效的决定。',
    fix: { en: 'Take it back first, or wait until it has taken effect.', zh: '请先撤回，或等待其生效。' },
  },
  second_person_needed: {
    status: 409,
    en: 'You have approved this already; the amount needs a second person.',
    zh: '您已批准，该金额需要第二人复核。',
    fix: { en: 'Ask a colleague to approve it too.', zh: '请由另一位同事再次批准。' },
  },
  nothing_to_undo: {
    status: 409,
    en: 'There is no decision that could still be taken back.',
    zh: '没有可撤回的决定。',
    fix: {
      en: 'It has taken effect; place a new hold or cancel the order instead.',
      zh: '决定已生效，可重新挂起或取消订单。',
    },
  },
  minutes_missing: {
    status: 422,
    en: 'To keep a hold, say for how many minutes.',
    zh: '继续挂起时必须填写分钟数。',
    fix: { en: 'Send minutes between 5 and 10080.', zh: '请提交 5 至 10080 之间的 minutes。' },
  },
  rules_unreadable: {
    status: 422,
    en: 'The rules document cannot be read.',
    zh: '规则文档无法解析。',
    fix: { en: 'Correct the cells listed in errors.', zh: '请修改 errors 中列出的单元格。' },
  },
})
