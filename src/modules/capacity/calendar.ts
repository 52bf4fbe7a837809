// When a location works: its opening windows as instants, the slots they are cut into, and when it is open next.
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

/** The windows of one local day, in order; one over the whole day where no hours are given. A window that ends at or before its begin runs past midnight. */
export function windowsOf({ hours, time_zone }: Working, day: number): Span[] {
  const span = (from: number, to: number): Span => ({
    starts_at: instantOf(day, from, time_zone),
    ends_at: instantOf(day, to, time_zone),
  })
  if (hours === undefined) return [span(0, DAY_MINUTES)]
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10)
  if (hours.closed_on?.includes(date)) return []
  const weekday = ((((day + THURSDAY - 1) % WEEK) + WEEK) % WEEK) + 1
  return hours.weekly
    .filter((window) => window.days.includes(weekday))
    .map((window): Span => {
      const [from, to] = [minutesOf(window.from), minutesOf(window.to)]
      return span(from, to > from ? to : to + DAY_MINUTES)
    })
    .sort((a, b) => a.starts_at.getTime() - b.starts_at.getTime())
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
  for (let day = today - 1; day <= today + days; day++) {
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
