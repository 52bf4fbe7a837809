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

/** The date so many days after one: "2026-03-29". */
export function dayAfter(date: string, days: number): string {
  const at = new Date(`${date}T00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
