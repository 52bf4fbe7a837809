// The report of an import, a line for every row of the file: what became of it, and of which order it is.
import { type FileHandle, open } from 'node:fs/promises'
import { MappingFault } from './compile-expressions.ts'
import { formatMicro, type Micro } from './decimal.ts'
import type { RowOutcome } from './tally.ts'

export interface ReportRow {
  readonly file: string
  /** From 1, the header not counted. */
  readonly row: number
  readonly order: string
  readonly outcome: RowOutcome
  readonly reason: string | null
  /** The order of Ordo; of a row that gives back, the orders that it was bought by. */
  readonly order_id: string | null
  readonly line: string | null
  readonly quantity: number | null
  readonly amount: Micro | undefined
}

const COLUMNS = ['file', 'row', 'order', 'outcome', 'reason', 'order_id', 'line', 'quantity', 'amount'] as const

export interface Report {
  write(rows: readonly ReportRow[]): Promise<void>
  close(): Promise<void>
}

export const noReport: Report = { write: async () => {}, close: async () => {} }

/** Throws MappingFault where a report cannot be written, before anything else is done; what is in the file stays. */
export async function tryReport(path: string): Promise<void> {
  const file = await open(path, 'a').catch((error: unknown) => {
    throw new MappingFault(`the report cannot be written: ${error instanceof Error ? error.message : error}`)
  })
  await file.close()
}

/** Begins a report anew: JSON lines where the name ends in .jsonl, otherwise CSV (RFC 4180) with a header. */
export async function openReport(path: string): Promise<Report> {
  const file: FileHandle = await open(path, 'w')
  const isJson = path.endsWith('.jsonl')
  if (!isJson) await file.appendFile(`${COLUMNS.join(',')}\n`)
  return {
    async write(rows) {
      if (rows.length > 0) await file.appendFile(rows.map((row) => (isJson ? jsonLine(row) : csvLine(row))).join(''))
    },
    close: () => file.close(),
  }
}

function jsonLine(row: ReportRow): string {
  return `${JSON.stringify({ ...row, amount: row.amount === undefined ? null : formatMicro(row.amount) })}\n`
}

function csvLine(row: ReportRow): string {
  const cells = COLUMNS.map((column) => {
    if (column === 'amount') return row.amount === undefined ? '' : formatMicro(row.amount)
    const text = String(row[column] ?? '')
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return `${cells.join(',')}\n`
}
