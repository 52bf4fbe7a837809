// Labels for many parcels at once, from the built-in contract carrier and without a PDF: for imports and rehearsals; printed when asked for.
import type { Tx } from '../../platform/db.ts'
import { carriers } from './carriers.ts'
import { recordLabels } from './label-parcels.ts'
import { contractTrackingNumber } from './make-numbers.ts'
import type { ParcelRow } from './store.ts'

/** Puts labels on packed parcels; the numbers are those that the carrier would have given under the same keys. Answers them by parcel. */
export async function labelDirectly(
  tx: Tx,
  parcels: readonly Pick<ParcelRow, 'parcel_id' | 'carrier'>[],
): Promise<ReadonlyMap<string, string>> {
  const listed = await carriers(tx)
  const labels = parcels.map(({ parcel_id, carrier }) => ({
    parcel_id,
    carrier,
    tracking_number: contractTrackingNumber(carrier, parcel_id, listed.get(carrier)?.tracking_pattern),
    pdf: null,
    person_id: null,
  }))
  await recordLabels(tx, labels)
  return new Map(labels.map((label) => [label.parcel_id, label.tracking_number]))
}
