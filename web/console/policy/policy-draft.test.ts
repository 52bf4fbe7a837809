// Promises of the form of the allocation policy: defaults show, only what was changed is sent, and a colleague's change of something else stays.
import { expect, test } from 'vitest'
import { bodyOf, differences, faultOf, valuesOf } from './policy-draft.ts'

const policy = { split_penalty_minor: 600, max_parts: 5, attempts_at_most: 5, reconcile: 'move' as const, revision: 3 }

test('where the policy is silent the default shows, and is not sent unless it is changed', () => {
  expect(valuesOf(policy)).toMatchObject({ split_penalty_minor: 600, late_per_day_minor: 1000, keep_apart: [] })
  const { revision: _revision, ...kept } = policy
  expect(bodyOf(policy, { late_per_day_minor: 1000, max_parts: 5 })).toEqual(kept)
  expect(bodyOf(policy, { late_per_day_minor: 900, urgent_levels: ['express'] })).toEqual({
    ...kept,
    late_per_day_minor: 900,
    urgent_levels: ['express'],
  })
})

test('what a colleague has set meanwhile stays, but for what was entered here', () => {
  const now = { ...policy, split_penalty_minor: 700, max_parts: 4, revision: 4 }
  expect(differences(valuesOf(policy), valuesOf(now))).toEqual(['split_penalty_minor', 'max_parts'])
  expect(bodyOf(now, { split_penalty_minor: 800 })).toMatchObject({ split_penalty_minor: 800, max_parts: 4 })
})

test('pairs are two different classes, numbers are within their bounds and not empty', () => {
  const values = valuesOf(policy)
  expect(bodyOf(policy, { keep_apart: ['food+chemical', ' glass + steel '] }).keep_apart).toEqual([
    ['food', 'chemical'],
    ['glass', 'steel'],
  ])
  for (const pair of ['food', 'food +', 'food + food', 'a + b + c', `${'a'.repeat(65)} + b`])
    expect(faultOf('keep_apart', { ...values, keep_apart: [pair] }), pair).toBe('pair')
  expect(faultOf('keep_apart', { ...values, keep_apart: ['food + chemical'] })).toBe(null)
  expect(faultOf('max_parts', { ...values, max_parts: 21 })).toBe('range')
  expect(faultOf('max_parts', { ...values, max_parts: null })).toBe('empty')
  expect(faultOf('max_parts', values)).toBe(null)
})
