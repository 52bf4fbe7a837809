// What the report and the tally say of settled groups, row by row.
import type { SettledGroup } from './place-groups.ts'
import type { RowOutcome, Tally } from './tally.ts'
import type { ReportRow } from './write-report.ts'

/** The report rows of a group. */
export function reportRows(settled: SettledGroup): ReportRow[] {
  const { group, order_id, rows } = settled
  return rows.map(({ row, from }) => {
    const plain = {
      file: row.file,
      row: row.row_no,
      order: group.external_id,
      quantity: row.quantity === 0 ? null : row.quantity,
      amount: row.worth,
    }
    if (row.kind === 'reject') return { ...plain, outcome: 'rejected', reason: row.reason, order_id: null, line: null }
    if (row.kind === 'return') {
      if (from === null) return { ...plain, outcome: 'rejected', reason: 'no_original', order_id: null, line: null }
      const order_ids = from.map((part) => part.order_id).join(' ')
      return {
        ...plain,
        outcome: 'returned',
        reason: null,
        order_id: order_ids,
        line: from.map((part) => part.line_no).join(' '),
      }
    }
    const line = row.line_no === null ? null : String(row.line_no)
    const kept: RowOutcome = row.kind === 'charge' ? 'charge' : 'accepted'
    if (order_id !== null) return { ...plain, outcome: kept, reason: null, order_id, line }
    const outcome: RowOutcome = settled.outcome === 'staged' ? 'staged' : 'rejected'
    return { ...plain, outcome, reason: settled.reason, order_id: null, line }
  })
}

/** Counts rows as they were read and as they were settled. */
export function count(tally: Tally, settled: readonly SettledGroup[], rows: readonly ReportRow[]): void {
  for (const { group } of settled) for (const row of group.rows) tally.read(row.worth)
  for (const row of rows) tally.settle(row.outcome, row.reason, row.amount)
}
