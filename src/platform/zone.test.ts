// Wall clocks: cut-offs and opening hours are times that a clock on a wall shows, also in the nights when it is changed.
import { expect, test } from 'vitest'
import { instantOf, localDay, minutesOf, nextWall } from './zone.ts'

test('the next cut-off is the next time that the wall clock of the site shows it', () => {
  const at = (text: string) => new Date(text)
  expect(nextWall(at('2026-03-01T07:00:00Z'), 'Asia/Shanghai', '16:00')).toEqual(at('2026-03-01T08:00:00Z'))
  expect(nextWall(at('2026-03-01T08:00:00Z'), 'Asia/Shanghai', '16:00')).toEqual(at('2026-03-02T08:00:00Z'))
  expect(nextWall(at('2026-03-01T18:00:00Z'), 'Asia/Shanghai', '16:00')).toEqual(at('2026-03-02T08:00:00Z'))
  // the night before the clocks go forward in Berlin
  expect(nextWall(at('2026-03-28T16:00:00Z'), 'Europe/Berlin', '16:00')).toEqual(at('2026-03-29T14:00:00Z'))
  expect(nextWall(at('2026-10-24T15:00:00Z'), 'Europe/Berlin', '16:00')).toEqual(at('2026-10-25T15:00:00Z'))
})

test('an hour that the clocks leave out is moved by the change, of one that comes twice the second is meant', () => {
  const day = localDay(new Date('2026-03-29T00:00:00Z'), 'Europe/Berlin')
  expect(instantOf(day, minutesOf('02:30'), 'Europe/Berlin')).toEqual(new Date('2026-03-29T01:30:00Z'))
  const autumn = localDay(new Date('2026-10-25T00:00:00Z'), 'Europe/Berlin')
  expect(instantOf(autumn, minutesOf('02:30'), 'Europe/Berlin')).toEqual(new Date('2026-10-25T01:30:00Z'))
})
