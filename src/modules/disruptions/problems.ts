// The refusals of disruptions.
import { problems } from '../../platform/problem.ts'

export const disruptionProblem = problems({
  disruption_unknown: {
    status: 404,
    en: 'There is no such disruption.',
    zh: '没有此中断事件。',
    fix: { en: 'Reload the list.', zh: '请刷新列表。' },
  },
  disruption_state: {
    status: 409,
    en: 'This is not possible in the state that the disruption is in.',
    zh: '中断事件的当前状态不允许此操作。',
    fix: {
      en: 'Reload it; available_actions says what is possible. While a plan is applied or undone, wait until it is done.',
      zh: '请刷新；available_actions 列出可执行的操作。方案执行或撤销期间请等待完成。',
    },
  },
  scope_empty: {
    status: 422,
    en: 'No location lies within this scope.',
    zh: '该范围内没有仓点。',
    fix: {
      en: 'Name locations, or widen the region or the radius; the locations are listed under settings.',
      zh: '请指定仓点，或扩大地区或半径；仓点列表见设置。',
    },
  },
  scope_too_wide: {
    status: 422,
    en: 'More than a thousand locations lie within this scope.',
    zh: '该范围内的仓点超过一千个。',
    fix: { en: 'Make one disruption for each part of it.', zh: '请按区域分别建立中断事件。' },
  },
  disruption_times: {
    status: 422,
    en: 'The disruption ends before it begins, or is over already.',
    zh: '中断的结束时间早于开始时间，或已经过去。',
    fix: { en: 'Give an end that lies ahead, or none.', zh: '请填写未来的结束时间，或留空。' },
  },
})
