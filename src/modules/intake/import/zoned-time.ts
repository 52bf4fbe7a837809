// Local times of a file as instants: "2010-12-01 08:26" in Europe/London is one moment, summer or winter.

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?$/
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T.+(?:Z|[+-]\d{2}:\d{2})$/
const HOUR_MS = 3_600_000

/** A reader of times in this IANA zone: ISO 8601 in UTC, or undefined for what is no time. A text with a zone of its own keeps it. */
export function zonedTime(zone: string): (text: string | undefined) => string | undefined {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  const offsets = new Map<number, number>()

  // How far the zone's clock is ahead of UTC; zones change on the hour, so an hour has one offset.
  function offset_ms(at_ms: number): number {
    const hour = Math.floor(at_ms / HOUR_MS)
    const known = offsets.get(hour)
    if (known !== undefined) return known
    const parts = new Map(
      format.formatToParts(new Date(hour * HOUR_MS)).map(({ type, value }) => [type, Number(value)]),
    )
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
    const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
    const offset = shown - hour * HOUR_MS
    offsets.set(hour, offset)
    return offset
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
    const first = local_ms - offset_ms(local_ms)
    return new Date(local_ms - offset_ms(first)).toISOString()
  }
}
