// Every benchmark of Ordo by its name; rows are printed as they come, as a table or as one JSON object a line.
import type { BenchOptions, Row } from './row.ts'

export type Bench = (options: BenchOptions) => AsyncIterable<Row>

const benches: Readonly<Record<string, () => Promise<{ run: Bench }>>> = {
  intake: () => import('./spine/intake.ts'),
  flow: () => import('./spine/flow.ts'),
  hot: () => import('./spine/hot.ts'),
  buyers: () => import('./spine/buyers.ts'),
  search: () => import('./spine/search.ts'),
  sourcing: () => import('./sourcing/run.ts'),
  lab: () => import('./lab/run.ts'),
}

/** Runs one benchmark and prints its rows; answers the exit code. */
export async function bench(name: string, options: BenchOptions): Promise<number> {
  const load = benches[name]
  if (load === undefined) throw new Error(`there is no benchmark ${name}: ${Object.keys(benches).join(', ')}`)
  const { run } = await load()
  for await (const row of run(options))
    process.stdout.write(options.json === true ? `${JSON.stringify(row)}\n` : `${table(row)}\n`)
  return 0
}

function table(row: Row): string {
  const place = `${row.bench} ${row.case}`.padEnd(24)
  const figure = `${row.metric.padEnd(22)} ${round(row.value).padStart(12)}`
  const beside =
    row.baseline === undefined
      ? ''
      : `   ${row.baseline} ${round(row.baseline_value ?? 0)}  ×${(row.ratio ?? 0).toFixed(2)}`
  return `${place} ${figure}${beside}`
}

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3)
}
