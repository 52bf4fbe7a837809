// Hours and capacity survive the form: what is not touched is sent back as it was, and what is wrong is said before it is sent.
import { expect, test } from 'vitest'
import { changedBetween, draftOf, factOf, faultOf, newWindow, type ReadLocation } from './work-draft.ts'

const fact = {
  name: 'Hangzhou',
  network: 'cn',
  type: 'warehouse' as const,
  state: 'open' as const,
  country: 'CN',
  region: '浙江省',
  city: '杭州市',
  lat: 30,
  lon: 120,
  time_zone: 'Asia/Shanghai',
  capabilities: ['cold'],
  handling_per_order_minor: 300,
  handling_per_line_minor: 50,
  cut_off: '16:00',
  hours: { weekly: [{ days: [1, 2, 3], from: '08:00', to: '20:00' }], closed_on: ['2026-10-01'] },
  capacity: { slot_minutes: 60, orders: 40, urgent_percent: 20, minutes_per_order: 2.5, minutes_per_line: 0.5 },
}
const bare = {
  location_id: 'HZ1',
  network_id: 'cn',
  version_id: 'v',
  valid_from: '2026-01-01T00:00:00Z',
  name_zh: null,
  revision: 3,
}
const location: ReadLocation = { ...fact, ...bare }

test('what is not touched is sent back as it was', () => {
  expect(factOf(location, draftOf(location))).toEqual(fact)
})

test('without hours a location is always open, without limits it books nothing', () => {
  const { hours: _hours, capacity: _capacity, ...plain } = fact
  expect(factOf({ ...plain, ...bare }, draftOf({ ...plain, ...bare }))).toEqual(plain)
  expect(factOf(location, { ...draftOf(location), is_always_open: true, is_limited: false })).toEqual(plain)
})

test('days and closed days are sent in order', () => {
  const draft = draftOf(location)
  const sent = factOf(location, {
    ...draft,
    windows: [{ ...newWindow(0), days: [7, 1] }],
    closed_on: ['2026-10-02', '2026-10-01'],
  })
  expect(sent.hours).toEqual({
    weekly: [{ days: [1, 7], from: '09:00', to: '18:00' }],
    closed_on: ['2026-10-01', '2026-10-02'],
  })
})

test('what is wrong is said before it is sent', () => {
  const draft = draftOf(location)
  expect(faultOf(draft)).toBeNull()
  expect(faultOf({ ...draft, cut_off: '' })).toBe('work.fault.cut_off')
  expect(faultOf({ ...draft, windows: [] })).toBe('work.fault.no_window')
  expect(faultOf({ ...draft, windows: [{ ...newWindow(0), days: [] }] })).toBe('work.fault.no_day')
  expect(faultOf({ ...draft, windows: [{ ...newWindow(0), to: '' }] })).toBe('work.fault.time')
  expect(faultOf({ ...draft, windows: [{ ...newWindow(0), to: '09:00' }] })).toBe('work.fault.empty_window')
  expect(faultOf({ ...draft, orders: null })).toBe('work.fault.no_limit')
  expect(faultOf({ ...draft, windows: [], is_always_open: true, orders: null, is_limited: false })).toBeNull()
})

test('what somebody else has changed is named by its part of the form, and only that', () => {
  expect(changedBetween(location, { ...location, state: 'closed' })).toEqual([])
  expect(changedBetween(location, { ...location, cut_off: '18:00' })).toEqual(['work.cut_off'])
  const { hours: _hours, ...open } = location
  expect(changedBetween(location, { ...open, capacity: { ...fact.capacity, orders: 50 } })).toEqual([
    'work.hours',
    'work.closed_on',
    'work.capacity',
  ])
})
