// The calendar of a location: slots that cover its working hours and nothing else, and cut-offs only when somebody works; also in the nights when clocks change.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { OpeningHours } from '../../contracts/catalog.ts'
import { DAY_MS, later, laterOf, MINUTE_MS } from '../../platform/clock.ts'
import { localDay } from '../../platform/zone.ts'
import { nextCutOff, opensAt, slotsOf, windowsOf } from './calendar.ts'

const ZONES = ['Europe/Berlin', 'Asia/Shanghai', 'America/St_Johns']
/** Days around both nights in which the clocks of Berlin change, and a usual week. */
const DAYS = ['2026-03-27', '2026-03-28', '2026-03-29', '2026-10-23', '2026-10-24', '2026-10-25', '2026-06-10']
const two = (number: number) => String(number).padStart(2, '0')
const timeOfDay = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`)
const weekday = fc.integer({ min: 1, max: 7 })
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  weekly: fc.array(
    fc.record({
      days: fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
      from: timeOfDay,
      to: timeOfDay,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  closed_on: fc.subarray([...DAYS, '2026-03-30', '2026-03-31', '2026-10-26']),
})
const location = fc.record({ hours, time_zone: fc.constantFrom(...ZONES) })
const moment = fc
  .tuple(fc.constantFrom(...DAYS), fc.integer({ min: 0, max: 1439 }))
  .map(([day, minutes]) => later(new Date(`${day}T00:00:00Z`), minutes * MINUTE_MS))
const slotMinutes = fc.constantFrom(45, 60, 180, 1440)
const runs = { numRuns: Number(process.env.PROPERTY_RUNS ?? 100) }

test('slots are apart from each other, within the hours of work, and leave no minute of them out', () => {
  fc.assert(
    fc.property(location, slotMinutes, moment, (place, minutes, at) => {
      const days = 3
      const slots = slotsOf(place, minutes, at, days)
      const today = localDay(at, place.time_zone)
      const windows = Array.from({ length: days + 3 }, (_, index) => windowsOf(place, today - 2 + index)).flat()
      const broken = slots.filter(
        ({ starts_at, ends_at }, index) =>
          ends_at <= starts_at ||
          ends_at <= at ||
          ends_at.getTime() - starts_at.getTime() > minutes * MINUTE_MS ||
          starts_at < (slots[index - 1]?.ends_at ?? starts_at) ||
          !windows.some((window) => window.starts_at <= starts_at && ends_at <= window.ends_at),
      )
      expect(broken).toEqual([])
      const bare: Date[] = []
      for (const window of windows)
        for (let minute = window.starts_at; minute < window.ends_at; minute = later(minute, 15 * MINUTE_MS))
          if (minute >= at && !slots.some((slot) => slot.starts_at <= minute && minute < slot.ends_at))
            bare.push(minute)
      expect(bare).toEqual([])
    }),
    runs,
  )
})

test('slots that were made yesterday are those that are made today', () => {
  fc.assert(
    fc.property(location, slotMinutes, moment, (place, minutes, at) => {
      const later_at = later(at, DAY_MS)
      const until = later(at, 2 * DAY_MS)
      const made = (from: Date) =>
        slotsOf(place, minutes, from, 4)
          .filter((slot) => slot.ends_at > later_at && slot.starts_at < until)
          .map((slot) => slot.starts_at.toISOString())
      expect(made(later_at)).toEqual(made(at))
    }),
    runs,
  )
})

test('work begins at once where somebody is there, otherwise with the next window', () => {
  fc.assert(
    fc.property(location, moment, (place, at) => {
      const opens = opensAt(place, at)
      const first = slotsOf(place, 60, at, 14)[0]
      if (first === undefined) return
      expect(opens).toEqual(laterOf(first.starts_at, at))
    }),
    runs,
  )
})

test('goods are handed over at the cut-off by the clock of the place, on the first of its days of work on which they make it', () => {
  const wall = (at: Date, time_zone: string) =>
    at.toLocaleString('en-GB', { timeZone: time_zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  fc.assert(
    fc.property(location, moment, timeOfDay, (place, at, cut_off) => {
      const cut = nextCutOff(place, at, cut_off)
      const worksOn = (day: number, instant: Date) =>
        windowsOf(place, day).length > 0 || windowsOf(place, day - 1).some((window) => window.ends_at >= instant)
      expect(cut.getTime()).toBeGreaterThan(at.getTime())
      expect(worksOn(localDay(cut, place.time_zone), cut)).toBe(true)
      if (!(cut_off >= '02:00' && cut_off < '03:00') && !(cut_off < '01:00'))
        expect(wall(cut, place.time_zone)).toBe(cut_off)
      // the same question from anywhere between has the same answer, so that no earlier one was left out
      for (let day = localDay(at, place.time_zone); day < localDay(cut, place.time_zone); day++) {
        const noon = later(at, (day - localDay(at, place.time_zone)) * DAY_MS)
        if (noon < cut) expect(nextCutOff(place, noon, cut_off)).toEqual(cut)
      }
    }),
    runs,
  )
})

const week = (days: number[], from: string, to: string, closed_on: string[] = []): OpeningHours => ({
  weekly: [{ days, from, to }],
  closed_on,
})
const cases: [string, OpeningHours | undefined, string, string, string, string][] = [
  ['without hours every day', undefined, 'Asia/Shanghai', '2026-03-06T09:00:00Z', '16:00', '2026-03-07T08:00:00Z'],
  [
    'over a weekend',
    week([1, 2, 3, 4, 5], '08:00', '18:00'),
    'Asia/Shanghai',
    '2026-03-06T09:00:00Z',
    '16:00',
    '2026-03-09T08:00:00Z',
  ],
  [
    'over a weekend and a holiday',
    week([1, 2, 3, 4, 5], '08:00', '18:00', ['2026-03-09']),
    'Asia/Shanghai',
    '2026-03-06T09:00:00Z',
    '16:00',
    '2026-03-10T08:00:00Z',
  ],
  [
    'in a night that runs into a closed day',
    week([5], '22:00', '06:00'),
    'Asia/Shanghai',
    '2026-03-06T15:00:00Z',
    '05:00',
    '2026-03-06T21:00:00Z',
  ],
  [
    'after a night that has ended',
    week([5], '22:00', '06:00'),
    'Asia/Shanghai',
    '2026-03-06T15:00:00Z',
    '16:00',
    '2026-03-13T08:00:00Z',
  ],
  [
    'over the weekend in which clocks go forward',
    week([1, 2, 3, 4, 5], '08:00', '18:00'),
    'Europe/Berlin',
    '2026-03-27T16:00:00Z',
    '16:00',
    '2026-03-30T14:00:00Z',
  ],
  [
    'over the weekend in which clocks go back',
    week([1, 2, 3, 4, 5], '08:00', '18:00'),
    'Europe/Berlin',
    '2026-10-23T15:00:00Z',
    '16:00',
    '2026-10-26T15:00:00Z',
  ],
]
test.each(cases)('the next cut-off %s', (_name, hours, time_zone, at, cut_off, expected) => {
  const place = hours === undefined ? { time_zone } : { time_zone, hours }
  expect(nextCutOff(place, new Date(at), cut_off)).toEqual(new Date(expected))
})

test('a night of Berlin has the hour less or more that its clocks take or give', () => {
  const place = { hours: week([6, 7], '22:00', '06:00'), time_zone: 'Europe/Berlin' }
  const hoursOf = (at: string) =>
    windowsOf(place, localDay(new Date(at), 'Europe/Berlin')).map(
      ({ starts_at, ends_at }) => (ends_at.getTime() - starts_at.getTime()) / (60 * MINUTE_MS),
    )
  expect(hoursOf('2026-03-28T12:00:00Z')).toEqual([7])
  expect(hoursOf('2026-10-24T12:00:00Z')).toEqual([9])
  expect(hoursOf('2026-06-13T12:00:00Z')).toEqual([8])
})

test('slots stay where they are while a shift goes on that began under the one of the night before', () => {
  const weekly = [
    { days: [1], from: '20:00', to: '06:00' },
    { days: [2], from: '05:00', to: '04:00' },
  ]
  const place = { hours: { weekly }, time_zone: 'Asia/Shanghai' }
  // Tuesday evening, and Wednesday at one in the night of Shanghai
  const [evening, night] = ['2026-03-03T12:00:00Z', '2026-03-03T17:00:00Z'].map((at) =>
    slotsOf(place, 45, new Date(at), 1).map((slot) => slot.starts_at.toISOString()),
  )
  expect(night?.length).toBeGreaterThan(2)
  expect(evening).toEqual(expect.arrayContaining(night ?? []))
})

test('a window that the clocks leave out is none', () => {
  const place = { hours: week([7], '02:30', '03:15'), time_zone: 'Europe/Berlin' }
  const saturday = new Date('2026-03-28T12:00:00Z')
  expect(windowsOf(place, localDay(saturday, 'Europe/Berlin') + 1)).toEqual([])
  expect(opensAt(place, saturday)).toEqual(new Date('2026-04-05T00:30:00Z'))
})
