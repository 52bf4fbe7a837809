// An instant as a field of date and time holds it, by the wall clock of a zone, and back; pure. Fields of browsers know no zone but the reader's.

/** Milliseconds that the wall clock of the zone is ahead of UTC. */
function offset_ms(at_ms: number, zone: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(at_ms).map(({ type, value }) => [type, Number(value)]))
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at_ms / 1000) * 1000
}

/** What a field of date and time shows at this instant: "2026-03-29T14:30". */
export function fieldOf(at_ms: number, zone: string): string {
  return new Date(at_ms + offset_ms(at_ms, zone)).toISOString().slice(0, 16)
}

/** The instant that a field means. A time that a change of the clocks leaves out is moved by the change; of one that comes twice the second is meant. */
export function instantIn(field: string, zone: string): Date {
  const wall_ms = Date.parse(`${field}Z`)
  const guess_ms = wall_ms - offset_ms(wall_ms, zone)
  return new Date(wall_ms - offset_ms(guess_ms, zone))
}
