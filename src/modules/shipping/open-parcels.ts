// Opening and voiding parcels: the bench closes a carton, or opens it again.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { sscc } from './make-numbers.ts'
import { insertParcels, moveParcels, type NewParcel, type ParcelLine, type ParcelRow, takeNumbers } from './store.ts'

/** Who carries a parcel for which allocation chose nobody. */
export const defaultCarrier = { carrier: 'ordo-express', service: 'standard' } as const

export interface OpenedParcel extends Omit<NewParcel, 'sscc'> {
  readonly lines: readonly Omit<ParcelLine, 'parcel_id'>[]
}

/** Makes packed parcels with their content; answers the ids that are new: a known id is left as it is. */
export async function openParcels(tx: Tx, parcels: readonly OpenedParcel[]): Promise<string[]> {
  if (parcels.length === 0) return []
  const first = await takeNumbers(tx, 'sscc', parcels.length)
  return insertParcels(
    tx,
    parcels.map((parcel, index) => ({ ...parcel, sscc: sscc(first + BigInt(index)) })),
    parcels.flatMap((parcel) => parcel.lines.map((line) => ({ ...line, parcel_id: parcel.parcel_id }))),
  )
}

/** Voids parcels that have not left; what was paid for their labels is asked back of the carrier. Answers the parcels that moved. */
export async function voidParcels(tx: Tx, parcels: readonly ParcelRow[]): Promise<string[]> {
  const moved = await moveParcels(
    tx,
    parcels.flatMap(({ parcel_id, state }) =>
      state === 'packed' || state === 'labelled' ? [{ parcel_id, from: state, to: 'voided', at: tx.now }] : [],
    ),
  )
  await publish(
    tx,
    moved.map(({ parcel_id, version }) => ({ type: 'parcel.voided', subject: parcel_id, version, data: {} })),
  )
  await schedule(
    tx,
    moved.map(({ parcel_id }) => ({ step: 'shipping.void', subject: parcel_id })),
  )
  return moved.map((row) => row.parcel_id)
}
