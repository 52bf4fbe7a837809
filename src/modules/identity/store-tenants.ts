// SQL of tenants, run as the owner: the app role can read them but never make or change one.
import type { TransactionSql } from '../../platform/db.ts'

export interface NewTenantRow {
  readonly tenant_id: string
  readonly code: string
  readonly name: string
  readonly base_currency: string
  readonly time_zone: string
  readonly locale: 'zh-CN' | 'en'
  readonly created_at: Date
}

/** False where the code is taken. */
export async function insertTenant(sql: TransactionSql, tenant: NewTenantRow): Promise<boolean> {
  const inserted = await sql`
    insert into platform.tenant (tenant_id, code, name, base_currency, time_zone, locale, created_at) -- as owner: tenants are made by the operator of Ordo
    values (${tenant.tenant_id}, ${tenant.code}, ${tenant.name}, ${tenant.base_currency}, ${tenant.time_zone}, ${tenant.locale}, ${tenant.created_at})
    on conflict (code) do nothing`
  return inserted.count === 1
}

export interface FirstAdmin {
  readonly tenant_id: string
  readonly staff_id: string
  readonly email: string
  readonly name: string
  readonly locale: 'zh-CN' | 'en'
  readonly password_hash: string
  readonly created_at: Date
}

export async function insertFirstAdmin(sql: TransactionSql, admin: FirstAdmin): Promise<void> {
  await sql`
    insert into identity.staff (tenant_id, staff_id, email, name, role, locale, password_hash, password_set_at, created_at, created_by) -- as owner: with its tenant
    values (${admin.tenant_id}, ${admin.staff_id}, ${admin.email}, ${admin.name}, 'admin', ${admin.locale}, ${admin.password_hash}, ${admin.created_at}, ${admin.created_at}, 'system')`
}
