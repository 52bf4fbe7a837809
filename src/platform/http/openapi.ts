// The OpenAPI 3.1 document, made from the same declarations that the server enforces: what it says is what happens.
import { permissions } from '../../contracts/permissions.ts'
import { problemCatalogue } from '../problem.ts'
import { closedSchema } from './close-schema.ts'
import { changes, type Route } from './route.ts'

type Json = Record<string, unknown>

/** The document of these routes; schemas are those that requests are checked against. */
export function openapi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const declared of routes) {
    const path = declared.path.replace(/:(\w+)/g, '{$1}')
    const item = paths[path] ?? {}
    item[declared.method.toLowerCase()] = operation(declared)
    paths[path] = item
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Ordo',
      version: '1',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'Order management. Amounts are whole minor units beside their currency; instants are ISO 8601 in UTC; lists go on by `next_cursor`. Every refusal is `application/problem+json` with a stable `code` and how to mend it, in English or Chinese by Accept-Language.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(tagOf))].sort().map((name) => ({ name })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: problemSchema() },
      responses: problemResponses(),
      headers: commonHeaders,
      securitySchemes,
    },
  }
}

const SYSTEM = ['health', 'ready', 'metrics', 'openapi.json']

function tagOf(declared: Route): string {
  const first = declared.path.split('/')[1] ?? ''
  return SYSTEM.includes(first) ? 'system' : first
}

function operation(declared: Route): Json {
  const { options } = declared
  const isPublic = options.permit === 'public'
  return {
    operationId: operationId(declared),
    tags: [tagOf(declared)],
    summary: options.summary,
    ...(isPublic
      ? { description: `Without credentials: ${options.because ?? 'public'}.`, security: [] }
      : { description: `Needs the permission \`${options.permit}\`.`, 'x-permission': options.permit }),
    'x-changes': changes(declared),
    ...(options.per_minute === undefined ? {} : { 'x-per-minute': options.per_minute }),
    parameters: parametersOf(declared),
    ...bodyOf(declared),
    responses: responsesOf(declared),
  }
}

/** `POST /orders/:id/cancellation` becomes `post_orders_id_cancellation`. */
function operationId(declared: Route): string {
  return `${declared.method} ${declared.path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '')
}

function parametersOf(declared: Route): Json[] {
  const { options } = declared
  const names = [...declared.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
  const known = membersOf(options.params)
  const parameters: Json[] = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: known[name] ?? { type: 'string', minLength: 1, maxLength: 200 },
  }))
  const required = requiredOf(options.query)
  for (const [name, schema] of Object.entries(membersOf(options.query)))
    parameters.push({ name, in: 'query', required: required.includes(name), schema })
  const header = (name: string, isRequired: boolean, description: string, schema: Json) =>
    parameters.push({ name, in: 'header', required: isRequired, description, schema })
  if (options.idempotent === 'required') {
    header('Idempotency-Key', true, 'New for each new intention, the same for each repeat; kept for seven days.', {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
    })
  }
  if (options.edits !== undefined) {
    const asked =
      options.edits === true ? 'The ETag of what is edited.' : 'The ETag of what is edited; none for what is new.'
    header('If-Match', options.edits === true, asked, { type: 'string', pattern: '^"[0-9]{1,9}"$' })
  }
  if (changes(declared) && options.permit !== 'public') {
    header(
      'X-CSRF-Token',
      false,
      'With a session, the token that GET /session answers, unless the browser sends Origin or Sec-Fetch-Site.',
      { type: 'string' },
    )
  }
  header('Accept-Language', false, 'Language of refusals: zh or en.', { type: 'string' })
  return parameters
}

function bodyOf(declared: Route): Json {
  const { options } = declared
  if (options.raw === true && options.body === undefined)
    return { requestBody: { required: true, content: { '*/*': { schema: {} } } } }
  if (options.body === undefined) return {}
  return { requestBody: { required: true, content: { 'application/json': { schema: closedSchema(options.body) } } } }
}

function responsesOf(declared: Route): Json {
  const { options } = declared
  const responses: Json = {}
  for (const [status, schema] of Object.entries(options.reply)) {
    const type = options.produces ?? 'application/json'
    const headers: Json = {
      ...(options.permit === 'public'
        ? {}
        : { RateLimit: ref('headers', 'RateLimit'), 'RateLimit-Policy': ref('headers', 'RateLimitPolicy') }),
    }
    if (options.idempotent === 'required') headers['Idempotent-Replayed'] = ref('headers', 'IdempotentReplayed')
    if (membersOf(schema).revision !== undefined) headers.ETag = ref('headers', 'ETag')
    responses[status] = {
      description: options.summary,
      headers,
      ...(status === '204' || status === '304'
        ? {}
        : { content: { [type]: { schema: isEmpty(schema) ? {} : replySchema(schema) } } }),
    }
  }
  for (const status of problemStatuses(declared)) responses[status] ??= ref('responses', `Problem${status}`)
  return responses
}

function ref(kind: string, name: string): Json {
  return { $ref: `#/components/${kind}/${name}` }
}

/** What this route may refuse with: every status that its declaration makes possible. A module's own 409 and 422 are always possible for a change. */
function problemStatuses(declared: Route): number[] {
  const { options } = declared
  const statuses = new Set([400, 404, 422, 429, 431, 500, 503])
  if (options.permit !== 'public' || changes(declared)) for (const status of [401, 403]) statuses.add(status)
  const hasBody = options.body !== undefined || options.raw === true
  if (hasBody) for (const status of [413, 415]) statuses.add(status)
  if (changes(declared)) for (const status of [403, 409]) statuses.add(status)
  if (options.edits !== undefined) for (const status of [412, 428]) statuses.add(status)
  if (membersOf(options.query).after !== undefined) statuses.add(410)
  return [...statuses].sort()
}

function membersOf(schema: unknown): Record<string, unknown> {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {}
  const { properties } = schema
  return typeof properties === 'object' && properties !== null ? Object.fromEntries(Object.entries(properties)) : {}
}

function requiredOf(schema: unknown): readonly unknown[] {
  return typeof schema === 'object' && schema !== null && 'required' in schema && Array.isArray(schema.required)
    ? schema.required
    : []
}

function isEmpty(schema: object): boolean {
  return Object.keys(schema).length === 0
}

// Replies show nothing that is not declared, so their objects are closed in the document too.
function replySchema(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema))
}

function problemSchema(): Json {
  return {
    type: 'object',
    description:
      'RFC 9457. `code` is stable; `title` and `detail` are for people and follow Accept-Language; more members may say more.',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: [...problemCatalogue().keys()].sort() },
      detail: { type: 'string', description: 'How to mend it.' },
      instance: { type: 'string', description: 'Names this request in the log.' },
      retry_after_seconds: { type: 'number' },
      permission: { type: 'string', enum: Object.keys(permissions) },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code'],
          properties: {
            code: { type: 'string' },
            pointer: {
              type: 'string',
              description: 'JSON pointer (RFC 6901) into the body; /params or /query for the address.',
            },
            detail: { type: 'string' },
          },
        },
      },
    },
  }
}

function problemResponses(): Json {
  const byStatus = Map.groupBy(problemCatalogue(), ([, definition]) => definition.status)
  const responses: Json = {}
  for (const status of new Set([
    ...byStatus.keys(),
    400,
    401,
    403,
    404,
    405,
    409,
    410,
    412,
    413,
    415,
    422,
    428,
    429,
    431,
    500,
    503,
  ])) {
    const codes = (byStatus.get(status) ?? []).map(([code, definition]) => `\`${code}\`: ${definition.en}`)
    const retry = status === 429 || status === 503 ? { headers: { 'Retry-After': ref('headers', 'RetryAfter') } } : {}
    responses[`Problem${status}`] = {
      description: codes.join(' ') || 'Refused.',
      ...retry,
      content: { 'application/problem+json': { schema: ref('schemas', 'Problem') } },
    }
  }
  return responses
}

const commonHeaders = {
  RateLimit: {
    description: 'What is left of each quota (r) and when it is full again (t, seconds).',
    schema: { type: 'string' },
  },
  RateLimitPolicy: { description: 'The quotas (q) and their window (w, seconds).', schema: { type: 'string' } },
  IdempotentReplayed: {
    description: '`true` where this is the kept reply of an earlier request.',
    schema: { type: 'string', const: 'true' },
  },
  ETag: { description: 'The revision, for If-Match.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
}

const securitySchemes = {
  key: { type: 'http', scheme: 'bearer', bearerFormat: 'ordo_<tenant>_<secret>', description: 'A scoped API key.' },
  session: { type: 'apiKey', in: 'cookie', name: 'ordo_session', description: 'The session cookie of a person.' },
}
