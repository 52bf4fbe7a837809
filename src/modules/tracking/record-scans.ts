// Taking in scans: kept once each, then every parcel concerned is read anew from all of its scans.
import type { Tx } from '../../platform/db.ts'
import { schedule } from '../../platform/engine/index.ts'
import { type ParcelRow, parcelsByTracking } from '../shipping/index.ts'
import { openExceptions } from './keep-troubles.ts'
import { isTrouble, RANK_DELIVERED, RANK_TAKEN, type Track, trackOf } from './rank-scans.ts'
import { type CarrierScan, insertScans, lockTracks, type NewException, scansOf, writeTracks } from './store.ts'

/** The step that draws the consequences: the parcel has left after all, the parcel has arrived. */
export const FOLLOW = 'tracking.follow'

export interface Recorded {
  readonly accepted: number
  /** Known before, or twice in this message. */
  readonly repeated: number
  /** Scans of numbers that no parcel has; kept, and counted once a parcel has the number. */
  readonly unknown: number
}

/** Keeps scans of carriers in any order and number of copies. */
export async function recordScans(tx: Tx, scans: readonly CarrierScan[]): Promise<Recorded> {
  if (scans.length === 0) return { accepted: 0, repeated: 0, unknown: 0 }
  const accepted = await insertScans(tx, scans)
  const numbers = new Map(
    scans.map((scan) => [
      `${scan.carrier} ${scan.tracking_number}`,
      { carrier: scan.carrier, tracking_number: scan.tracking_number },
    ]),
  )
  const parcels = await parcelsByTracking(tx, [...numbers.values()])
  const known = new Set(parcels.map((parcel) => `${parcel.carrier} ${parcel.tracking_number}`))
  await retrack(tx, parcels)
  return {
    accepted,
    repeated: scans.length - accepted,
    unknown: scans.filter((scan) => !known.has(`${scan.carrier} ${scan.tracking_number}`)).length,
  }
}

/** Reads parcels anew from all of their scans and schedules what follows. */
export async function retrack(tx: Tx, parcels: readonly ParcelRow[]): Promise<void> {
  const tracked = parcels.flatMap((parcel) =>
    parcel.tracking_number === null ? [] : [{ ...parcel, tracking_number: parcel.tracking_number }],
  )
  if (tracked.length === 0) return
  await lockTracks(tx, tracked)
  const scans = Map.groupBy(
    await scansOf(
      tx,
      tracked.map((parcel) => parcel.parcel_id),
    ),
    (scan) => scan.parcel_id,
  )
  const tracks = tracked.map((parcel) => ({
    parcel,
    ...trackOf(scans.get(parcel.parcel_id) ?? []),
    parcel_id: parcel.parcel_id,
  }))
  await writeTracks(tx, tracks)
  await openExceptions(
    tx,
    tracks.flatMap(({ parcel, ...track }) =>
      parcel.state === 'delivered' ? [] : exceptionsOf(parcel.parcel_id, track),
    ),
  )
  await schedule(
    tx,
    tracks
      .filter(({ parcel, rank }) => hasConsequence(parcel, rank))
      .map(({ parcel_id }) => ({ step: FOLLOW, subject: parcel_id })),
  )
}

function hasConsequence(parcel: ParcelRow, rank: number): boolean {
  if (parcel.state === 'labelled') return rank >= RANK_TAKEN
  return (parcel.state === 'handed_over' || parcel.state === 'lost') && rank >= RANK_DELIVERED
}

function exceptionsOf(parcel_id: string, track: Track): NewException[] {
  if (track.status === 'lost' || track.status === 'returned')
    return [{ parcel_id, kind: track.status, code: track.last_code }]
  return track.last_code !== null && isTrouble(track.last_code) && track.rank < RANK_DELIVERED
    ? [{ parcel_id, kind: 'trouble', code: track.last_code }]
    : []
}
