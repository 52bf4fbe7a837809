// The refusals of rules and their drafts.
import { problems } from '../../platform/problem.ts'

export const policyProblem = problems({
  rule_kind_unknown: {
    status: 404,
    en: 'There are no rules of this kind.',
    zh: '没有此类规则。',
    fix: { en: 'Take a kind from GET /policies.', zh: '请从 GET /policies 中选择规则类型。' },
  },
  rule_draft_unknown: {
    status: 404,
    en: 'There is no open draft of this id.',
    zh: '没有此草稿，或草稿已关闭。',
    fix: {
      en: 'Reload the list of drafts; it may have gone live or been discarded.',
      zh: '请刷新草稿列表，可能已上线或被弃用。',
    },
  },
  rule_draft_stale: {
    status: 409,
    en: 'Somebody has changed this draft since you read it.',
    zh: '草稿已被他人修改。',
    fix: { en: 'Reload the draft and make your change again.', zh: '请重新加载草稿后再修改。' },
  },
  rule_drafts_full: {
    status: 409,
    en: 'There are too many open drafts of this kind.',
    zh: '此类规则的草稿过多。',
    fix: { en: 'Discard drafts that nobody needs.', zh: '请先弃用不再需要的草稿。' },
  },
  rule_test_unknown: {
    status: 404,
    en: 'There is no test case of this id.',
    zh: '没有此测试用例。',
    fix: { en: 'Reload the list of test cases.', zh: '请刷新测试用例列表。' },
  },
  rule_tests_full: {
    status: 409,
    en: 'There are too many test cases of this kind.',
    zh: '此类规则的测试用例过多。',
    fix: { en: 'Delete test cases that say the same.', zh: '请删除重复的测试用例。' },
  },
  rule_tests_red: {
    status: 409,
    en: 'Test cases fail with these rules.',
    zh: '部分测试用例未通过。',
    fix: {
      en: 'Mend the rules or the tests listed in errors, or send despite_tests with a reason.',
      zh: '请修改规则或 errors 中列出的用例；确需使用时提交 despite_tests 并说明原因。',
    },
  },
  rule_document_invalid: {
    status: 422,
    en: 'The rules cannot be followed as they are.',
    zh: '规则内容无法执行。',
    fix: { en: 'Correct the cells listed in errors.', zh: '请修改 errors 中列出的单元格。' },
  },
  rule_version_unknown: {
    status: 404,
    en: 'There is no version of these rules with this id.',
    zh: '没有此规则版本。',
    fix: { en: 'Take a version from the history.', zh: '请从历史记录中选择版本。' },
  },
  rules_live_already: {
    status: 409,
    en: 'These rules are live already.',
    zh: '该版本已在使用中。',
    fix: { en: 'There is nothing to do.', zh: '无需操作。' },
  },
  experiment_running: {
    status: 409,
    en: 'An experiment with rules of this kind is running already.',
    zh: '该类规则已有 A/B 试验在运行。',
    fix: { en: 'Stop it first.', zh: '请先停止。' },
  },
  experiment_unknown: {
    status: 404,
    en: 'There is no such experiment.',
    zh: '没有此 A/B 试验。',
    fix: { en: 'Reload the list of experiments.', zh: '请刷新试验列表。' },
  },
  experiment_over: {
    status: 409,
    en: 'This experiment has been stopped.',
    zh: '该 A/B 试验已停止。',
    fix: { en: 'There is nothing to do; its result stays.', zh: '无需操作，其结果会保留。' },
  },
})
