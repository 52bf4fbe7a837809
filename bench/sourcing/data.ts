// Finds and reads the real orders and places that benchmark instances are made from.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'

export type Row = Record<string, string>

/** The data folder beside the repository. Throws where there is none. */
export function findData(): string {
  const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')
  if (!existsSync(folder)) throw new Error(`the real orders and public instances are not at ${folder}`)
  return folder
}

/** All rows of a CSV file with a header, gunzipped where its name says so. */
export function readRows(folder: string, ...path: string[]): Row[] {
  const bytes = readFileSync(join(folder, ...path))
  const text = path.at(-1)?.endsWith('.gz') ? gunzipSync(bytes) : bytes
  const rows: Row[] = parse(text, { columns: true, bom: true, relax_column_count: true })
  return rows
}

/** A column of a row as a number; NaN where it is empty. */
export function number(row: Row, column: string): number {
  return row[column] ? Number(row[column]) : Number.NaN
}

/** The element at `i`; throws where there is none. */
export function at<T>(list: ArrayLike<T>, i: number): T {
  const value = list[i]
  if (value === undefined) throw new RangeError(`no element ${i} of ${list.length}`)
  return value
}
