// The SQL that reads what tracking publishes of parcels: its views, never its tables.
import type { Tx } from '../../platform/db.ts'

export interface ScanRow {
  readonly parcel_id: string
  readonly code: string
  readonly at: Date
  readonly place: string | null
}

/** The scans of parcels, newest first. */
export async function parcelScans(tx: Tx, parcel_ids: readonly string[]): Promise<ScanRow[]> {
  return tx.sql<ScanRow[]>`
    select parcel_id, code, at, place from tracking.v_scan
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) order by parcel_id, at desc limit 20000`
}

export interface StatusRow {
  readonly parcel_id: string
  readonly status: string
}

export async function parcelStatuses(tx: Tx, parcel_ids: readonly string[]): Promise<StatusRow[]> {
  return tx.sql<StatusRow[]>`
    select parcel_id, status from tracking.v_parcel_status where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[])`
}
