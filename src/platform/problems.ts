// The refusals that belong to no business capability: malformed input, limits, identity, concurrency.
import { problems } from './problem.ts'

export const platformProblem = problems({
  invalid_request: {
    status: 422,
    en: 'The request does not fit its schema.',
    zh: '请求内容不符合接口规范。',
    fix: {
      en: 'Correct the fields listed in errors and send it again.',
      zh: '请按 errors 中列出的字段修改后重新提交。',
    },
  },
  malformed_json: {
    status: 400,
    en: 'The body is not valid JSON.',
    zh: '请求体不是有效的 JSON。',
    fix: {
      en: 'Send one JSON document in UTF-8 with content type application/json.',
      zh: '请以 UTF-8 编码、application/json 类型发送一个 JSON 文档。',
    },
  },
  unsupported_media_type: {
    status: 415,
    en: 'This content type is not accepted here.',
    zh: '此接口不接受该内容类型。',
    fix: { en: 'Send application/json.', zh: '请使用 application/json。' },
  },
  body_too_large: {
    status: 413,
    en: 'The body is larger than this route takes.',
    zh: '请求体超过此接口的上限。',
    fix: {
      en: 'Send fewer items at a time; the limit is in the documentation of the route.',
      zh: '请减少每次提交的数量，上限见接口文档。',
    },
  },
  not_found: {
    status: 404,
    en: 'There is nothing at this address, or not for you.',
    zh: '此地址没有内容，或您无权查看。',
    fix: { en: 'Check the id and the tenant of your credentials.', zh: '请检查编号以及凭证所属的租户。' },
  },
  method_not_allowed: {
    status: 405,
    en: 'This address does not take this method.',
    zh: '此地址不支持该请求方法。',
    fix: { en: 'See the API reference for the methods of this address.', zh: '请查阅接口文档。' },
  },
  unauthenticated: {
    status: 401,
    en: 'No valid credentials were sent.',
    zh: '未提供有效的凭证。',
    fix: { en: 'Log in, or send an API key as a bearer token.', zh: '请登录，或以 Bearer 方式提供 API 密钥。' },
  },
  forbidden: {
    status: 403,
    en: 'Your role or key does not allow this.',
    zh: '您的角色或密钥无权执行此操作。',
    fix: { en: 'Ask an administrator for the permission named here.', zh: '请向管理员申请此处列出的权限。' },
  },
  csrf_failed: {
    status: 403,
    en: 'The request did not come from a page of Ordo.',
    zh: '请求并非来自 Ordo 页面。',
    fix: {
      en: 'In a browser: reload the page and try again. A program sends the csrf_token of its session as X-CSRF-Token.',
      zh: '浏览器：请刷新页面后重试。程序：请将会话的 csrf_token 放入请求头 X-CSRF-Token。',
    },
  },
  rate_limited: {
    status: 429,
    en: 'Too many requests in this time.',
    zh: '请求过于频繁。',
    fix: { en: 'Wait as long as Retry-After says, then go on.', zh: '请按 Retry-After 指示的时间等待后再试。' },
  },
  idempotency_key_missing: {
    status: 400,
    en: 'This route needs an Idempotency-Key header.',
    zh: '此接口必须提供 Idempotency-Key 请求头。',
    fix: {
      en: 'Send a new unique key for each new intention, and the same key when you repeat it.',
      zh: '每个新操作使用新的唯一键，重试时使用相同的键。',
    },
  },
  idempotency_key_reused: {
    status: 422,
    en: 'This Idempotency-Key was used for another request.',
    zh: '该 Idempotency-Key 已用于其他请求。',
    fix: { en: 'Use a new key for a new request.', zh: '新的请求请使用新的键。' },
  },
  in_progress: {
    status: 409,
    en: 'The same request is still being worked on.',
    zh: '相同的请求仍在处理中。',
    fix: { en: 'Send it again in a moment; you will get the first answer.', zh: '请稍后重试，将返回首次处理的结果。' },
  },
  revision_required: {
    status: 428,
    en: 'An edit needs an If-Match header.',
    zh: '编辑操作必须提供 If-Match 请求头。',
    fix: { en: 'Read the object and send its ETag as If-Match.', zh: '请先读取对象，并以其 ETag 作为 If-Match。' },
  },
  revision_stale: {
    status: 412,
    en: 'Somebody changed this in the meantime.',
    zh: '该内容已被他人修改。',
    fix: { en: 'Read it again, look at the difference, and repeat your edit.', zh: '请重新读取并核对差异后再次编辑。' },
  },
  illegal_transition: {
    status: 409,
    en: 'This is not possible in the present state.',
    zh: '当前状态下无法执行此操作。',
    fix: {
      en: 'See available_actions of the object for what is possible now.',
      zh: '请查看对象的 available_actions 了解当前可执行的操作。',
    },
  },
  cursor_invalid: {
    status: 422,
    en: 'This cursor was not made by this list.',
    zh: '此游标不属于该列表。',
    fix: { en: 'Start again without a cursor.', zh: '请不带游标重新开始。' },
  },
  cursor_expired: {
    status: 410,
    en: 'This place of the feed is no longer kept.',
    zh: '该位置的事件已不再保留。',
    fix: {
      en: 'Take a new snapshot of what you need, then follow the feed from its present end.',
      zh: '请重新获取所需数据的快照，然后从最新位置继续。',
    },
  },
  overloaded: {
    status: 503,
    en: 'Ordo has more work than it can take right now.',
    zh: '系统繁忙，暂时无法接受更多请求。',
    fix: {
      en: 'Wait as long as Retry-After says; nothing of this request was kept.',
      zh: '请按 Retry-After 等待；本次请求未产生任何影响。',
    },
  },
  internal: {
    status: 500,
    en: 'Something failed inside Ordo; nothing of this request was kept.',
    zh: '系统内部错误，本次请求未产生任何影响。',
    fix: {
      en: 'Try again; if it goes on, give the request id to your platform engineer.',
      zh: '请重试；如持续出现，请将请求编号提供给平台工程师。',
    },
  },
})
