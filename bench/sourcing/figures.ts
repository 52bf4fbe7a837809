// Figures over many instances: means, percentiles, gaps in per cent, and the rows that tell them.

import type { Row } from '../row.ts'
import { at } from './data.ts'

/** Per cent by which a cost is above a reference (0 where both are). */
export function gapPercent(cost: number, reference: number): number {
  const gap = reference === 0 ? 0 : (100 * (cost - reference)) / Math.abs(reference)
  return Math.abs(gap) < 1e-7 ? 0 : gap
}

/** The mean; 0 of nothing. */
export function mean(list: readonly number[]): number {
  return list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length
}

/** The smallest value that `share` of the list does not exceed. */
export function percentile(list: readonly number[], share: number): number {
  if (list.length === 0) return 0
  const sorted = [...list].sort((a, b) => a - b)
  return at(sorted, Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1)))
}

/** Milliseconds of each run of `solve`, and what the last answered. */
export function timed<T>(runs: number, solve: () => T): { milliseconds: number[]; answer: T } {
  const milliseconds: number[] = []
  for (;;) {
    const begun = performance.now()
    const answer = solve()
    milliseconds.push(performance.now() - begun)
    if (milliseconds.length >= runs) return { milliseconds, answer }
  }
}

export type Naive = { readonly rule: string; readonly gaps: readonly number[] }

/** The usual rows of a case: `gap_mean` stands beside the best rule of thumb, whose mean gap is `naive_gap_mean`. */
export function rowsOf(
  name: string,
  {
    gaps,
    microseconds,
    seconds,
    naive,
    more,
  }: {
    gaps: readonly number[]
    microseconds: readonly number[]
    seconds: number
    naive: readonly Naive[]
    more: Readonly<Record<string, number>>
  },
): Row[] {
  const row = (metric: string, value: number): Row => ({ bench: 'sourcing', case: name, metric, value })
  const rows = Object.entries({ instances: microseconds.length, referred: gaps.length, ...more }).map(
    ([metric, value]) => row(metric, value),
  )
  const thumb = naive.filter((one) => one.gaps.length > 0)
  if (gaps.length > 0) {
    const best = thumb.length > 0 ? Math.min(...thumb.map((one) => mean(one.gaps))) : null
    const beside = best === null ? {} : { baseline: 'naive', baseline_value: best, ratio: mean(gaps) / best }
    rows.push({ ...row('gap_mean', mean(gaps)), ...beside }, row('gap_max', Math.max(...gaps)))
    if (best !== null) rows.push(row('naive_gap_mean', best))
    for (const one of thumb) rows.push(row(`naive_${one.rule}_gap_mean`, mean(one.gaps)))
  }
  rows.push(row('median_us', percentile(microseconds, 0.5)))
  rows.push(row('p99_us', percentile(microseconds, 0.99)), row('seconds', seconds))
  return rows
}
