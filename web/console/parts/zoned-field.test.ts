// Fields of date and time by the clock of the merchant, whatever the clock of the browser: there and back, also where clocks change.
import { expect, test } from 'vitest'
import { dayAfter, fieldOf, instantIn } from './zoned-field.ts'

test.each([
  ['2026-01-15T03:30:00.000Z', 'Asia/Shanghai', '2026-01-15T11:30'],
  ['2026-01-15T03:30:00.000Z', 'America/Sao_Paulo', '2026-01-15T00:30'],
  ['2026-01-01T02:30:00.000Z', 'America/Sao_Paulo', '2025-12-31T23:30'],
  ['2026-07-15T03:30:00.000Z', 'Europe/London', '2026-07-15T04:30'],
  ['2026-01-15T03:30:00.000Z', 'Asia/Kathmandu', '2026-01-15T09:15'],
])('%s in %s reads %s, and means it again', (at, zone, field) => {
  expect(fieldOf(Date.parse(at), zone)).toBe(field)
  expect(instantIn(field, zone).toISOString()).toBe(at)
})

test.each([
  ['Europe/London', '2026-03-29T01:30', '2026-03-29T01:30:00.000Z', '2026-03-29T02:30'],
  ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z', '2026-03-08T03:30'],
  ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z', '2026-10-04T02:45'],
])('a time that the clocks of %s leave out is moved by their change', (zone, field, at, shown) => {
  expect(instantIn(field, zone).toISOString()).toBe(at)
  expect(fieldOf(Date.parse(at), zone)).toBe(shown)
})

test.each([
  ['Europe/London', '2026-10-25T01:30', '2026-10-25T01:30:00.000Z'],
  ['America/New_York', '2026-11-01T01:30', '2026-11-01T06:30:00.000Z'],
  ['America/Sao_Paulo', '2018-02-17T23:30', '2018-02-18T02:30:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T15:15:00.000Z'],
])('of a time that comes twice in %s the second is meant', (zone, field, at) => {
  expect(instantIn(field, zone).toISOString()).toBe(at)
  expect(fieldOf(Date.parse(at), zone)).toBe(field)
})

test('a day after another is one of the calendar, whatever the clocks do', () => {
  expect([dayAfter('2026-03-29', 0), dayAfter('2026-03-28', 1), dayAfter('2026-12-31', 1)]).toEqual([
    ...['2026-03-29', '2026-03-29', '2027-01-01'],
  ])
})
