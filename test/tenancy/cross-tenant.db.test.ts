// T4: every route, called by an administrator of another merchant with every id of this one: not found, nothing told, nothing changed.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRoutes } from '../../src/app.ts'
import { permissionsOf } from '../../src/modules/identity/index.ts'
import { closedSchema } from '../../src/platform/http/close-schema.ts'
import type { Principal } from '../../src/platform/http/principal.ts'
import { changes, type Route } from '../../src/platform/http/route.ts'
import { fitting, type Hints } from '../api/arbitrary.ts'
import { checksum, idsOf, livedIn, MARKS, WORDS } from '../api/lived-in.ts'
import { freshKey, personOf, type Reply, type Server, serve } from '../api/serve.ts'
import { freshWorld, type World } from '../world/index.ts'

let home: World
let stranger: World
let server: Server
let ids: string[]
let before: Readonly<Record<string, string>>

beforeAll(async () => {
  home = await livedIn()
  stranger = await freshWorld({ stock: { 'SKU-1': 5 } })
  ids = [...(await idsOf(home)).keys()]
  before = await checksum(home)
  server = await serveAdmin(stranger)
})

async function serveAdmin(world: World): Promise<Server> {
  const { staff_id } = await personOf(world, 'admin')
  const session = { session_id: staff_id, csrf_token: 'token' }
  const principal: Principal = {
    tenant: world.tenant,
    actor: `user:${staff_id}`,
    permissions: permissionsOf('admin'),
    session,
    language: null,
    per_minute: null,
    tenant_per_minute: null,
  }
  return serve(world, allRoutes, {
    principals: { recognise: () => principal },
    limits: { address: 1_000_000, person: 1_000_000 },
  })
}

afterAll(async () => {
  await server.app.close()
  await home[Symbol.asyncDispose]()
  await stranger[Symbol.asyncDispose]()
})

/** Requests for a route that fit its schemas, made of the ids and words of the other merchant. */
function requests(declared: Route, hints: Hints, count: number): { query: string; body: unknown }[] {
  const { options } = declared
  const body = options.body === undefined ? fc.constant(undefined) : fitting(closedSchema(options.body), hints)
  const query = options.query === undefined ? fc.constant({}) : fitting(closedSchema(options.query), hints)
  return fc
    .sample(fc.record({ query, body }), { numRuns: count, seed: 7 })
    .map((made) => ({ query: search(made.query), body: made.body }))
}

function search(query: unknown): string {
  const entries = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  )
  const text = new URLSearchParams(entries).toString()
  return text === '' ? '' : `?${text}`
}

function told(reply: Reply, asked: string): string[] {
  return [...ids.filter((id) => !asked.includes(id)), ...MARKS.filter((mark) => !asked.includes(mark))].filter(
    (secret) => reply.text.includes(secret),
  )
}

const headers = () => ({ 'x-csrf-token': 'token', 'if-match': '"1"', ...freshKey() })
const isUuid = (declared: Route) => /format":"uuid/.test(JSON.stringify(declared.options.params ?? {}))
const named = allRoutes.filter(
  (declared) =>
    declared.path.includes(':') && !declared.path.startsWith('/public') && !declared.path.startsWith('/in/'),
)
const plain = allRoutes.filter(
  (declared) => !declared.path.includes(':') && declared.options.produces !== 'text/event-stream',
)

test('T4 no route finds what belongs to another merchant by its id', async () => {
  const faults: string[] = []
  for (const declared of named) {
    const samples = requests(declared, { ids, words: WORDS }, ids.length)
    const candidates = isUuid(declared) ? ids : [...ids.slice(0, 3), ...WORDS]
    for (const [place, id] of candidates.entries()) {
      const { query = '', body } = samples[place % samples.length] ?? {}
      const url = `${declared.path.replace(/:\w+/g, encodeURIComponent(id))}${query}`
      const reply = await server.call(declared.method, url, body, headers())
      const address = `${declared.method} ${url}`
      if (reply.status >= 500) faults.push(`${address} → ${reply.status} ${reply.text.slice(0, 200)}`)
      if (told(reply, url + JSON.stringify(body ?? null)).length > 0) faults.push(`${address} told ${told(reply, url)}`)
      // Of another merchant or of nobody: the answer is the same, and if it is a list it is empty.
      const found = reply.status < 400 && !(declared.method === 'GET' && reply.body?.items?.length === 0)
      if (isUuid(declared) && found) faults.push(`${address} → ${reply.status} ${reply.text.slice(0, 120)}`)
    }
  }
  expect(faults).toEqual([])
})

test('T4 no list, search or command tells of another merchant or changes anything of it, whatever ids and words it is given', async () => {
  const faults: string[] = []
  for (const declared of plain) {
    for (const { query, body } of requests(
      declared,
      { ids, words: WORDS },
      process.env.ORDO_LONG === undefined ? 12 : 200,
    )) {
      const reply = await server.call(declared.method, `${declared.path}${query}`, body, headers())
      const address = `${declared.method} ${declared.path}${query}`
      if (reply.status >= 500)
        faults.push(`${address} ${JSON.stringify(body)?.slice(0, 300)} → ${reply.status} ${reply.text.slice(0, 200)}`)
      if (told(reply, query + JSON.stringify(body ?? null)).length > 0)
        faults.push(`${address} told ${told(reply, query)}`)
    }
  }
  expect(faults).toEqual([])
})

test('T4 afterwards no row of the merchant differs, and no step of the stranger has reached over', async () => {
  await stranger.drain()
  expect(await checksum(home)).toEqual(before)
  expect(named.filter(changes).length).toBeGreaterThan(20)
})

test('T4 the ids that were tried are live: the merchant itself finds things by them', async () => {
  await using own = await serveAdmin(home)
  const found = new Set<string>()
  for (const declared of named.filter((one) => one.method === 'GET')) {
    for (const id of [...ids, ...WORDS]) {
      const reply = await own.call('GET', declared.path.replace(/:\w+/g, encodeURIComponent(id)))
      if (reply.status === 200 && reply.body?.items?.length !== 0) found.add(declared.path)
    }
  }
  expect([...found]).toEqual(
    expect.arrayContaining([
      '/orders/:id',
      '/orders/:id/events',
      '/orders/:id/money',
      '/fulfilments/:id',
      '/skus/:sku',
      '/intake/staged/:id',
    ]),
  )
})
