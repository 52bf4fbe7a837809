// The SQL of raw messages: in which of them a mark may stand, and how they go when a customer is erased.
import type { Tx } from '../../platform/db.ts'

export interface MessageBucket {
  readonly bucket: number
  readonly file_id: string
}

export async function insertBuckets(tx: Tx, rows: readonly MessageBucket[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into intake.message_bucket (tenant_id, bucket, file_id)
    select ${tx.tenant}::uuid, bucket, file_id
      from unnest(${rows.map((row) => row.bucket)}::int[], ${rows.map((row) => row.file_id)}::uuid[]) as new (bucket, file_id)
    on conflict do nothing`
}

/** The files in which a mark of these buckets may stand. */
export async function filesInBuckets(
  tx: Tx,
  buckets: readonly number[],
  limit: number,
): Promise<{ file_id: string }[]> {
  return tx.sql<{ file_id: string }[]>`
    select distinct b.file_id from intake.message_bucket b
     where b.tenant_id = ${tx.tenant} and b.bucket = any (${[...buckets]}::int[]) limit ${limit}::int`
}

/** The files of messages that became these orders. */
export async function filesOfOrders(tx: Tx, order_ids: readonly string[]): Promise<{ file_id: string }[]> {
  return tx.sql<{ file_id: string }[]>`
    select file_id from intake.staged where tenant_id = ${tx.tenant} and state = 'replayed' and order_id = any (${[...order_ids]}::uuid[])`
}

/** Takes the notes from the messages of these files; answers those that still wait. */
export async function blankStaged(tx: Tx, file_ids: readonly string[]): Promise<{ staged_id: string }[]> {
  return tx.sql<{ staged_id: string }[]>`
    with blanked as (
      update intake.staged set note = null where tenant_id = ${tx.tenant} and file_id = any (${[...file_ids]}::uuid[]) returning staged_id, state),
    forgotten as (delete from intake.message_bucket where tenant_id = ${tx.tenant} and file_id = any (${[...file_ids]}::uuid[]))
    select staged_id from blanked where state = 'waiting' order by staged_id`
}

/** Forgets the buckets of files that are no longer kept, the oldest first, at most `limit`; answers how many. */
export async function purgeBuckets(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from intake.message_bucket where tenant_id = ${tx.tenant} and file_id in (
      select b.file_id from intake.message_bucket b
       where b.tenant_id = ${tx.tenant}
         and not exists (select from files.object f where f.tenant_id = ${tx.tenant} and f.file_id = b.file_id)
       order by b.file_id limit ${limit}::int)`
  return gone.count
}
