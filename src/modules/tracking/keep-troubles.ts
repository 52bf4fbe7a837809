// Parcels that a person must look at: each trouble that comes or goes is told, so that whoever lists what needs a person hears of it.
import type { Tx } from '../../platform/db.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { endDelivered, insertExceptions, type NewException, type ToldTrouble } from './store.ts'

/** Opens exceptions; one that is open of the same kind is enough. */
export async function openExceptions(tx: Tx, exceptions: readonly NewException[]): Promise<void> {
  if (exceptions.length === 0) return
  await tellTroubles(tx, 'parcel.exception_opened', await insertExceptions(tx, exceptions))
}

/** Parcels that have arrived need nobody's look any more. */
export async function closeDelivered(tx: Tx, parcel_ids: readonly string[]): Promise<void> {
  await tellTroubles(tx, 'parcel.exception_closed', await endDelivered(tx, parcel_ids))
}

/** Tells troubles with the parcel as what they are about. */
export async function tellTroubles(
  tx: Tx,
  type: 'parcel.exception_opened' | 'parcel.exception_closed',
  rows: readonly ToldTrouble[],
): Promise<void> {
  await publish(
    tx,
    rows.map(({ exception_id, parcel_id }) => ({
      type,
      subject: exception_id,
      version: type === 'parcel.exception_opened' ? 1 : 2,
      about: parcel_id,
      data: { parcel: parcel_id },
    })),
  )
}
