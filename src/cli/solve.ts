// `ordo solve`: a solver on an instance from standard input, its answer on standard output.
import { text } from 'node:stream/consumers'
import { systemClock } from '../platform/clock.ts'
import { solveAssign, solveSourcing } from '../solvers/solve.ts'

/** Answers the exit code; throws where the instance does not fit its schema. */
export async function solveCommand(problem: string): Promise<number> {
  if (problem !== 'sourcing' && problem !== 'assign')
    throw new Error(`there is no solver ${problem}: sourcing or assign`)
  const instance = parse(await text(process.stdin))
  const answer =
    problem === 'sourcing' ? solveSourcing(instance) : solveAssign(instance, () => systemClock.now().getTime())
  process.stdout.write(`${JSON.stringify(answer)}\n`)
  return 0
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch (error) {
    throw new Error(`standard input is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
