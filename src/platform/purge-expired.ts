// What is kept for a time goes when its time is over: every hour, tenant by tenant, in small transactions.
import type { Tx } from './db.ts'
import type { Runtime } from './runtime.ts'

/** Deletes at most `limit` rows of the transaction's tenant whose time is over; answers how many. */
export type Purge = (tx: Tx, limit: number) => Promise<number>

const ROWS_AT_A_TIME = 1_000
const TENANTS_AT_A_TIME = 500

/** Runs the purges for these tenants until nothing is left; answers the number of rows. Several processes may do so at once. */
export async function purgeExpired(
  runtime: Runtime,
  tenants: readonly string[],
  purges: readonly Purge[],
  stopped: () => boolean = () => false,
): Promise<number> {
  let total = 0
  for (const tenant of tenants) {
    for (const purge of purges) {
      for (let gone = ROWS_AT_A_TIME; gone === ROWS_AT_A_TIME && !stopped(); total += gone) {
        gone = await runtime.db.transaction(tenant, 'system', (tx) => purge(tx, ROWS_AT_A_TIME))
      }
    }
  }
  return total
}

/** Runs the purges for every tenant; answers the number of rows. */
export async function purgeAll(runtime: Runtime, purges: readonly Purge[], stopped: () => boolean): Promise<number> {
  let total = 0
  let tenants = await tenantsAfter(runtime, '00000000-0000-0000-0000-000000000000')
  while (tenants.length > 0 && !stopped()) {
    total += await purgeExpired(runtime, tenants, purges, stopped)
    tenants = await tenantsAfter(runtime, tenants.at(-1) ?? '')
  }
  return total
}

async function tenantsAfter(runtime: Runtime, after: string): Promise<string[]> {
  const rows = await runtime.db.sql<{ tenant_id: string }[]>`
    select tenant_id from platform.tenant where tenant_id > ${after}::uuid order by tenant_id limit ${TENANTS_AT_A_TIME}::int`
  return rows.map((row) => row.tenant_id)
}
