// API keys: made once and shown once, with a part of their maker's permissions; revoked for ever.
import type { ApiKeyView } from '../../contracts/views-session.ts'
import type { Principal } from '../../platform/http/principal.ts'
import { platformProblem } from '../../platform/problems.ts'
import type { Context } from '../../platform/runtime.ts'
import { identityProblem } from './problems.ts'
import { callersOf, grantableScopes, tokenDigest } from './recognise-caller.ts'
import { tenantById } from './store.ts'
import * as store from './store-keys.ts'

const KEYS_AT_MOST = 200

/** The keys, those in use first, the newest first. */
export function keyList(context: Context): Promise<{ items: ApiKeyView[] }> {
  return context.transaction(async (tx) => ({ items: (await store.listKeys(tx, KEYS_AT_MOST)).map(view) }))
}

function view(row: store.ListedKey): ApiKeyView {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  }
}

/** Makes a key. Throws `scope_not_grantable` for what its maker does not have himself or no key may have. */
export async function makeKey(
  context: Context,
  maker: Principal | null,
  wanted: { name: string; scopes: readonly string[] },
): Promise<{ key_id: string; key: string }> {
  const refused = wanted.scopes.filter(
    (scope) => !grantableScopes.has(scope) || maker?.permissions.has(scope) === false,
  )
  if (refused.length > 0) throw identityProblem('scope_not_grantable', { scopes: refused.slice(0, 20) })
  const tenant = await tenantById(context.runtime.db.sql, context.tenant)
  if (tenant === undefined) throw platformProblem('not_found')
  const { key, ...digested } = newKey(context.runtime.randomness.bytes(32), tenant.code)
  return context.transaction(async (tx) => {
    if ((await store.countKeys(tx)) >= KEYS_AT_MOST) throw identityProblem('too_many_keys')
    const key_id = tx.newId()
    await store.insertKey(tx, { key_id, name: wanted.name, scopes: [...new Set(wanted.scopes)], ...digested })
    return { key_id, key }
  })
}

/** A key of a tenant from 32 random bytes: its text, its digest and the hint by which people know it. */
export function newKey(random: Uint8Array, tenant_code: string): { key: string; key_sha256: Buffer; hint: string } {
  const secret = Buffer.from(random).toString('hex')
  return {
    key: `ordo_${tenant_code}_${secret}`,
    key_sha256: tokenDigest({ kind: 'key', tenant_code, secret }),
    hint: secret.slice(-4),
  }
}

/** Ends a key; within five seconds it is refused everywhere. */
export async function revokeKey(context: Context, key_id: string): Promise<{ ok: true }> {
  return context.transaction(async (tx) => {
    if (!(await store.revokeKey(tx, key_id))) throw platformProblem('not_found')
    tx.afterCommit(() => callersOf(context.runtime).forget(context.tenant))
    return { ok: true }
  })
}
