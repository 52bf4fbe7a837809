// A2, A3, T8: requests made from the OpenAPI document, such as fit and such as almost fit: never a 5xx, every refusal a listed problem, every reply its schema.
import fc from 'fast-check'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { permissionsOf } from '../../src/modules/identity/index.ts'
import { answer, route } from '../../src/platform/http/route.ts'
import { problemCatalogue } from '../../src/platform/problem.ts'
import type { World } from '../world/index.ts'
import { almostFitting, fitting, type Hints } from './arbitrary.ts'
import { idsOf, livedIn, WORDS } from './lived-in.ts'
import { freshKey, keyOf, type Loose, personOf, type Reply, type Server, serve } from './serve.ts'

interface Operation {
  readonly method: string
  readonly path: string
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Record<string, unknown> }[]
  readonly body: Record<string, unknown> | null
  readonly responses: Readonly<Record<string, Loose>>
}

let world: World
let server: Server
let ids: ReadonlyMap<string, string>
let operations: Operation[]

beforeAll(async () => {
  world = await livedIn()
  ids = await idsOf(world)
  const { staff_id } = await personOf(world, 'admin')
  const principal = {
    tenant: world.tenant,
    actor: `user:${staff_id}`,
    permissions: permissionsOf('admin'),
    session: { session_id: staff_id, csrf_token: 'token' },
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
  server = serve(world, allRoutes, {
    principals: { recognise: () => principal },
    limits: { address: 10_000_000, person: 10_000_000 },
  })
  const document = (await server.call('GET', '/openapi.json')).body
  operations = Object.entries<Loose>(document.paths).flatMap(([path, item]) =>
    Object.entries<Loose>(item).map(([method, { parameters = [], requestBody, responses }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: requestBody?.content['application/json']?.schema ?? (requestBody === undefined ? null : {}),
      responses,
    })),
  )
})
afterAll(async () => {
  await server.app.close()
  await world[Symbol.asyncDispose]()
})

interface Made {
  readonly url: string
  readonly body: unknown
  readonly headers: Record<string, string>
}

/** The column in which the ids of a resource stand, by the first word of its address. */
const COLUMNS: Readonly<Record<string, string>> = {
  orders: 'order_id',
  holds: 'hold_id',
  review: 'hold_id',
  fulfilments: 'fulfilment_id',
  parcels: 'parcel_id',
  returns: 'return_id',
  reservations: 'reservation_id',
  'saved-views': 'view_id',
  intake: 'staged_id',
  webhooks: 'endpoint_id',
  staff: 'staff_id',
  sessions: 'session_id',
  'api-keys': 'key_id',
  payments: 'intent_id',
  'dead-letters': 'job_id',
}

/** Ids for a route: mostly of its own resource, some of others. */
function hintsFor(operation: Operation): Hints {
  const column = COLUMNS[operation.path.split('/')[1] ?? ''] ?? ''
  const own = [...ids].filter(([, place]) => place.endsWith(`.${column}`)).map(([id]) => id)
  const others = [...ids.keys()]
  return {
    ids:
      own.length === 0
        ? others
        : [...Array.from({ length: Math.ceil((2 * others.length) / own.length) }, () => own).flat(), ...others],
    words: WORDS,
  }
}

function requestsFor(operation: Operation): fc.Arbitrary<Made> {
  const hints = hintsFor(operation)
  const part = (schema: Record<string, unknown>) =>
    fc.oneof({ weight: 3, arbitrary: fitting(schema, hints) }, { weight: 1, arbitrary: almostFitting(schema, hints) })
  const parameter = (one: Operation['parameters'][number]) =>
    one.required ? part(one.schema) : rarely(part(one.schema))
  const rarely = (value: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
  const of = (place: string) =>
    fc.record(
      Object.fromEntries(
        operation.parameters.filter((one) => one.in === place).map((one) => [one.name, parameter(one)]),
      ),
    )
  const body = operation.body === null ? fc.constant(undefined) : part(operation.body)
  return fc
    .record({ path: of('path'), query: of('query'), body, sloppy: fc.nat({ max: 9 }) })
    .map(({ path, query, body: sent, sloppy }) => {
      const address = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
        encodeURIComponent(wellFormed(path[name]) || 'x'),
      )
      const entries = Object.entries(query).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, wellFormed(value)] as [string, string]],
      )
      const search = new URLSearchParams(entries).toString()
      const headers: Record<string, string> = {
        'x-csrf-token': 'token',
        ...(sloppy === 0 ? {} : freshKey()),
        ...(sloppy < 7 ? { 'if-match': '"1"' } : {}),
      }
      return { url: search === '' ? address : `${address}?${search}`, body: sent, headers }
    })
}

function wellFormed(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed().slice(0, 500)
}

const compiled = new Map<string, { Check(value: unknown): boolean }>()

function replyFault(operation: Operation, reply: Reply): string | null {
  if (reply.status >= 500) return `is ${reply.status}`
  if (reply.status >= 400) {
    const { code, status } = reply.body ?? {}
    if (!String(reply.headers['content-type']).startsWith('application/problem+json')) return 'is not problem+json'
    if (!problemCatalogue().has(code) || status !== reply.status) return `has the code ${code}`
    return operation.responses[String(reply.status)] === undefined
      ? `is ${reply.status}, which the document does not list`
      : null
  }
  const declared = operation.responses[String(reply.status)]
  if (declared === undefined) return `is ${reply.status}, which the document does not list`
  const schema = declared.content?.['application/json']?.schema
  if (schema === undefined || Object.keys(schema).length === 0) return null
  const name = `${operation.method} ${operation.path} ${reply.status}`
  const check = compiled.get(name) ?? Compile(closed(schema))
  compiled.set(name, check)
  return check.Check(reply.body) ? null : `does not fit its schema: ${reply.text.slice(0, 300)}`
}

/** The schema without room for what is not declared. */
function closed(schema: Loose): Loose {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'enum' || key === 'const' || key === 'required' ? value : closed(value),
    ]),
  )
  return copy.type === 'object' && copy.properties !== undefined && copy.additionalProperties === undefined
    ? { ...copy, additionalProperties: false }
    : copy
}

const ROUNDS = Number(process.env.FUZZ_ROUNDS ?? (process.env.ORDO_LONG === undefined ? 12 : 1_600))
const streams = (operation: Operation) => operation.responses['200']?.content?.['text/event-stream'] !== undefined
/** Not these with many rounds: each makes a password's hash, or ends the session of the test. */
const COSTLY = /^(POST|PUT) \/(session|staff)/

test('A2 A3 T8 whatever is sent to whatever route, nothing fails inside, every refusal is listed, every reply fits its schema', {
  timeout: 3_600_000,
}, async () => {
  const faults: string[] = []
  const reached = new Map<string, number>()
  for (const operation of operations) {
    if (streams(operation) || operation.path === '/metrics' || operation.path === '/openapi.json') continue
    const address = `${operation.method} ${operation.path}`
    const rounds = COSTLY.test(address) ? 12 : ROUNDS
    const seed = Number(process.env.FUZZ_SEED ?? 20260302)
    for (const made of fc.sample(requestsFor(operation), { numRuns: rounds, seed })) {
      const reply = await server.call(operation.method, made.url, made.body, made.headers)
      const fault = replyFault(operation, reply)
      reached.set(`${address} ${reply.status}`, (reached.get(`${address} ${reply.status}`) ?? 0) + 1)
      if (fault !== null && faults.length < 40)
        faults.push(
          `${operation.method} ${made.url} ${JSON.stringify(made.body)?.slice(0, 400)} (seed ${seed}): ${fault}`,
        )
    }
    await world.drain()
  }
  expect(faults).toEqual([])
  await world.drain()
  expect(await world.brokenInvariants()).toEqual([])
  if (process.env.FUZZ_SHOW !== undefined) console.log([...reached].map((pair) => pair.join(' ')).join('\n'))
  const done = new Set([...reached.keys()].filter((key) => / 2\d\d$/.test(key)).map((key) => key.slice(0, -4)))
  expect(done.size).toBeGreaterThan(60)
})

test('T8 a reply shows nothing that its schema does not declare, and a request cannot set what it does not', async () => {
  const leaky = route('GET /leaky', {
    permit: 'orders.read',
    summary: 'Answers more than it declares.',
    reply: {
      200: Type.Object({ shown: Type.Integer(), inner: Type.Union([Type.Object({ a: Type.Integer() }), Type.Null()]) }),
      202: Type.Array(Type.Object({ a: Type.Integer() }), { maxItems: 3 }),
    },
    run: async (_context, { query }) => ({ shown: 1n, secret: 'x', inner: { a: 1, secret: 'x' }, query }),
  })
  const list = route('POST /leaky', {
    permit: 'orders.read',
    summary: 'The same in a list.',
    reply: { 202: Type.Array(Type.Object({ a: Type.Integer() }), { maxItems: 3 }) },
    run: async () => answer(202, [{ a: 1, secret: 'x' }]),
  })
  await using small = serve(world, [leaky, list])
  const key = await keyOf(world)
  expect((await small.call('GET', '/leaky', undefined, key)).text).toBe('{"shown":1,"inner":{"a":1}}')
  expect((await small.call('POST', '/leaky', undefined, key)).text).toBe('[{"a":1}]')
  expect((await small.call('GET', '/leaky?admin=true', undefined, key)).status).toBe(422)
  expect((await small.call('POST', '/leaky', { a: 1 }, key)).status).toBe(422)
})
