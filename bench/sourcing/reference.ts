// The same cost formula as a mixed-integer program for HiGHS: the reference that the solvers are measured against.
//
// Per location l: open y; per (l, line i): units x and used u; per (l, step k): step z, at most one, whose reach holds the
// chargeable weight. minimise part·y + line·u + unit·x + step·z + penalty·(Σy − 1), s.t. Σ_l x = quantity, x ≤ units·u, u ≤ y,
// Σ_k z = y, Σ_i weight·x ≤ Σ_k reach·z, the same for volume. Kits, hazards and values are not in the bench instances.

import loadHighs, { type Highs } from 'highs'
import type { Network, Order, RateCard } from '../../src/solvers/sourcing.ts'
import { at } from './data.ts'

export type Reference = {
  readonly value: number | null
  readonly bound: number
  readonly proven: boolean
  readonly seconds: number
}

/** A program being written: columns with cost, bound and kind, rows in sparse form. */
export type Program = {
  readonly cost: number[]
  readonly upper: number[]
  readonly whole: boolean[]
  readonly rows: { lower: number; upper: number; columns: number[]; values: number[] }[]
  offset: number
}

let highs: Promise<Highs> | null = null

/** An empty program. */
export function emptyProgram(): Program {
  return { cost: [], upper: [], whole: [], rows: [], offset: 0 }
}

function addColumn(program: Program, cost: number, upper: number, whole = true): number {
  program.upper.push(upper)
  program.whole.push(whole)
  return program.cost.push(cost) - 1
}

function addRow(program: Program, lower: number, upper: number, terms: readonly (readonly [number, number])[]): void {
  program.rows.push({ lower, upper, columns: terms.map(([column]) => column), values: terms.map(([, value]) => value) })
}

/** Adds one order to a program; answers its unit columns as [location, line, column]. */
export function addOrder(program: Program, network: Network, order: Order): [number, number, number][] {
  const placed: [number, number, number][] = []
  const opens: [number, number][] = []
  network.locations.forEach((site, l) => {
    const lane = order.lanes[l]
    if (!lane) return
    const open = addColumn(
      program,
      site.handling_part + site.load_part + lane.carbon_part + (order.lateness?.[l] ?? 0) + order.split.penalty,
      1,
    )
    opens.push([open, 1])
    const [weight, volume]: [number, number][][] = [[], []]
    let [most_weight, most_volume] = [0, 0]
    order.lines.forEach((line, i) => {
      const stock = l * network.skus + line.sku
      const units = Math.min(line.quantity, at(network.stock, stock))
      if (units <= 0) return
      const price = (network.depletion ? at(network.depletion, stock) : 0) + lane.carbon_gram * line.weight_grams
      const column = addColumn(program, price, units)
      const used = addColumn(program, site.handling_line + site.load_line, 1)
      addRow(program, -Infinity, 0, [
        [column, 1],
        [used, -units],
      ])
      addRow(program, -Infinity, 0, [
        [used, 1],
        [open, -1],
      ])
      weight.push([column, line.weight_grams])
      volume.push([column, line.volume_mm3])
      most_weight += units * line.weight_grams
      most_volume += units * line.volume_mm3
      placed.push([l, i, column])
    })
    const steps = stepColumns(
      program,
      lane.rates,
      Math.max(most_weight, lane.rates.mm3_per_gram > 0 ? most_volume / lane.rates.mm3_per_gram : 0),
    )
    addRow(program, 0, 0, [...steps.map(([column]): [number, number] => [column, 1]), [open, -1]])
    addRow(program, -Infinity, 0, [...weight, ...steps.map(([column, grams]): [number, number] => [column, -grams])])
    if (lane.rates.mm3_per_gram > 0) {
      addRow(program, -Infinity, 0, [
        ...volume,
        ...steps.map(([column, grams]): [number, number] => [column, -grams * lane.rates.mm3_per_gram]),
      ])
    }
  })
  addRow(program, -Infinity, order.split.max_parts, opens)
  order.lines.forEach((line, i) => {
    addRow(
      program,
      line.quantity,
      line.quantity,
      placed.filter(([, which]) => which === i).map(([, , column]) => [column, 1]),
    )
  })
  program.offset -= order.split.penalty
  return placed
}

function stepColumns(program: Program, rates: RateCard, most: number): [number, number][] {
  const heaviest = at(rates.upto_grams, rates.upto_grams.length - 1)
  const columns: [number, number][] = []
  for (let full = 0; ; full++) {
    for (const [k, upto] of rates.upto_grams.entries()) {
      const grams = full * heaviest + upto
      columns.push([addColumn(program, full * at(rates.price, rates.price.length - 1) + at(rates.price, k), 1), grams])
      if (grams >= most) return columns
    }
  }
}

/** Solves to a gap of 0 within `seconds`. `value` null: no answer found; proven with value null: there is none. */
export async function solveProgram(program: Program, seconds: number): Promise<Reference> {
  highs ??= loadHighs()
  const solver = await highs
  const starts = [0]
  for (const row of program.rows) starts.push(at(starts, starts.length - 1) + row.columns.length)
  const [numCols, numRows] = [program.cost.length, program.rows.length]
  const indices = program.rows.flatMap((row) => row.columns)
  const values = program.rows.flatMap((row) => row.values)
  const begun = performance.now()
  return solver.withModel((model) => {
    model.passModel({
      numCols,
      numRows,
      offset: program.offset,
      colCost: program.cost,
      colLower: new Float64Array(numCols),
      colUpper: program.upper,
      rowLower: program.rows.map((row) => row.lower),
      rowUpper: program.rows.map((row) => row.upper),
      matrix: { format: 'csr', numRows, numCols, starts, indices, values },
      integrality: Int32Array.from(program.whole, (whole) => (whole ? 1 : 0)),
    })
    model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 1e-6, random_seed: 0 })
    model.run()
    const status = model.getModelStatus()
    const { optimal, infeasible } = solver.constants.modelStatus
    const found = Number(model.info.get('primal_solution_status')) === 2
    return {
      value: found ? model.getObjectiveValue() : null,
      bound: Number(model.info.get('mip_dual_bound')),
      proven: status === optimal || status === infeasible,
      seconds: (performance.now() - begun) / 1000,
    }
  })
}
