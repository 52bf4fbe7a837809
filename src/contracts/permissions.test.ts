// Who sets the limits is not who decides within them.
import { expect, test } from 'vitest'
import { allocationRoutes } from '../modules/allocation/index.ts'
import { reviewRoutes } from '../modules/review/index.ts'
import { roleMay } from './permissions.ts'

const permitOf = (path: string) =>
  [...reviewRoutes, ...allocationRoutes].find((declared) => `${declared.method} ${declared.path}` === path)?.options
    .permit

test('who approves orders cannot change the policy or the rules that ask for a second person', () => {
  expect(permitOf('PUT /review/policy')).toBe('review.policy')
  expect(permitOf('PUT /review/rules')).toBe('review.policy')
  expect(roleMay('operator', 'review.decide')).toBe(true)
  expect(roleMay('operator', 'review.policy')).toBe(false)
  expect(roleMay('manager', 'review.policy')).toBe(true)
  expect(roleMay('manager', 'review.decide')).toBe(false)
})

test('a lead of the floor decides where orders leave, not by what policy', () => {
  expect(permitOf('PUT /allocation/policy')).toBe('allocation.policy')
  expect(roleMay('lead', 'allocation.policy')).toBe(false)
})
