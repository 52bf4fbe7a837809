// The time of day in China, which has one zone and no summer time.
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../../platform/clock.ts'

const OFFSET_MS = 8 * HOUR_MS

/** Midnight of the day in China that `at` is in, and the minutes since. */
export function chinaClock(at: Date): { readonly midnight: Date; readonly minutes: number } {
  const since_ms = (at.getTime() + OFFSET_MS) % DAY_MS
  return { midnight: later(at, -since_ms), minutes: Math.trunc(since_ms / MINUTE_MS) }
}
