// Staff: who is on it, in which role, with which password; the last administrator cannot be taken away.
import type { Role } from '../../contracts/permissions.ts'
import type { StaffView } from '../../contracts/views-session.ts'
import type { Tx } from '../../platform/db.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Context } from '../../platform/runtime.ts'
import { hashPassword, passwordFits, refuseWeak } from './check-password.ts'
import { normalEmail } from './create-tenant.ts'
import { forgetMisses } from './log-in.ts'
import { identityProblem } from './problems.ts'
import { callersOf } from './recognise-caller.ts'
import * as store from './store.ts'
import { endSessions } from './store-sessions.ts'

const STAFF_AT_MOST = 500

/** Everybody on the staff, those who have left last. */
export function staffList(context: Context): Promise<{ items: StaffView[] }> {
  return context.transaction(async (tx) => ({
    items: (await store.listStaff(tx, STAFF_AT_MOST)).map((row) => view(row, tx.now)),
  }))
}

interface NewStaff {
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly password: string
  readonly locale: 'zh-CN' | 'en'
}

/** Adds a person. Throws `email_taken`, `weak_password`. */
export async function addStaff(context: Context, person: NewStaff): Promise<StaffView> {
  refuseWeak(person.password, [person.email, person.name])
  const password_hash = await hashPassword(person.password)
  const email = normalEmail(person.email)
  return context.transaction(async (tx) => {
    const listed = await store.listStaff(tx, STAFF_AT_MOST)
    if (listed.length >= STAFF_AT_MOST) throw identityProblem('too_many_staff')
    const { name, role, locale } = person
    const row = { staff_id: tx.newId(), email, name: name.trim(), role, locale, password_hash }
    if (!(await store.insertStaff(tx, row))) throw identityProblem('email_taken')
    return view({ ...row, locked_until: null, left_at: null, last_seen_at: null }, tx.now)
  })
}

/** Gives a person another role; it counts within five seconds everywhere. Throws `last_admin`. */
export async function changeRole(context: Context, staff_id: string, role: Role): Promise<StaffView> {
  return change(context, staff_id, async (tx) => {
    if (role !== 'admin') await keepAnAdmin(tx, staff_id)
    await store.setRole(tx, staff_id, role)
  })
}

/** Takes a person off the staff: no login, no session from now on. Throws `last_admin`. */
export async function letGo(context: Context, staff_id: string): Promise<StaffView> {
  return change(context, staff_id, async (tx) => {
    await keepAnAdmin(tx, staff_id)
    await store.setLeft(tx, staff_id)
    await endSessions(tx, staff_id, null)
  })
}

/** Sets a new password for a person, ends his sessions and his lock. Throws `weak_password`. */
export async function resetPassword(context: Context, staff_id: string, password: string): Promise<StaffView> {
  refuseWeak(password, [])
  const password_hash = await hashPassword(password)
  return change(context, staff_id, async (tx, staff) => {
    await store.setPassword(tx, staff_id, password_hash)
    await endSessions(tx, staff_id, null)
    tx.afterCommit(() => forgetMisses(context.runtime, staff.email))
  })
}

/** Changes one's own password; the other sessions end. Throws `login_failed` where the present one is wrong. */
export async function changeOwnPassword(
  context: Context,
  session_id: string,
  present: string,
  next: string,
): Promise<void> {
  const staff_id = context.actor.slice('user:'.length)
  const staff = await context.runtime.db.transaction(context.tenant, 'system', (tx) => store.staffById(tx, staff_id))
  if (!(await passwordFits(staff?.password_hash, present))) throw identityProblem('login_failed')
  refuseWeak(next, [staff?.email ?? '', staff?.name ?? ''])
  const password_hash = await hashPassword(next)
  await context.transaction(async (tx) => {
    await store.setPassword(tx, staff_id, password_hash)
    await endSessions(tx, staff_id, session_id)
    tx.afterCommit(() => callersOf(context.runtime).forget(context.tenant))
  })
}

async function change(
  context: Context,
  staff_id: string,
  work: (tx: Tx, staff: store.StaffRow) => Promise<void>,
): Promise<StaffView> {
  return context.transaction(async (tx) => {
    const staff = await store.staffById(tx, staff_id)
    if (staff === undefined) throw platformProblem('not_found')
    await work(tx, staff)
    tx.afterCommit(() => callersOf(context.runtime).forget(context.tenant))
    const after = await store.staffById(tx, staff_id)
    return view({ ...staff, ...after, last_seen_at: null }, tx.now)
  })
}

async function keepAnAdmin(tx: Tx, staff_id: string): Promise<void> {
  const admins = await store.lockAdmins(tx)
  if (admins.length === 1 && admins[0] === staff_id) throw identityProblem('last_admin')
}

function view(row: store.ListedStaff, now: Date): StaffView {
  const state =
    row.left_at !== null ? 'left' : row.locked_until !== null && row.locked_until > now ? 'locked' : 'active'
  return {
    staff_id: row.staff_id,
    name: row.name,
    email: row.email,
    role: row.role,
    state,
    last_seen_at: row.last_seen_at?.toISOString() ?? null,
  }
}
