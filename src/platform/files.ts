// Files in PostgreSQL behind four functions: put, get, erase those of a person, purge what is past its time. Object storage can stand here later.
import { hash } from 'node:crypto'
import type { Tx } from './db.ts'
import { platformProblem } from './problems.ts'

const BYTES_AT_MOST = 1_048_576

export interface NewFile {
  readonly media_type: string
  readonly bytes: Uint8Array
  /** Whose personal data is in it; absent for nobody's. */
  readonly person_id?: string
  readonly keep_until: Date
}

export interface StoredFile {
  readonly media_type: string
  readonly bytes: Uint8Array
  readonly sha256: Uint8Array
  readonly created_at: Date
}

/** Keeps files with one statement; answers their ids in order. Throws `body_too_large` above 1 MiB. */
export async function putFiles(tx: Tx, files: readonly NewFile[]): Promise<string[]> {
  if (files.length === 0) return []
  if (files.some((file) => file.bytes.length > BYTES_AT_MOST))
    throw platformProblem('body_too_large', { bytes_at_most: BYTES_AT_MOST })
  const ids = files.map(() => tx.newId())
  await tx.sql`
    insert into files.object (tenant_id, file_id, sha256, media_type, bytes, person_id, keep_until, created_at)
    select ${tx.tenant}::uuid, file_id, sha256, media_type, bytes, person_id, keep_until, ${tx.now}
      from unnest(${ids}::uuid[], ${files.map((file) => hash('sha256', file.bytes, 'buffer'))}::bytea[], ${files.map((file) => file.media_type)}::text[],
                  ${files.map((file) => file.bytes)}::bytea[], ${files.map((file) => file.person_id ?? null)}::uuid[],
                  ${files.map((file) => file.keep_until)}::timestamptz[])
        as new (file_id, sha256, media_type, bytes, person_id, keep_until)`
  return ids
}

/** Keeps one file; answers its id. Throws `body_too_large` above 1 MiB. */
export async function putFile(tx: Tx, file: NewFile): Promise<string> {
  const [id = ''] = await putFiles(tx, [file])
  return id
}

/** The file, or null where there is none of this id (any more). */
export async function readFile(tx: Tx, file_id: string): Promise<StoredFile | null> {
  const rows = await tx.sql<StoredFile[]>`
    select media_type, bytes, sha256, created_at from files.object where tenant_id = ${tx.tenant} and file_id = ${file_id}`
  return rows[0] ?? null
}

/** Files with one statement, by id; those that are no longer kept are absent. */
export async function getFiles(tx: Tx, file_ids: readonly string[]): Promise<ReadonlyMap<string, StoredFile>> {
  if (file_ids.length === 0) return new Map()
  const rows = await tx.sql<(StoredFile & { file_id: string })[]>`
    select file_id, media_type, bytes, sha256, created_at from files.object where tenant_id = ${tx.tenant} and file_id = any (${[...file_ids]}::uuid[])`
  return new Map(rows.map((row) => [row.file_id, row]))
}

/** Deletes every file that holds personal data of these persons; answers how many. */
export async function erasePersonFiles(tx: Tx, person_ids: readonly string[]): Promise<number> {
  const gone =
    await tx.sql`delete from files.object where tenant_id = ${tx.tenant} and person_id = any (${[...person_ids]}::uuid[])`
  return gone.count
}

/** Deletes files by id; answers how many there were. */
export async function eraseFiles(tx: Tx, file_ids: readonly string[]): Promise<number> {
  if (file_ids.length === 0) return 0
  const gone =
    await tx.sql`delete from files.object where tenant_id = ${tx.tenant} and file_id = any (${[...file_ids]}::uuid[])`
  return gone.count
}

/** Deletes files whose time is over, at most `limit`, the oldest first; answers how many. */
export async function purgeFiles(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from files.object where tenant_id = ${tx.tenant} and file_id in (
      select file_id from files.object where tenant_id = ${tx.tenant} and keep_until < ${tx.now} order by keep_until limit ${limit}::int)`
  return gone.count
}
