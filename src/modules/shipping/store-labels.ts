// The SQL of labels: bought once per key, used at hand-over, voided with their parcel.
import type { Tx } from '../../platform/db.ts'

export interface NewLabel {
  readonly label_id: string
  readonly parcel_id: string
  readonly carrier: string
  readonly key: string
  readonly tracking_number: string
}

/** Records bought labels; a key that is known is left alone. The parcels are locked first, so that two who bought the same label come one after the other. */
export async function insertLabels(tx: Tx, labels: readonly NewLabel[]): Promise<void> {
  const parcels = labels.map((label) => label.parcel_id)
  await tx.sql`
    with mine as materialized (
      select parcel_id from shipping.parcel where tenant_id = ${tx.tenant} and parcel_id = any (${parcels}::uuid[]) order by parcel_id for update)
    insert into shipping.label (tenant_id, label_id, parcel_id, carrier, key, tracking_number, bought_at)
    select ${tx.tenant}::uuid, label_id, parcel_id, carrier, key, tracking_number, ${tx.now}
      from mine
      join unnest(${labels.map((label) => label.label_id)}::uuid[], ${parcels}::uuid[], ${labels.map((label) => label.carrier)}::text[],
                  ${labels.map((label) => label.key)}::text[], ${labels.map((label) => label.tracking_number)}::text[])
        as new (label_id, parcel_id, carrier, key, tracking_number) using (parcel_id)
    on conflict (tenant_id, carrier, key) do nothing`
}

export interface LabelledParcel {
  readonly parcel_id: string
  readonly tracking_number: string
  readonly label_file_id: string | null
}

/** Puts labels on packed parcels; answers those that were still packed. */
export async function putLabels(
  tx: Tx,
  parcels: readonly LabelledParcel[],
): Promise<{ parcel_id: string; version: number }[]> {
  return tx.sql<{ parcel_id: string; version: number }[]>`
    update shipping.parcel p
       set state = 'labelled', version = p.version + 1, labelled_at = ${tx.now}, tracking_number = w.tracking_number, label_file_id = w.label_file_id
      from unnest(${parcels.map((parcel) => parcel.parcel_id)}::uuid[], ${parcels.map((parcel) => parcel.tracking_number)}::text[], ${parcels.map((parcel) => parcel.label_file_id)}::uuid[])
        as w (parcel_id, tracking_number, label_file_id)
     where p.tenant_id = ${tx.tenant} and p.parcel_id = w.parcel_id and p.state = 'packed'
    returning p.parcel_id, p.version`
}

/** Labels of parcels that left with the carrier are used. */
export async function useLabels(tx: Tx, parcel_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update shipping.label set state = 'used', used_at = ${tx.now}
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) and state = 'bought'`
}

/** The bought labels of a parcel that nobody will use. */
export async function labelsToVoid(
  tx: Tx,
  parcel_id: string,
): Promise<{ label_id: string; carrier: string; tracking_number: string }[]> {
  return tx.sql<{ label_id: string; carrier: string; tracking_number: string }[]>`
    select label_id, carrier, tracking_number from shipping.label
     where tenant_id = ${tx.tenant} and parcel_id = ${parcel_id} and state = 'bought' order by label_id`
}

export async function endLabels(tx: Tx, label_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update shipping.label set state = 'voided', voided_at = ${tx.now}
     where tenant_id = ${tx.tenant} and label_id = any (${label_ids}::uuid[]) and state = 'bought'`
}
