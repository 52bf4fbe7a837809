// The SQL of degradations: opened once, held while a decision is made under them, ended once.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Database, Tx } from '../../platform/db.ts'

export interface DegradationRow {
  readonly degradation_id: string
  readonly kind: DegradedKind
  readonly cause: string
  readonly keys: string[]
  readonly since: Date
  readonly opened_at: Date | null
  readonly failed_orders: number
  readonly failed_at: Date
  readonly good_probes: number
  readonly ended_at: Date | null
}

/** One of a kind that is not over, and how many orders it has failed for; counted only until it is open. */
export interface HeldDegradation {
  readonly degradation_id: string
  readonly kind: DegradedKind
  readonly since: Date
  readonly cause: string
  readonly keys: string[]
  readonly opened_at: Date | null
  readonly failed_orders: number
}

/**
 * Those of these kinds that are not over; none of them ends before this transaction does. A key-share lock: counting what was seen goes on beside
 * it, only ending waits.
 */
export async function holdDegradations(tx: Tx, kinds: readonly DegradedKind[]): Promise<HeldDegradation[]> {
  return tx.sql<HeldDegradation[]>`
    select g.degradation_id, g.kind, g.since, g.cause, g.keys, g.opened_at,
           case when g.opened_at is null
                then g.failed_orders + coalesce((select sum(s.orders) from modes.degradation_sighting s where s.tenant_id = ${tx.tenant} and s.degradation_id = g.degradation_id), 0)::int
                else g.failed_orders end as failed_orders
      from modes.degradation g where g.tenant_id = ${tx.tenant} and g.kind = any (${[...kinds]}::text[]) and g.ended_at is null
     order by g.kind for key share of g`
}

/** A new one that nobody is told of yet; false where another transaction has made one of its kind. */
export async function insertDegradation(
  tx: Tx,
  row: Pick<DegradationRow, 'degradation_id' | 'kind' | 'cause' | 'keys'>,
): Promise<boolean> {
  const made = await tx.sql`
    insert into modes.degradation (tenant_id, degradation_id, kind, cause, keys, since, opened_at, failed_at)
    values (${tx.tenant}, ${row.degradation_id}, ${row.kind}, ${row.cause}, ${row.keys}::text[], ${tx.now}, null, ${tx.now})
    on conflict (tenant_id, kind) where ended_at is null do nothing`
  return made.count === 1
}

/** Opens those that are only suspected; answers which it has opened. */
export async function openDegradations(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const opened = await tx.sql<{ degradation_id: string }[]>`
    update modes.degradation set opened_at = ${tx.now}
     where tenant_id = ${tx.tenant} and degradation_id = any (${[...ids]}::uuid[]) and opened_at is null and ended_at is null returning degradation_id`
  return opened.map((row) => row.degradation_id)
}

export interface Sighting {
  readonly degradation_id: string
  readonly at: Date
  readonly good: boolean
  /** That it failed for. */
  readonly orders: number
  readonly keys: readonly string[]
}

export async function insertSightings(tx: Tx, rows: readonly Omit<Sighting, 'at'>[]): Promise<void> {
  if (rows.length === 0) return
  await tx.sql`
    insert into modes.degradation_sighting (tenant_id, degradation_id, sighting_id, at, good, orders, keys)
    select ${tx.tenant}::uuid, degradation_id, sighting_id, ${tx.now}, good, orders, array(select jsonb_array_elements_text(keys::jsonb))
      from unnest(${rows.map((row) => row.degradation_id)}::uuid[], ${rows.map(() => tx.newId())}::uuid[], ${rows.map((row) => row.good)}::boolean[],
                  ${rows.map((row) => row.orders)}::int[], ${rows.map((row) => JSON.stringify(row.keys))}::text[]) as new (degradation_id, sighting_id, good, orders, keys)`
}

const SIGHTINGS_AT_MOST = 20_000

/** Takes what was seen of one out of the table. */
export async function takeSightings(tx: Tx, degradation_id: string): Promise<Sighting[]> {
  return tx.sql<Sighting[]>`
    delete from modes.degradation_sighting where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} and sighting_id in (
      select sighting_id from modes.degradation_sighting where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} order by sighting_id limit ${SIGHTINGS_AT_MOST}::int)
    returning degradation_id, at, good, orders, keys`
}

/** Keeps what the sightings of one have come to; false where it is over. */
export async function keepTally(
  tx: Tx,
  degradation_id: string,
  tally: Pick<DegradationRow, 'failed_orders' | 'failed_at' | 'good_probes' | 'keys'>,
): Promise<boolean> {
  const kept = await tx.sql`
    update modes.degradation set failed_orders = ${tally.failed_orders}, failed_at = ${tally.failed_at}, good_probes = ${tally.good_probes}, keys = ${tally.keys}::text[]
     where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} and ended_at is null`
  return kept.count === 1
}

/** One that is not over, once no decision is being made under it; others that come now find it ended. */
export async function lockDegradation(tx: Tx, degradation_id: string): Promise<DegradationRow | undefined> {
  const rows = await tx.sql<DegradationRow[]>`
    select degradation_id, kind, cause, keys, since, opened_at, failed_orders, failed_at, good_probes, ended_at from modes.degradation
     where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} and ended_at is null for update`
  return rows[0]
}

/** Whether one was seen failing by what has not been counted yet. */
export async function isSeenFailing(tx: Tx, degradation_id: string): Promise<boolean> {
  const rows = await tx.sql<{ found: number }[]>`
    select 1 as found from modes.degradation_sighting where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} and not good limit 1`
  return rows.length > 0
}

/** Ends one that is locked; by hand where a reason is given. */
export async function endDegradation(tx: Tx, degradation_id: string, reason: string | null): Promise<void> {
  await tx.sql`
    update modes.degradation set ended_at = ${tx.now}, end_reason = ${reason}::text, ended_by = ${reason === null ? null : tx.actor}::text
     where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id}`
}

/** Degradations by their ids, over or not. */
export async function degradationsById(tx: Tx, ids: readonly string[]): Promise<DegradationRow[]> {
  return tx.sql<DegradationRow[]>`
    select degradation_id, kind, cause, keys, since, opened_at, failed_orders, failed_at, good_probes, ended_at from modes.degradation
     where tenant_id = ${tx.tenant} and degradation_id = any (${[...ids]}::uuid[]) order by degradation_id`
}

/** What was seen of those that are over belongs to nothing; at most `limit` rows. Answers how many. */
export async function purgeSightings(tx: Tx, limit: number): Promise<number> {
  const gone = await tx.sql`
    delete from modes.degradation_sighting where tenant_id = ${tx.tenant} and (degradation_id, sighting_id) in (
      select s.degradation_id, s.sighting_id from modes.degradation_sighting s join modes.degradation g on g.tenant_id = ${tx.tenant} and g.degradation_id = s.degradation_id
       where s.tenant_id = ${tx.tenant} and g.ended_at is not null order by s.degradation_id, s.sighting_id limit ${limit}::int)`
  return gone.count
}

/** Tenants that decide with last good values now, by kind. */
export async function degradedNow(db: Database): Promise<{ kind: string; tenants: number }[]> {
  return db.sql<
    { kind: string; tenants: number }[]
  >`select kind, tenants from modes.degraded_now() -- all tenants: a metric`
}
