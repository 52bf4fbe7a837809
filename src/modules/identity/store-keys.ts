// SQL of API keys: only their digest is kept.
import type { Tx } from '../../platform/db.ts'

export interface LiveKey {
  readonly key_id: string
  readonly scopes: string[]
  readonly per_minute: number | null
  readonly last_used_at: Date | null
}

export async function liveKey(tx: Tx, key_sha256: Uint8Array): Promise<LiveKey | undefined> {
  const rows = await tx.sql<LiveKey[]>`
    select key_id, scopes, per_minute, last_used_at from identity.api_key
     where tenant_id = ${tx.tenant} and key_sha256 = ${key_sha256} and revoked_at is null and (expires_at is null or expires_at > ${tx.now})`
  return rows[0]
}

export async function touchKey(tx: Tx, key_id: string): Promise<void> {
  await tx.sql`update identity.api_key set last_used_at = ${tx.now} where tenant_id = ${tx.tenant} and key_id = ${key_id}`
}

export interface NewKeyRow {
  readonly key_id: string
  readonly name: string
  readonly key_sha256: Uint8Array
  readonly hint: string
  readonly scopes: readonly string[]
}

export async function insertKey(tx: Tx, key: NewKeyRow): Promise<void> {
  await tx.sql`
    insert into identity.api_key (tenant_id, key_id, name, key_sha256, hint, scopes, created_at, created_by)
    values (${tx.tenant}, ${key.key_id}, ${key.name}, ${key.key_sha256}, ${key.hint}, ${[...key.scopes]}::text[], ${tx.now}, ${tx.actor})`
}

export interface ListedKey {
  readonly key_id: string
  readonly name: string
  readonly scopes: string[]
  readonly hint: string
  readonly created_at: Date
  readonly last_used_at: Date | null
  readonly revoked_at: Date | null
}

export async function listKeys(tx: Tx, limit: number): Promise<ListedKey[]> {
  return tx.sql<ListedKey[]>`
    select key_id, name, scopes, hint, created_at, last_used_at, revoked_at from identity.api_key
     where tenant_id = ${tx.tenant} order by revoked_at is not null, key_id desc limit ${limit}::int`
}

export async function countKeys(tx: Tx): Promise<number> {
  const rows = await tx.sql<{ keys: number }[]>`
    select count(*)::int as keys from identity.api_key where tenant_id = ${tx.tenant} and revoked_at is null`
  return rows[0]?.keys ?? 0
}

/** False where there is no key of that id. Revoking twice keeps the first moment. */
export async function revokeKey(tx: Tx, key_id: string): Promise<boolean> {
  const revoked = await tx.sql`
    update identity.api_key set revoked_at = coalesce(revoked_at, ${tx.now}) where tenant_id = ${tx.tenant} and key_id = ${key_id}`
  return revoked.count === 1
}
