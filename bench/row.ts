// What every benchmark prints and takes.

/** One measured figure beside its baseline of the same run; ratio = value ÷ baseline_value. */
export interface Row {
  readonly bench: string
  readonly case: string
  readonly metric: string
  readonly value: number
  readonly baseline?: string
  readonly baseline_value?: number
  readonly ratio?: number
}

export interface BenchOptions {
  readonly json?: boolean
  /** Small sizes: shows that it runs, says nothing about speed. */
  readonly short?: boolean
  /** One case only, where the benchmark has several. */
  readonly case?: string
}
