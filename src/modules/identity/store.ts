// SQL of staff and sessions.
import type { Role } from '../../contracts/permissions.ts'
import type { Statement, Tx } from '../../platform/db.ts'

export interface Tenant {
  readonly tenant_id: string
  readonly code: string
  readonly name: string
  readonly state: 'open' | 'suspended'
  readonly base_currency: string
  readonly time_zone: string
  readonly locale: 'zh-CN' | 'en'
  readonly settings: unknown
}

export async function tenantByCode(sql: Statement, code: string): Promise<Tenant | undefined> {
  const rows = await sql<Tenant[]>`
    select tenant_id, code, name, state, base_currency, time_zone, locale, settings from platform.tenant where code = ${code}`
  return rows[0]
}

export async function tenantById(sql: Statement, tenant_id: string): Promise<Tenant | undefined> {
  const rows = await sql<Tenant[]>`
    select tenant_id, code, name, state, base_currency, time_zone, locale, settings from platform.tenant where tenant_id = ${tenant_id}`
  return rows[0]
}

export interface StaffRow {
  readonly staff_id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly locale: 'zh-CN' | 'en'
  readonly password_hash: string
  readonly failed_attempts: number
  readonly locked_until: Date | null
  readonly left_at: Date | null
}

export async function staffByEmail(tx: Tx, email: string): Promise<StaffRow | undefined> {
  const rows = await tx.sql<StaffRow[]>`
    select staff_id, email, name, role, locale, password_hash, failed_attempts, locked_until, left_at from identity.staff
     where tenant_id = ${tx.tenant} and email = ${email}`
  return rows[0]
}

export async function staffById(tx: Tx, staff_id: string): Promise<StaffRow | undefined> {
  const rows = await tx.sql<StaffRow[]>`
    select staff_id, email, name, role, locale, password_hash, failed_attempts, locked_until, left_at from identity.staff
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
  return rows[0]
}

export interface ListedStaff {
  readonly staff_id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly locked_until: Date | null
  readonly left_at: Date | null
  readonly last_seen_at: Date | null
}

export async function listStaff(tx: Tx, limit: number): Promise<ListedStaff[]> {
  return tx.sql<ListedStaff[]>`
    select s.staff_id, s.email, s.name, s.role, s.locked_until, s.left_at, seen.last_seen_at
      from identity.staff s left join lateral (
        select max(n.seen_at) as last_seen_at from identity.session n where n.tenant_id = ${tx.tenant} and n.staff_id = s.staff_id) seen on true
     where s.tenant_id = ${tx.tenant} order by s.left_at is not null, s.name, s.staff_id limit ${limit}::int`
}

export interface NewStaffRow {
  readonly staff_id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly locale: 'zh-CN' | 'en'
  readonly password_hash: string
}

/** False where the e-mail is taken. */
export async function insertStaff(tx: Tx, staff: NewStaffRow): Promise<boolean> {
  const inserted = await tx.sql`
    insert into identity.staff (tenant_id, staff_id, email, name, role, locale, password_hash, password_set_at, created_at, created_by)
    values (${tx.tenant}, ${staff.staff_id}, ${staff.email}, ${staff.name}, ${staff.role}, ${staff.locale}, ${staff.password_hash}, ${tx.now}, ${tx.now}, ${tx.actor})
    on conflict (tenant_id, email) do nothing`
  return inserted.count === 1
}

/** Locks the administrators that are still here, in order, so that two changes cannot take the last two away. */
export async function lockAdmins(tx: Tx): Promise<string[]> {
  const rows = await tx.sql<{ staff_id: string }[]>`
    select staff_id from identity.staff where tenant_id = ${tx.tenant} and role = 'admin' and left_at is null order by staff_id for update`
  return rows.map((row) => row.staff_id)
}

export async function setRole(tx: Tx, staff_id: string, role: Role): Promise<void> {
  await tx.sql`
    update identity.staff set role = ${role}, revision = revision + 1 where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
}

export async function setLeft(tx: Tx, staff_id: string): Promise<void> {
  await tx.sql`
    update identity.staff set left_at = coalesce(left_at, ${tx.now}), revision = revision + 1
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
}

export async function setPassword(tx: Tx, staff_id: string, password_hash: string): Promise<void> {
  await tx.sql`
    update identity.staff set password_hash = ${password_hash}, password_set_at = ${tx.now}, failed_attempts = 0, locked_until = null, revision = revision + 1
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
}

/** Counts a wrong password; at `most` the account is locked and the count begins again. */
export async function countFailure(tx: Tx, staff_id: string, most: number, locked_until: Date): Promise<void> {
  await tx.sql`
    update identity.staff
       set failed_attempts = case when failed_attempts + 1 >= ${most}::int then 0 else failed_attempts + 1 end,
           locked_until = case when failed_attempts + 1 >= ${most}::int then ${locked_until}::timestamptz else locked_until end
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id}`
}

export async function clearFailures(tx: Tx, staff_id: string): Promise<void> {
  await tx.sql`
    update identity.staff set failed_attempts = 0, locked_until = null
     where tenant_id = ${tx.tenant} and staff_id = ${staff_id} and (failed_attempts > 0 or locked_until is not null)`
}
