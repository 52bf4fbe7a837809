// The only place that reads the time: everything else is given a clock, so that a test or a rehearsal can own it.

export interface Clock {
  now(): Date
}

/** The machine's clock, in UTC with millisecond resolution. */
export const systemClock: Clock = { now: () => new Date() }

/** A clock that stands still until it is moved; `advance` takes milliseconds and may be negative. */
export interface FakeClock extends Clock {
  advance(by_ms: number): void
  set(at: Date): void
}

/** Makes a clock that shows `start` until told otherwise. */
export function fakeClock(start: Date): FakeClock {
  let at = start.getTime()
  return {
    now: () => new Date(at),
    advance: (by_ms) => {
      at += by_ms
    },
    set: (to) => {
      at = to.getTime()
    },
  }
}

/** The instant `by_ms` milliseconds after `at`. */
export function later(at: Date, by_ms: number): Date {
  return new Date(at.getTime() + by_ms)
}

/** The earlier of two instants. */
export function earlierOf(a: Date, b: Date): Date {
  return new Date(Math.min(a.getTime(), b.getTime()))
}

/** The later of two instants. */
export function laterOf(a: Date, b: Date): Date {
  return new Date(Math.max(a.getTime(), b.getTime()))
}

export const SECOND_MS = 1_000
export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000
