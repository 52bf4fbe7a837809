// A server on a test's world, with real people and keys: credentials are made in the database, requests go through every hook.
import type { FastifyInstance, InjectOptions } from 'fastify'
import { allRoutes, openRuntime, recordAudit } from '../../src/app.ts'
import { type Permission, permissions, type Role } from '../../src/contracts/permissions.ts'
import {
  callersOf,
  grantableScopes,
  hashPassword,
  insertKey,
  insertStaff,
  newKey,
} from '../../src/modules/identity/index.ts'
import { fakeClock } from '../../src/platform/clock.ts'
import type { Route } from '../../src/platform/http/route.ts'
import { buildServer, type ServerOptions } from '../../src/platform/http/server.ts'
import { systemRandomness } from '../../src/platform/ids.ts'
import type { Runtime } from '../../src/platform/runtime.ts'
import type { World } from '../world/index.ts'

/** What a test reads out of JSON without saying its shape first. */
// biome-ignore lint/suspicious/noExplicitAny: a reply of any route
export type Loose = any

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly body: Loose
}

export type Headers = Readonly<Record<string, string>>

export interface Server extends AsyncDisposable {
  readonly app: FastifyInstance
  call(method: string, url: string, body?: unknown, headers?: Headers): Promise<Reply>
}

/** Serves `routes` (all of Ordo's where absent) with the world's database and clock. */
export function serve(
  world: { runtime: Runtime },
  routes: readonly Route[] = allRoutes,
  options: Partial<ServerOptions> = {},
): Server {
  const { runtime } = world
  const app = buildServer(runtime, { routes, principals: callersOf(runtime), recordAudit, ...options })
  return {
    app,
    async call(method, url, body, headers = {}) {
      const reply = await app.inject(request(method, url, body, headers))
      return { status: reply.statusCode, headers: reply.headers, text: reply.body, body: parsed(reply.body) }
    },
    [Symbol.asyncDispose]: async () => {
      await app.close()
    },
  }
}

function request(method: string, url: string, body: unknown, headers: Headers): InjectOptions {
  const payload =
    body === undefined ? undefined : typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)
  const typed = payload === undefined ? headers : { 'content-type': 'application/json', ...headers }
  return { method: method as 'GET', url, headers: typed, ...(payload === undefined ? {} : { payload }) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A key of the world's tenant with these scopes (all that a key may have, where absent), as a header. */
export async function keyOf(world: World, scopes: readonly string[] = [...grantableScopes]): Promise<Headers> {
  const { key, ...digested } = newKey(systemRandomness.bytes(32), world.code)
  await world.transaction((tx) => insertKey(tx, { key_id: tx.newId(), name: 'test', scopes, ...digested }))
  return { authorization: `Bearer ${key}` }
}

export const PASSWORD = 'seven wet umbrellas'
let hashed: Promise<string> | null = null
let people = 0

/** A person of the world's staff with this role; the password is always the same. */
export async function personOf(world: World, role: Role): Promise<{ staff_id: string; email: string }> {
  hashed ??= hashPassword(PASSWORD)
  const password_hash = await hashed
  const email = `${role}${++people}@shop.test`
  const staff_id = await world.transaction(async (tx) => {
    const id = tx.newId()
    await insertStaff(tx, { staff_id: id, email, name: `Test ${role}`, role, locale: 'en', password_hash })
    return id
  })
  return { staff_id, email }
}

/** A person of this role who has logged in: cookie and CSRF token as headers. */
export async function sessionOf(server: Server, world: World, role: Role): Promise<Headers & { cookie: string }> {
  const { email } = await personOf(world, role)
  const reply = await server.call('POST', '/session', { merchant: world.code, email, password: PASSWORD })
  if (reply.status !== 200) throw new Error(`login failed: ${reply.text}`)
  return { cookie: cookieOf(reply), 'x-csrf-token': String(reply.body.csrf_token) }
}

/** The cookie that a reply sets, as a browser sends it back. */
export function cookieOf(reply: Reply): string {
  const header = reply.headers['set-cookie']
  return String(Array.isArray(header) ? header[0] : header).split(';', 1)[0] ?? ''
}

let keys = 0

/** A fresh Idempotency-Key. */
export function freshKey(): Headers {
  return { 'idempotency-key': `test-${++keys}` }
}

export const everyPermission = Object.keys(permissions) as Permission[]

/** A second process on the same database: its own pool, caches and limits. */
export function anotherProcess(world: World, app_url: string, connections = 4): Runtime {
  return openRuntime({
    app_url,
    keys: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    clock: fakeClock(world.clock.now()),
    log_level: 'silent',
    connections,
    tries: 1,
  })
}

/** The port that a listening server has got. */
export function portOf(server: Server): number {
  const address = server.app.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
