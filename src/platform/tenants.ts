// Tenants by their code or id: the only rows that may be read before it is known whose request it is.
import type { Statement } from './db.ts'

export interface Tenant {
  readonly tenant_id: string
  readonly code: string
  readonly name: string
  readonly state: 'open' | 'suspended'
  readonly base_currency: string
  readonly time_zone: string
  readonly locale: 'zh-CN' | 'en'
}

/** The open tenant of a public address; null where there is none or it is suspended. */
export async function openTenant(sql: Statement, code: string): Promise<Tenant | null> {
  const rows = await sql<Tenant[]>`
    select tenant_id, code, name, state, base_currency, time_zone, locale from platform.tenant where code = ${code} and state = 'open'`
  return rows[0] ?? null
}

/** The tenant of an id; throws where there is none. */
export async function tenantOf(sql: Statement, tenant_id: string): Promise<Tenant> {
  const rows = await sql<Tenant[]>`
    select tenant_id, code, name, state, base_currency, time_zone, locale from platform.tenant where tenant_id = ${tenant_id}`
  const tenant = rows[0]
  if (tenant === undefined) throw new Error('there is no such tenant')
  return tenant
}

/** The ids of all tenants, suspended ones too. */
export async function allTenants(sql: Statement): Promise<string[]> {
  const rows = await sql<{ tenant_id: string }[]>`
    select tenant_id from platform.tenant order by tenant_id -- all tenants: a restore brings back all of them`
  return rows.map((row) => row.tenant_id)
}
