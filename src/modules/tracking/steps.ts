// The steps of tracking: watch what has left, follow what carriers tell, and call a person where nothing is told.
import { DAY_MS, HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import {
  loadOrders,
  moveUnits,
  type OrderEvent,
  type OrderFacts,
  recordEvents,
  type UnitMove,
} from '../orders/index.ts'
import { markDelivered, type ParcelLine, type ParcelRow, parcelLines, parcelsById } from '../shipping/index.ts'
import { handOver } from '../warehouse/index.ts'
import { closeDelivered, openExceptions } from './keep-troubles.ts'
import { RANK_DELIVERED, RANK_TAKEN } from './rank-scans.ts'
import { FOLLOW, retrack } from './record-scans.ts'
import { type TrackRow, tracksOf } from './store.ts'

const CHECK = 'tracking.check'
const GRACE_DAYS = 3
/** How long a parcel may take for which nothing was promised. */
const USUAL_DAYS = 7

/** On parcel.handed_over: from now on its scans count, and a timer looks whether there are any. */
export const watchParcels = inside('tracking.watch', { batch: 200 }, async (tx, jobs) => {
  const parcels = await parcelsById(
    tx,
    jobs.map((job) => job.subject),
  )
  await retrack(tx, parcels)
  await schedule(
    tx,
    parcels.map((parcel) => ({
      step: CHECK,
      subject: parcel.parcel_id,
      due_at: firstCheck(tx.now, parcel.promised_at),
    })),
  )
})

function firstCheck(now: Date, promised_at: Date | null): Date {
  const due = promised_at === null ? later(now, USUAL_DAYS * DAY_MS) : later(promised_at, GRACE_DAYS * DAY_MS)
  return due > now ? due : later(now, GRACE_DAYS * DAY_MS)
}

/** A timer: a parcel of which nothing was heard for days is put before a person; looked at again as long as it is under way. */
export const checkParcels = inside(CHECK, { batch: 200 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  const moving = (await parcelsById(tx, ids)).filter((parcel) => parcel.state === 'handed_over')
  const tracks = new Map((await tracksOf(tx, ids)).map((track) => [track.parcel_id, track]))
  const quiet_since = later(tx.now, -GRACE_DAYS * DAY_MS)
  const stuck = moving.filter(
    (parcel) => (tracks.get(parcel.parcel_id)?.last_at ?? parcel.handed_over_at ?? tx.now) <= quiet_since,
  )
  await openExceptions(
    tx,
    stuck.map(({ parcel_id }) => ({ parcel_id, kind: 'stuck', code: tracks.get(parcel_id)?.last_code ?? null })),
  )
  await schedule(
    tx,
    moving.map(({ parcel_id }) => ({ step: CHECK, subject: parcel_id, due_at: later(tx.now, GRACE_DAYS * DAY_MS) })),
  )
})

/** After scans: a parcel that the carrier has was handed over, whoever forgot to scan it; one that has arrived delivers its units. */
export const followParcels = inside(FOLLOW, { batch: 200 }, async (tx, jobs) => {
  const ids = [...new Set(jobs.map((job) => job.subject))]
  const tracks = new Map((await tracksOf(tx, ids)).map((track) => [track.parcel_id, track]))
  const before = await parcelsById(tx, ids)
  const taken = before.filter(
    (parcel) => parcel.state === 'labelled' && (tracks.get(parcel.parcel_id)?.rank ?? 0) >= RANK_TAKEN,
  )
  const left = new Set(
    await handOver(
      tx,
      taken.map(({ parcel_id }) => ({ parcel_id, at: tracks.get(parcel_id)?.taken_at ?? tx.now })),
      'leave',
    ),
  )
  await callForStopped(
    tx,
    taken.filter((parcel) => !left.has(parcel.parcel_id)),
  )
  const parcels = taken.length === 0 ? before : await parcelsById(tx, ids)
  await deliver(
    tx,
    parcels.flatMap((parcel) => arrived(parcel, tracks.get(parcel.parcel_id), tx.now)),
  )
})

// The carrier has what was to stay here: a person is called, and once the order may go on the parcel follows it.
async function callForStopped(tx: Tx, stopped: readonly ParcelRow[]): Promise<void> {
  if (stopped.length === 0) return
  await openExceptions(
    tx,
    stopped.map(({ parcel_id }) => ({ parcel_id, kind: 'trouble', code: 'stopped' })),
  )
  await schedule(
    tx,
    stopped.map(({ parcel_id }) => ({ step: FOLLOW, subject: parcel_id, due_at: later(tx.now, HOUR_MS) })),
  )
}

function arrived(parcel: ParcelRow, track: TrackRow | undefined, now: Date): (ParcelRow & { readonly at: Date })[] {
  return track !== undefined &&
    track.rank >= RANK_DELIVERED &&
    (parcel.state === 'handed_over' || parcel.state === 'lost')
    ? [{ ...parcel, at: track.status_at ?? now }]
    : []
}

// Orders are locked before their parcels, as everywhere.
async function deliver(tx: Tx, parcels: readonly (ParcelRow & { readonly at: Date })[]): Promise<void> {
  if (parcels.length === 0) return
  const lines = await parcelLines(
    tx,
    parcels.map((parcel) => parcel.parcel_id),
  )
  const orders = new Map(
    (
      await loadOrders(
        tx,
        lines.map((line) => line.order_id),
        { lock: true },
      )
    ).map((order) => [order.order_id, order]),
  )
  const moved = new Set(await markDelivered(tx, parcels))
  const moves = deliveredUnits(
    lines.filter((line) => moved.has(line.parcel_id)),
    orders,
  )
  await moveUnits(tx, moves)
  await recordEvents(tx, deliveredEvents(moves, orders))
  await closeDelivered(tx, [...moved])
}

// Units of a parcel that was given up for lost, or that came back, are no longer shipped: they stay where they are.
function deliveredUnits(lines: readonly ParcelLine[], orders: ReadonlyMap<string, OrderFacts>): UnitMove[] {
  const left = new Map<string, number>()
  for (const order of orders.values())
    for (const line of order.lines) left.set(`${order.order_id} ${line.line_no}`, line.units.shipped)
  return lines.flatMap((line) => {
    const key = `${line.order_id} ${line.line_no}`
    const quantity = Math.min(line.quantity, left.get(key) ?? 0)
    left.set(key, (left.get(key) ?? 0) - quantity)
    return quantity === 0
      ? []
      : [{ order_id: line.order_id, line_no: line.line_no, from: 'shipped', to: 'delivered', quantity }]
  })
}

const LINES_TOLD = 200

function deliveredEvents(moves: readonly UnitMove[], orders: ReadonlyMap<string, OrderFacts>): OrderEvent[] {
  return [...Map.groupBy(moves, (move) => move.order_id)].map(([order_id, mine]) => {
    const now = mine.reduce((sum, move) => sum + move.quantity, 0)
    const outstanding = (orders.get(order_id)?.lines ?? []).reduce(
      (sum, { units }) =>
        sum +
        units.open +
        units.backordered +
        units.reserved +
        units.allocated +
        units.released +
        units.picked +
        units.packed +
        units.shipped,
      0,
    )
    return {
      order_id,
      type: 'order.delivered',
      data: {
        complete: outstanding === now,
        lines: mine.slice(0, LINES_TOLD).map(({ line_no, quantity }) => ({ line_no, quantity })),
      },
    }
  })
}
