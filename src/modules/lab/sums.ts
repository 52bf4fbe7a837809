// What a comparison comes to, summed order by order: the figures of both sides, what changed, rules, locations.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { changedFilters } from '../../contracts/lab.ts'

const Whole = Type.Integer()
const Pair = Type.Tuple([Whole, Whole])

const SideSums = Type.Object({
  sent: Whole,
  split: Whole,
  parts: Whole,
  parcels: Whole,
  /** Parts of which no parcels are known. */
  unparcelled: Whole,
  shipping: Whole,
  handling: Whole,
  km: Type.Number(),
  km_parts: Whole,
  promised: Whole,
  promise_kept: Whole,
  unallocated: Whole,
  units: Whole,
  units_waiting: Whole,
})
export type SideSums = Static<typeof SideSums>

const changes = ['all', ...changedFilters] as const

const LabSums = Type.Object({
  a: SideSums,
  b: SideSums,
  compared: Type.Object({ orders: Whole, cost_a: Whole, cost_b: Whole }),
  changed: Type.Record(Type.String(), Whole),
  /** By rule: its names in English and Chinese, orders of a and of b. */
  rules: Type.Record(Type.String(), Type.Tuple([Type.String(), Type.String(), Whole, Whole])),
  /** By location: orders and units of a, then of b. */
  locations: Type.Record(Type.String(), Type.Tuple([Pair, Pair])),
  /** Codes of what a reader must know. */
  notes: Type.Array(Type.String(), { maxItems: 20 }),
})
export type LabSums = Static<typeof LabSums>

const validator = Compile(LabSums)

/** The sums as they were kept; throws where they are none. */
export function sumsIn(kept: unknown): LabSums {
  if (!validator.Check(kept)) throw new Error('the sums of a comparison cannot be read')
  return kept
}

const emptySide = (): SideSums => ({
  sent: 0,
  split: 0,
  parts: 0,
  parcels: 0,
  unparcelled: 0,
  shipping: 0,
  handling: 0,
  km: 0,
  km_parts: 0,
  promised: 0,
  promise_kept: 0,
  unallocated: 0,
  units: 0,
  units_waiting: 0,
})

export const emptySums = (): LabSums => ({
  a: emptySide(),
  b: emptySide(),
  compared: { orders: 0, cost_a: 0, cost_b: 0 },
  changed: Object.fromEntries(changes.map((name) => [name, 0])),
  rules: {},
  locations: {},
  notes: [],
})
