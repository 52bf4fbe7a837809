// Promises of local times: summer and winter, a text with its own zone, and no invented days.
import { expect, test } from 'vitest'
import { zonedTime } from './zoned-time.ts'

const london = zonedTime('Europe/London')
const sao_paulo = zonedTime('America/Sao_Paulo')

test.each([
  [london, '2010-12-01T08:26', '2010-12-01T08:26:00.000Z'],
  [london, '2011-07-01 08:26:30', '2011-07-01T07:26:30.000Z'],
  [london, '2011-03-27 00:59', '2011-03-27T00:59:00.000Z'],
  [london, '2011-03-27 02:00', '2011-03-27T01:00:00.000Z'],
  // left out by the clocks: moved by the change; comes twice: the second
  [london, '2011-03-27 01:30', '2011-03-27T01:30:00.000Z'],
  [london, '2011-10-30 01:30', '2011-10-30T01:30:00.000Z'],
  [sao_paulo, '2017-01-05 12:01:20', '2017-01-05T14:01:20.000Z'],
  [sao_paulo, '2017-07-05 12:01:20', '2017-07-05T15:01:20.000Z'],
  [sao_paulo, '2017-07-05', '2017-07-05T03:00:00.000Z'],
  [london, '2011-07-01T08:26:00+08:00', '2011-07-01T00:26:00.000Z'],
])('a local time is one instant (%#)', (read, text, instant) => {
  expect(read(text)).toBe(instant)
})

test.each(['', 'yesterday', '2011-02-30 10:00', '2011-13-01', '2011-01-01 25:00', '01/02/2011'])(
  '%s is no time',
  (text) => {
    expect(london(text)).toBeUndefined()
  },
)
