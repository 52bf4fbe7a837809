// `ordo solve`: a solver on an instance from standard input, its answer on standard output.
import { text } from 'node:stream/consumers'
import { solveAssign, solveSourcing } from '../solvers/solve.ts'

/** Answers the exit code: 2 for an instance that does not fit its schema. */
export async function solveCommand(problem: string): Promise<number> {
  const solver = { sourcing: solveSourcing, assign: solveAssign }[problem]
  if (solver === undefined) throw new Error(`there is no solver ${problem}: sourcing or assign`)
  const instance: unknown = JSON.parse(await text(process.stdin))
  process.stdout.write(`${JSON.stringify(solver(instance))}\n`)
  return 0
}
