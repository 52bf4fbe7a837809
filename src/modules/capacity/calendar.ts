// When a location works: its opening windows as instants, the slots they are cut into, when it is open next, and the next cut-off that somebody works for.
import type { LocationFact } from '../../contracts/catalog.ts'
import { DAY_MS, earlierOf, later, laterOf, MINUTE_MS } from '../../platform/clock.ts'
import { instantOf, localDay, minutesOf } from '../../platform/zone.ts'

export interface Span {
  readonly starts_at: Date
  readonly ends_at: Date
}

type Working = Pick<LocationFact, 'hours' | 'time_zone'>

const WEEK = 7
/** Day 0 of localDay was a Thursday. */
const THURSDAY = 4
const DAY_MINUTES = 1440
/** So far ahead an opening is looked for: beyond the longest holidays. */
const LOOK_AHEAD_DAYS = 60
/** Hours close 366 days at most, and open on one of the week at least: later than this there is always a day of work. */
const CLOSED_AT_MOST_DAYS = 367 * WEEK

/** The windows of one local day, in order; one over the whole day where no hours are given. A window that ends at or before its begin runs past midnight. */
export function windowsOf(location: Working, day: number): Span[] {
  const { hours, time_zone } = location
  const span = (from: number, to: number): Span => ({
    starts_at: instantOf(day, from, time_zone),
    ends_at: instantOf(day, to, time_zone),
  })
  if (hours === undefined) return [span(0, DAY_MINUTES)]
  if (isClosedOn(location, day)) return []
  return hours.weekly
    .filter((window) => window.days.includes(weekdayOf(day)))
    .map((window): Span => {
      const [from, to] = [minutesOf(window.from), minutesOf(window.to)]
      return span(from, to > from ? to : to + DAY_MINUTES)
    })
    .filter(({ starts_at, ends_at }) => ends_at > starts_at) // a night whose clocks leave its window out
    .sort((a, b) => a.starts_at.getTime() - b.starts_at.getTime())
}

function isClosedOn({ hours }: Working, day: number): boolean {
  return hours?.closed_on?.includes(new Date(day * DAY_MS).toISOString().slice(0, 10)) === true
}

// 1 is Monday.
function weekdayOf(day: number): number {
  return ((((day + THURSDAY - 1) % WEEK) + WEEK) % WEEK) + 1
}

// Whether somebody comes to work there on that local day.
function isWorkday(location: Working, day: number): boolean {
  if (location.hours === undefined) return true
  const weekday = weekdayOf(day)
  return !isClosedOn(location, day) && location.hours.weekly.some((window) => window.days.includes(weekday))
}

/**
 * The first cut-off ("16:00" by the clock of the location) after `at` that goods from there make: on a day of work, or while a night's work that
 * began the day before goes on. On the days between nobody hands over anything.
 */
export function nextCutOff(location: Working, at: Date, cut_off: string): Date {
  const { hours, time_zone } = location
  const today = localDay(at, time_zone)
  const minutes = minutesOf(cut_off)
  const byNight = hours?.weekly.some((window) => minutesOf(window.to) <= minutesOf(window.from)) === true
  for (let day = today; day <= today + CLOSED_AT_MOST_DAYS; day++) {
    const works = isWorkday(location, day)
    if (!works && !byNight) continue
    const cut = instantOf(day, minutes, time_zone)
    if (cut <= at) continue
    if (works || windowsOf(location, day - 1).some(({ ends_at }) => ends_at >= cut)) return cut
  }
  throw new RangeError(`hours without a day of work: ${JSON.stringify(hours)}`)
}

/** When work that comes at `at` can begin: at once where the location is open, otherwise when it opens next; null where it does not within two months. */
export function opensAt(location: Working, at: Date): Date | null {
  if (location.hours === undefined) return at
  const today = localDay(at, location.time_zone)
  for (let day = today - 1; day <= today + LOOK_AHEAD_DAYS; day++) {
    for (const { starts_at, ends_at } of windowsOf(location, day)) {
      if (ends_at <= at) continue
      return laterOf(starts_at, at)
    }
  }
  return null
}

/** Slots of `slot_minutes` that end after `from`, until `days` local days later; the last of a window may be shorter. Spans do not overlap. */
export function slotsOf(location: Working, slot_minutes: number, from: Date, days: number): Span[] {
  const today = localDay(from, location.time_zone)
  const slots: Span[] = []
  let covered = later(from, -DAY_MS * WEEK)
  for (let day = today - 2; day <= today + days; day++) {
    for (const window of windowsOf(location, day)) {
      const begins = laterOf(window.starts_at, covered)
      for (let at = begins; at < window.ends_at; at = later(at, slot_minutes * MINUTE_MS)) {
        const ends_at = earlierOf(later(at, slot_minutes * MINUTE_MS), window.ends_at)
        if (ends_at > from) slots.push({ starts_at: at, ends_at })
      }
      covered = laterOf(covered, window.ends_at)
    }
  }
  return slots
}
