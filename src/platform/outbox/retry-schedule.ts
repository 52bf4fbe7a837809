// When a webhook is tried again, by the schedule of Standard Webhooks 1.0, shortened a little by chance so that ten tries end within three days.
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../clock.ts'
import type { Randomness } from '../ids.ts'

/** Waits before the 2nd, 3rd … 11th attempt; the first is made at once. They sum to 75 h 35 min. */
const WAITS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** Attempts at most, the first included. */
export const ATTEMPTS_AT_MOST = WAITS_MS.length + 1

const SHORTEST = 850
const SPREAD = 100

/**
 * Milliseconds to wait after `attempts` attempts have failed; null when there were enough. Each wait is 85 to 95 % of the schedule's: endpoints
 * that failed together do not come back together, and the last attempt is made before three days are over.
 */
export function waitAfter(attempts: number, randomness: Randomness): number | null {
  const wait_ms = WAITS_MS[attempts - 1]
  if (wait_ms === undefined) return null
  return Math.floor((wait_ms * (SHORTEST + randomness.below(SPREAD + 1))) / 1_000)
}
