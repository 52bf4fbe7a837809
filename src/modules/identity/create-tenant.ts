// Makes a tenant with its first administrator, in one transaction, on a connection of the owner: `ordo tenant create`.
import { type Clock, systemClock } from '../../platform/clock.ts'
import type { Sql } from '../../platform/db.ts'
import { idMaker } from '../../platform/ids.ts'
import { platformProblem } from '../../platform/problems.ts'
import { hashPassword, refuseWeak } from './check-password.ts'
import { insertFirstAdmin, insertTenant } from './store-tenants.ts'

export interface NewTenant {
  /** Two to 31 of a-z, 0-9 and '-': it stands in API keys, at login and in addresses. */
  readonly code: string
  readonly name: string
  readonly base_currency?: string
  readonly time_zone?: string
  readonly locale?: 'zh-CN' | 'en'
  readonly admin?: { readonly email: string; readonly name: string; readonly password: string }
}

const CODE = /^[a-z0-9][a-z0-9-]{1,30}$/

/** Answers the ids; null where the code is taken. Throws `invalid_request` or `weak_password`. */
export async function createTenant(
  admin_sql: Sql,
  tenant: NewTenant,
  clock: Clock = systemClock,
): Promise<{ tenant_id: string; staff_id: string | null } | null> {
  if (!CODE.test(tenant.code))
    throw platformProblem('invalid_request', {}, [
      { code: 'pattern', pointer: '/code', detail: 'two to 31 of a-z, 0-9 and -' },
    ])
  const newId = idMaker(clock)
  const created_at = clock.now()
  const locale = tenant.locale ?? 'zh-CN'
  const { admin } = tenant
  if (admin !== undefined) refuseWeak(admin.password, [admin.email, admin.name, tenant.code])
  const password_hash = admin === undefined ? '' : await hashPassword(admin.password)
  return admin_sql.begin(async (sql) => {
    const tenant_id = newId()
    const { code, name, base_currency = 'CNY', time_zone = 'Asia/Shanghai' } = tenant
    const made = await insertTenant(sql, { tenant_id, code, name, base_currency, time_zone, locale, created_at })
    if (!made) return null
    if (admin === undefined) return { tenant_id, staff_id: null }
    const staff_id = newId()
    await insertFirstAdmin(sql, {
      tenant_id,
      staff_id,
      email: normalEmail(admin.email),
      name: admin.name,
      locale,
      password_hash,
      created_at,
    })
    return { tenant_id, staff_id }
  })
}

/** An e-mail as it is compared: trimmed and in lower case. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase()
}
