// The SQL of scans, of what follows from them, and of what a person must look at.
import type { Tx } from '../../platform/db.ts'
import type { Track, TrackStatus } from './rank-scans.ts'

export interface CarrierScan {
  readonly carrier: string
  readonly event_id: string
  readonly tracking_number: string
  readonly at: Date
  readonly code: string
  readonly place: string | null
}

/** Keeps scans; answers how many were new. */
export async function insertScans(tx: Tx, scans: readonly CarrierScan[]): Promise<number> {
  const rows = await tx.sql`
    insert into tracking.scan (tenant_id, carrier, event_id, at, tracking_number, code, place, received_at)
    select ${tx.tenant}::uuid, carrier, event_id, at, tracking_number, code, place, ${tx.now}
      from unnest(${scans.map((scan) => scan.carrier)}::text[], ${scans.map((scan) => scan.event_id)}::text[], ${scans.map((scan) => scan.at)}::timestamptz[],
                  ${scans.map((scan) => scan.tracking_number)}::text[], ${scans.map((scan) => scan.code)}::text[], ${scans.map((scan) => scan.place)}::text[])
        as new (carrier, event_id, at, tracking_number, code, place)
     order by tracking_number, carrier, event_id, at on conflict (tenant_id, tracking_number, carrier, event_id, at) do nothing`
  return rows.count
}

/** Makes rows for parcels that have none, then locks them all in key order; answers their ranks as they are. */
export async function lockTracks(
  tx: Tx,
  parcels: readonly { parcel_id: string; carrier: string; tracking_number: string }[],
): Promise<{ parcel_id: string; rank: number; status: TrackStatus }[]> {
  await tx.sql`
    insert into tracking.parcel (tenant_id, parcel_id, carrier, tracking_number, watched_since)
    select ${tx.tenant}::uuid, parcel_id, carrier, tracking_number, ${tx.now}
      from unnest(${parcels.map((parcel) => parcel.parcel_id)}::uuid[], ${parcels.map((parcel) => parcel.carrier)}::text[], ${parcels.map((parcel) => parcel.tracking_number)}::text[])
        as new (parcel_id, carrier, tracking_number)
     order by parcel_id on conflict (tenant_id, parcel_id) do nothing`
  return tx.sql<{ parcel_id: string; rank: number; status: TrackStatus }[]>`
    select parcel_id, rank, status from tracking.parcel
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcels.map((parcel) => parcel.parcel_id)}::uuid[]) order by parcel_id for update`
}

export interface ParcelScan {
  readonly parcel_id: string
  readonly event_id: string
  readonly at: Date
  readonly code: string
  readonly place: string | null
}

/** All scans of these parcels. */
export async function scansOf(tx: Tx, parcel_ids: readonly string[]): Promise<ParcelScan[]> {
  return tx.sql<ParcelScan[]>`
    select p.parcel_id, s.event_id, s.at, s.code, s.place
      from tracking.parcel p join tracking.scan s on s.tenant_id = ${tx.tenant} and s.tracking_number = p.tracking_number and s.carrier = p.carrier
     where p.tenant_id = ${tx.tenant} and p.parcel_id = any (${parcel_ids}::uuid[]) order by p.parcel_id, s.at, s.event_id`
}

export async function writeTracks(tx: Tx, tracks: readonly (Track & { readonly parcel_id: string })[]): Promise<void> {
  await tx.sql`
    update tracking.parcel p
       set rank = w.rank, status = w.status, status_at = w.status_at, last_at = w.last_at, last_event_id = w.last_event_id, last_code = w.last_code,
           last_place = w.last_place, taken_at = w.taken_at
      from unnest(${tracks.map((track) => track.parcel_id)}::uuid[], ${tracks.map((track) => track.rank)}::smallint[], ${tracks.map((track) => track.status)}::text[],
                  ${tracks.map((track) => track.status_at)}::timestamptz[], ${tracks.map((track) => track.last_at)}::timestamptz[], ${tracks.map((track) => track.last_event_id)}::text[],
                  ${tracks.map((track) => track.last_code)}::text[], ${tracks.map((track) => track.last_place)}::text[], ${tracks.map((track) => track.taken_at)}::timestamptz[])
        as w (parcel_id, rank, status, status_at, last_at, last_event_id, last_code, last_place, taken_at)
     where p.tenant_id = ${tx.tenant} and p.parcel_id = w.parcel_id`
}

export interface TrackRow {
  readonly parcel_id: string
  readonly rank: number
  readonly status: TrackStatus
  readonly status_at: Date | null
  readonly last_at: Date | null
  readonly last_code: string | null
  readonly last_place: string | null
  readonly taken_at: Date | null
  readonly watched_since: Date
}

export async function tracksOf(tx: Tx, parcel_ids: readonly string[]): Promise<TrackRow[]> {
  return tx.sql<TrackRow[]>`
    select parcel_id, rank, status, status_at, last_at, last_code, last_place, taken_at, watched_since from tracking.parcel
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) order by parcel_id`
}

export interface NewException {
  readonly parcel_id: string
  readonly kind: 'stuck' | 'trouble' | 'lost' | 'returned'
  readonly code: string | null
}

export interface ToldTrouble {
  readonly exception_id: string
  readonly parcel_id: string
}

/** Opens exceptions; one that is open of the same kind is enough. Answers those that were opened. */
export async function insertExceptions(tx: Tx, exceptions: readonly NewException[]): Promise<ToldTrouble[]> {
  return tx.sql<ToldTrouble[]>`
    insert into tracking.exception (tenant_id, exception_id, parcel_id, kind, code, opened_at)
    select ${tx.tenant}::uuid, exception_id, parcel_id, kind, code, ${tx.now}
      from unnest(${exceptions.map(() => tx.newId())}::uuid[], ${exceptions.map((exception) => exception.parcel_id)}::uuid[], ${exceptions.map((exception) => exception.kind)}::text[],
                  ${exceptions.map((exception) => exception.code)}::text[]) as new (exception_id, parcel_id, kind, code)
     order by parcel_id, kind on conflict (tenant_id, parcel_id, kind) where closed_at is null do nothing
    returning exception_id, parcel_id`
}

export interface ExceptionRow {
  readonly exception_id: string
  readonly parcel_id: string
  readonly kind: string
  readonly code: string | null
  readonly opened_at: Date
}

/** Open exceptions, oldest first, after `after`. */
export async function openExceptionPage(tx: Tx, after: string | null, limit: number): Promise<ExceptionRow[]> {
  return tx.sql<ExceptionRow[]>`
    select exception_id, parcel_id, kind, code, opened_at from tracking.exception
     where tenant_id = ${tx.tenant} and closed_at is null and (${after}::uuid is null or exception_id > ${after}) order by exception_id limit ${limit}::int`
}

/** An open exception, without a lock. */
export async function openException(tx: Tx, exception_id: string): Promise<{ parcel_id: string }[]> {
  return tx.sql<{ parcel_id: string }[]>`
    select parcel_id from tracking.exception where tenant_id = ${tx.tenant} and exception_id = ${exception_id} and closed_at is null`
}

/** Closes an open exception; false where it is closed. */
export async function closeExceptionRow(
  tx: Tx,
  exception_id: string,
  outcome: 'solved' | 'lost' | 'delivered',
  note: string | null,
): Promise<boolean> {
  const closed = await tx.sql`
    update tracking.exception set closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = ${outcome}, note = ${note}
     where tenant_id = ${tx.tenant} and exception_id = ${exception_id} and closed_at is null`
  return closed.count === 1
}

/** Parcels that have arrived need nobody's look any more; answers what was open. */
export async function endDelivered(tx: Tx, parcel_ids: readonly string[]): Promise<ToldTrouble[]> {
  return tx.sql<ToldTrouble[]>`
    update tracking.exception set closed_at = ${tx.now}, closed_by = ${tx.actor}, outcome = 'delivered'
     where tenant_id = ${tx.tenant} and parcel_id = any (${parcel_ids}::uuid[]) and closed_at is null
    returning exception_id, parcel_id`
}

/** Takes away what people wrote about the troubles of parcels. */
export async function eraseExceptionNotes(tx: Tx, parcel_ids: readonly string[]): Promise<void> {
  await tx.sql`
    update tracking.exception set note = null
     where tenant_id = ${tx.tenant} and parcel_id = any (${[...parcel_ids]}::uuid[]) and note is not null`
}
