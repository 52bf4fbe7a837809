// The arms of an experiment: the share that was asked for, the same order always in the same arm, another experiment divides otherwise.
import { expect, test } from 'vitest'
import { armOf } from './arms.ts'

const ids = Array.from({ length: 10_000 }, (_, index) => `order-${index}`)

test.each([1, 10, 50])('of many orders %i in a hundred fall to the draft', (share) => {
  const drafts = ids.filter((id) => armOf('one', id, share) === 'draft').length
  expect(Math.abs(drafts / 100 - share)).toBeLessThan(1.5)
})

test('an order stays in its arm, also where the share grows; another experiment divides anew', () => {
  const small = ids.filter((id) => armOf('one', id, 10) === 'draft')
  expect(small.every((id) => armOf('one', id, 30) === 'draft')).toBe(true)
  const other = small.filter((id) => armOf('other', id, 10) === 'draft')
  expect(other.length / small.length).toBeLessThan(0.2)
})
