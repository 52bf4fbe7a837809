// The step of inventory: reservations with a time limit lapse when it is over.
import { inside, schedule } from '../../platform/engine/index.ts'
import { release } from './release-stock.ts'
import { expiredOf, nextExpiry } from './store-reading.ts'

/** A timer, one per demand with a time limit: frees what has lapsed and looks again if the limit was moved. */
export const expireReservations = inside('inventory.expire-reservations', { batch: 200 }, async (tx, jobs) => {
  const demand_ids = [...new Set(jobs.map((job) => job.subject))]
  await release(tx, await expiredOf(tx, demand_ids))
  const later = await nextExpiry(tx, demand_ids)
  await schedule(
    tx,
    later.map((row) => ({ step: 'inventory.expire-reservations', subject: row.demand_id, due_at: row.expires_at })),
  )
})
