// The SQL of imports: how far each has come, what became of each group of rows, which rows give goods back.
import type { Tx } from '../../platform/db.ts'

export interface ImportSummaryRow {
  readonly import_id: string
  readonly name: string
  readonly state: 'running' | 'done' | 'failed'
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly rows_read: number
  readonly accepted: number
  readonly staged: number
  readonly rejected: number
}

/** The newest hundred. */
export async function recentImports(tx: Tx): Promise<ImportSummaryRow[]> {
  return tx.sql<ImportSummaryRow[]>`
    select run_id as import_id, name, state, started_at, ended_at, rows_read, accepted, staged, rejected
      from intake.import_run where tenant_id = ${tx.tenant} order by run_id desc limit 100`
}
