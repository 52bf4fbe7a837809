// Who calls, from a key or a session cookie: looked up once, then known for at most five seconds, so that a hot route asks the database nothing.
import { hash } from 'node:crypto'
import { type Permission, permissions, roleMay } from '../../contracts/permissions.ts'
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { boundedTransaction } from '../../platform/http/bounded-transaction.ts'
import type { Principal, Principals } from '../../platform/http/principal.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Runtime } from '../../platform/runtime.ts'
import { type Tenant, tenantByCode } from './store.ts'
import { liveKey, touchKey } from './store-keys.ts'
import { liveSession, touchSession } from './store-sessions.ts'

/** How long a change (role, logout elsewhere, revoked key) may take to be seen by another process. */
const KNOWN_MS = 5 * SECOND_MS
const KNOWN_AT_MOST = 20_000
/** A session that is not used for so long is over. */
export const IDLE_MS = 2 * HOUR_MS
const SEEN_EVERY_MS = MINUTE_MS
const USED_EVERY_MS = 10 * MINUTE_MS

export const COOKIE = 'ordo_session'
/** Over https the name itself makes the browser insist on Secure, Path=/ and no Domain. */
export const SECURE_COOKIE = '__Host-ordo_session'

interface Known {
  /** null: these credentials are worth nothing. */
  readonly principal: Principal | null
  readonly good_until_ms: number
}

interface Credentials {
  readonly kind: 'key' | 'session'
  readonly tenant_code: string
  readonly secret: string
}

/** What identity remembers of callers in one process; made once per runtime. */
export class Callers implements Principals {
  readonly #runtime: Runtime
  readonly #known = new Map<string, Known>()
  readonly #asked = new Map<string, Promise<Principal | null>>()

  constructor(runtime: Runtime) {
    this.#runtime = runtime
  }

  recognise(
    authorization: string | undefined,
    cookie: string | undefined,
  ): Principal | undefined | Promise<Principal | undefined> {
    const credentials = readCredentials(authorization, cookie)
    if (credentials === undefined) return undefined
    const digest = tokenDigest(credentials).toString('latin1')
    const known = this.#known.get(digest)
    if (known !== undefined && known.good_until_ms > this.#runtime.clock.now().getTime())
      return orRefuse(known.principal, credentials)
    return this.#ask(digest, credentials)
  }

  async #ask(digest: string, credentials: Credentials): Promise<Principal | undefined> {
    const asked = this.#asked.get(digest) ?? this.#lookUp(credentials)
    this.#asked.set(digest, asked)
    try {
      const principal = await asked
      if (this.#known.size >= KNOWN_AT_MOST) this.#known.clear()
      this.#known.set(digest, { principal, good_until_ms: this.#runtime.clock.now().getTime() + KNOWN_MS })
      return orRefuse(principal, credentials)
    } finally {
      this.#asked.delete(digest)
    }
  }

  async #lookUp(credentials: Credentials): Promise<Principal | null> {
    const tenant = await tenantByCode(this.#runtime.db.sql, credentials.tenant_code)
    if (tenant === undefined || tenant.state !== 'open') return null
    const digest = tokenDigest(credentials)
    return boundedTransaction(this.#runtime, tenant.tenant_id, 'system', (tx) =>
      credentials.kind === 'key'
        ? keyPrincipal(tx, tenant, digest)
        : sessionPrincipal(this.#runtime, tx, tenant, digest),
    )
  }

  /** Forgets everybody of a tenant at once in this process: after a logout, a changed role, a revoked key. */
  forget(tenant: string): void {
    for (const [digest, known] of this.#known)
      if (known.principal === null || known.principal.tenant === tenant) this.#known.delete(digest)
  }
}

const callers = new WeakMap<Runtime, Callers>()

/** The callers that this process knows. */
export function callersOf(runtime: Runtime): Callers {
  const known = callers.get(runtime) ?? new Callers(runtime)
  callers.set(runtime, known)
  return known
}

function orRefuse(principal: Principal | null, credentials: Credentials): Principal | undefined {
  if (principal !== null) return principal
  // A browser keeps sending the cookie of a session that is over: that is as good as none. A wrong key is an error.
  if (credentials.kind === 'session') return undefined
  throw platformProblem('unauthenticated')
}

async function keyPrincipal(tx: Tx, tenant: Tenant, digest: Buffer): Promise<Principal | null> {
  const key = await liveKey(tx, digest)
  if (key === undefined) return null
  if (key.last_used_at === null || key.last_used_at < later(tx.now, -USED_EVERY_MS)) await touchKey(tx, key.key_id)
  return {
    tenant: tenant.tenant_id,
    actor: `key:${key.key_id}`,
    permissions: new Set(key.scopes.filter((scope) => grantableScopes.has(scope))),
    session: null,
    language: null,
    per_minute: key.per_minute,
    tenant_per_minute: tenantLimit(tenant),
  }
}

async function sessionPrincipal(runtime: Runtime, tx: Tx, tenant: Tenant, digest: Buffer): Promise<Principal | null> {
  const session = await liveSession(tx, digest, later(tx.now, -IDLE_MS))
  if (session === undefined) return null
  if (session.seen_at < later(tx.now, -SEEN_EVERY_MS)) await touchSession(tx, session.session_id)
  return {
    tenant: tenant.tenant_id,
    actor: `user:${session.staff_id}`,
    permissions: permissionsOf(session.role),
    session: { session_id: session.session_id, csrf_token: csrfToken(runtime, session.session_id) },
    language: session.locale === 'zh-CN' ? 'zh' : 'en',
    per_minute: null,
    tenant_per_minute: tenantLimit(tenant),
  }
}

function tenantLimit(tenant: Tenant): number | null {
  const { settings } = tenant
  if (typeof settings !== 'object' || settings === null || !('requests_per_minute' in settings)) return null
  return typeof settings.requests_per_minute === 'number' && settings.requests_per_minute > 0
    ? settings.requests_per_minute
    : null
}

const allPermissions: Permission[] = []
for (const permission in permissions) if (isPermission(permission)) allPermissions.push(permission)

function isPermission(text: string): text is Permission {
  return Object.hasOwn(permissions, text)
}

/** Keys never manage staff, keys or sessions: a leaked key cannot make itself another. */
export const grantableScopes: ReadonlySet<string> = new Set(
  allPermissions.filter((permission) => permission !== 'identity.write' && permission !== 'session.own'),
)

/** What a role may. */
export function permissionsOf(role: Parameters<typeof roleMay>[0]): ReadonlySet<string> {
  return new Set(allPermissions.filter((permission) => roleMay(role, permission)))
}

/** The token that a page sends back in X-CSRF-Token: bound to the session, and nothing that a cookie could bring. */
export function csrfToken(runtime: Runtime, session_id: string): string {
  return runtime.secrets.digest(`csrf ${session_id}`)
}

const TOKEN = /^([a-z0-9][a-z0-9-]{1,30})[._]([0-9a-f]{64})$/

function readCredentials(authorization: string | undefined, cookie: string | undefined): Credentials | undefined {
  if (authorization !== undefined) {
    if (!authorization.startsWith('Bearer ordo_')) throw platformProblem('unauthenticated')
    return credentialsOf('key', authorization.slice(12))
  }
  const token = cookie === undefined ? undefined : cookieToken(cookie)
  return token === undefined ? undefined : credentialsOf('session', token)
}

function credentialsOf(kind: 'key' | 'session', token: string): Credentials | undefined {
  const [, tenant_code, secret] = TOKEN.exec(token) ?? []
  if (tenant_code !== undefined && secret !== undefined) return { kind, tenant_code, secret }
  if (kind === 'session') return undefined
  throw platformProblem('unauthenticated')
}

function cookieToken(header: string): string | undefined {
  for (const part of header.slice(0, 8_192).split(';')) {
    const [name = '', value] = part.trim().split('=', 2)
    if (name === SECURE_COOKIE || name === COOKIE) return value
  }
  return undefined
}

/** The digest under which a secret is kept; the kind is part of it, so that a session is never taken for a key. */
export function tokenDigest({ kind, tenant_code, secret }: Credentials): Buffer {
  return hash('sha256', `${kind} ${tenant_code} ${secret}`, 'buffer')
}
