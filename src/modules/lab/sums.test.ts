// What counts as a promise that is kept: an order that nobody sends keeps none.
import { expect, test } from 'vitest'
import type { SideOutcome } from './outcomes.ts'
import { addOrder, emptySums, sumsIn } from './sums.ts'

const unsent: SideOutcome = {
  lines: null,
  places_key: '',
  says: { en: '', zh: '' },
  rule_id: null,
  rule_name: null,
  cost: null,
  shipping: 0,
  handling: 0,
  units: 0,
  waiting: 1,
  parts: 0,
  parcels: 0,
  km: 0,
  km_parts: 0,
  carbon_grams: 0,
  arrives_at: null,
  places: [],
  unknown: false,
}
const sent = (arrives_at: Date): SideOutcome => ({ ...unsent, cost: 100, units: 1, waiting: 0, parts: 1, arrives_at })

test('a promised order that is not sent counts among the promised and not among the kept', () => {
  const promised_at = new Date('2026-03-02T00:00:00Z')
  const early = sent(new Date('2026-03-01T00:00:00Z'))
  const sums = emptySums()
  addOrder(sums, promised_at, early, unsent)
  addOrder(sums, promised_at, early, sent(new Date('2026-03-03T00:00:00Z')))
  addOrder(sums, null, early, unsent)
  expect(sums.a).toMatchObject({ promised: 2, promise_kept: 2, unallocated: 0 })
  expect(sums.b).toMatchObject({ promised: 2, promise_kept: 0, unallocated: 2 })
  // of those that leave: what comes in time is not early for another
  expect([sums.a, sums.b].map((side) => [side.arrivals, side.late_seconds])).toEqual([
    [2, 0],
    [1, 86_400],
  ])
})

test('sums that were kept before lateness, CO₂ and losses were counted are read with none of them', () => {
  const { lost, a, b, ...rest } = emptySums()
  const { carbon_grams, arrivals, late_seconds, ...older } = a
  expect(sumsIn({ ...rest, a: { ...older, sent: 3 }, b: older })).toEqual({ ...rest, lost, a: { ...a, sent: 3 }, b })
  expect([carbon_grams, arrivals, late_seconds]).toEqual([0, 0, 0])
  expect(() => sumsIn({ ...rest, a: { ...older, sent: 'three' }, b: older })).toThrow('cannot be read')
})
