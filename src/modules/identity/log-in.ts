// Login by merchant code, e-mail and password: the same answer and the same time whoever does not exist, locked after repeated failures.
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import { boundedTransaction } from '../../platform/http/bounded-transaction.ts'
import type { RouteInput } from '../../platform/http/route.ts'
import type { Runtime } from '../../platform/runtime.ts'
import { passwordFits } from './check-password.ts'
import { normalEmail } from './create-tenant.ts'
import { identityProblem } from './problems.ts'
import { COOKIE, SECURE_COOKIE, tokenDigest } from './recognise-caller.ts'
import { clearFailures, countFailure, type StaffRow, staffByEmail, type Tenant, tenantByCode } from './store.ts'
import { insertSession } from './store-sessions.ts'

/** A session's longest life, however busy. */
const SESSION_MS = 12 * HOUR_MS
const FAILURES_AT_MOST = 10
const LOCKED_MS = 15 * MINUTE_MS

export interface LoggedIn {
  readonly tenant: Tenant
  readonly staff: StaffRow
  readonly session_id: string
  readonly expires_at: Date
  readonly set_cookie: string
}

interface Attempt {
  readonly merchant: string
  readonly email: string
  readonly password: string
}

/** Opens a session. Throws `login_failed`, or `login_locked` with the seconds to wait. */
export async function logIn(
  runtime: Runtime,
  attempt: Attempt,
  input: RouteInput<unknown, unknown, unknown>,
): Promise<LoggedIn> {
  const email = normalEmail(attempt.email)
  const name = `${attempt.merchant} ${email}`
  refuseLocked(runtime, name)
  const tenant = await tenantByCode(runtime.db.sql, attempt.merchant)
  const open = tenant?.state === 'open' ? tenant : undefined
  const staff =
    open === undefined
      ? undefined
      : await boundedTransaction(runtime, open.tenant_id, 'system', (tx) => staffByEmail(tx, email))
  const here = staff?.left_at === null ? staff : undefined
  const now = runtime.clock.now()
  if (here?.locked_until != null && here.locked_until > now) throw locked(here.locked_until.getTime() - now.getTime())
  const fits = await passwordFits(here?.password_hash, attempt.password)
  if (open === undefined || here === undefined || !fits) {
    countMiss(runtime, name)
    if (open !== undefined && here !== undefined) await countWrong(runtime, open, here)
    throw identityProblem('login_failed')
  }
  misses.get(runtime)?.delete(name)
  return openSession(runtime, open, here, input)
}

async function openSession(
  runtime: Runtime,
  tenant: Tenant,
  staff: StaffRow,
  input: RouteInput<unknown, unknown, unknown>,
): Promise<LoggedIn> {
  const secret = Buffer.from(runtime.randomness.bytes(32)).toString('hex')
  const token_sha256 = tokenDigest({ kind: 'session', tenant_code: tenant.code, secret })
  const context = input.enter(tenant.tenant_id, `user:${staff.staff_id}`)
  const { session_id, expires_at } = await context.transaction(async (tx) => {
    const session = {
      session_id: tx.newId(),
      staff_id: staff.staff_id,
      token_sha256,
      device: deviceOf(input.headers['user-agent']),
      expires_at: later(tx.now, SESSION_MS),
    }
    await insertSession(tx, session)
    await clearFailures(tx, staff.staff_id)
    input.touch(session.session_id)
    return session
  })
  return {
    tenant,
    staff,
    session_id,
    expires_at,
    set_cookie: sessionCookie(runtime, `${tenant.code}.${secret}`, SESSION_MS / 1000),
  }
}

/** The Set-Cookie of a session; an empty value with age 0 takes it away. */
export function sessionCookie(runtime: Runtime, value: string, age_seconds: number): string {
  const secure = runtime.settings.public_url.startsWith('https:')
  return `${secure ? SECURE_COOKIE : COOKIE}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age_seconds}${secure ? '; Secure' : ''}`
}

function deviceOf(header: string | string[] | undefined): string {
  return String(header ?? '')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 200)
}

async function countWrong(runtime: Runtime, tenant: Tenant, staff: StaffRow): Promise<void> {
  await boundedTransaction(runtime, tenant.tenant_id, 'system', (tx) =>
    countFailure(tx, staff.staff_id, FAILURES_AT_MOST, later(tx.now, LOCKED_MS)),
  )
}

// Names that were missed in this process, whether they exist or not: the refusal comes to both alike. The count in the database holds over processes.
const misses = new WeakMap<Runtime, Map<string, { count: number; since_ms: number }>>()
const NAMES_AT_MOST = 50_000

function countMiss(runtime: Runtime, name: string): void {
  const names = misses.get(runtime) ?? new Map<string, { count: number; since_ms: number }>()
  misses.set(runtime, names)
  if (names.size >= NAMES_AT_MOST) names.clear()
  const now_ms = runtime.clock.now().getTime()
  const known = names.get(name)
  if (known === undefined || now_ms - known.since_ms > LOCKED_MS) names.set(name, { count: 1, since_ms: now_ms })
  else known.count += 1
}

function refuseLocked(runtime: Runtime, name: string): void {
  const known = misses.get(runtime)?.get(name)
  if (known === undefined || known.count < FAILURES_AT_MOST) return
  const left_ms = known.since_ms + LOCKED_MS - runtime.clock.now().getTime()
  if (left_ms > 0) throw locked(left_ms)
}

function locked(wait_ms: number): Error {
  return identityProblem('login_locked', { retry_after_seconds: Math.ceil(wait_ms / 1000) })
}

/** Lets an account try again at once in this process: a new password was set. */
export function forgetMisses(runtime: Runtime, email: string): void {
  const names = misses.get(runtime)
  for (const name of names?.keys() ?? []) if (name.endsWith(` ${email}`)) names?.delete(name)
}
