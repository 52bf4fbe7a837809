// Wall clocks: what a zone's clock shows at an instant, and the instant at which it shows something, also where clocks change.
import { instantOfWall, offsetOf } from '../contracts/wall-clock.ts'
import { DAY_MS, later, MINUTE_MS } from './clock.ts'

/** Milliseconds that the wall clock of `time_zone` (IANA) is ahead of UTC at `at`. Throws RangeError for an unknown zone. */
export function zoneOffsetMs(at: Date, time_zone: string): number {
  return offsetOf(time_zone)(at.getTime())
}

/** Whole days from 1970-01-01 to the date that the wall clock of `time_zone` shows at `at`; day 0 was a Thursday. */
export function localDay(at: Date, time_zone: string): number {
  return Math.floor(later(at, zoneOffsetMs(at, time_zone)).getTime() / DAY_MS)
}

/**
 * The instant at which the wall clock of `time_zone` shows `minutes` after midnight of local day `day` (see localDay). A time that a change of
 * the clocks leaves out is moved by the change; of one that comes twice the second is meant.
 */
export function instantOf(day: number, minutes: number, time_zone: string): Date {
  return new Date(instantOfWall(day * DAY_MS + minutes * MINUTE_MS, offsetOf(time_zone)))
}

/** Minutes after midnight of a time of day as "16:30". */
export function minutesOf(time_of_day: string): number {
  const [hours = 0, minutes = 0] = time_of_day.split(':').map(Number)
  return hours * 60 + minutes
}

/** The first instant after `at` when the wall clock of `time_zone` shows `time_of_day` ("16:00"). */
export function nextWall(at: Date, time_zone: string, time_of_day: string): Date {
  const day = localDay(at, time_zone)
  const minutes = minutesOf(time_of_day)
  const today = instantOf(day, minutes, time_zone)
  return today > at ? today : instantOf(day + 1, minutes, time_zone)
}
