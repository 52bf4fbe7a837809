// The cost formula as a mixed-integer program: what HiGHS solves, and what the test of the formula evaluates by itself.
//
// Per location l: open y; per (l, line i): units x and used u; per (l, step k): step z whose reach holds the chargeable
// weight. Minimise part·y + line·u + unit·x + step·z + penalty·(Σy − 1) + wait·w, such that Σ_l x + quantity·w = quantity,
// x ≤ units·u, u ≤ y, Σ_k z = y, Σ_i weight·x ≤ Σ_k reach·z and the same for volume. Kits, hazards and values are not in
// the instances of the benchmark.

import type { Network, Order, RateCard } from '../../src/solvers/sourcing.ts'
import { at } from './data.ts'

type Term = readonly [column: number, value: number]

/** A program being written: columns with cost, bound and kind, rows in sparse form. */
export type Program = {
  readonly cost: number[]
  readonly upper: number[]
  readonly rows: { lower: number; upper: number; columns: number[]; values: number[] }[]
  offset: number
}

/** Where an order's decisions stand in a program. `wait` is null where the order must be placed. */
export type Placed = {
  readonly units: { readonly location: number; readonly line: number; readonly units: number; readonly used: number }[]
  readonly open: { readonly location: number; readonly column: number; readonly steps: Step[] }[]
  readonly wait: number | null
}

type Step = { readonly column: number; readonly grams: number }

/** An empty program; all its columns are whole numbers from 0. */
export function emptyProgram(): Program {
  return { cost: [], upper: [], rows: [], offset: 0 }
}

function addColumn(program: Program, cost: number, upper: number): number {
  program.upper.push(upper)
  return program.cost.push(cost) - 1
}

/** Adds a row: lower ≤ Σ value·column ≤ upper. */
export function addRow(program: Program, lower: number, upper: number, terms: readonly Term[]): void {
  program.rows.push({ lower, upper, columns: terms.map(([column]) => column), values: terms.map(([, value]) => value) })
}

/** Adds one order, which may wait at a price where `wait` is not null. */
export function addOrder(program: Program, network: Network, order: Order, wait: number | null = null): Placed {
  const { penalty, max_parts } = order.split
  const placed: Placed = { units: [], open: [], wait: wait === null ? null : addColumn(program, wait + penalty, 1) }
  order.lanes.forEach((lane, l) => {
    if (lane) addLocation(program, placed, network, order, l)
  })
  addRow(
    program,
    -Infinity,
    max_parts,
    placed.open.map(({ column }): Term => [column, 1]),
  )
  order.lines.forEach((line, i) => {
    const terms = placed.units.filter((unit) => unit.line === i).map(({ units }): Term => [units, 1])
    if (placed.wait !== null) terms.push([placed.wait, line.quantity])
    addRow(program, line.quantity, line.quantity, terms)
  })
  program.offset -= penalty
  return placed
}

function addLocation(program: Program, placed: Placed, network: Network, order: Order, l: number): void {
  const [site, lane] = [at(network.locations, l), at(order.lanes, l)]
  if (!lane) return
  const fixed = site.handling_part + site.load_part + lane.carbon_part + (order.lateness?.[l] ?? 0)
  const open = addColumn(program, fixed + order.split.penalty, 1)
  const weight: Term[] = []
  const volume: Term[] = []
  let [most_weight, most_volume] = [0, 0]
  order.lines.forEach((line, i) => {
    const stock = l * network.skus + line.sku
    const most = Math.min(line.quantity, at(network.stock, stock))
    if (most <= 0) return
    const price = (network.depletion ? at(network.depletion, stock) : 0) + lane.carbon_gram * line.weight_grams
    const units = addColumn(program, price, most)
    const used = addColumn(program, site.handling_line + site.load_line, 1)
    addRow(program, -Infinity, 0, [
      [units, 1],
      [used, -most],
    ])
    addRow(program, -Infinity, 0, [
      [used, 1],
      [open, -1],
    ])
    weight.push([units, line.weight_grams])
    volume.push([units, line.volume_mm3])
    most_weight += most * line.weight_grams
    most_volume += most * line.volume_mm3
    placed.units.push({ location: l, line: i, units, used })
  })
  const { mm3_per_gram } = lane.rates
  const steps = addSteps(program, lane.rates, Math.max(most_weight, mm3_per_gram > 0 ? most_volume / mm3_per_gram : 0))
  addRow(program, 0, 0, [...steps.map(({ column }): Term => [column, 1]), [open, -1]])
  addRow(program, -Infinity, 0, [...weight, ...steps.map(({ column, grams }): Term => [column, -grams])])
  if (mm3_per_gram > 0)
    addRow(program, -Infinity, 0, [
      ...volume,
      ...steps.map(({ column, grams }): Term => [column, -grams * mm3_per_gram]),
    ])
  placed.open.push({ location: l, column: open, steps })
}

function addSteps(program: Program, { upto_grams, price }: RateCard, most: number): Step[] {
  const last = upto_grams.length - 1
  const steps: Step[] = []
  for (let full = 0; ; full++) {
    for (const [k, upto] of upto_grams.entries()) {
      const grams = full * at(upto_grams, last) + upto
      steps.push({ column: addColumn(program, full * at(price, last) + at(price, k), 1), grams })
      if (grams >= most) return steps
    }
  }
}

/** The objective at given column values. */
export function objectiveAt(program: Program, columns: ArrayLike<number>): number {
  return program.cost.reduce((sum, cost, c) => sum + cost * at(columns, c), program.offset)
}

/** How many rows and column bounds the values break. */
export function brokenAt(program: Program, columns: ArrayLike<number>): number {
  const rows = program.rows.filter((row) => {
    const sum = row.columns.reduce((total, column, k) => total + at(row.values, k) * at(columns, column), 0)
    return sum < row.lower - 1e-6 || sum > row.upper + 1e-6
  })
  return rows.length + program.upper.filter((upper, c) => at(columns, c) < 0 || at(columns, c) > upper).length
}
