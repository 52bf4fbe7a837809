// The refusals of the policy lab.
import { problems } from '../../platform/problem.ts'

export const labProblem = problems({
  comparison_unknown: {
    status: 404,
    en: 'There is no such comparison.',
    zh: '没有此对比。',
    fix: { en: 'Reload the list; comparisons are kept for 90 days.', zh: '请刷新列表；对比保留 90 天。' },
  },
  comparison_state: {
    status: 409,
    en: 'This is not possible in the state that the comparison is in.',
    zh: '对比的当前状态不允许此操作。',
    fix: {
      en: 'Reload it; a comparison that runs is cancelled first and then deleted.',
      zh: '请刷新；运行中的对比须先取消再删除。',
    },
  },
  comparison_orders: {
    status: 422,
    en: 'Nothing says which orders are to be compared.',
    zh: '未指定要对比的订单。',
    fix: {
      en: 'Give a period with its end after its beginning, or an import of GET /lab/choices.',
      zh: '请填写开始早于结束的时间段，或从 GET /lab/choices 中选择一次导入。',
    },
  },
  comparison_import_unknown: {
    status: 422,
    en: 'There is no import of this id.',
    zh: '没有此导入。',
    fix: { en: 'Take one from GET /lab/choices.', zh: '请从 GET /lab/choices 中选择。' },
  },
  comparison_sides: {
    status: 422,
    en: 'Only side a may show what happened.',
    zh: '只有 a 侧可以是实际结果。',
    fix: {
      en: 'Give side b the rules that are to be proved: live, then, a draft or a version.',
      zh: '请为 b 侧选择待验证的规则：当前规则、当时规则、草稿或历史版本。',
    },
  },
  lab_busy: {
    status: 409,
    en: 'As many comparisons are running as may at a time.',
    zh: '同时运行的对比已达上限。',
    fix: { en: 'Wait until one is done, or cancel one.', zh: '请等待其中一个完成，或取消一个。' },
  },
  lab_full: {
    status: 409,
    en: 'There are too many saved comparisons.',
    zh: '保存的对比过多。',
    fix: { en: 'Delete those that nobody needs.', zh: '请删除不再需要的对比。' },
  },
})
