// When a parcel leaves: the next cut-off of a location in its own time zone, also across a change of the clocks.
import { DAY_MS, later, MINUTE_MS } from '../../platform/clock.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(time_zone: string): Intl.DateTimeFormat {
  const known = formats.get(time_zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: time_zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(time_zone, format)
  return format
}

/** Milliseconds that the wall clock of `time_zone` is ahead of UTC at `at`. */
function offset_ms(at: Date, time_zone: string): number {
  const part = Object.fromEntries(
    formatOf(time_zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000
}

/** The first instant after `at` when the wall clock of `time_zone` shows `cut_off` ("16:00"). */
export function nextCutOff(at: Date, time_zone: string, cut_off: string): Date {
  const [hours = 0, minutes = 0] = cut_off.split(':').map(Number)
  const local = later(at, offset_ms(at, time_zone))
  const midnight = Math.floor(local.getTime() / DAY_MS) * DAY_MS
  const instant = (day: number) => {
    const wall = new Date(midnight + day * DAY_MS + (hours * 60 + minutes) * MINUTE_MS)
    // the offset of the day itself: a first guess, and once more where the clocks change between the two
    const guess = later(wall, -offset_ms(later(wall, -offset_ms(wall, time_zone)), time_zone))
    return guess
  }
  const today = instant(0)
  return today > at ? today : instant(1)
}
