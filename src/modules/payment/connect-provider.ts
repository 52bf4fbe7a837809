// From the provider of a tenant to a connection: which adapter, where, with which secret; and how a tenant configures one.
import type { Tx } from '../../platform/db.ts'
import { callOut, type EgressRules, readUrl } from '../../platform/egress.ts'
import type { OutsideCall } from '../../platform/engine/index.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { adapters } from './adapters.ts'
import type { Intent } from './intent.ts'
import { paymentProblem } from './problems.ts'
import type { Connection, ProviderAdapter } from './provider.ts'
import { type ProviderRow, providersOf, upsertProvider } from './store-providers.ts'

export interface ProviderSettings {
  readonly provider: string
  readonly adapter: string
  /** Where its API begins. */
  readonly api_url: string
  readonly secret: string
  readonly state?: 'active' | 'paused'
}

/** Configures a provider of the tenant; its secret is sealed. Throws provider_unknown for an adapter that Ordo does not have. */
export async function configureProvider(
  tx: Tx,
  secrets: Secrets,
  rules: EgressRules,
  settings: ProviderSettings,
): Promise<void> {
  if (!adapters.has(settings.adapter)) throw paymentProblem('provider_unknown', { adapter: settings.adapter })
  await upsertProvider(tx, {
    provider: settings.provider,
    adapter: settings.adapter,
    base_url: readUrl(settings.api_url, rules).href.replace(/\/+$/, ''),
    secret_sealed: secrets.seal(settings.secret),
    state: settings.state ?? 'active',
  })
}

/** The provider of an intent; where the intent names none, the only active one that offers its method. */
export async function providerOf(tx: Tx, intent: Intent): Promise<ProviderRow | null> {
  const rows = (await providersOf(tx)).filter((row) => row.state === 'active')
  if (intent.provider !== null) return rows.find((row) => row.provider === intent.provider) ?? null
  const able = rows.filter((row) => adapters.get(row.adapter)?.methods.includes(intent.method))
  return able.length === 1 ? (able[0] ?? null) : null
}

export interface Connected {
  readonly adapter: ProviderAdapter
  readonly connection: Connection
}

/** A connection for one outside call; null where the adapter is not known here. */
export function connect(call: OutsideCall, row: ProviderRow): Connected | null {
  const adapter = adapters.get(row.adapter)
  if (adapter === undefined) return null
  const { runtime, signal } = call
  const connection: Connection = {
    api_url: row.base_url,
    secret: runtime.secrets.open(row.secret_sealed),
    call: (request) => callOut(runtime.settings, { ...request, signal }),
  }
  return { adapter, connection }
}
