// The refusals of the HTTP edge itself: what no module could say, because the request never reached one.
import { problems } from '../problem.ts'

export const httpProblem = problems({
  headers_too_large: {
    status: 431,
    en: 'The address and headers are larger than 16 KiB.',
    zh: '请求地址与请求头超过 16 KiB。',
    fix: { en: 'Send shorter headers; put long content into the body.', zh: '请缩短请求头，较长内容请放入请求体。' },
  },
  malformed_request: {
    status: 400,
    en: 'This is not a well-formed HTTP request.',
    zh: '请求不符合 HTTP 规范。',
    fix: {
      en: 'Check the address, its percent-encoding and the Content-Length.',
      zh: '请检查地址、百分号编码与 Content-Length。',
    },
  },
  idempotency_key_invalid: {
    status: 400,
    en: 'This Idempotency-Key is not one.',
    zh: 'Idempotency-Key 格式不正确。',
    fix: {
      en: 'Send 1 to 255 visible ASCII characters, a UUID for example.',
      zh: '请使用 1 到 255 个可见 ASCII 字符，例如 UUID。',
    },
  },
  outcome_unknown: {
    status: 503,
    en: 'The connection to the database broke while this was being committed; whether it happened is not known.',
    zh: '提交时数据库连接中断，本次操作是否生效尚不确定。',
    fix: {
      en: 'Repeat the same request with the same Idempotency-Key: it happens once, and you get its answer.',
      zh: '请使用相同的 Idempotency-Key 重发同一请求：操作只会生效一次，并返回其结果。',
    },
  },
  not_ready: {
    status: 503,
    en: 'This process does not serve at the moment.',
    zh: '该进程暂时无法提供服务。',
    fix: { en: 'Send requests to another process, or wait.', zh: '请访问其他进程或稍候。' },
  },
})
