// Holds that nobody decided and whose policy is to let the order go.
import { inside } from '../../platform/engine/index.ts'
import { endHolds } from '../orders/index.ts'
import { lapsedScreenings } from './store.ts'

export const LAPSE = 'review.lapse'

/** A timer, its subject the hold; a hold that was kept longer has another one. */
export const lapseHolds = inside(LAPSE, { batch: 100 }, async (tx, jobs) => {
  const lapsed = await lapsedScreenings(
    tx,
    jobs.map((job) => job.subject),
  )
  await endHolds(
    tx,
    lapsed.map((row) => row.hold_id),
    'expired',
    'lapsed',
  )
})
