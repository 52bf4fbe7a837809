// The refusals of modes.
import { problems } from '../../platform/problem.ts'

export const modeProblem = problems({
  promotion_unknown: {
    status: 404,
    en: 'There is no such promotion.',
    zh: '没有此大促。',
    fix: { en: 'Reload the list.', zh: '请刷新列表。' },
  },
  promotion_state: {
    status: 409,
    en: 'This is not possible in the state that the promotion is in.',
    zh: '大促的当前状态不允许此操作。',
    fix: {
      en: 'Reload it; available_actions says what is possible.',
      zh: '请刷新；available_actions 列出可执行的操作。',
    },
  },
  promotion_exists: {
    status: 409,
    en: 'A promotion is planned or on already.',
    zh: '已有计划中或进行中的大促。',
    fix: {
      en: 'End or cancel it first; one is on at a time.',
      zh: '请先结束或取消该大促；同一时间只能有一个。',
    },
  },
  promotion_times: {
    status: 422,
    en: 'The promotion ends before it begins, is over already, or lasts longer than 31 days.',
    zh: '大促的结束时间早于开始时间、已经过去，或持续超过 31 天。',
    fix: {
      en: 'Give an end that lies ahead, at most 31 days after the beginning.',
      zh: '请填写开始后 31 天以内的未来时间。',
    },
  },
  promotion_extension: {
    status: 422,
    en: 'The new end is not after the present one, or more than 31 days after the beginning.',
    zh: '新的结束时间不晚于当前结束时间，或超过开始后 31 天。',
    fix: {
      en: 'Give a later end; to end it earlier, end it when it is time.',
      zh: '请填写更晚的时间；如需提前，请届时直接结束。',
    },
  },
  promotion_changed: {
    status: 409,
    en: 'Somebody has changed the promotion since you looked at it.',
    zh: '查看之后，该大促已被他人更改。',
    fix: { en: 'Reload it and look again.', zh: '请刷新后重新确认。' },
  },
  promotion_empty: {
    status: 422,
    en: 'The promotion changes nothing.',
    zh: '该大促未改变任何设置。',
    fix: {
      en: 'Freeze the rules, raise limits or collect orders; locations are named only where limits are raised.',
      zh: '请冻结规则、提高限量或合批分仓；仅在提高限量时可指定仓点。',
    },
  },
  degradation_unknown: {
    status: 404,
    en: 'There is no such degradation.',
    zh: '没有此降级记录。',
    fix: { en: 'Reload the list.', zh: '请刷新列表。' },
  },
  degradation_over: {
    status: 409,
    en: 'The degradation is over already.',
    zh: '该降级已结束。',
    fix: {
      en: 'Nothing is left to close; what was decided under it is being priced again.',
      zh: '无需再关闭；期间的订单正在重新核价。',
    },
  },
  rules_frozen: {
    status: 409,
    en: 'Rules are frozen while a promotion is on.',
    zh: '大促期间规则已冻结。',
    fix: {
      en: 'Wait until `until`, or end the promotion. In an emergency an admin sends `despite_freeze` with the reason.',
      zh: '请等到 `until`，或结束大促。紧急情况下管理员可在 `despite_freeze` 中说明原因后强制执行。',
    },
  },
  override_forbidden: {
    status: 403,
    en: 'Only an admin may change rules while they are frozen.',
    zh: '规则冻结期间仅管理员可更改。',
    fix: { en: 'Ask an admin, or wait until the promotion is over.', zh: '请联系管理员，或等待大促结束。' },
  },
})
