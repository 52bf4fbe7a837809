// Everything that is refused leaves as problem+json with a listed code; what nobody expected is `internal`, logged with its request id.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sqlState } from '../db.ts'
import { EgressError } from '../egress.ts'
import type { Log } from '../log.ts'
import { Problem, problemBody } from '../problem.ts'
import { platformProblem } from '../problems.ts'
import { httpProblem } from './problems.ts'

const FASTIFY_CODES: Readonly<Record<string, () => Problem>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => platformProblem('unsupported_media_type'),
  FST_ERR_CTP_BODY_TOO_LARGE: () => platformProblem('body_too_large'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => platformProblem('malformed_json'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => platformProblem('malformed_json'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => httpProblem('malformed_request'),
  FST_ERR_BAD_URL: () => httpProblem('malformed_request'),
  FST_ERR_ASYNC_CONSTRAINT: () => platformProblem('not_found'),
  FST_ERR_MAX_PARAM_LENGTH: () => platformProblem('not_found'),
}

/** What a thrown thing means to the caller. Figures that PostgreSQL cannot hold (class 22) are the caller's; everything unknown is ours. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof EgressError) return platformProblem('invalid_request', { reason: error.message })
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = FASTIFY_CODES[code]
  if (known !== undefined) return known()
  if (sqlState(error)?.startsWith('22') === true)
    return platformProblem('invalid_request', { reason: 'a figure or text is beyond what can be kept' })
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 500 ? httpProblem('malformed_request') : platformProblem('internal')
}

/** The language of an answer: Accept-Language where it names one of ours, else the person's own, else English. */
export function languageOf(header: string | undefined, own: 'en' | 'zh' | null): 'en' | 'zh' {
  if (header === undefined || header === '*') return own ?? 'en'
  let best: { language: 'en' | 'zh'; weight: number } | null = null
  for (const range of header.slice(0, 200).toLowerCase().split(',')) {
    const [tag = '', ...parameters] = range.trim().split(';')
    const language = tag.startsWith('zh') ? 'zh' : tag.startsWith('en') ? 'en' : null
    const weight = Number(/q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1)
    if (language !== null && weight > (best?.weight ?? 0)) best = { language, weight }
  }
  return best?.language ?? own ?? 'en'
}

/** Sends the refusal; unexpected errors are logged with the request id and tell nothing outside. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const problem = problemOf(error)
  if (problem.status >= 500 && problem.code === 'internal') {
    log.error(
      { request: request.id, route: request.routeOptions.url, method: request.method, error: describe(error) },
      'request failed',
    )
  }
  const language = languageOf(request.headers['accept-language'], request.call?.principal?.language ?? null)
  const after = problem.details.retry_after_seconds
  if (typeof after === 'number') reply.header('retry-after', String(Math.max(1, Math.ceil(after))))
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="ordo"')
  return reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .header('content-language', language)
    .serializer(asText)
    .send(problemText(problem, language, request.id))
}

const asText = (payload: unknown) => String(payload)

/** The body of a refusal as text; `instance` names the request, so that a log line can be found from it. */
export function problemText(problem: Problem, language: 'en' | 'zh', request_id: string): string {
  return JSON.stringify(problemBody(problem, language, `urn:uuid:${request_id}`), (_key, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
}

// The first lines of the stack: enough to find the place, and no statement parameters, which could be personal.
function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error)
}
