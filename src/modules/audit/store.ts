// SQL of the audit: entries and blocks are only ever added; the head of each chain is what sealers wait for.
import type { Tx } from '../../platform/db.ts'
import type { AuditRow } from '../../platform/http/audit-row.ts'

export interface EntryRow {
  readonly entry_id: string
  readonly at: Date
  readonly actor: string
  readonly route: string
  readonly request_id: string | null
  readonly status: number | null
  readonly count: number
  readonly request_digest: string | null
  readonly before_digest: string | null
  readonly after_digest: string | null
  readonly subjects: string[]
}

/** Adds entries with one statement; subjects travel as JSON, because arrays of arrays must be rectangular. */
export async function insertEntries(tx: Tx, ids: readonly string[], rows: readonly AuditRow[]): Promise<void> {
  await tx.sql`
    insert into audit.entry (tenant_id, entry_id, at, actor, route, request_id, status, subject, subjects, count, request_digest, before_digest, after_digest)
    select ${tx.tenant}::uuid, entry_id, ${tx.now}, actor, route, request_id, status, subjects::jsonb ->> 0, array(select jsonb_array_elements_text(subjects::jsonb)),
           count, request_digest, before_digest, after_digest
      from unnest(${[...ids]}::uuid[], ${rows.map((row) => row.actor)}::text[], ${rows.map((row) => row.route)}::text[], ${rows.map((row) => row.request_id)}::uuid[],
                  ${rows.map((row) => row.status)}::int[], ${rows.map((row) => JSON.stringify(row.subjects))}::text[], ${rows.map((row) => row.count)}::int[],
                  ${rows.map((row) => row.request_digest)}::text[], ${rows.map((row) => row.before_digest)}::text[], ${rows.map((row) => row.after_digest)}::text[])
        as new (entry_id, actor, route, request_id, status, subjects, count, request_digest, before_digest, after_digest)`
}

/** The entries of these ids in the order of their ids. */
export async function entriesById(tx: Tx, ids: readonly string[]): Promise<EntryRow[]> {
  return tx.sql<EntryRow[]>`
    select entry_id, at, actor, route, request_id, status::int as status, count, request_digest, before_digest, after_digest, subjects from audit.entry
     where tenant_id = ${tx.tenant} and entry_id = any (${[...ids]}::uuid[]) order by entry_id`
}

export interface Head {
  readonly block_no: number
  readonly hash: Uint8Array
}

/** Locks the end of the tenant's chain, made at the first use: block 0, 32 zero bytes. */
export async function lockHead(tx: Tx): Promise<Head> {
  await tx.sql`
    insert into audit.head (tenant_id, block_no, hash) values (${tx.tenant}, 0, ${new Uint8Array(32)}) on conflict (tenant_id) do nothing`
  const rows = await tx.sql<Head[]>`select block_no, hash from audit.head where tenant_id = ${tx.tenant} for update`
  return rows[0] ?? { block_no: 0, hash: new Uint8Array(32) }
}

export interface BlockRow {
  readonly block_no: number
  readonly entry_ids: string[]
  readonly merkle_root: Uint8Array
  readonly previous_hash: Uint8Array
  readonly hash: Uint8Array
}

export async function insertBlock(tx: Tx, block: BlockRow): Promise<void> {
  await tx.sql`
    insert into audit.block (tenant_id, block_no, entry_ids, merkle_root, previous_hash, hash, sealed_at)
    values (${tx.tenant}, ${block.block_no}, ${block.entry_ids}::uuid[], ${block.merkle_root}, ${block.previous_hash}, ${block.hash}, ${tx.now})`
  await tx.sql`update audit.head set block_no = ${block.block_no}, hash = ${block.hash} where tenant_id = ${tx.tenant}`
}

/** Blocks after `after`, in order. */
export async function blocksAfter(tx: Tx, after: number, limit: number): Promise<BlockRow[]> {
  return tx.sql<BlockRow[]>`
    select block_no, entry_ids, merkle_root, previous_hash, hash from audit.block
     where tenant_id = ${tx.tenant} and block_no > ${after} order by block_no limit ${limit}::int`
}

/** The newest entries before `before`. */
export async function listEntries(tx: Tx, before: string, limit: number): Promise<EntryRow[]> {
  return tx.sql<EntryRow[]>`
    select entry_id, at, actor, route, request_id, status::int as status, count, request_digest, before_digest, after_digest, subjects from audit.entry
     where tenant_id = ${tx.tenant} and entry_id < ${before}::uuid order by entry_id desc limit ${limit}::int`
}

/** The newest entries before `before` that are about `subject`. */
export async function listEntriesAbout(tx: Tx, subject: string, before: string, limit: number): Promise<EntryRow[]> {
  return tx.sql<EntryRow[]>`
    select entry_id, at, actor, route, request_id, status::int as status, count, request_digest, before_digest, after_digest, subjects from audit.entry
     where tenant_id = ${tx.tenant} and subject = ${subject} and entry_id < ${before}::uuid order by entry_id desc limit ${limit}::int`
}

/** The newest entries before `before` of one person. */
export async function listEntriesOf(tx: Tx, actor: string, before: string, limit: number): Promise<EntryRow[]> {
  return tx.sql<EntryRow[]>`
    select entry_id, at, actor, route, request_id, status::int as status, count, request_digest, before_digest, after_digest, subjects from audit.entry
     where tenant_id = ${tx.tenant} and actor = ${actor} and starts_with(actor, 'user:') and entry_id < ${before}::uuid
     order by entry_id desc limit ${limit}::int`
}
