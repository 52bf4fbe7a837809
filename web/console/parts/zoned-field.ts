// An instant as a field of date and time holds it, by the wall clock of a zone, and back; pure. Fields of browsers know no zone but the reader's.
import { instantOfWall, offsetOf } from '../../../src/contracts/wall-clock.ts'

/** What a field of date and time shows at this instant: "2026-03-29T14:30". */
export function fieldOf(at_ms: number, zone: string): string {
  return new Date(at_ms + offsetOf(zone)(at_ms)).toISOString().slice(0, 16)
}

/** The instant that a field means; see instantOfWall for the nights in which clocks change. */
export function instantIn(field: string, zone: string): Date {
  return new Date(instantOfWall(Date.parse(`${field}Z`), offsetOf(zone)))
}

/** The zone as people call it: "China Time", "中国时间". */
export function zoneName(zone: string, language: string): string {
  const parts = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts()
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone
}

const HALF_YEAR_MS = 182 * 86_400_000

/** Whether clocks of both show the same now, and when the season is another. */
export function isSameClock(zone: string, other: string, now_ms: number): boolean {
  const [one, two] = [offsetOf(zone), offsetOf(other)]
  return [now_ms, now_ms + HALF_YEAR_MS].every((at) => one(at) === two(at))
}

/** The date so many days after one: "2026-03-29". */
export function dayAfter(date: string, days: number): string {
  const at = new Date(`${date}T00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
