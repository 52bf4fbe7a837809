// The sandbox payment provider beside a demo: started with the process, and entered as the demo merchant's provider.
import { join } from 'node:path'
import { tenantByCode } from '../modules/identity/index.ts'
import { configureProvider } from '../modules/payment/index.ts'
import type { Runtime } from '../platform/runtime.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import { CODE } from './demo/open-tenant.ts'
import { PROVIDER } from './demo/stage.ts'
import { dataFolder } from './environment.ts'

const SECRET_BYTES = 24

/** Where the sandbox keeps its books over a restart. */
export function sandboxBooks(port: number): { readonly file: string; readonly port: number } {
  return { file: join(dataFolder(), 'sandbox.jsonl'), port }
}

/** Starts the sandbox and makes it the provider of the demo merchant; its secret is new at every start. */
export async function openSandbox(
  runtime: Runtime,
  public_url: string,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const secret = `whsec_${Buffer.from(runtime.randomness.bytes(SECRET_BYTES)).toString('base64')}`
  const callback_url = `${public_url}/in/${CODE}/${PROVIDER}`
  const sandbox = await startSandbox({ ...sandboxBooks(port), callback_url, secret, clock: runtime.clock })
  const tenant = await tenantByCode(runtime.db.sql, CODE)
  if (tenant !== undefined) {
    const settings = { provider: PROVIDER, adapter: 'sandbox', api_url: sandbox.url, secret }
    await runtime.db.transaction(tenant.tenant_id, 'system', (tx) =>
      configureProvider(tx, runtime.secrets, runtime.settings, settings),
    )
  }
  return { url: sandbox.url, close: () => sandbox.close() }
}
