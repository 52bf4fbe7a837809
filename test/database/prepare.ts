// Prepares a statement as the app role and compares what PostgreSQL says of it with what its row type declares.

import postgres from 'postgres'
import { lineInFile, type Statement } from '../../scripts/statements.ts'
import type { Database } from '../../src/platform/db.ts'

const ROLE = /-- as owner: \S/
const PLANNED = /^\s*(select|insert|update|delete|merge|with|values)\b/i
// Preparing resolves names and types; only planning also asks whether the role may touch the tables.
const PLAN = 'explain (generic_plan) '

/** What is wrong with a statement, each with its file and line; `-- as owner: <why>` in the text prepares it as the owner. */
export async function statementFaults(statement: Statement, app: Database, owner: Database): Promise<string[]> {
  const database = ROLE.test(statement.text) ? owner : app
  let before = 0
  try {
    const { columns } = await database.describe(statement.text)
    before = PLAN.length
    if (PLANNED.test(statement.text)) await database.run(PLAN + statement.text)
    return columnFaults(statement, columns?.map((column) => column.name) ?? [])
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error
    const position = Number(error.position ?? before + 1) - before
    return [`${statement.path}:${lineInFile(statement, position)} ${error.message}`]
  }
}

function columnFaults({ path, line, columns: declared }: Statement, actual: readonly string[]): string[] {
  const place = `${path}:${line}`
  const doubled = actual.filter((name, index) => actual.indexOf(name) !== index)
  if (doubled.length > 0) return [`${place} answers ${doubled.join(', ')} twice`]
  if (declared === 'unused') return []
  if (declared === 'none')
    return actual.length === 0 ? [] : [`${place} answers ${actual.join(', ')} but has no row type`]
  if (declared === 'unknown')
    return [`${place} has a row type whose columns cannot be read: use an interface or a literal`]
  const missing = declared.filter((name) => !actual.includes(name))
  const extra = actual.filter((name) => !declared.includes(name))
  return [
    ...(missing.length > 0 ? [`${place} declares ${missing.join(', ')}, which the statement does not answer`] : []),
    ...(extra.length > 0 ? [`${place} answers ${extra.join(', ')}, which its row type does not declare`] : []),
  ]
}
