// HiGHS on a program: the optimum or the best bound within a time, as the reference that the solvers are measured against.

import type { Highs } from 'highs'
import loader from 'highs'
import { at } from './data.ts'
import type { Program } from './program.ts'

export type Reference = {
  /** Of the best answer found; null: none was. */
  readonly value: number | null
  readonly bound: number
  /** The value is the optimum, or it is proven that there is no answer. */
  readonly proven: boolean
  readonly seconds: number
}

let highs: Promise<Highs> | null = null

// The package's types describe its CommonJS form; what is imported is the loader itself.
function isLoader(value: unknown): value is () => Promise<Highs> {
  return typeof value === 'function'
}

function load(): Promise<Highs> {
  const found: unknown = loader
  if (!isLoader(found)) throw new TypeError('the package highs does not export its loader')
  return found()
}

/** Solves to a gap of 0 within `seconds`. */
export async function solveProgram(program: Program, seconds: number): Promise<Reference> {
  highs ??= load()
  const solver = await highs
  const starts = [0]
  for (const row of program.rows) starts.push(at(starts, starts.length - 1) + row.columns.length)
  const [numCols, numRows] = [program.cost.length, program.rows.length]
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
      matrix: {
        format: 'csr',
        numRows,
        numCols,
        starts,
        indices: program.rows.flatMap((row) => row.columns),
        values: program.rows.flatMap((row) => row.values),
      },
      integrality: new Int32Array(numCols).fill(1),
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
