// What the outbox refuses.
import { problems } from '../problem.ts'

export const outboxProblem = problems({
  endpoint_address_refused: {
    status: 422,
    en: 'Webhooks cannot be sent to this address.',
    zh: '无法向该地址发送 Webhook。',
    fix: {
      en: 'Give an https:// address of the public internet, without user name.',
      zh: '请填写公网可访问的 https:// 地址，且不含用户名。',
    },
  },
  too_many_endpoints: {
    status: 409,
    en: 'This merchant has as many webhook endpoints as are possible.',
    zh: 'Webhook 端点数量已达上限。',
    fix: { en: 'Remove one that is no longer used.', zh: '请先删除不再使用的端点。' },
  },
})
