// The refusals of intake; what is well formed but no order yet is staged, not refused.
import { problems } from '../../platform/problem.ts'

export const intakeProblem = problems({
  staged_unknown: {
    status: 404,
    en: 'There is no such staged message.',
    zh: '暂存消息不存在。',
    fix: { en: 'Look it up in the list of staged messages.', zh: '请在暂存消息列表中查找。' },
  },
  staged_settled: {
    status: 409,
    en: 'This message is settled: it became an order or was dismissed.',
    zh: '该消息已处理：已生成订单或已忽略。',
    fix: { en: 'Read it again; order_id names its order.', zh: '请重新读取，order_id 即对应的订单。' },
  },
  staged_expired: {
    status: 410,
    en: 'The text of this message is no longer kept.',
    zh: '该消息的原文已过保存期。',
    fix: {
      en: 'Ask the channel to send the order again, then dismiss this one.',
      zh: '请让渠道重新发送订单，然后忽略此消息。',
    },
  },
  too_many_orders: {
    status: 413,
    en: 'A bulk takes at most 5,000 orders.',
    zh: '批量接口每次最多 5,000 个订单。',
    fix: {
      en: 'Send them in several requests; nothing of this one was kept.',
      zh: '请分多次提交；本次请求未产生任何影响。',
    },
  },
  malformed_bulk: {
    status: 400,
    en: 'The body is not one JSON object with one member, the list orders.',
    zh: '请求体不是仅含 orders 列表的 JSON 对象。',
    fix: { en: 'Send {"orders": [ … ]} in UTF-8.', zh: '请以 UTF-8 编码发送 {"orders": [ … ]}。' },
  },
  import_interrupted: {
    status: 409,
    en: 'An import of these files with this mapping was begun and did not end.',
    zh: '使用该映射的同一批文件导入已开始但未完成。',
    fix: { en: 'Go on with it by --resume; nothing is kept twice.', zh: '请使用 --resume 继续，不会重复入库。' },
  },
  import_running: {
    status: 409,
    en: 'Another process is importing these files at the moment.',
    zh: '另一个进程正在导入这些文件。',
    fix: {
      en: 'Wait for it; if it has died, try again in half a minute.',
      zh: '请等待其完成；如该进程已终止，请半分钟后重试。',
    },
  },
  import_taken_over: {
    status: 409,
    en: 'Another process has gone on with this import.',
    zh: '该导入已由另一个进程接管。',
    fix: {
      en: 'Nothing to do: what this process had not committed, the other one does.',
      zh: '无需处理：未提交的部分由接管的进程完成。',
    },
  },
})
