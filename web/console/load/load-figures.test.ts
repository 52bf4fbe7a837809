// The figures of load: what is full is called full, whichever limit it is, and bars stand where their time is.
import { expect, test } from 'vitest'
import type { LocationLoad } from '../../../src/contracts/capacity.ts'
import { barsOf, fillOf, fullnessOf, type LoadSlot, marksOf, nextRoom, totalsOf } from './load-figures.ts'

const slot = (hour: number, change: Partial<LoadSlot> = {}): LoadSlot => ({
  starts_at: new Date(Date.UTC(2026, 2, 2, hour)).toISOString(),
  ends_at: new Date(Date.UTC(2026, 2, 2, hour + 1)).toISOString(),
  orders: 0,
  lines: 0,
  minutes: 0,
  done_orders: 0,
  max_orders: 4,
  max_lines: null,
  max_minutes: null,
  ...change,
})

const load = (change: Partial<LocationLoad>): LocationLoad => ({
  location_id: 'HZ1',
  name: 'Hangzhou',
  name_zh: null,
  time_zone: 'Asia/Shanghai',
  state: 'open',
  working: true,
  opens_at: null,
  next_cut_off: '2026-03-02T08:00:00.000Z',
  limited: true,
  fill_percent: 0,
  overdue_orders: 0,
  minutes_per_order: 3,
  minutes_per_line: 1,
  pace_percent: null,
  slots: [slot(6)],
  ...change,
})

test('a slot is as full as the limit that is reached first, and one that takes nothing more is full', () => {
  expect(fillOf(slot(6, { orders: 2 }))).toBe(0.5)
  expect(fillOf(slot(6, { orders: 1, minutes: 30, max_minutes: 40 }))).toBe(0.75)
  expect(fillOf(slot(6, { orders: 9, max_orders: null }))).toBe(0)
  expect(fillOf(slot(6, { max_orders: 0 }))).toBe(1)
})

test('the next room is the first slot that is not full', () => {
  const slots = [slot(6, { orders: 4 }), slot(7, { orders: 3 }), slot(8)]
  expect(nextRoom(slots)?.starts_at).toBe(slots[1]?.starts_at)
  expect(nextRoom(slots.slice(0, 1))).toBeNull()
})

test('a location is full, tight, has room, rests, is closed or has no limits', () => {
  expect(fullnessOf(load({ fill_percent: 120 }))).toBe('full')
  expect(fullnessOf(load({ slots: [slot(6, { orders: 4 })] }))).toBe('full')
  expect(fullnessOf(load({ fill_percent: 80 }))).toBe('tight')
  expect(fullnessOf(load({ fill_percent: 79 }))).toBe('room')
  expect(fullnessOf(load({ slots: [] }))).toBe('resting')
  expect(fullnessOf(load({ state: 'closed', fill_percent: 100 }))).toBe('closed')
  expect(fullnessOf(load({ limited: false, slots: [] }))).toBe('unlimited')
})

test('totals know no limit where one slot has none', () => {
  expect(totalsOf([slot(6, { orders: 3, done_orders: 1 }), slot(7, { orders: 1 })])).toEqual({
    orders: 4,
    done_orders: 1,
    max_orders: 8,
  })
  expect(totalsOf([slot(6), slot(7, { max_orders: null })]).max_orders).toBeNull()
})

test('bars stand at their time, one that runs already begins at the edge, none reaches beyond', () => {
  const from = Date.UTC(2026, 2, 2, 6, 30)
  const bars = barsOf([slot(5), slot(6, { orders: 4, done_orders: 2 }), slot(10)], from, 4)
  expect(bars.map(({ left, width, booked, done }) => [left, width, booked, done])).toEqual([
    [0, 12.5, 100, 50],
    [87.5, 12.5, 0, 0],
  ])
})

test('marks of time are round on the clock of the reader', () => {
  const from = Date.UTC(2026, 2, 2, 6, 30)
  const hoursOf = (marks: ReturnType<typeof marksOf>) => marks.map(({ at_ms }) => new Date(at_ms).getUTCHours())
  expect(hoursOf(marksOf(from, 24, '14:30'))).toEqual([7, 10, 13, 16, 19, 22, 1, 4])
  expect(hoursOf(marksOf(from, 72, '14:30'))).toEqual([16, 16, 16])
  expect(marksOf(from, 24, '14:30')[0]?.left).toBe(2.08)
})
