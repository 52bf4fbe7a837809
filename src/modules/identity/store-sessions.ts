// SQL of sessions: begun at login, looked up by the digest of their token, ended by logout, age, idleness or a new password.
import type { Role } from '../../contracts/permissions.ts'
import { DAY_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'

export interface NewSession {
  readonly session_id: string
  readonly staff_id: string
  readonly token_sha256: Uint8Array
  readonly device: string
  readonly expires_at: Date
}

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await tx.sql`
    insert into identity.session (tenant_id, session_id, staff_id, token_sha256, device, created_at, seen_at, expires_at)
    values (${tx.tenant}, ${session.session_id}, ${session.staff_id}, ${session.token_sha256}, ${session.device}, ${tx.now}, ${tx.now}, ${session.expires_at})`
}

export interface LiveSession {
  readonly session_id: string
  readonly staff_id: string
  readonly seen_at: Date
  readonly expires_at: Date
  readonly role: Role
  readonly locale: 'zh-CN' | 'en'
}

/** The session of a token, where it is neither ended nor over nor idle since `seen_after`, and its person still belongs to the staff. */
export async function liveSession(
  tx: Tx,
  token_sha256: Uint8Array,
  seen_after: Date,
): Promise<LiveSession | undefined> {
  const rows = await tx.sql<LiveSession[]>`
    select n.session_id, n.staff_id, n.seen_at, n.expires_at, s.role, s.locale
      from identity.session n join identity.staff s on s.tenant_id = n.tenant_id and s.staff_id = n.staff_id
     where n.tenant_id = ${tx.tenant} and n.token_sha256 = ${token_sha256} and n.ended_at is null and n.expires_at > ${tx.now}
       and n.seen_at > ${seen_after} and s.left_at is null`
  return rows[0]
}

export async function touchSession(tx: Tx, session_id: string): Promise<void> {
  await tx.sql`update identity.session set seen_at = ${tx.now} where tenant_id = ${tx.tenant} and session_id = ${session_id}`
}

/** Ends one session of a person; false where there is none of that id that still lives. */
export async function endSession(tx: Tx, staff_id: string, session_id: string): Promise<boolean> {
  const ended = await tx.sql`
    update identity.session set ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id} and session_id = ${session_id} and ended_at is null`
  return ended.count === 1
}

/** Ends all sessions of a person, but the one to keep where it is given. */
export async function endSessions(tx: Tx, staff_id: string, keep: string | null): Promise<void> {
  await tx.sql`
    update identity.session set ended_at = ${tx.now}
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id} and ended_at is null and session_id is distinct from ${keep}::uuid`
}

export interface ListedSession {
  readonly session_id: string
  readonly device: string
  readonly created_at: Date
  readonly seen_at: Date
  readonly expires_at: Date
}

export async function listSessions(
  tx: Tx,
  staff_id: string,
  seen_after: Date,
  limit: number,
): Promise<ListedSession[]> {
  return tx.sql<ListedSession[]>`
    select session_id, device, created_at, seen_at, expires_at from identity.session
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id} and ended_at is null and expires_at > ${tx.now} and seen_at > ${seen_after}
     order by session_id desc limit ${limit}::int`
}

const KEPT_MS = 30 * DAY_MS

/** Deletes sessions that have been over for thirty days, at most `limit`; answers how many. */
export async function purgeSessions(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from identity.session where tenant_id = ${tx.tenant} and session_id in (
      select session_id from identity.session
       where tenant_id = ${tx.tenant} and expires_at < ${later(tx.now, -KEPT_MS)} order by expires_at limit ${limit}::int)`
  return gone.count
}
