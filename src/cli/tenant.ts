// `ordo tenant create`: a merchant with its first administrator.
import postgres from 'postgres'
import { createTenant } from '../modules/identity/index.ts'
import { systemRandomness } from '../platform/ids.ts'
import { openSurroundings } from './environment.ts'

export interface FirstAdmin {
  readonly name: string
  readonly email: string
  readonly currency: string
  readonly zone: string
  readonly locale: 'zh-CN' | 'en'
}

/** Makes the tenant and prints the administrator's password, which is kept nowhere. */
export async function createTenantCommand(code: string, options: FirstAdmin): Promise<void> {
  const surroundings = await openSurroundings({ migrating: true })
  const sql = postgres(surroundings.admin_url, { max: 1, types: { bigint: postgres.BigInt }, onnotice: () => {} })
  try {
    const password = Buffer.from(systemRandomness.bytes(15)).toString('base64url')
    const made = await createTenant(sql, {
      code,
      name: options.name,
      base_currency: options.currency,
      time_zone: options.zone,
      locale: options.locale,
      admin: { email: options.email, name: options.name, password },
    })
    if (made === null) throw new Error(`the code ${code} is taken`)
    process.stdout.write(`tenant ${code} (${made.tenant_id})\nadministrator ${options.email}\npassword ${password}\n`)
  } finally {
    await sql.end()
    await surroundings.stop()
  }
}
