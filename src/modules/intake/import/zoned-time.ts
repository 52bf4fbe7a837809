// Local times of a file as instants: "2010-12-01 08:26" in Europe/London is one moment, summer or winter.
import { instantOfWall, offsetOf } from '../../../contracts/wall-clock.ts'

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/
const QUARTER_MS = 900_000

/** A reader of times in this IANA zone: ISO 8601 in UTC, or undefined for what is no time. A text with a zone of its own keeps it. */
export function zonedTime(zone: string): (text: string | undefined) => string | undefined {
  const offset = offsetOf(zone)
  const offsets = new Map<number, number>()

  // zones change on the quarter of an hour, so each has one offset
  function offset_ms(at_ms: number): number {
    const quarter = Math.floor(at_ms / QUARTER_MS)
    const known = offsets.get(quarter) ?? offset(quarter * QUARTER_MS)
    offsets.set(quarter, known)
    return known
  }

  return (text) => {
    if (text === undefined) return undefined
    if (WITH_ZONE.test(text)) {
      const at = new Date(text)
      return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
    }
    const match = LOCAL.exec(text)
    if (match === null) return undefined
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
      .slice(1)
      .map((digits) => Number(digits ?? 0))
    const local_ms = Date.UTC(year, month - 1, day, hour, minute, second)
    const isReal = new Date(local_ms).getUTCDate() === day && month <= 12 && hour < 24 && minute < 60 && second < 60
    if (!isReal) return undefined
    return new Date(instantOfWall(local_ms, offset_ms)).toISOString()
  }
}
