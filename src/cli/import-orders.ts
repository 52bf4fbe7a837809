// `ordo import orders`: files become orders by a mapping; every row and every amount is accounted for at the end.
import { dirname, join, resolve } from 'node:path'
import { openRuntime, steps } from '../app.ts'
import { type ImportResult, importFiles, readMapping } from '../modules/intake/index.ts'
import { contextOf } from '../platform/runtime.ts'
import { openTenant } from '../platform/tenants.ts'
import { openSurroundings, ROOT } from './environment.ts'
import { progressBar } from './import-progress.ts'
import { carryThrough, throughReport } from './import-through.ts'

export interface ImportOptions {
  readonly map: string
  readonly tenant: string
  readonly dryRun?: boolean
  readonly resume?: boolean
  readonly report?: string
  readonly limit?: string
  readonly through?: string
  readonly json?: boolean
}

/** Where the files of a mapping may lie: the folder itself, the folder of shared data above it, and that beside the repository. */
export function foldersOf(folder: string): string[] {
  const own = resolve(folder)
  return [own, resolve(own, '..'), dirname(dirname(own)), join(ROOT, '..', 'shared', 'data')]
}

/** Imports; exit code 1 where rows or money do not add up. */
export async function importOrdersCommand(folder: string, options: ImportOptions): Promise<number> {
  const { mapping, text } = await readMapping(options.map)
  if (options.through !== undefined && options.through !== 'delivered')
    throw new Error('--through knows one stage: delivered')
  const limit = options.limit === undefined ? undefined : Number(options.limit)
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit > 0))
    throw new Error('--limit must be a whole number above zero')
  const surroundings = await openSurroundings({ migrating: true })
  const runtime = openRuntime({ ...surroundings, log_level: process.env.ORDO_LOG ?? 'warn' })
  const bar = progressBar(mapping.name)
  try {
    const tenant = await openTenant(runtime.db.sql, options.tenant)
    if (tenant === null)
      throw new Error(`there is no tenant ${options.tenant}: make it by ordo tenant create or ordo import setup`)
    const context = contextOf(runtime, tenant.tenant_id, 'system')
    const result = await importFiles(context, {
      mapping,
      text,
      folders: foldersOf(folder),
      dry_run: options.dryRun === true,
      resume: options.resume === true,
      ...(options.report === undefined ? {} : { report_path: options.report }),
      ...(limit === undefined ? {} : { limit }),
      onProgress: bar.show,
    })
    bar.end()
    process.stdout.write(
      options.json === true ? `${JSON.stringify(result)}\n` : `${summary(result, mapping.currency)}\n`,
    )
    if (options.through === 'delivered' && result.run_id !== null) {
      const outcome = await carryThrough(context, steps, result.run_id, mapping.currency)
      process.stdout.write(
        options.json === true ? `${JSON.stringify(outcome)}\n` : `${throughReport(outcome, mapping.currency)}\n`,
      )
    }
    return result.proof.balances ? 0 : 1
  } finally {
    bar.end()
    await runtime.db.close()
    await surroundings.stop()
  }
}

function summary(result: ImportResult, currency: string): string {
  const { proof } = result
  const width = Math.max(...proof.classes.map(({ amount }) => amount.length), proof.file.amount.length)
  const line = (name: string, rows: number, amount: string) =>
    `  ${name.padEnd(32)} ${String(rows).padStart(9)} rows  ${amount.padStart(width)} ${currency}`
  const groups = Object.entries(result.orders).map(([outcome, count]) => `${count} ${outcome}`)
  return [
    `${result.run_id === null ? 'dry run, nothing kept' : `import ${result.run_id}`}: ${result.groups} groups of rows: ${groups.join(', ')}`,
    ...(result.cancelled === 0
      ? []
      : [`  ${result.cancelled} of the orders were cancelled at the channel: placed and cancelled`]),
    line('the file', proof.file.rows, proof.file.amount),
    ...proof.classes.map(({ outcome, reason, rows, amount }) =>
      line(`= ${outcome}${reason === null ? '' : ` (${reason})`}`, rows, amount),
    ),
    ...(proof.unreadable === 0 ? [] : [`  ${proof.unreadable} rows have no readable amount and count as 0`]),
    proof.balances
      ? `  rows and money add up: Σ quantity × price of the file = the sum of its classes`
      : '  ROWS OR MONEY DO NOT ADD UP',
  ].join('\n')
}
