// The floor and the road without people: released fulfilments are picked, packed, handed over and delivered, at plausible times.
import { steps } from '../app.ts'
import { type CarrierScan, recordScans } from '../modules/tracking/index.ts'
import { nextToRush, type RushedParcel, type RushPlace, rushFulfilments } from '../modules/warehouse/index.ts'
import { HOUR_MS, later } from '../platform/clock.ts'
import { drain } from '../platform/engine/index.ts'
import type { Runtime } from '../platform/runtime.ts'

export interface SimulationOptions {
  /** Where it ends; delivered where absent. */
  readonly until?: 'shipped' | 'delivered'
  /** Fulfilments at most. */
  readonly limit: number
}

export interface Simulated {
  readonly fulfilments: number
  readonly orders: number
}

const ACTOR = 'step:simulate'
const BATCH = 200
/** Lines of one transaction, about: bounds its memory and its locks. */
const LINES = 4_000

/**
 * Drives fulfilments that are on the floor, earliest ship_by first, to the carrier and to the door; what they cause (captures, mails, closing)
 * runs as well. Times follow from when the order was placed and never lie after now. Held or half-picked fulfilments are left alone.
 */
export async function simulateFulfilment(
  runtime: Runtime,
  tenant: string,
  { until = 'delivered', limit }: SimulationOptions,
): Promise<Simulated> {
  const orders = new Set<string>()
  let fulfilments = 0
  let after: RushPlace | null = null
  while (fulfilments < limit) {
    const place: RushPlace | null = after
    const most = Math.min(BATCH, limit - fulfilments)
    const batch = await runtime.db.transaction(tenant, ACTOR, async (tx) => {
      const next = await nextToRush(tx, place, most, LINES)
      const ids = next.map((row) => row.fulfilment_id)
      const parcels = await rushFulfilments(tx, ids, (mine) =>
        handOverTime(mine[0]?.placed_at ?? tx.now, ids[0], tx.now),
      )
      if (until === 'delivered')
        await recordScans(
          tx,
          parcels.flatMap((parcel) => scansOf(parcel, tx.now)),
        )
      return { last: next.at(-1) ?? null, parcels }
    })
    if (batch.last === null) break
    after = batch.last
    fulfilments += batch.parcels.length
    for (const parcel of batch.parcels) for (const order_id of parcel.order_ids) orders.add(order_id)
  }
  await drain(runtime, steps, tenant)
  return { fulfilments, orders: orders.size }
}

/** A number that looks random and belongs to an id: the same run gives the same times. */
function spread(id: string | undefined, below: number): number {
  return Number.parseInt((id ?? '').slice(-6), 16) % below || 0
}

function earlier(at: Date, now: Date): Date {
  return at < now ? at : now
}

// Ten hours to two days in the warehouse.
function handOverTime(placed_at: Date, id: string | undefined, now: Date): Date {
  return earlier(later(placed_at, (10 + spread(id, 38)) * HOUR_MS), now)
}

const WAY = [
  ['picked_up', 0],
  ['departed', 0.2],
  ['arrived', 0.7],
  ['out_for_delivery', 0.9],
  ['delivered', 1],
] as const

// One to five days on the road.
function scansOf({ parcel_id, carrier, tracking_number, handed_over_at }: RushedParcel, now: Date): CarrierScan[] {
  const hours = 24 + spread(parcel_id, 96)
  return WAY.map(([code, part]) => ({
    carrier,
    event_id: code,
    tracking_number,
    at: earlier(later(handed_over_at, Math.round(hours * part * HOUR_MS)), now),
    code,
    place: null,
  }))
}
