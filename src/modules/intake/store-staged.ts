// The SQL of staging: messages that wait for their cause to be mended.
import type { Reason } from '../../contracts/order-intake.ts'
import type { Tx } from '../../platform/db.ts'
import type { Source } from './incoming.ts'

export type StagedState = 'waiting' | 'replayed' | 'dismissed'

export interface StagedRow {
  readonly staged_id: string
  readonly channel: string
  readonly external_id: string
  readonly source: Source
  readonly state: StagedState
  readonly reasons: readonly Reason[]
  readonly content_sha256: Uint8Array
  readonly file_id: string
  readonly attempts: number
  readonly order_id: string | null
  readonly received_at: Date
  readonly tried_at: Date
  readonly settled_at: Date | null
  readonly settled_by: string | null
  readonly note: string | null
}

/** Whether anything waits at all: on the way of orders that resolve, one probe of an index spares a second statement. */
export async function hasWaiting(tx: Tx): Promise<boolean> {
  const rows = await tx.sql<{ waits: boolean }[]>`
    select exists (select from intake.staged where tenant_id = ${tx.tenant} and state = 'waiting') as waits`
  return rows[0]?.waits ?? false
}

export interface WaitingTwin {
  readonly staged_id: string
  readonly channel: string
  readonly external_id: string
  readonly content_sha256: Uint8Array
  readonly reasons: readonly Reason[]
}

/** The waiting messages of these keys, locked in the order of their keys. */
export async function lockWaiting(
  tx: Tx,
  keys: readonly { channel: string; external_id: string }[],
): Promise<WaitingTwin[]> {
  return tx.sql<WaitingTwin[]>`
    select staged_id, channel, external_id, content_sha256, reasons from intake.staged
     where tenant_id = ${tx.tenant} and state = 'waiting' and external_id <> '' and (channel, external_id) in (
       select * from unnest(${keys.map((key) => key.channel)}::text[], ${keys.map((key) => key.external_id)}::text[]))
     order by channel, external_id for update`
}

export interface NewStaged {
  readonly staged_id: string
  readonly channel: string
  readonly external_id: string
  readonly source: Source
  readonly reasons: readonly Reason[]
  readonly content_sha256: Buffer
  readonly file_id: string
}

/** Answers the ids that were inserted; a key that waits already is left out. */
export async function insertStaged(tx: Tx, rows: readonly NewStaged[]): Promise<{ staged_id: string }[]> {
  return tx.sql<{ staged_id: string }[]>`
    insert into intake.staged (tenant_id, staged_id, channel, external_id, source, reasons, content_sha256, file_id, received_at, tried_at)
    select ${tx.tenant}::uuid, staged_id, channel, external_id, source, reasons::jsonb, content_sha256, file_id, ${tx.now}, ${tx.now}
      from unnest(${rows.map((row) => row.staged_id)}::uuid[], ${rows.map((row) => row.channel)}::text[], ${rows.map((row) => row.external_id)}::text[],
                  ${rows.map((row) => row.source)}::text[], ${rows.map((row) => JSON.stringify(row.reasons))}::text[],
                  ${rows.map((row) => row.content_sha256)}::bytea[], ${rows.map((row) => row.file_id)}::uuid[])
        as new (staged_id, channel, external_id, source, reasons, content_sha256, file_id)
    on conflict do nothing
    returning staged_id`
}

export interface TriedAgain {
  readonly staged_id: string
  readonly reasons: readonly Reason[]
  readonly content_sha256: Buffer | null
  readonly file_id: string | null
}

/** Notes one more attempt; new content (null: the same as before) takes the place of the old. */
export async function updateStaged(tx: Tx, rows: readonly TriedAgain[]): Promise<void> {
  await tx.sql`
    update intake.staged s
       set reasons = d.reasons::jsonb, content_sha256 = coalesce(d.content_sha256, s.content_sha256), file_id = coalesce(d.file_id, s.file_id),
           attempts = s.attempts + 1, tried_at = ${tx.now}
      from unnest(${rows.map((row) => row.staged_id)}::uuid[], ${rows.map((row) => JSON.stringify(row.reasons))}::text[],
                  ${rows.map((row) => row.content_sha256)}::bytea[], ${rows.map((row) => row.file_id)}::uuid[]) as d (staged_id, reasons, content_sha256, file_id)
     where s.tenant_id = ${tx.tenant} and s.staged_id = d.staged_id and s.state = 'waiting'`
}

export interface Cause {
  readonly staged_id: string
  readonly code: string
  readonly sku: string
}

export async function insertCauses(tx: Tx, causes: readonly Cause[]): Promise<void> {
  await tx.sql`
    insert into intake.staged_cause (tenant_id, code, sku, staged_id)
    select ${tx.tenant}::uuid, code, sku, staged_id
      from unnest(${causes.map((cause) => cause.code)}::text[], ${causes.map((cause) => cause.sku)}::text[], ${causes.map((cause) => cause.staged_id)}::uuid[])
        as new (code, sku, staged_id)
    on conflict do nothing`
}

export async function deleteCauses(tx: Tx, staged_ids: readonly string[]): Promise<void> {
  await tx.sql`delete from intake.staged_cause where tenant_id = ${tx.tenant} and staged_id = any (${[...staged_ids]}::uuid[])`
}

/** Settles waiting messages by their ids; answers those that were waiting. */
export async function settle(
  tx: Tx,
  rows: readonly { staged_id: string; order_id: string | null }[],
  note: string | null,
): Promise<{ staged_id: string }[]> {
  return tx.sql<{ staged_id: string }[]>`
    with settled as (
      update intake.staged s
         set state = case when d.order_id is null then 'dismissed' else 'replayed' end, order_id = d.order_id,
             settled_at = ${tx.now}, settled_by = ${tx.actor}, note = ${note}
        from unnest(${rows.map((row) => row.staged_id)}::uuid[], ${rows.map((row) => row.order_id)}::uuid[]) as d (staged_id, order_id)
       where s.tenant_id = ${tx.tenant} and s.staged_id = d.staged_id and s.state = 'waiting'
      returning s.staged_id),
    forgotten as (delete from intake.staged_cause c using settled where c.tenant_id = ${tx.tenant} and c.staged_id = settled.staged_id)
    select staged_id from settled`
}

/** Messages by their ids, locked in the order of their ids. */
export async function lockStaged(tx: Tx, staged_ids: readonly string[]): Promise<StagedRow[]> {
  return tx.sql<StagedRow[]>`
    select staged_id, channel, external_id, source, state, reasons, content_sha256, file_id, attempts, order_id, received_at, tried_at, settled_at, settled_by, note
      from intake.staged where tenant_id = ${tx.tenant} and staged_id = any (${[...staged_ids]}::uuid[]) order by staged_id for update`
}

export async function readStaged(tx: Tx, staged_id: string): Promise<StagedRow[]> {
  return tx.sql<StagedRow[]>`
    select staged_id, channel, external_id, source, state, reasons, content_sha256, file_id, attempts, order_id, received_at, tried_at, settled_at, settled_by, note
      from intake.staged where tenant_id = ${tx.tenant} and staged_id = ${staged_id}`
}

export interface StagedPage {
  readonly state: StagedState
  /** Older than this one; null begins with the newest. */
  readonly before: string | null
  readonly limit: number
}

/** Newest first. */
export async function listStaged(tx: Tx, page: StagedPage): Promise<StagedRow[]> {
  return tx.sql<StagedRow[]>`
    select staged_id, channel, external_id, source, state, reasons, content_sha256, file_id, attempts, order_id, received_at, tried_at, settled_at, settled_by, note
      from intake.staged
     where tenant_id = ${tx.tenant} and state = ${page.state} and (${page.before}::uuid is null or staged_id < ${page.before}::uuid)
     order by staged_id desc limit ${page.limit}::int`
}

export interface CauseFilter {
  readonly code: string
  readonly sku: string
  readonly channel: string
}

/** The waiting messages with this cause, newest first; '' takes any code, SKU or channel. */
export async function listByCause(tx: Tx, filter: CauseFilter, page: StagedPage): Promise<StagedRow[]> {
  return tx.sql<StagedRow[]>`
    select staged_id, channel, external_id, source, state, reasons, content_sha256, file_id, attempts, order_id, received_at, tried_at, settled_at, settled_by, note
      from intake.staged s
     where tenant_id = ${tx.tenant} and state = 'waiting' and (${page.before}::uuid is null or staged_id < ${page.before}::uuid)
       and (${filter.channel}::text = '' or channel = ${filter.channel})
       and exists (select from intake.staged_cause c where c.tenant_id = ${tx.tenant} and c.staged_id = s.staged_id
                      and (${filter.code}::text = '' or c.code = ${filter.code}) and (${filter.sku}::text = '' or c.sku = ${filter.sku}))
     order by staged_id desc limit ${page.limit}::int`
}

/** How many messages are in a state, 1,000 meaning "more than 999". */
export async function countStaged(tx: Tx, state: StagedState): Promise<number> {
  const rows = await tx.sql<{ count: number }[]>`
    select count(*)::int as count from (select from intake.staged where tenant_id = ${tx.tenant} and state = ${state} limit 1000) as few`
  return rows[0]?.count ?? 0
}
