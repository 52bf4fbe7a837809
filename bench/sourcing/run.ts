// `ordo bench sourcing`: the solvers against HiGHS and the best values known, beside rules of thumb.

import { loadavg } from 'node:os'
import type { BenchOptions, Row } from '../row.ts'
import { single_cases } from './cases.ts'
import { findData } from './data.ts'
import { readMarkets } from './instances.ts'
import { assign_cases, measureAssign } from './measure-assign.ts'
import { measureBatch } from './measure-batch.ts'
import { measureSingle } from './measure-single.ts'

const cases = [...single_cases, 'batch500', ...assign_cases]

/** The rows of every case, or of the one asked for. */
export async function* run({ short = false, case: only }: BenchOptions): AsyncGenerator<Row> {
  if (only !== undefined && !cases.includes(only)) throw new Error(`there is no case ${only}: ${cases.join(', ')}`)
  const asked = cases.filter((name) => only === undefined || name === only)
  const folder = findData()
  const markets = asked.every((name) => assign_cases.includes(name)) ? null : readMarkets(folder)
  for (const name of asked) {
    if (assign_cases.includes(name)) yield* measureAssign(name, folder, short)
    else if (markets && name === 'batch500') yield* measureBatch(markets, short)
    else if (markets) yield* measureSingle(name, markets, short)
    yield { bench: 'sourcing', case: name, metric: 'load_average', value: loadavg()[0] ?? 0 }
  }
}
