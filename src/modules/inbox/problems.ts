// The refusals of the inbox.
import { problems } from '../../platform/problem.ts'

export const inboxProblem = problems({
  item_unknown: {
    status: 404,
    en: 'There is no such item in the inbox.',
    zh: '待办箱中没有此事项。',
    fix: { en: 'Reload the list.', zh: '请刷新列表。' },
  },
  item_closed: {
    status: 409,
    en: 'This item is closed already.',
    zh: '该事项已关闭。',
    fix: {
      en: 'Go on with the next one; its history says who closed it and how.',
      zh: '请处理下一项；处理人和方式见其历史记录。',
    },
  },
  item_claimed: {
    status: 409,
    en: 'Somebody else is working on this item.',
    zh: '该事项正由他人处理。',
    fix: {
      en: 'Take another one, or ask the person named in claimed_by to release it.',
      zh: '请处理其他事项，或请 claimed_by 中的同事释放。',
    },
  },
  fix_unfit: {
    status: 409,
    en: 'This fix does not fit the item as it is now.',
    zh: '该处理方式不适用于此事项的当前状态。',
    fix: { en: 'Reload the item; it lists the fixes that fit.', zh: '请刷新该事项，查看可用的处理方式。' },
  },
  fix_incomplete: {
    status: 422,
    en: 'This fix needs one more thing to be said.',
    zh: '该处理方式还需补充信息。',
    fix: { en: 'Send the field named in needs.', zh: '请提交 needs 中指明的字段。' },
  },
  snooze_past: {
    status: 422,
    en: 'An item can be put off from a minute to 90 days.',
    zh: '延后时间须在 1 分钟至 90 天之间。',
    fix: { en: 'Send a later time in until.', zh: '请在 until 中提交合适的时间。' },
  },
  queue_unknown: {
    status: 422,
    en: 'There is no queue of this name.',
    zh: '没有此名称的队列。',
    fix: { en: 'Add the queue to the policy of the inbox first.', zh: '请先在待办箱策略中添加该队列。' },
  },
})
