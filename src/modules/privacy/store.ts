// The SQL of the log of erasures: rows are only added.
import type { Tx } from '../../platform/db.ts'

export type ErasureReason = 'customer_request' | 'authority_request' | 'retention_over' | 'mistaken_data'

export interface ErasureRow {
  readonly person_id: string
  readonly contact_digests: readonly string[]
  readonly reason: ErasureReason
  readonly erased_at: Date
}

/** Logs erasures; answers the persons that were not in the log before. */
export async function insertErasures(tx: Tx, rows: readonly ErasureRow[]): Promise<{ person_id: string }[]> {
  return tx.sql<{ person_id: string }[]>`
    insert into privacy.erasure (tenant_id, person_id, contact_digests, reason, erased_at, erased_by)
    select ${tx.tenant}::uuid, person_id, array(select jsonb_array_elements_text(contact_digests::jsonb)), reason, erased_at, ${tx.actor}
      from unnest(${rows.map((row) => row.person_id)}::uuid[], ${rows.map((row) => JSON.stringify(row.contact_digests))}::text[],
                  ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => row.erased_at)}::timestamptz[]) as new (person_id, contact_digests, reason, erased_at)
    on conflict do nothing
    returning person_id`
}

/** The log after a person, in the order of ids. */
export async function erasuresAfter(tx: Tx, after: string, limit: number): Promise<ErasureRow[]> {
  return tx.sql<ErasureRow[]>`
    select person_id, contact_digests, reason, erased_at from privacy.erasure
     where tenant_id = ${tx.tenant} and person_id > ${after}::uuid order by person_id limit ${limit}::int`
}
