// The statements of configured providers; their secrets are sealed.
import type { Tx } from '../../platform/db.ts'

export interface ProviderRow {
  readonly provider: string
  readonly adapter: string
  readonly base_url: string
  readonly secret_sealed: string
  readonly state: 'active' | 'paused'
}

export async function upsertProvider(tx: Tx, row: ProviderRow): Promise<void> {
  await tx.sql`
    insert into payment.provider (tenant_id, provider, adapter, base_url, secret_sealed, state, updated_at)
    values (${tx.tenant}, ${row.provider}, ${row.adapter}, ${row.base_url}, ${row.secret_sealed}, ${row.state}, ${tx.now})
    on conflict (tenant_id, provider) do update
       set adapter = excluded.adapter, base_url = excluded.base_url, secret_sealed = excluded.secret_sealed, state = excluded.state,
           updated_at = excluded.updated_at`
}

export async function providerByName(tx: Tx, provider: string): Promise<ProviderRow | null> {
  const rows = await tx.sql<ProviderRow[]>`
    select provider, adapter, base_url, secret_sealed, state from payment.provider
     where tenant_id = ${tx.tenant} and provider = ${provider}`
  return rows[0] ?? null
}

const PROVIDERS_AT_MOST = 50

export async function providersOf(tx: Tx): Promise<ProviderRow[]> {
  return tx.sql<ProviderRow[]>`
    select provider, adapter, base_url, secret_sealed, state from payment.provider
     where tenant_id = ${tx.tenant} order by provider limit ${PROVIDERS_AT_MOST}::int`
}
