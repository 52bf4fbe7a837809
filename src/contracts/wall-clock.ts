// Wall clocks of zones, for the server and the screens alike: how far one is ahead of UTC, and the instant at which it shows something; pure.

/** Milliseconds that a wall clock is ahead of UTC at an instant. */
export type Offset = (at_ms: number) => number

// Between two changes of a zone's clocks lies more than that on either side of one.
const DAY_MS = 86_400_000

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

/** The offset of a zone (IANA). Throws RangeError for an unknown one. */
export function offsetOf(time_zone: string): Offset {
  const format = formatOf(time_zone)
  return (at_ms) => {
    const parts = format.formatToParts(at_ms).map(({ type, value }) => [type, Number(value)])
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = Object.fromEntries(parts)
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at_ms / 1000) * 1000
  }
}

/**
 * The instant at which a clock shows what UTC shows at `wall_ms`. A time that a change of the clocks leaves out is moved by the change; of one that
 * comes twice the second is meant.
 */
export function instantOfWall(wall_ms: number, offset: Offset): number {
  const [before, after] = [offset(wall_ms - DAY_MS), offset(wall_ms + DAY_MS)]
  if (before === after) return wall_ms - before
  const shown = [wall_ms - before, wall_ms - after].filter((at_ms) => at_ms + offset(at_ms) === wall_ms)
  return shown.length === 0 ? wall_ms - before : Math.max(...shown)
}
