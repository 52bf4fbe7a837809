// `ordo invariants`: anyone may ask whether everything still adds up.
import postgres from 'postgres'
import { brokenInvariants, invariants } from '../platform/invariants.ts'
import { openSurroundings } from './environment.ts'

/** Prints each invariant with its verdict; answers the exit code. */
export async function invariantsCommand(options: { json?: boolean; tenant?: string }): Promise<number> {
  const surroundings = await openSurroundings({ migrating: false })
  try {
    const tenant = options.tenant === undefined ? undefined : await tenantId(surroundings.admin_url, options.tenant)
    await refreshStatistics(surroundings.admin_url)
    const broken = new Map((await brokenInvariants(surroundings.admin_url, tenant)).map((entry) => [entry.name, entry]))
    for (const { name, promise } of invariants()) {
      const found = broken.get(name)
      if (options.json === true)
        process.stdout.write(
          `${JSON.stringify({ invariant: name, promise, broken: found !== undefined, rows: found?.rows ?? [] })}\n`,
        )
      else
        process.stdout.write(
          `${found === undefined ? 'holds ' : 'BROKEN'}  ${name}  ${promise}\n${found === undefined ? '' : `${found.rows.map((row) => `        ${JSON.stringify(row)}`).join('\n')}\n`}`,
        )
    }
    if (options.json !== true)
      process.stdout.write(
        broken.size === 0
          ? `no violation of ${invariants().length} invariants\n`
          : `${broken.size} of ${invariants().length} invariants are broken\n`,
      )
    return broken.size === 0 ? 0 : 1
  } finally {
    await surroundings.stop()
  }
}

/** Autovacuum never analyses the parents of partitions: without their figures a check over 150,000 events planned itself into minutes. */
export async function refreshStatistics(admin_url: string): Promise<void> {
  const sql = postgres(admin_url, { max: 1, onnotice: () => {} })
  try {
    await sql`analyze -- all tenants: figures of the planner`
  } finally {
    await sql.end()
  }
}

async function tenantId(admin_url: string, code: string): Promise<string> {
  const sql = postgres(admin_url, { max: 1, onnotice: () => {} })
  try {
    const rows = await sql.unsafe('select tenant_id from platform.tenant where code = $1', [code])
    const id: unknown = rows[0]?.tenant_id
    if (typeof id !== 'string') throw new Error(`there is no tenant ${code}`)
    return id
  } finally {
    await sql.end()
  }
}
