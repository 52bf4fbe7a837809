// Parcels on their way: given to the carrier, delivered.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { moveParcels, type ParcelRow } from './store.ts'
import { useLabels } from './store-labels.ts'

export interface ParcelTime {
  readonly parcel_id: string
  readonly at: Date
}

/** Labelled parcels leave with the carrier; answers those that did: one that has left before is not among them. */
export async function markHandedOver(tx: Tx, parcels: readonly ParcelTime[]): Promise<string[]> {
  const moved = await moveParcels(
    tx,
    parcels.map(({ parcel_id, at }) => ({ parcel_id, from: 'labelled', to: 'handed_over', at })),
  )
  const ids = moved.map((row) => row.parcel_id)
  if (ids.length > 0) await useLabels(tx, ids)
  await publish(
    tx,
    moved.map(({ parcel_id, version }) => ({ type: 'parcel.handed_over', subject: parcel_id, version, data: {} })),
  )
  return ids
}

/** Parcels that the carrier had, or had lost, are delivered; answers those that moved. */
export async function markDelivered(
  tx: Tx,
  parcels: readonly (ParcelRow & { readonly at: Date })[],
): Promise<string[]> {
  const moved = await moveParcels(
    tx,
    parcels.flatMap(({ parcel_id, state, at }) =>
      state === 'handed_over' || state === 'lost' ? [{ parcel_id, from: state, to: 'delivered', at }] : [],
    ),
  )
  await publish(
    tx,
    moved.map(({ parcel_id, version }) => ({ type: 'parcel.delivered', subject: parcel_id, version, data: {} })),
  )
  return moved.map((row) => row.parcel_id)
}

/** Parcels that the carrier had and will not bring; answers those that moved. */
export async function markLost(tx: Tx, parcel_ids: readonly string[]): Promise<string[]> {
  const moved = await moveParcels(
    tx,
    parcel_ids.map((parcel_id) => ({ parcel_id, from: 'handed_over', to: 'lost', at: tx.now })),
  )
  await publish(
    tx,
    moved.map(({ parcel_id, version }) => ({ type: 'parcel.lost', subject: parcel_id, version, data: {} })),
  )
  return moved.map((row) => row.parcel_id)
}
