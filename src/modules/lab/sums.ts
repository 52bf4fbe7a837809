// What a comparison comes to, summed order by order: the figures of both sides, what changed, rules, locations.
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { changedFilters } from '../../contracts/lab.ts'
import type { SideOutcome } from './outcomes.ts'

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
  carbon_grams: Whole,
  promised: Whole,
  promise_kept: Whole,
  /** Promised orders whose arrival is known, and by how many seconds they come late altogether. */
  arrivals: Whole,
  late_seconds: Whole,
  unallocated: Whole,
  units: Whole,
  units_waiting: Whole,
})
export type SideSums = Static<typeof SideSums>

export const changes = ['all', ...changedFilters] as const
export type Change = (typeof changedFilters)[number]

const LabSums = Type.Object({
  a: SideSums,
  b: SideSums,
  compared: Type.Object({ orders: Whole, cost_a: Whole, cost_b: Whole }),
  changed: Type.Record(Type.String(), Whole),
  /** By rule: its names in English and Chinese, orders of a and of b. */
  rules: Type.Record(Type.String(), Type.Tuple([Type.String(), Type.String(), Whole, Whole])),
  /** By location: orders and units of a, then of b. */
  locations: Type.Record(Type.String(), Type.Tuple([Pair, Pair])),
  /** Orders of which something of then cannot be known any more: where they went, what was decided. */
  lost: Type.Object({ destinations: Whole, reasons: Whole }),
  /** Codes of what a reader must know. */
  notes: Type.Array(Type.String(), { maxItems: 20 }),
})
export type LabSums = Static<typeof LabSums>

const validator = Compile(LabSums)

const Older = Compile(Type.Object({ a: Type.Object({}), b: Type.Object({}) }))

/** The sums as they were kept, also before all of it was counted: what was not is 0. Throws where they are none. */
export function sumsIn(whole: unknown): LabSums {
  const kept = Older.Check(whole)
    ? {
        lost: { destinations: 0, reasons: 0 },
        ...whole,
        a: { ...emptySide(), ...whole.a },
        b: { ...emptySide(), ...whole.b },
      }
    : whole
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
  carbon_grams: 0,
  promised: 0,
  promise_kept: 0,
  arrivals: 0,
  late_seconds: 0,
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
  lost: { destinations: 0, reasons: 0 },
  notes: [],
})

/** Adds an order as both sides decide it; answers what changed, empty where nothing did. */
export function addOrder(sums: LabSums, promised_at: Date | null, a: SideOutcome, b: SideOutcome): Change[] {
  addSide(sums.a, promised_at, a)
  addSide(sums.b, promised_at, b)
  if (comparable(a, b)) {
    sums.compared.orders += 1
    sums.compared.cost_a += a.cost ?? 0
    sums.compared.cost_b += b.cost ?? 0
  }
  addRule(sums, a, 2)
  addRule(sums, b, 3)
  addPlaces(sums, a, 0)
  addPlaces(sums, b, 1)
  if (!differs(a, b)) return []
  const what = changesOf(a, b)
  for (const name of ['all', ...what]) sums.changed[name] = (sums.changed[name] ?? 0) + 1
  return what
}

/** Whether the sides send the order otherwise. Of what happened the places are kept, not which line went where. */
export function differs(a: SideOutcome, b: SideOutcome): boolean {
  return a.lines === null || b.lines === null ? a.places_key !== b.places_key : a.lines !== b.lines
}

/** Costs compare where both sides send the same number of units. */
export function comparable(a: SideOutcome, b: SideOutcome): boolean {
  return a.cost !== null && b.cost !== null && a.units === b.units
}

function changesOf(a: SideOutcome, b: SideOutcome): Change[] {
  const what: Change[] = []
  const cost = comparable(a, b) ? (b.cost ?? 0) - (a.cost ?? 0) : 0
  if (cost > 0) what.push('dearer')
  if (cost < 0) what.push('cheaper')
  if (a.parts > 0 && b.parts > a.parts) what.push('more_parts')
  if (b.parts > 0 && b.parts < a.parts) what.push('fewer_parts')
  if (a.arrives_at !== null && b.arrives_at !== null && a.arrives_at.getTime() !== b.arrives_at.getTime())
    what.push(b.arrives_at > a.arrives_at ? 'later' : 'sooner')
  if (b.waiting > a.waiting) what.push('unallocated')
  if (b.waiting < a.waiting) what.push('allocated')
  return what
}

function addSide(sums: SideSums, promised_at: Date | null, one: SideOutcome): void {
  sums.units += one.units
  sums.units_waiting += one.waiting
  if (one.parts === 0) {
    sums.unallocated += 1
    // what nobody sends does not arrive in time
    if (promised_at !== null) sums.promised += 1
    return
  }
  sums.sent += 1
  if (one.parts > 1) sums.split += 1
  sums.parts += one.parts
  if (one.parcels === null) sums.unparcelled += one.parts
  else sums.parcels += one.parcels
  sums.shipping += one.shipping
  sums.handling += one.handling
  sums.km += one.km
  sums.km_parts += one.km_parts
  sums.carbon_grams += one.carbon_grams
  if (promised_at === null || one.arrives_at === null) return
  sums.promised += 1
  sums.arrivals += 1
  const late_ms = one.arrives_at.getTime() - promised_at.getTime()
  if (late_ms <= 0) sums.promise_kept += 1
  else sums.late_seconds += Math.round(late_ms / 1000)
}

function addRule(sums: LabSums, { rule_id, rule_name }: SideOutcome, side: 2 | 3): void {
  const id = rule_id ?? ''
  const row = sums.rules[id] ?? [rule_name?.en ?? '', rule_name?.zh ?? '', 0, 0]
  row[side] += 1
  sums.rules[id] = row
}

function addPlaces(sums: LabSums, { places }: SideOutcome, side: 0 | 1): void {
  for (const { location_id, units } of places) {
    const row = sums.locations[location_id] ?? [
      [0, 0],
      [0, 0],
    ]
    row[side][0] += 1
    row[side][1] += units
    sums.locations[location_id] = row
  }
}
