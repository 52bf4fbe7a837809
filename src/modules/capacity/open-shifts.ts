// Slots made ahead from hours and limits, and the end of bookings: who wants less gives room back, and it is told.
import { HOUR_MS, later } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { inside, schedule } from '../../platform/engine/index.ts'
import { publish } from '../../platform/outbox/publish.ts'
import { locations } from '../catalog/index.ts'
import { HORIZON_DAYS, isLimited, limitsOf } from './limits.ts'
import { addPlaces, closeOtherSlots, lockBooked, lockPlaces, putSlots, settleBookings } from './store.ts'

const OPEN_SHIFTS = 'capacity.open-shifts'
/** Slots are made a day further than they are seen, and twice a day, so that each is there when it comes into sight. */
const MADE_DAYS = HORIZON_DAYS + 1
const RENEW_MS = 12 * HOUR_MS

/** On location.changed and twice a day after it: the slots of the location as its hours and limits are now. */
export const openShifts = inside(OPEN_SHIFTS, { batch: 50 }, async (tx, jobs) => {
  const wanted = new Set(jobs.map((job) => job.subject))
  const changed = [...(await locations(tx)).values()].filter((location) => wanted.has(location.version_id))
  const limited = changed.filter(isLimited)
  const ids = (places: readonly { readonly location_id: string }[]) => places.map((place) => place.location_id)
  if (limited.length > 0) await addPlaces(tx, ids(limited))
  await lockPlaces(tx, ids(changed))
  await putSlots(
    tx,
    limited.flatMap((location) => limitsOf(location, tx.now, MADE_DAYS)),
  )
  for (const location of changed) {
    const kept = isLimited(location) ? limitsOf(location, tx.now, MADE_DAYS).map((slot) => slot.starts_at) : []
    await closeOtherSlots(tx, location.location_id, tx.now, kept)
  }
  await schedule(
    tx,
    limited.map((location) => ({ step: OPEN_SHIFTS, subject: location.version_id, due_at: later(tx.now, RENEW_MS) })),
  )
  await tellRoom(tx, ids(limited))
})

/** On fulfilment.packed, shipped, trimmed and cancelled: what is packed is done, what is no longer wanted gives its room back. */
export const endWork = inside('capacity.end-bookings', { batch: 500 }, async (tx, jobs) => {
  const ids = jobs.map((job) => job.subject)
  await lockBooked(tx, ids)
  await tellRoom(tx, await settleBookings(tx, ids))
})

// Slots were made or left: whoever waits for room there hears of it.
async function tellRoom(tx: Tx, location_ids: readonly string[]): Promise<void> {
  await publish(
    tx,
    location_ids.map((location) => ({
      type: 'capacity.room_opened',
      subject: tx.newId(),
      version: 1,
      data: { location },
    })),
  )
}
