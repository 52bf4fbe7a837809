// The pace of locations: every quarter of an hour how long people take against the minutes that the capacity gives; what is not measured any more is as given.
import { HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'
import type { Tx } from '../../platform/db.ts'
import { locations } from '../catalog/index.ts'
import { isLimited, paceOf } from './limits.ts'
import { measureWork, type NewPace, putPaces } from './store-paces.ts'

export const LEARN_EVERY_MS = 15 * MINUTE_MS
const PACE_HOURS = 4
const BREAK_SECONDS = 600
const SCANS_AT_LEAST = 20
/** However odd the scans, nobody works at less than a third or more than three times the pace given. */
const [FASTEST, SLOWEST] = [1 / 3, 3]

/** Measures all locations of the tenant that have limits; answers 0, there is nothing left to do. */
export async function learnPaces(tx: Tx): Promise<number> {
  const byId = new Map([...(await locations(tx)).values()].filter(isLimited).map((one) => [one.location_id, one]))
  if (byId.size === 0) return 0
  const measured = await measureWork(tx, later(tx.now, -PACE_HOURS * HOUR_MS), BREAK_SECONDS)
  await putPaces(
    tx,
    measured.flatMap(({ location_id, scans, lines, fulfilments, seconds }): NewPace[] => {
      const location = byId.get(location_id)
      if (location === undefined || scans < SCANS_AT_LEAST) return []
      const { per_order_seconds, per_line_seconds } = paceOf(location.capacity, null)
      const expected = fulfilments * per_order_seconds + lines * per_line_seconds
      if (expected === 0) return []
      return [{ location_id, scans, factor: Math.min(SLOWEST, Math.max(FASTEST, seconds / expected)) }]
    }),
  )
  return 0
}
