// Routes of identity: the session of a person, the staff, the keys of machines.
import { type Static, Type } from 'typebox'
import { roles } from '../../contracts/permissions.ts'
import * as views from '../../contracts/views-session.ts'
import { Done, Id, Instant } from '../../contracts/views-shared.ts'
import { later } from '../../platform/clock.ts'
import { answer, type Route, type RouteInput, route } from '../../platform/http/route.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Context, Runtime } from '../../platform/runtime.ts'
import { logIn, sessionCookie } from './log-in.ts'
import { keyList, makeKey, revokeKey } from './manage-keys.ts'
import { addStaff, changeOwnPassword, changeRole, letGo, resetPassword, staffList } from './manage-staff.ts'
import { callersOf, csrfToken, IDLE_MS, permissionsOf } from './recognise-caller.ts'
import { listStaff, type StaffRow, staffById, type Tenant, tenantById } from './store.ts'
import { endSession, listSessions } from './store-sessions.ts'

const IdParams = Type.Object({ id: Id })
const Password = Type.String({ minLength: 1, maxLength: 200 })
const SessionList = Type.Object({
  items: Type.Array(
    Type.Object({
      session_id: Id,
      device: Type.String(),
      created_at: Instant,
      seen_at: Instant,
      expires_at: Instant,
      current: Type.Boolean(),
    }),
    { maxItems: 100 },
  ),
})

const sessionRoutes: Route[] = [
  route('POST /session', {
    permit: 'public',
    because: 'this is the login; ten wrong passwords lock the account for a quarter of an hour',
    summary: 'Logs in and sets the session cookie.',
    idempotent: 'natural',
    per_minute: 30,
    body: views.LogIn,
    reply: { 200: views.SessionView },
    run: async (context, input) => {
      const { tenant, staff, session_id, expires_at, set_cookie } = await logIn(context.runtime, input.body, input)
      return answer(200, sessionView(context.runtime, tenant, staff, { session_id, expires_at }), {
        'set-cookie': set_cookie,
      })
    },
  }),
  route('GET /session', {
    permit: 'session.own',
    summary: 'Who is logged in, and what this person may.',
    reply: { 200: views.SessionView },
    run: ownSession,
  }),
  route('DELETE /session', {
    permit: 'session.own',
    summary: 'Logs out.',
    reply: { 200: Done },
    run: async (context, { principal }) => {
      await end(context, sessionOf(principal))
      return answer(
        200,
        { ok: true },
        { 'set-cookie': sessionCookie(context.runtime, '', 0), 'clear-site-data': '"cache"' },
      )
    },
  }),
  route('PUT /session/password', {
    permit: 'session.own',
    summary: 'Changes one’s own password and ends one’s other sessions.',
    per_minute: 10,
    body: Type.Object({ password: Password, new_password: Password }),
    reply: { 200: Done },
    run: async (context, { principal, body }) => {
      await changeOwnPassword(context, sessionOf(principal), body.password, body.new_password)
      return { ok: true }
    },
  }),
  route('GET /sessions', {
    permit: 'session.own',
    summary: 'One’s own open sessions.',
    reply: { 200: SessionList },
    run: async (context, { principal }) => {
      const current = sessionOf(principal)
      const rows = await context.transaction((tx) => listSessions(tx, staffIdOf(context), later(tx.now, -IDLE_MS), 100))
      return { items: rows.map((row) => ({ ...row, current: row.session_id === current })) }
    },
  }),
  route('DELETE /sessions/:id', {
    permit: 'session.own',
    summary: 'Ends one of one’s own sessions.',
    params: IdParams,
    reply: { 200: Done },
    run: async (context, { params }) => {
      if (!(await end(context, params.id))) throw platformProblem('not_found')
      return { ok: true }
    },
  }),
]

const staffRoutes: Route[] = [
  route('GET /staff/names', {
    permit: 'session.own',
    summary: 'The names of colleagues, for timelines and notes.',
    reply: { 200: views.StaffNames },
    run: (context) =>
      context.transaction(async (tx) => ({
        items: (await listStaff(tx, 500)).map(({ staff_id, name }) => ({ staff_id, name })),
      })),
  }),
  route('GET /staff', {
    permit: 'identity.write',
    summary: 'The staff.',
    reply: { 200: views.StaffList },
    run: staffList,
  }),
  route('POST /staff', {
    permit: 'identity.write',
    summary: 'Adds a person to the staff.',
    idempotent: 'required',
    body: views.NewStaff,
    reply: { 201: views.StaffView },
    run: (context, { body }) => addStaff(context, body),
  }),
  route('PUT /staff/:id/role', {
    permit: 'identity.write',
    summary: 'Gives a person another role.',
    params: IdParams,
    body: Type.Object({ role: Type.Enum([...roles]) }),
    reply: { 200: views.StaffView },
    run: (context, { params, body }) => changeRole(context, params.id, body.role),
  }),
  route('PUT /staff/:id/password', {
    permit: 'identity.write',
    summary: 'Sets a new password for a person, ends the sessions and the lock.',
    params: IdParams,
    body: Type.Object({ password: Password }),
    reply: { 200: views.StaffView },
    run: (context, { params, body }) => resetPassword(context, params.id, body.password),
  }),
  route('DELETE /staff/:id', {
    permit: 'identity.write',
    summary: 'Takes a person off the staff.',
    params: IdParams,
    reply: { 200: views.StaffView },
    run: (context, { params }) => letGo(context, params.id),
  }),
]

const keyRoutes: Route[] = [
  route('GET /api-keys', {
    permit: 'identity.write',
    summary: 'The API keys, without their secrets.',
    reply: { 200: views.ApiKeyList },
    run: keyList,
  }),
  route('POST /api-keys', {
    permit: 'identity.write',
    summary: 'Makes an API key; its secret is shown this once.',
    idempotent: 'required',
    body: views.NewApiKey,
    reply: { 201: views.ApiKeyMade },
    run: (context, { body, principal }) => makeKey(context, principal, body),
  }),
  route('DELETE /api-keys/:id', {
    permit: 'identity.write',
    summary: 'Revokes an API key.',
    params: IdParams,
    reply: { 200: Done },
    run: (context, { params }) => revokeKey(context, params.id),
  }),
]

export const identityRoutes: Route[] = [...sessionRoutes, ...staffRoutes, ...keyRoutes]

type SessionView = Static<typeof views.SessionView>

function sessionView(
  runtime: Runtime,
  tenant: Tenant,
  staff: StaffRow,
  session: { session_id: string; expires_at: Date },
): SessionView {
  const { code, name, base_currency, time_zone, locale } = tenant
  return {
    staff_id: staff.staff_id,
    name: staff.name,
    email: staff.email,
    role: staff.role,
    permissions: [...permissionsOf(staff.role)].sort(),
    locale: staff.locale,
    csrf_token: csrfToken(runtime, session.session_id),
    expires_at: session.expires_at.toISOString(),
    merchant: { code, name, base_currency, time_zone, locale },
  }
}

function sessionOf(principal: RouteInput<unknown, unknown, unknown>['principal']): string {
  if (principal?.session == null) throw platformProblem('unauthenticated')
  return principal.session.session_id
}

function staffIdOf(context: Context): string {
  return context.actor.slice('user:'.length)
}

async function ownSession(
  context: Context,
  { principal }: RouteInput<unknown, unknown, unknown>,
): Promise<SessionView> {
  const session_id = sessionOf(principal)
  const tenant = await tenantById(context.runtime.db.sql, context.tenant)
  return context.transaction(async (tx) => {
    const staff = await staffById(tx, staffIdOf(context))
    const sessions = await listSessions(tx, staffIdOf(context), later(tx.now, -IDLE_MS), 100)
    const session = sessions.find((one) => one.session_id === session_id)
    if (tenant === undefined || staff === undefined || session === undefined) throw platformProblem('unauthenticated')
    return sessionView(context.runtime, tenant, staff, session)
  })
}

function end(context: Context, session_id: string): Promise<boolean> {
  return context.transaction(async (tx) => {
    tx.afterCommit(() => callersOf(context.runtime).forget(context.tenant))
    return endSession(tx, staffIdOf(context), session_id)
  })
}
