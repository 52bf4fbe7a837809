// Fields of date and time by the clock of the merchant, whatever the clock of the browser: there and back, also where clocks change.
import { expect, test } from 'vitest'
import { fieldOf, instantIn } from './zoned-field.ts'

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

test('a time that the clocks leave out is an hour later', () => {
  expect(instantIn('2026-03-29T01:30', 'Europe/London').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(fieldOf(Date.parse('2026-03-29T01:30:00Z'), 'Europe/London')).toBe('2026-03-29T02:30')
})

test('of a time that comes twice the second is meant', () => {
  expect(instantIn('2026-10-25T01:30', 'Europe/London').toISOString()).toBe('2026-10-25T01:30:00.000Z')
})
