// The SQL of degradations: opened once, ended once.
import type { DegradedKind } from '../../contracts/modes.ts'
import type { Database, Tx } from '../../platform/db.ts'

export interface DegradationRow {
  readonly degradation_id: string
  readonly kind: DegradedKind
  readonly cause: string
  readonly keys: string[]
  readonly since: Date
  readonly ended_at: Date | null
}

/** Opens one, or answers the one of its kind that another transaction has opened. */
export async function openDegradation(
  tx: Tx,
  row: { readonly kind: DegradedKind; readonly cause: string; readonly keys: readonly string[] },
): Promise<{ degradation_id: string; fresh: boolean }> {
  const degradation_id = tx.newId()
  const made = await tx.sql`
    insert into modes.degradation (tenant_id, degradation_id, kind, cause, keys, since)
    values (${tx.tenant}, ${degradation_id}, ${row.kind}, ${row.cause}, ${[...row.keys]}::text[], ${tx.now})
    on conflict (tenant_id, kind) where ended_at is null do nothing`
  if (made.count === 1) return { degradation_id, fresh: true }
  const [open] = await tx.sql<{ degradation_id: string }[]>`
    select degradation_id from modes.degradation where tenant_id = ${tx.tenant} and kind = ${row.kind} and ended_at is null`
  return { degradation_id: open?.degradation_id ?? degradation_id, fresh: false }
}

/** Ends it; false where it has ended before. */
export async function endDegradation(tx: Tx, degradation_id: string): Promise<boolean> {
  const ended = await tx.sql`
    update modes.degradation set ended_at = ${tx.now} where tenant_id = ${tx.tenant} and degradation_id = ${degradation_id} and ended_at is null`
  return ended.count === 1
}

/** Degradations by their ids, for those who tell of them. */
export async function degradationsById(tx: Tx, ids: readonly string[]): Promise<DegradationRow[]> {
  return tx.sql<DegradationRow[]>`
    select degradation_id, kind, cause, keys, since, ended_at from modes.degradation
     where tenant_id = ${tx.tenant} and degradation_id = any (${[...ids]}::uuid[]) order by degradation_id`
}

/** Tenants that decide with last good values now, by kind. */
export async function degradedNow(db: Database): Promise<{ kind: string; tenants: number }[]> {
  return db.sql<
    { kind: string; tenants: number }[]
  >`select kind, tenants from modes.degraded_now() -- all tenants: a metric`
}
